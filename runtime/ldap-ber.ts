/** BER, as far as messages of LDAP need it (RFC 4511, section 5.1): tags of one byte, definite lengths. */

/** One value. */
export interface BerValue {
  readonly tag: number;
  /** The contents, without tag and length. */
  readonly contents: Buffer;
}

/** Tags of the universal types that LDAP uses. */
export const BER = {
  boolean: 0x01,
  integer: 0x02,
  octetString: 0x04,
  enumerated: 0x0a,
  sequence: 0x30,
} as const;

/** Bytes that are no BER of LDAP. */
export class BerError extends Error {
  override readonly name = 'BerError';
  readonly code = 'ber_malformed';
}

/**
 * How many bytes the first value takes, its tag and length included.
 *
 * @returns `undefined` when its length is not there yet
 * @throws {BerError} when it has no definite length below 4 GB
 */
export function berSize(bytes: Buffer, at = 0): number | undefined {
  const first = bytes[at + 1];
  if (first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count < 1 || count > 4) throw new BerError('a length is not definite, or too long');
  if (bytes.length < at + 2 + count) return undefined;
  return 2 + count + bytes.readUIntBE(at + 2, count);
}

/**
 * The values that lie one after another.
 *
 * @throws {BerError} when the last one is cut off
 */
export function readBer(bytes: Buffer): readonly BerValue[] {
  const values: BerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = berSize(bytes, at);
    const tag = bytes[at];
    if (size === undefined || tag === undefined || at + size > bytes.length) {
      throw new BerError('a value is cut off');
    }
    const lengthByte = bytes[at + 1] ?? 0;
    const start = at + 2 + (lengthByte < 0x80 ? 0 : lengthByte & 0x7f);
    values.push({ tag, contents: bytes.subarray(start, at + size) });
    at += size;
  }
  return values;
}

/** One value with its tag and length. */
export function writeBer(tag: number, contents: Buffer): Buffer {
  if (contents.length < 0x80) return Buffer.concat([Buffer.from([tag, contents.length]), contents]);
  const length = Buffer.alloc(5);
  length.writeUInt8(0x84);
  length.writeUInt32BE(contents.length, 1);
  return Buffer.concat([Buffer.from([tag]), length, contents]);
}
