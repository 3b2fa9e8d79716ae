/** Where private keys are kept and used. A private key never leaves its keeper. */
import type { KeyObject } from 'node:crypto';

import type { Signer } from '../../../../standards/compact-jws.ts';
import type { KeyUse } from './keys.ts';

/** What a key signs. No use ever stands in for another; the anchor signs certificates. */
export type KeptUse = KeyUse | 'anchor';

/** Whose key it is, and what for. */
export interface KeyOwner {
  readonly odsCode: string;
  readonly use: KeptUse;
}

/** A new key. */
export interface CreatedKey {
  /** What opens it again; means something to its keeper alone, and is no secret. */
  readonly handle: string;
  /** P-256. */
  readonly publicKey: KeyObject;
}

/** Keeps P-256 private keys. */
export interface KeyKeeper {
  readonly name: KeeperName;
  /**
   * Makes a key.
   *
   * @throws {KeeperUnavailable} when the keeper does not answer in time
   */
  create(owner: KeyOwner): Promise<CreatedKey>;
  /**
   * Opens a key that was made earlier, by this process or another.
   *
   * @returns signs bytes with ES256: 64 bytes, r then s (RFC 7518, section 3.4)
   * @throws {KeyUnusable} when there is no such key, or it is another owner's or another key
   * @throws {KeeperUnavailable} when the keeper does not answer in time; the signing function throws it too
   */
  open(handle: string, owner: KeyOwner, publicKey: KeyObject): Promise<Signer['sign']>;
  /** Removes a key that was made and never stored. */
  discard(handle: string): Promise<void>;
  close(): Promise<void>;
}

/** The keepers there are: private keys encrypted in the database, or inside a PKCS #11 token. */
export type KeeperName = 'sealed' | 'pkcs11';

/** The keeper has no such key, or the key is not the one it should be. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable';
  readonly code = 'key_unusable';
}

/** The keeper did not answer. Retrying later may work. */
export class KeeperUnavailable extends Error {
  override readonly name = 'KeeperUnavailable';
  readonly code = 'unavailable';
}

/** The keeper turned us away: wrong PIN, no such token, no such module. Retrying does not help. */
export class KeeperRefused extends Error {
  override readonly name = 'KeeperRefused';
  readonly code = 'key_keeper_refused';
}
