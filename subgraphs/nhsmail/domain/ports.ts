import type { DirectoryEntry } from './directory-entry.ts';
import type { StaffPerson } from './staff.ts';

/**
 * The NHSmail directory. Read-only. Every call throws an error with code `unavailable` when the directory does not
 * answer in time.
 */
export interface StaffDirectory {
  /** Finds the account with exactly this address, ignoring case. `undefined` when there is none, or more than one. */
  findByMail(mail: string): Promise<DirectoryEntry | undefined>;
  /** Finds accounts by id. Those that are not there are left out. */
  findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, DirectoryEntry>>;
  /** Finds the accounts that carry an employee number of one organisation. */
  findByEmployeeNumber(key: {
    readonly odsCode: string;
    readonly employeeNumber: string;
  }): Promise<readonly DirectoryEntry[]>;
  /** Every account, read as it is taken. */
  readAll(): AsyncIterable<DirectoryEntry>;
}

/** Some of the people of one organisation. */
export interface StaffPage {
  /** `undefined` when the records do not know the organisation. */
  readonly status: 'OPEN' | 'CLOSED' | undefined;
  readonly people: readonly StaffPerson[];
  /** Ids under which the organisation has nobody any more. Only of changes. */
  readonly removedIds: readonly string[];
  /** Where the next page begins; `undefined` at the end. */
  readonly next?: string;
}

/** Staff records, read through the graph. */
export interface StaffRecords {
  readPage(page: {
    readonly odsCode: string;
    readonly after?: string | undefined;
    /** Only people of whom something changed at or after this moment. */
    readonly changedSince?: Date;
  }): Promise<StaffPage>;
  /**
   * People by the id asked for, with what employments they have now. Those who are not there are left out. Where ids
   * were joined, the person's own id is another than the one asked for.
   */
  readPeople(ids: readonly string[]): Promise<ReadonlyMap<string, StaffPerson>>;
}
