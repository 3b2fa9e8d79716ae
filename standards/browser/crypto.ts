/**
 * What the rules use of `node:crypto`, on a browser's Web Crypto. P-256 only: everything else fails.
 *
 * Source: Web Cryptography API (W3C), sections 23 (ECDSA) and 31 (SHA); RFC 5280, section 4.1; RFC 5480, section 2
 * (keys on elliptic curves).
 */
import { rawSignature } from '../ecdsa-signature.ts';
import type { PublicEcJwk } from '../jwk-thumbprint.ts';
import { dottedOid, readDer, readOneDer, TAG } from '../x509/der.ts';
import { answerTo } from './questions.ts';

const { subtle } = globalThis.crypto;

const HASHES = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const;
type HashName = keyof typeof HASHES;

/** Hashes text (UTF-8) or bytes. */
export function hash(alg: HashName, data: string | Uint8Array, encoding: 'buffer'): Buffer;
export function hash(
  alg: HashName,
  data: string | Uint8Array,
  encoding: 'base64' | 'base64url',
): string;
export function hash(
  alg: HashName,
  data: string | Uint8Array,
  encoding: 'buffer' | 'base64' | 'base64url',
): Buffer | string {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data);
  const digest = answerTo(`hash ${alg} ${bytes.toString('base64')}`, () =>
    subtle.digest(HASHES[alg], Uint8Array.from(bytes)),
  );
  const answer = Buffer.from(new Uint8Array(digest));
  return encoding === 'buffer' ? answer : answer.toString(encoding);
}

/** Compares without stopping at the first difference. */
export function timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) throw new RangeError('inputs differ in length');
  let difference = 0;
  for (const [at, byte] of one.entries()) difference |= byte ^ (other[at] ?? 0);
  return difference === 0;
}

/** A public key on P-256, as its two coordinates. */
export interface KeyObject {
  /** Always public here. */
  readonly type: 'public';
  /** Elliptic curve. */
  readonly asymmetricKeyType: 'ec';
  /** The curve, by OpenSSL's name. */
  readonly asymmetricKeyDetails: Readonly<Record<'namedCurve', 'prime256v1'>>;
  /** Whether another key is the same. */
  equals(other: KeyObject): boolean;
  /** As a JWK. */
  export(): PublicEcJwk;
}

/**
 * Makes a key of a JWK.
 *
 * @throws {TypeError} unless it is a point on P-256
 */
export function createPublicKey({
  key,
}: {
  readonly key: { readonly x: string; readonly y: string };
}): KeyObject {
  const { x, y } = key;
  if (!isOnCurve(integer(Buffer.from(x, 'base64url')), integer(Buffer.from(y, 'base64url')))) {
    throw new TypeError('the point is not on the curve P-256');
  }
  return {
    type: 'public',
    asymmetricKeyType: 'ec',
    asymmetricKeyDetails: { namedCurve: 'prime256v1' },
    equals(other) {
      const { x: otherX, y: otherY } = other.export();
      return otherX === x && otherY === y;
    },
    export: () => ({ kty: 'EC', crv: 'P-256', x, y }),
  };
}

const integer = (bytes: Uint8Array): bigint =>
  BigInt(`0x0${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);

/** SP 800-186, section 3.2.1.3: the prime, and b of y² = x³ - 3x + b. */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

const isOnCurve = (x: bigint, y: bigint): boolean =>
  x < P && y < P && (y * y - (x * x * x - 3n * x + B)) % P === 0n;

/** Checks an ECDSA signature in ASN.1. */
export function verify(
  alg: HashName,
  data: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): boolean {
  const raw = rawSignature(signature);
  if (raw === undefined) return false;
  const jwk = key.export();
  const question = [
    alg,
    jwk.x,
    jwk.y,
    raw.toString('base64'),
    Buffer.from(data).toString('base64'),
  ];
  return answerTo(`verify ${question.join(' ')}`, async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
    const imported = await subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
    const rules = { name: 'ECDSA', hash: HASHES[alg] };
    return subtle.verify(rules, imported, Uint8Array.from(raw), Uint8Array.from(data));
  });
}

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const P256 = '1.2.840.10045.3.1.7';
const SIGNATURES: Readonly<Record<string, HashName>> = {
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

/** A certificate, as far as the rules leave reading it to `node:crypto`. */
export class X509Certificate {
  /** The subject's key. */
  readonly publicKey: KeyObject;
  /** The first moment at which it is valid. */
  readonly validFromDate: Date;
  /** The last moment at which it is valid. */
  readonly validToDate: Date;
  readonly #signed: Buffer;
  readonly #hash: HashName | undefined;
  readonly #signature: Buffer;

  /**
   * Reads a certificate.
   *
   * @param der the certificate, DER
   * @throws {StandardError} `certificate_malformed`
   */
  constructor(der: Buffer) {
    const [signed, algorithm, signature] = readDer(readOneDer(der, TAG.sequence).contents);
    if (signed === undefined || algorithm === undefined || signature === undefined) {
      throw new TypeError('not a certificate');
    }
    const [, , , , validity, , publicKey] = readDer(signed.contents);
    const [from, to] = readDer(validity?.contents ?? Buffer.alloc(0));
    const [keyAlgorithm, point] = readDer(publicKey?.contents ?? Buffer.alloc(0));
    const [kind, curve] = readDer(keyAlgorithm?.contents ?? Buffer.alloc(0)).map(oid);
    // BIT STRING with no unused bits, and a point that is not compressed (RFC 5480, section 2.2).
    const [unused, form] = point?.contents ?? [];
    if (kind !== EC_PUBLIC_KEY || curve !== P256 || unused !== 0 || form !== 4) {
      throw new TypeError('not a key on P-256');
    }
    const coordinates = point?.contents.subarray(2) ?? Buffer.alloc(0);
    if (coordinates.length !== 64 || signature.contents[0] !== 0) throw new TypeError('malformed');
    this.publicKey = createPublicKey({
      key: {
        x: coordinates.subarray(0, 32).toString('base64url'),
        y: coordinates.subarray(32).toString('base64url'),
      },
    });
    this.validFromDate = moment(from);
    this.validToDate = moment(to);
    this.#signed = signed.bytes;
    this.#hash = SIGNATURES[oid(readDer(algorithm.contents)[0])];
    this.#signature = signature.contents.subarray(1);
  }

  /** Whether a key signed it. */
  verify(key: KeyObject): boolean {
    return this.#hash !== undefined && verify(this.#hash, this.#signed, key, this.#signature);
  }
}

type Der = ReturnType<typeof readDer>[number];

const oid = (value: Der | undefined): string =>
  value?.tag === TAG.objectIdentifier ? dottedOid(value.contents) : '';

/** UTCTime, up to 2049, or GeneralizedTime (RFC 5280, section 4.1.2.5). */
function moment(value: Der | undefined): Date {
  const digits = value?.contents.toString('latin1') ?? '';
  const century = Number(digits.slice(0, 2)) < 50 ? '20' : '19';
  const full = value?.tag === 0x17 ? century + digits : value?.tag === 0x18 ? digits : '';
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  const made = new Date(
    `${String(year)}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${String(second)}Z`,
  );
  if (Number.isNaN(made.getTime())) throw new TypeError('not a moment');
  return made;
}

const notHere = (): never => {
  throw new TypeError('nothing is signed or made here');
};
/** Not in a browser. */
export const sign: () => never = notHere;
/** Not in a browser. */
export const randomFillSync: () => never = notHere;
/** Not in a browser. */
export const createECDH: () => never = notHere;
/** Not in a browser. */
export const createPrivateKey: () => never = notHere;
