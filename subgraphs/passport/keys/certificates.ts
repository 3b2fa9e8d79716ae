/**
 * Certificates of the issuers: one anchor of this installation, and a leaf for each key whose subject alternative name
 * is the issuer's URL.
 *
 * Source: RFC 5280 (X.509), section 4; HAIP 1.0, section 6.1 (leaf in `x5c`, anchor left out).
 */
import 'reflect-metadata';

import { createPublicKey, generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto';

import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A key and its certificate. */
export interface CertifiedKey {
  /** A P-256 private key. */
  readonly privateKey: KeyObject;
  /** Base64 DER. */
  readonly certificate: string;
}

const ANCHOR_NAME = 'Lanyard staff passport anchor';
const ANCHOR_YEARS = 20;
const LEAF_YEARS = 10;
/** Certificates start a little in the past, so that a verifier whose clock is behind takes them, in milliseconds. */
const BACKDATE_MS = 3_600_000;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

cryptoProvider.set(webcrypto);

/** Makes this installation's anchor. */
export function createAnchor(now: Date): Promise<CertifiedKey> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return certify({
    privateKey,
    signingKey: privateKey,
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

/** Makes a key with a certificate for an issuer's URL. */
export function createLeaf(
  leaf: { readonly issuerUrl: string; readonly name: string; readonly now: Date },
  anchor: CertifiedKey,
): Promise<CertifiedKey> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return certify({
    privateKey,
    signingKey: anchor.privateKey,
    subject: leaf.name,
    now: leaf.now,
    years: LEAF_YEARS,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new SubjectAlternativeNameExtension([{ type: 'url', value: leaf.issuerUrl }]),
    ],
  });
}

async function certify(contents: {
  readonly privateKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly subject: string;
  readonly now: Date;
  readonly years: number;
  readonly extensions: readonly Extension[];
}): Promise<CertifiedKey> {
  const { privateKey, now, years } = contents;
  const publicKey = publicHalf(privateKey);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const made = await X509CertificateGenerator.create({
    subject: [{ CN: [contents.subject] }],
    issuer: [{ CN: [ANCHOR_NAME] }],
    notBefore: new Date(now.getTime() - BACKDATE_MS),
    notAfter,
    signingAlgorithm: ECDSA,
    publicKey,
    signingKey: contents.signingKey.toCryptoKey(ECDSA, false, ['sign']),
    extensions: [
      ...contents.extensions,
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(publicHalf(contents.signingKey)),
    ],
  });
  return { privateKey, certificate: Buffer.from(made.rawData).toString('base64') };
}

const publicHalf = (key: KeyObject): webcrypto.CryptoKey =>
  createPublicKey(key).toCryptoKey(ECDSA, true, ['verify']);
