import type { AccountKind, AccountStatus, DirectoryEntry } from './directory-entry.ts';

/** Who says so: the directory that is read, or an organisation (its ODS code) that pushes its accounts. */
export type AccountSource = 'ldap' | `scim:${string}`;

/** An account as its source has it. */
export interface SourcedEntry {
  readonly entry: DirectoryEntry;
  /** What the source itself knows it by and never changes: `entryUUID` (RFC 4530) of a directory. */
  readonly sourceKey?: string;
}

/**
 * An account in our copy. `readAt` is when its source was last known to say this: the latest complete round for what
 * is read, the moment of the push for what is pushed.
 */
export interface StoredAccount extends DirectoryEntry {
  readonly source: AccountSource;
  /** When what it says last changed here. */
  readonly changedAt: Date;
  /**
   * Since when its source no longer has it. It is kept, and ends nothing: no link, no account's person, no credential.
   */
  readonly goneAt?: Date;
}

/** What writing came to, by account id. */
export interface AccountChanges {
  /** New, different, or back after having been gone. */
  readonly changed: readonly string[];
  /** Not written: another source has an account with this id. */
  readonly refused: readonly string[];
}

/** Which accounts of an organisation a list holds. */
export interface AccountListQuery {
  readonly odsCode: string;
  readonly statuses?: readonly AccountStatus[];
  readonly kinds?: readonly AccountKind[];
  /** Id of the last account of the page before. */
  readonly after?: string;
  /** Most accounts wanted. */
  readonly first: number;
}

/**
 * Our copy of every account: what directories hold and what organisations push. Nothing is ever deleted. Each call
 * throws an error with code `unavailable` when the database does not answer.
 */
export interface AccountStore {
  /**
   * Writes accounts of one source: adds, or replaces what was there. An account that says what it said before is not
   * touched. Where two entries have one `sourceKey`, the earlier account was renamed and is gone.
   *
   * In a transaction of the database that the store was made with, it is part of it.
   */
  upsert(
    source: AccountSource,
    entries: readonly SourcedEntry[],
    at: Date,
  ): Promise<AccountChanges>;
  /** Notes that a source no longer has these. Returns the ids that were there until now. */
  markGone(source: AccountSource, ids: readonly string[], at: Date): Promise<readonly string[]>;
  /** Accounts by id, those that are gone too. */
  findByIds(ids: readonly string[]): Promise<ReadonlyMap<string, StoredAccount>>;
  /** Accounts that have one of these addresses, as primary or alias, in any case; those that are gone too. */
  findByAddresses(addresses: readonly string[]): Promise<readonly StoredAccount[]>;
  /** Every account, those that are gone too, in the order of ids, read as they are taken. */
  readAll(): AsyncIterable<StoredAccount>;
  /** Accounts of one organisation that are not gone, by name. */
  page(query: AccountListQuery): Promise<readonly StoredAccount[]>;
}
