/** Who may see whose record, and how much of it. */

/** What the rules need to know about a caller. */
export interface RecordReader {
  readonly kind: 'person' | 'machine';
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  readonly odsCode?: string;
  readonly purpose?: string;
}

/** How much of the records is seen: everything, the part that one organisation holds, or all of one person's own. */
export type RecordView = 'everything' | OrganisationView | { readonly staffId: string };

/** The part that one organisation holds. */
export interface OrganisationView {
  readonly odsCode: string;
}

/** What a caller may see of a person. */
export type Access =
  | { readonly kind: 'view'; readonly view: RecordView }
  /** The reader has to say why. Said before anything is looked up, so it tells nothing about the record. */
  | { readonly kind: 'purpose-required' }
  | { readonly kind: 'none' };

/** Whether a view is of one organisation. */
export const isOfOrganisation = (view: RecordView | undefined): view is OrganisationView =>
  typeof view === 'object' && 'odsCode' in view;

/** Whether the record is the caller's own. */
export const isSelf = (reader: RecordReader, staffId: string): boolean =>
  reader.kind === 'person' && reader.subject === staffId && reader.scopes.has('self:read');

/** Whether what this caller reads of others goes into their access logs. */
export const readsForOrganisation = (reader: RecordReader): boolean =>
  [...reader.scopes].some((scope) => scope.startsWith('hr:') || scope.startsWith('passport:'));

/** Whether this is one of the services that work for all organisations. */
export const readsAllRecords = (reader: RecordReader): boolean =>
  reader.kind === 'machine' && reader.scopes.has('record:read');

/** Whether the caller may look for people of their organisation: HR, and those who stop passports. */
export const mayFind = ({ scopes }: RecordReader): boolean =>
  scopes.has('hr:read') || scopes.has('passport:revoke');

/** What the caller may see of other people; `undefined` for nothing. */
export function viewOfOthers(reader: RecordReader): 'everything' | OrganisationView | undefined {
  const resolves = reader.kind === 'machine' && reader.scopes.has('account:resolve');
  if (readsAllRecords(reader) || resolves) return 'everything';
  const reads = reader.scopes.has('hr:read') || reader.scopes.has('passport:read');
  return reads && reader.odsCode !== undefined ? { odsCode: reader.odsCode } : undefined;
}

/** What the caller may see of this person, before it is known whether there is one. */
export function accessTo(reader: RecordReader, staffId: string): Access {
  if (isSelf(reader, staffId)) return { kind: 'view', view: { staffId } };
  const view = viewOfOthers(reader);
  if (readsForOrganisation(reader) && reader.purpose === undefined) {
    return { kind: 'purpose-required' };
  }
  return view === undefined ? { kind: 'none' } : { kind: 'view', view };
}

/** What the caller may see of an organisation's list of staff. */
export function accessToStaffOf(reader: RecordReader, odsCode: string): Access {
  if (readsAllRecords(reader)) return { kind: 'view', view: 'everything' };
  if (!reader.scopes.has('hr:read') || reader.odsCode !== odsCode) return { kind: 'none' };
  return reader.purpose === undefined
    ? { kind: 'purpose-required' }
    : { kind: 'view', view: { odsCode } };
}
