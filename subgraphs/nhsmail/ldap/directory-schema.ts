/** How a directory says what we read: which attributes, and what their values mean. */
import type { LdapEntry, LdapFilter } from '../../../runtime/ldap-pool.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';

/** One way of keeping accounts in a directory. */
export interface DirectorySchema {
  /** Attributes that accounts are looked up by. Left out: the schema has none for it. */
  readonly keys: {
    readonly id: string;
    readonly mail: string;
    readonly odsCode?: string;
    readonly employeeNumber?: string;
  };
  /** What every account matches. */
  readonly accounts: () => LdapFilter;
  /** Attributes to ask for. */
  readonly attributes: readonly string[];
  /** Further entries below an account's that say more about it. Left out: the schema has none. */
  readonly below?: { readonly filter: () => LdapFilter; readonly attributes: readonly string[] };
  /**
   * Reads an account.
   *
   * @param below the entries below it
   * @returns `undefined` for an entry without an id or an address: it is no account
   */
  readonly parse: (
    entry: LdapEntry,
    readAt: Date,
    below?: readonly LdapEntry[],
  ) => DirectoryEntry | undefined;
}
