/**
 * Certificates of the issuers: one anchor of this installation, and a leaf for each key whose subject alternative name
 * is the issuer's or the verifier's URL. One that signs requests names the host too (OpenID4VP 1.0, section 5.9.3). Whoever holds the anchor's key signs; the key itself is not needed.
 *
 * Source: RFC 5280 (X.509), section 4; HAIP 1.0, section 6.1 (leaf in `x5c`, anchor left out);
 * draft-ietf-oauth-status-list, section 10 (key purpose).
 */
import 'reflect-metadata';

import { type KeyObject, webcrypto } from 'node:crypto';

import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

import type { Signer } from '../../../standards/compact-jws.ts';
import { OAUTH_STATUS_SIGNING } from '../../../standards/status-list/key-purpose.ts';
import type { KeyUse } from '../domain/ports/keys.ts';

/** The anchor: its public key, and what signs with the private one. */
export interface Anchor {
  readonly publicKey: KeyObject;
  readonly sign: Signer['sign'];
}

/** What a leaf is for. */
export interface Leaf {
  readonly publicKey: KeyObject;
  readonly issuerUrl: string;
  /** A name in the DNS that it is for too. */
  readonly host?: string;
  readonly use: KeyUse;
  /** The subject's common name. */
  readonly name: string;
  readonly now: Date;
}

const ANCHOR_NAME = 'Lanyard staff passport anchor';
const ANCHOR_YEARS = 20;
/**
 * A leaf outlives what its key signs: the key signs for a year, credentials of up to three, and must be valid until
 * the last of them ends. One more is in hand.
 */
const LEAF_YEARS = 5;
/** Certificates start a little in the past, so that a verifier whose clock is behind takes them, in milliseconds. */
const BACKDATE_MS = 3_600_000;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

cryptoProvider.set(webcrypto);

/**
 * Makes an anchor's certificate, signed by itself.
 *
 * @returns base64 DER
 */
export function certifyAnchor(anchor: Anchor, now: Date): Promise<string> {
  return certify(anchor, {
    publicKey: anchor.publicKey,
    subject: ANCHOR_NAME,
    now,
    years: ANCHOR_YEARS,
    extensions: [
      // It signs leaves, and no other authority.
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  });
}

/**
 * Makes a certificate for an issuer's key.
 *
 * @returns base64 DER
 */
export function certifyLeaf(leaf: Leaf, anchor: Anchor): Promise<string> {
  return certify(anchor, {
    publicKey: leaf.publicKey,
    subject: leaf.name,
    now: leaf.now,
    years: LEAF_YEARS,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      ...(leaf.use === 'status-list'
        ? [new ExtendedKeyUsageExtension([OAUTH_STATUS_SIGNING], false)]
        : []),
      new SubjectAlternativeNameExtension([
        { type: 'url', value: leaf.issuerUrl },
        ...(leaf.host === undefined ? [] : [{ type: 'dns' as const, value: leaf.host }]),
      ]),
    ],
  });
}

async function certify(
  anchor: Anchor,
  contents: {
    readonly publicKey: KeyObject;
    readonly subject: string;
    readonly now: Date;
    readonly years: number;
    readonly extensions: readonly Extension[];
  },
): Promise<string> {
  const { now, years } = contents;
  const publicKey = webKey(contents.publicKey);
  const anchorKey = webKey(anchor.publicKey);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const made = await X509CertificateGenerator.create(
    {
      subject: [{ CN: [contents.subject] }],
      issuer: [{ CN: [ANCHOR_NAME] }],
      notBefore: new Date(now.getTime() - BACKDATE_MS),
      notAfter,
      signingAlgorithm: ECDSA,
      publicKey,
      // Names the algorithm; it is `sign` below that signs.
      signingKey: anchorKey,
      extensions: [
        ...contents.extensions,
        await SubjectKeyIdentifierExtension.create(publicKey),
        await AuthorityKeyIdentifierExtension.create(anchorKey),
      ],
    },
    signingWith(anchor.sign),
  );
  return Buffer.from(made.rawData).toString('base64');
}

/** Web Crypto in which signing is done elsewhere. Both give r then s. */
function signingWith(signBytes: Signer['sign']): webcrypto.Crypto {
  const { subtle } = webcrypto;
  const sign = async (_algorithm: unknown, _key: unknown, data: ArrayBuffer) =>
    Uint8Array.from(await signBytes(new Uint8Array(data))).buffer;
  return {
    subtle: {
      sign,
      exportKey: subtle.exportKey.bind(subtle),
      digest: subtle.digest.bind(subtle),
    },
    getRandomValues: webcrypto.getRandomValues.bind(webcrypto),
  } as unknown as webcrypto.Crypto;
}

const webKey = (publicKey: KeyObject): webcrypto.CryptoKey =>
  publicKey.toCryptoKey(ECDSA, true, ['verify']);
