/** Who may see which mailboxes and links. */

/** What the rules need to know about a caller. */
export interface DirectoryReader {
  readonly kind: 'person' | 'machine';
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  readonly odsCode?: string;
  readonly purpose?: string;
}

/** How much is seen: one's own, everything (services), or what belongs to one organisation. */
export type DirectoryView =
  | { readonly kind: 'self'; readonly staffId: string }
  | { readonly kind: 'service' }
  | { readonly kind: 'organisation'; readonly odsCode: string };

/** What a caller may see, before it is known whether there is anything. */
export type Access =
  | { readonly kind: 'view'; readonly view: DirectoryView }
  /** The reader has to say why. */
  | { readonly kind: 'purpose-required' }
  | { readonly kind: 'none' };

const isSelf = (reader: DirectoryReader, staffId: string): boolean =>
  reader.kind === 'person' && reader.subject === staffId && reader.scopes.has('self:read');

/** Whether what this caller reads of others goes into their access logs. */
export const readsForOrganisation = ({ scopes }: DirectoryReader): boolean =>
  [...scopes].some((scope) => scope.startsWith('hr:') || scope.startsWith('passport:'));

/** Whether this is the sign-in service, which turns addresses into people. */
export const resolvesAccounts = ({ kind, scopes }: DirectoryReader): boolean =>
  kind === 'machine' && scopes.has('account:resolve');

/** What the caller may see of a person's mailboxes and links. */
export function accessToPerson(reader: DirectoryReader, staffId: string): Access {
  if (isSelf(reader, staffId)) return { kind: 'view', view: { kind: 'self', staffId } };
  return accessToOthers(reader);
}

/** What the caller may see of an account, given whose it is. */
export function accessToAccount(reader: DirectoryReader, ownerId: string | undefined): Access {
  return ownerId === undefined ? accessToOthers(reader) : accessToPerson(reader, ownerId);
}

function accessToOthers(reader: DirectoryReader): Access {
  if (readsForOrganisation(reader) && reader.purpose === undefined) {
    return { kind: 'purpose-required' };
  }
  if (resolvesAccounts(reader) || (reader.kind === 'machine' && reader.scopes.has('record:read'))) {
    return { kind: 'view', view: { kind: 'service' } };
  }
  const reads = reader.scopes.has('hr:read') || reader.scopes.has('passport:read');
  return reads && reader.odsCode !== undefined
    ? { kind: 'view', view: { kind: 'organisation', odsCode: reader.odsCode } }
    : { kind: 'none' };
}

/** Whether something that belongs to this organisation is within the view. */
export const isWithin = (view: DirectoryView, odsCode: string | undefined): boolean =>
  view.kind !== 'organisation' || view.odsCode === odsCode;
