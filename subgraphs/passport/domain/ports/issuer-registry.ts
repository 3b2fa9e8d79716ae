/** Where the signed editions of the register of issuers are kept. */

/** One edition. */
export interface RegistryEdition {
  /** Rises with every edition. */
  readonly version: number;
  /** SHA-256 of what it says, base64url; the same when nothing changed. */
  readonly contentHash: string;
  /** The signed register. */
  readonly token: string;
  readonly signedAt: Date;
  readonly expiresAt: Date;
}

/** Keeps editions. */
export interface RegistryEditions {
  findNewest(): Promise<RegistryEdition | undefined>;
  /** Keeps an edition, and lets go of older ones that have expired. False when another process was faster with that version. */
  add(edition: RegistryEdition): Promise<boolean>;
}
