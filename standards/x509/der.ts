/**
 * Reading DER, as far as certificates need it: tags of one byte, definite lengths in their shortest form.
 *
 * Source: ITU-T X.690, sections 8 and 10.
 */
import { StandardError } from '../standard-error.ts';

/** One value: its tag byte and where it lies. */
export interface DerValue {
  /** Its tag byte. */
  readonly tag: number;
  /** The contents, without tag and length. */
  readonly contents: Buffer;
  /** The whole value, with tag and length. */
  readonly bytes: Buffer;
}

/** Tags of the universal types that certificates use. */
export const TAG = {
  /** BOOLEAN. */
  boolean: 0x01,
  /** INTEGER. */
  integer: 0x02,
  /** BIT STRING. */
  bitString: 0x03,
  /** OCTET STRING. */
  octetString: 0x04,
  /** OBJECT IDENTIFIER. */
  objectIdentifier: 0x06,
  /** SEQUENCE, which is always constructed. */
  sequence: 0x30,
} as const;

/** Most values in one sequence. */
const MAX_VALUES = 256;
/** Longest object identifier, in bytes. */
const MAX_OID_BYTES = 64;

/**
 * Reads the values that lie one after another.
 *
 * @throws {StandardError} `certificate_malformed`
 */
export function readDer(bytes: Buffer): readonly DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    if (values.length >= MAX_VALUES) throw malformed();
    const value = readOne(bytes, at);
    values.push(value);
    at += value.bytes.length;
  }
  return values;
}

/**
 * Reads exactly one value.
 *
 * @throws {StandardError} `certificate_malformed`, also when its tag is another
 */
export function readOneDer(bytes: Buffer, tag: number): DerValue {
  const [value, ...more] = readDer(bytes);
  if (value?.tag !== tag || more.length > 0) throw malformed();
  return value;
}

function readOne(bytes: Buffer, at: number): DerValue {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw malformed();
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count < 1 || count > 3 || start + count > bytes.length) throw malformed();
    length = bytes.readUIntBE(start, count);
    if (length < (count === 1 ? 0x80 : 2 ** (8 * (count - 1)))) throw malformed();
    start += count;
  }
  if (start + length > bytes.length) throw malformed();
  return {
    tag,
    contents: bytes.subarray(start, start + length),
    bytes: bytes.subarray(at, start + length),
  };
}

/**
 * The dotted form of an object identifier's contents.
 *
 * @throws {StandardError} `certificate_malformed`
 */
export function dottedOid(contents: Buffer): string {
  if (contents.length === 0 || contents.length > MAX_OID_BYTES) throw malformed();
  const parts: bigint[] = [];
  let part = 0n;
  let begun = false;
  for (const byte of contents) {
    if (!begun && byte === 0x80) throw malformed();
    part = (part << 7n) | BigInt(byte & 0x7f);
    begun = (byte & 0x80) !== 0;
    if (!begun) {
      parts.push(part);
      part = 0n;
    }
  }
  const [first, ...rest] = parts;
  if (begun || first === undefined) throw malformed();
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}

const malformed = (): StandardError =>
  new StandardError('certificate_malformed', 'the certificate is not in DER');
