/** Keys of the issuing trusts. */
import type { KeyObject } from 'node:crypto';

import type { Signer } from '../../../../standards/compact-jws.ts';

/** What a key signs. The two never stand in for each other. */
export type KeyUse = 'credential' | 'status-list';

/** A published key. */
export interface PublishedKey {
  readonly kid: string;
  readonly key: KeyObject;
  /** Certificates, leaf first, without the anchor; base64 DER. */
  readonly x5c: readonly string[];
}

/** Keeps and uses keys. */
export interface IssuerKeys {
  /** A trust's signer; its key and certificate are made on first need. */
  signer(odsCode: string, use: KeyUse): Promise<Signer>;
  /** A trust's public key by its exact name; `undefined` when the trust has none of that name for that use. */
  find(odsCode: string, use: KeyUse, kid: string): Promise<KeyObject | undefined>;
  /** A trust's public keys; none for a trust that never issued. */
  published(odsCode: string, use: KeyUse): Promise<readonly PublishedKey[]>;
}

/** A key as it is stored. */
export interface StoredKey {
  readonly kid: string;
  readonly odsCode: string;
  readonly use: KeyUse | 'anchor';
  /** Base64 DER. */
  readonly certificate: string;
  /** PKCS #8, sealed. */
  readonly sealedPrivateKey: string;
  readonly createdAt: Date;
}

/** Where keys are stored. */
export interface IssuerKeyStore {
  /** Stores a key unless there is one for that trust and use. Returns the one that is stored. */
  add(key: StoredKey): Promise<StoredKey>;
  find(odsCode: string, use: StoredKey['use']): Promise<StoredKey | undefined>;
  /** Every key of one trust, or of all trusts, oldest first. */
  list(odsCode?: string): Promise<readonly StoredKey[]>;
}

/** Encrypts what rests in the database. */
export interface Sealer {
  /** Encrypts text. `context` says what it is; it opens only under the same. */
  seal(text: string, context: string): string;
  /** Decrypts; throws when it was changed or belongs elsewhere. */
  open(sealed: string, context: string): string;
}
