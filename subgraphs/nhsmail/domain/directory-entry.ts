/** Kinds of account. Only a USER belongs to one person. */
export type AccountKind = 'USER' | 'SHARED' | 'APPLICATION' | 'CONTACT';

/**
 * Where an account stands. A PENDING one has not been taken into use, a LEAVER can still be taken on by another
 * organisation, a DELETED one can still be restored. Only an ACTIVE one is signed in with.
 */
export type AccountStatus = 'PENDING' | 'ACTIVE' | 'LEAVER' | 'INACTIVE' | 'DISABLED' | 'DELETED';

/** A registration with a professional regulator. */
export interface AccountRegistration {
  /** The regulator in capitals, e.g. `NMC`. */
  readonly body: string;
  /** In capitals, without spaces. */
  readonly number: string;
}

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
  /** What the person is addressed as: Dr, Ms. */
  readonly title?: string;
  readonly displayName?: string;
  readonly givenName?: string;
  readonly middleNames?: string;
  readonly familyName?: string;
  readonly jobTitle?: string;
  /** What the person does, in the words of the national list. */
  readonly jobRole?: string;
  /** The same as a code: `S8000:G8000:R8001`. */
  readonly jobRoleCode?: string;
  readonly phone?: string;
  /** The organisation that the account belongs to. */
  readonly odsCode?: string;
  /** ESR employee number at that organisation, where the connector fills it in. 8 digits. */
  readonly employeeNumber?: string;
  /** Number of the person's smartcard identity. 12 digits. */
  readonly smartcardId?: string;
  readonly registrations: readonly AccountRegistration[];
  /** Whether the organisation's connector keeps the account, rather than people by hand. */
  readonly connectorManaged: boolean;
  /** Ids of the accounts that answer for a shared one. Empty where nobody does, or it is not said. */
  readonly owners: readonly string[];
  readonly createdAt?: Date;
  /** When the account was marked as a leaver's. */
  readonly leaverMarkedAt?: Date;
  /** When the directory will delete it, unless another organisation takes it on. */
  readonly deleteDueAt?: Date;
  /** When somebody last signed in to it. */
  readonly lastActiveAt?: Date;
  /** When the directory last changed it, by the directory's clock. */
  readonly modifiedAt?: Date;
  /** When the directory was read: no later than it was asked. */
  readonly readAt: Date;
}
