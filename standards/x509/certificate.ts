/**
 * Reading a certificate: what a chain's rules need of it.
 *
 * Source: RFC 5280 (X.509), sections 4.1 and 4.2.
 */
import { type KeyObject, X509Certificate } from 'node:crypto';

import { StandardError } from '../standard-error.ts';
import { type DerValue, dottedOid, readDer, readOneDer, TAG } from './der.ts';

/** What a key may do (section 4.2.1.3). */
export interface KeyUsage {
  /** It may sign things other than certificates. */
  readonly digitalSignature: boolean;
  /** It may sign certificates. */
  readonly keyCertSign: boolean;
}

/** A certificate, read and not yet believed. */
export interface Certificate {
  /** The certificate as node:crypto sees it. */
  readonly x509: X509Certificate;
  /** The subject's key. */
  readonly publicKey: KeyObject;
  /** The issuer's name, DER. */
  readonly issuer: Buffer;
  /** The subject's name, DER. */
  readonly subject: Buffer;
  /** The algorithm of its signature, as an object identifier. */
  readonly signatureAlgorithm: string;
  /** The first moment at which it is valid. */
  readonly notBefore: Date;
  /** The last moment at which it is valid. */
  readonly notAfter: Date;
  /** Whether the key may sign certificates (section 4.2.1.9). */
  readonly ca: boolean;
  /** How many authorities may lie between this one and a leaf; any number when missing. */
  readonly pathLength?: number;
  /** What the key may do (section 4.2.1.3); anything when missing. */
  readonly keyUsage?: KeyUsage;
  /** Purposes of the key (section 4.2.1.12), as object identifiers; any when missing. */
  readonly purposes?: readonly string[];
  /** The identifier of the key that signed it (section 4.2.1.1), base64url; `undefined` when it does not say. */
  readonly authorityKeyId: string | undefined;
  /** Addresses that the subject stands for: URIs in the subject alternative name (section 4.2.1.6). */
  readonly uris: readonly string[];
  /** Whether it has a critical extension that is not understood here. */
  readonly unknownCritical: boolean;
}

/** Longest certificate read, in bytes. */
const MAX_BYTES = 16_384;

const EXTENSION = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
} as const;
/** Read for its own sake; never critical (section 4.2.1.1). */
const AUTHORITY_KEY_IDENTIFIER = '2.5.29.35';

/**
 * Reads a certificate.
 *
 * @param der the certificate, DER
 * @throws {StandardError} `certificate_malformed`
 */
export function readCertificate(der: Buffer): Certificate {
  if (der.length > MAX_BYTES) throw malformed();
  const [toBeSigned, outerAlgorithm] = readDer(readOneDer(der, TAG.sequence).contents);
  if (toBeSigned?.tag !== TAG.sequence || outerAlgorithm?.tag !== TAG.sequence) throw malformed();
  const [version, , algorithm, issuer, , subject, , ...rest] = readDer(toBeSigned.contents);
  // Version 3 alone has extensions; [0] { INTEGER 2 }.
  if (version?.bytes.toString('hex') !== 'a003020102') throw malformed();
  // Section 4.1.1.2: the algorithm that was signed is the one that is used.
  if (algorithm?.bytes.equals(outerAlgorithm.bytes) !== true) throw malformed();
  if (issuer?.tag !== TAG.sequence || subject?.tag !== TAG.sequence) throw malformed();
  const extensions = readExtensions(rest.find(({ tag }) => tag === 0xa3));
  const { x509, publicKey } = parse(der);
  const keyUsage = extensions.get(EXTENSION.keyUsage);
  const purposes = extensions.get(EXTENSION.extendedKeyUsage);
  const names = extensions.get(EXTENSION.subjectAltName);
  const known = new Set<string>(Object.values(EXTENSION));
  return {
    x509,
    publicKey,
    issuer: issuer.bytes,
    subject: subject.bytes,
    signatureAlgorithm: oidOf(readDer(outerAlgorithm.contents)[0]),
    notBefore: x509.validFromDate,
    notAfter: x509.validToDate,
    ...constraints(extensions.get(EXTENSION.basicConstraints)?.value),
    ...(keyUsage === undefined ? {} : { keyUsage: usage(keyUsage.value) }),
    ...(purposes === undefined ? {} : { purposes: sequence(purposes.value).map(oidOf) }),
    authorityKeyId: keyIdentifier(extensions.get(AUTHORITY_KEY_IDENTIFIER)?.value),
    uris: names === undefined ? [] : sequence(names.value).flatMap(uri),
    unknownCritical: [...extensions].some(([oid, { critical }]) => critical && !known.has(oid)),
  };
}

