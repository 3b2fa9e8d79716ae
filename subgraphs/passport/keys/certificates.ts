/**
 * Certificates of the issuers: one anchor of this installation, and a leaf for each key whose subject alternative name
 * is the issuer's URL.
 *
 * Source: RFC 5280 (X.509), section 4; RFC 5758, section 3.2 (ECDSA with SHA-256); HAIP 1.0, section 6.1 (leaf in
 * `x5c`, anchor left out).
 */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';

import {
  bits,
  type Der,
  explicit,
  implicit,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  time,
  utf8,
  yes,
} from './der.ts';

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

const OID = {
  commonName: oid('2.5.4.3'),
  ecdsaWithSha256: oid('1.2.840.10045.4.3.2'),
  basicConstraints: oid('2.5.29.19'),
  keyUsage: oid('2.5.29.15'),
  subjectAltName: oid('2.5.29.17'),
  subjectKeyIdentifier: oid('2.5.29.14'),
  authorityKeyIdentifier: oid('2.5.29.35'),
} as const;

/** Makes this installation's anchor. */
export function createAnchor(now: Date): CertifiedKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey,
    certificate: certificate(
      {
        subject: ANCHOR_NAME,
        publicKey,
        now,
        years: ANCHOR_YEARS,
        extensions: [
          // cA true, pathLenConstraint 0: it signs leaves and no other authority.
          extension(OID.basicConstraints, sequence(yes, integer(Buffer.from([0]))), true),
          extension(OID.keyUsage, bits(Buffer.from([0b0000_0100]), 2), true),
        ],
      },
      privateKey,
    ),
  };
}

/** Makes a key with a certificate for an issuer's URL. */
export function createLeaf(
  leaf: { readonly issuerUrl: string; readonly name: string; readonly now: Date },
  anchor: CertifiedKey,
): CertifiedKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey,
    certificate: certificate(
      {
        subject: leaf.name,
        publicKey,
        now: leaf.now,
        years: LEAF_YEARS,
        extensions: [
          extension(OID.basicConstraints, sequence(), true),
          extension(OID.keyUsage, bits(Buffer.from([0b1000_0000]), 7), true),
          extension(
            OID.subjectAltName,
            sequence(implicit(6, Buffer.from(leaf.issuerUrl, 'latin1'))),
          ),
        ],
      },
      anchor.privateKey,
    ),
  };
}

interface Contents {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly now: Date;
  readonly years: number;
  readonly extensions: readonly Der[];
}

/** Section 4.1: the signed certificate. */
function certificate(contents: Contents, signingKey: KeyObject): string {
  const { subject, publicKey, now, years, extensions } = contents;
  const algorithm = sequence(OID.ecdsaWithSha256);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    algorithm,
    name(ANCHOR_NAME),
    sequence(time(new Date(now.getTime() - BACKDATE_MS)), time(notAfter)),
    name(subject),
    spki(publicKey),
    explicit(
      3,
      sequence(
        ...extensions,
        extension(OID.subjectKeyIdentifier, octets(keyIdentifier(publicKey))),
        extension(
          OID.authorityKeyIdentifier,
          sequence(implicit(0, keyIdentifier(createPublicKey(signingKey)))),
        ),
      ),
    ),
  );
  const signature = sign('sha256', toBeSigned, { key: signingKey, dsaEncoding: 'der' });
  return sequence(toBeSigned, algorithm, bits(signature)).toString('base64');
}

const name = (text: string): Der => sequence(setOf(sequence(OID.commonName, utf8(text))));

const spki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });

/** Section 4.2.1.2: any method that gives a name to the key; SHA-256 cut to 20 bytes (RFC 7093, method 1). */
const keyIdentifier = (key: KeyObject): Buffer =>
  createHash('sha256').update(spki(key).subarray(-65)).digest().subarray(0, 20);

const extension = (id: Der, value: Der, critical = false): Der =>
  critical ? sequence(id, yes, octets(value)) : sequence(id, octets(value));
