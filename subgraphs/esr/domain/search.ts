/** Finding people by words: what may be asked, by whom, and who answers. */
import type { Access, OrganisationView, RecordReader } from './access.ts';
import { mayFind, readsAllRecords } from './access.ts';
import { identifierFault, isNhsNumber } from './identifiers.ts';

/** Most people that a search finds: past it, more words are needed. */
export const SEARCH_LIMIT = 200;

const TEXT_LIMIT = 100;
const WORD_LIMIT = 6;

/** What is looked for. */
export interface StaffSearchQuery {
  /** Names, an employee or assignment number, a registration number; at least this or a job role. */
  readonly text: string;
  /** People who work there. */
  readonly odsCode: string | undefined;
  /** In the words of the staff record, e.g. `Staff Nurse`. */
  readonly jobRole: string | undefined;
}

/** Some of the people who were found. */
export interface FoundStaff {
  readonly staffIds: readonly string[];
  /** At most {@link SEARCH_LIMIT}. */
  readonly found: number;
  /** More were found than are told. */
  readonly truncated: boolean;
}

/** Searches the people whom a view shows, and who work somewhere in it. */
export interface StaffSearch {
  /** Rejects with `code: 'unavailable'` when the store does not answer. */
  search(
    query: StaffSearchQuery,
    page: { readonly day: string; readonly skip: number; readonly limit: number },
    view: 'everything' | OrganisationView,
  ): Promise<FoundStaff>;
  /** Brings what is searched up to date with the records, and resolves with whether anything is left to do. */
  refresh(): Promise<boolean>;
}

/** Which argument of a search is not allowed; `undefined` for none. */
export function searchFault({ text, odsCode, jobRole }: StaffSearchQuery): string | undefined {
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const long = text.length > TEXT_LIMIT || words.length > WORD_LIMIT;
  // Whole, or said beside something else.
  const numbers = text.match(/\d(?:[\s-]?\d){9,}/g) ?? [];
  if (long || /\p{Cc}/u.test(text) || numbers.some(carriesNhsNumber)) return 'text';
  if (odsCode !== undefined && identifierFault('odsCode', odsCode) !== undefined) return 'odsCode';
  if (jobRole !== undefined && (jobRole.length > TEXT_LIMIT || isNhsNumber(jobRole))) {
    return 'jobRole';
  }
  // A letter alone is too little to go by.
  const tellsEnough = words.some((word) => word.length > 1) || (words.length === 0 && jobRole);
  return tellsEnough ? undefined : 'text';
}

function carriesNhsNumber(run: string): boolean {
  const digits = run.replaceAll(/\D/g, '');
  return Array.from({ length: digits.length - 9 }, (_each, at) => digits.slice(at, at + 10)).some(
    isNhsNumber,
  );
}

/** Whom the caller may search: HR and administrators their own organisation, the services that read all records everybody. */
export function accessToSearch(reader: RecordReader): Access {
  if (readsAllRecords(reader)) return { kind: 'view', view: 'everything' };
  if (!mayFind(reader) || reader.odsCode === undefined) return { kind: 'none' };
  return reader.purpose === undefined
    ? { kind: 'purpose-required' }
    : { kind: 'view', view: { odsCode: reader.odsCode } };
}
