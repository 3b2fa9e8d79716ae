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

/** How many passkeys a person can have. */
export const MAX_PASSKEYS = 10;

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

/** The authenticator app of a person. */
export interface CodeApp {
  /** The shared secret, encrypted. */
  readonly sealedSecret: string;
  readonly createdAt: Date;
}

/** The authenticator apps of everybody; one for each person. */
export interface CodeAppStore {
  find(staffId: string): Promise<CodeApp | undefined>;
  /**
   * Keeps an app. False when the person has one.
   *
   * @param step the time step whose code has confirmed it
   */
  add(staffId: string, sealedSecret: string, step: number): Promise<boolean>;
  /** Uses a time step up. True for exactly one caller, and only for a step later than those before. */
  takeStep(staffId: string, step: number): Promise<boolean>;
}

/** What came of removing an authenticator. */
export type RemovalOutcome = 'removed' | 'last' | 'unknown';

/** Taking authenticators away. */
export interface AuthenticatorRemovals {
  /** Never the last one, whatever the number that try at once. */
  removePasskey(staffId: string, credentialId: string): Promise<RemovalOutcome>;
  /** Never the last one, whatever the number that try at once. */
  removeCodeApp(staffId: string): Promise<RemovalOutcome>;
}

/** A code that lets a person set up an authenticator. */
export interface SetupCode {
  readonly codeHash: string;
  /** NHSmail address in lower case. */
  readonly mail: string;
  readonly recoveryId?: string | undefined;
  readonly createdBy: string;
  readonly expiresAt: Date;
}

/** The setup codes that have been given out. */
export interface SetupCodeStore {
  /** Keeps a code. Earlier ones for the same person are of no use any more. */
  add(code: SetupCode): Promise<void>;
  /**
   * Uses a code up. True for exactly one caller.
   *
   * A code of a recovery removes the person's authenticators in the same transaction.
   */
  spend(
    codeHash: string,
    person: { readonly staffId: string; readonly mail: string },
  ): Promise<'spent' | 'recovered' | 'refused'>;
}