interface Extension {
  readonly critical: boolean;
  readonly value: Buffer;
}

function readExtensions(explicit: DerValue | undefined): ReadonlyMap<string, Extension> {
  const extensions = new Map<string, Extension>();
  if (explicit === undefined) return extensions;
  for (const { tag, contents } of sequence(explicit.contents)) {
    const [oid, ...rest] = readDer(contents);
    const value = rest.at(-1);
    const flag = rest.length === 2 ? rest[0] : undefined;
    if (tag !== TAG.sequence || rest.length > 2 || value?.tag !== TAG.octetString) {
      throw malformed();
    }
    if (flag !== undefined && (flag.tag !== TAG.boolean || flag.contents.length !== 1)) {
      throw malformed();
    }
    const name = oidOf(oid);
    // Section 4.2: no extension twice.
    if (extensions.has(name)) throw malformed();
    extensions.set(name, { critical: flag?.contents[0] === 0xff, value: value.contents });
  }
  return extensions;
}

function constraints(value: Buffer | undefined): Pick<Certificate, 'ca' | 'pathLength'> {
  if (value === undefined) return { ca: false };
  const [flag, length, ...more] = sequence(value);
  if (flag === undefined) return { ca: false };
  if (flag.tag !== TAG.boolean || more.length > 0) throw malformed();
  const ca = flag.contents.length === 1 && flag.contents[0] === 0xff;
  if (length === undefined) return { ca };
  const [byte] = length.contents;
  const small = length.contents.length === 1 && byte !== undefined && byte < 0x80;
  if (length.tag !== TAG.integer || !small) throw malformed();
  return { ca, pathLength: byte };
}

function usage(value: Buffer): KeyUsage {
  const { contents } = readOneDer(value, TAG.bitString);
  const [unused, bits] = contents;
  if (unused === undefined || bits === undefined || unused > 7) throw malformed();
  return { digitalSignature: (bits & 0x80) !== 0, keyCertSign: (bits & 0x04) !== 0 };
}

/** `[0] IMPLICIT OCTET STRING`. */
function keyIdentifier(value: Buffer | undefined): string | undefined {
  if (value === undefined) return undefined;
  return sequence(value)
    .find(({ tag }) => tag === 0x80)
    ?.contents.toString('base64url');
}

/** GeneralName `[6] IA5String`. */
function uri({ tag, contents }: DerValue): readonly string[] {
  if (tag !== 0x86) return [];
  if (contents.some((byte) => byte >= 0x80)) throw malformed();
  return [contents.toString('latin1')];
}

const sequence = (bytes: Buffer): readonly DerValue[] =>
  readDer(readOneDer(bytes, TAG.sequence).contents);

function oidOf(value: DerValue | undefined): string {
  if (value?.tag !== TAG.objectIdentifier) throw malformed();
  return dottedOid(value.contents);
}

function parse(der: Buffer): Pick<Certificate, 'x509' | 'publicKey'> {
  try {
    const x509 = new X509Certificate(der);
    // It is read only when asked for, and may not be a key at all.
    return { x509, publicKey: x509.publicKey };
  } catch (cause) {
    throw new StandardError('certificate_malformed', 'the certificate cannot be read', { cause });
  }
}

const malformed = (): StandardError =>
  new StandardError('certificate_malformed', 'the certificate does not have the form of RFC 5280');
