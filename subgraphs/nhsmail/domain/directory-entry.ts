/** Kinds of account. Only a USER belongs to one person. */
export type AccountKind = 'USER' | 'SHARED' | 'APPLICATION' | 'CONTACT';

/** Where an account stands. A LEAVER can still be taken on by another organisation. */
export type AccountStatus = 'ACTIVE' | 'LEAVER' | 'INACTIVE' | 'DISABLED';

/** An account in the NHSmail directory. */
export interface DirectoryEntry {
  /** Stays the same when the address or the organisation changes. */
  readonly id: string;
  /** Primary address, in lower case. */
  readonly mail: string;
  /** Further addresses, in lower case. */
  readonly aliases: readonly string[];
  readonly kind: AccountKind;
  readonly status: AccountStatus;
  readonly displayName?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly jobTitle?: string;
  readonly phone?: string;
  /** The organisation that the account belongs to. */
  readonly odsCode?: string;
  /** ESR employee number at that organisation, where the connector fills it in. 8 digits. */
  readonly employeeNumber?: string;
  /** When the directory was read. */
  readonly readAt: Date;
}
