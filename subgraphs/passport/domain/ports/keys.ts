/** Keys of the issuing trusts. */
import type { AuditActor } from '../audit.ts';
import type { KeyObject } from 'node:crypto';

import type { Signer } from '../../../../standards/compact-jws.ts';
import type { KeeperName, KeyOwner } from './key-keeper.ts';

/**
 * What a key signs: as an issuer, as everybody's register of issuers or sender of signals, whose owner is `*`, or as a verifier.
 * None ever stands in for another.
 */
export type KeyUse = 'credential' | 'status-list' | 'registry' | 'request' | 'receipt' | 'signal';

/** A published key. */
export interface PublishedKey {
  readonly kid: string;
  readonly key: KeyObject;
  /** Certificates, leaf first, without the anchor; base64 DER. */
  readonly x5c: readonly string[];
}

/** A key that somebody else may have used. */
export interface CompromisedKey {
  readonly key: KeyObject;
  /** From when on nothing that it signed is believed. */
  readonly since: Date;
}

/** Uses keys. What another process does to a key is noticed within five seconds. */
export interface IssuerKeys {
  /** A trust's signer: its newest key that may sign. A trust without one gets a key and certificate here. */
  signer(odsCode: string, use: KeyUse): Promise<Signer>;
  /** A trust's public key by its exact name; `undefined` when the trust has none of that name for that use that counts. */
  find(odsCode: string, use: KeyUse, kid: string): Promise<KeyObject | undefined>;
  /** A trust's public keys: those that will sign, that sign, and whose signatures still count. None for a trust that never issued. */
  published(odsCode: string, use: KeyUse): Promise<readonly PublishedKey[]>;
  /** A trust's compromised key by its exact name. It is never to be believed without the issuer's own record. */
  findCompromised(odsCode: string, use: KeyUse, kid: string): Promise<CompromisedKey | undefined>;
  /** The certificates under which the issuers' certificates count; base64 DER. */
  anchors(): Promise<readonly string[]>;
  /** Has the next call look at the store again. */
  refresh(): void;
}

/** Makes keys that are then stored. */
export interface KeyMaker {
  /** Makes a key with its certificate; it is not stored yet. */
  make(
    owner: { readonly odsCode: string; readonly use: KeyUse },
    activatesAt: Date,
  ): Promise<NewKey>;
  /** Removes a key that was not stored. */
  discard(key: NewKey): Promise<void>;
}

/** A key to store. */
export interface NewKey extends KeyOwner {
  /** RFC 7638 thumbprint of the public key. */
  readonly kid: string;
  /** Base64 DER. */
  readonly certificate: string;
  /** Who holds the private key. */
  readonly keeper: KeeperName;
  /** What opens it there. */
  readonly handle: string;
  /** From when it is published. */
  readonly createdAt: Date;
  /** From when it signs. */
  readonly activatesAt: Date;
}

/** A key as it is stored. */
export interface StoredKey extends NewKey {
  /** From when it does not sign any more, though what it signed counts. */
  readonly retiredAt?: Date;
  /** When it was found out that somebody else may have it. */
  readonly compromisedAt?: Date;
  /** From when somebody else may have had it. */
  readonly compromisedSince?: Date;
  /** When the last credential that it signed expires. */
  readonly lastExpiresAt?: Date;
}

/** A key with what hangs on it. */
export interface StoredKeyUse extends StoredKey {
  /** Credentials that it signed. */
  readonly signed: number;
  /** Credentials that it signed and that are neither expired nor revoked. */
  readonly inForce: number;
}

/** A place in the credentials that a key signed, to go on from. */
export interface RevocationCursor {
  readonly expiresAt: Date;
  readonly position: number;
}

/** Before the first credential. */
export const BEGINNING: RevocationCursor = { expiresAt: new Date(0), position: 0 };

/** What one piece of a revocation did. */
export interface RevokedPiece {
  readonly revoked: number;
  /** Lists that changed. */
  readonly listIds: readonly string[];
  /** Where the next piece begins; `undefined` after the last. */
  readonly next?: RevocationCursor;
}

/** Where keys are stored. Each function is one transaction or one statement. */
export interface IssuerKeyStore {
  /** Rises with every change of any key. */
  generation(): Promise<number>;
  /** Every key of one owner, ended ones too, in the order in which they sign. */
  find(owner: KeyOwner): Promise<readonly StoredKey[]>;
  findByKid(kid: string): Promise<StoredKey | undefined>;
  /** Every key of one trust, or of all trusts, oldest first. */
  list(now: Date, odsCode?: string): Promise<readonly StoredKeyUse[]>;
  /**
   * Stores a key, unless another does. Calls for one owner take turns.
   *
   * @param instead picks, of the owner's keys, the one that makes a new one needless
   * @param by who asked for it; the passport itself unless told
   * @returns the key that counts
   */
  add(
    key: NewKey,
    instead: (keys: readonly StoredKey[]) => StoredKey | undefined,
    by?: AuditActor,
  ): Promise<StoredKey>;
  /**
   * Retires a key, when it may be.
   *
   * @param mayRetire told the owner's keys
   * @returns whether it is retired now
   */
  retire(
    key: StoredKey,
    mayRetire: (keys: readonly StoredKey[]) => boolean,
    at: Date,
    by: AuditActor,
  ): Promise<boolean>;
  /**
   * Marks a key as compromised, stores its successor when one is needed, has the trust's lists signed again when it
   * signed those, and revokes the first piece of what it signed: all in one transaction. A repeated call moves `since`
   * to the earlier of the two.
   *
   * @param successor is stored only when `needed` says so of the owner's keys without the compromised one
   */
  compromise(
    key: StoredKey,
    how: {
      readonly since: Date;
      readonly at: Date;
      readonly by: AuditActor;
      readonly successor: NewKey | undefined;
      readonly needed: (keys: readonly StoredKey[]) => boolean;
    },
  ): Promise<RevokedPiece & { readonly since: Date; readonly successorStored: boolean }>;
  /** Revokes the next piece of what a compromised key signed; notes when there is no more. */
  revokeSigned(kid: string, from: RevocationCursor, at: Date): Promise<RevokedPiece>;
  /** Trusts and uses whose newest key that may sign began to before this moment. */
  findAgeing(before: Date): Promise<readonly { readonly odsCode: string; readonly use: KeyUse }[]>;
  /** Compromised keys whose credentials are not all revoked yet. */
  findUnsettled(): Promise<readonly string[]>;
}

/** Encrypts what rests in the database. */
export interface Sealer {
  /** Encrypts text. `context` says what it is; it opens only under the same. */
  seal(text: string, context: string): string;
  /** Decrypts; throws when it was changed or belongs elsewhere. */
  open(sealed: string, context: string): string;
}
