/** Where the second factors of people are kept. */

/** A passkey of a person. */
export interface Passkey {
  /** base64url, as the authenticator chose it. */
  readonly credentialId: string;
  readonly staffId: string;
  /** What the person calls it. */
  readonly name: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** Uses that the authenticator has counted; stays 0 for those that do not count. */
  readonly counter: number;
  /** How browsers reach it, e.g. `internal`. */
  readonly transports: readonly string[];
  /** Whether it is copied to the person's other devices. */
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date | undefined;
}

/** The passkeys of everybody. */
export interface PasskeyStore {
  /** The passkeys of one person, oldest first. */
  list(staffId: string): Promise<readonly Passkey[]>;
  find(credentialId: string): Promise<Passkey | undefined>;
  /** Keeps a passkey. False when its id is taken or the person has {@link MAX_PASSKEYS}. */
  add(passkey: Passkey): Promise<boolean>;
  /** Notes a use. False when the counter did not move on since: then there are two of this authenticator. */
  noteUse(credentialId: string, counter: number): Promise<boolean>;
}

/** How many passkeys a person can have. */
export const MAX_PASSKEYS = 10;
