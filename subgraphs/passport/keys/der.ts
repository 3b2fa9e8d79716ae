/** Writing ASN.1 in its distinguished encoding (ITU-T X.690), as much of it as a certificate needs. */

/** An encoded value. */
export type Der = Buffer;

const tagged = (tag: number, ...parts: readonly Uint8Array[]): Der => {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 0x1_00 ? 1 : 2;
  const head = Buffer.alloc(2 + size);
  head.writeUInt8(tag, 0);
  head.writeUInt8(0x80 + size, 1);
  head.writeUIntBE(length, 2, size);
  return Buffer.concat([head, content]);
};

/** SEQUENCE. */
export const sequence = (...parts: readonly Uint8Array[]): Der => tagged(0x30, ...parts);
/** SET of one member. */
export const setOf = (member: Uint8Array): Der => tagged(0x31, member);
/** OCTET STRING. */
export const octets = (bytes: Uint8Array): Der => tagged(0x04, bytes);
/** BIT STRING; `unused` bits at its end do not count. */
export const bits = (bytes: Uint8Array, unused = 0): Der =>
  tagged(0x03, Buffer.from([unused]), bytes);
/** UTF8String. */
export const utf8 = (text: string): Der => tagged(0x0c, Buffer.from(text, 'utf8'));
/** BOOLEAN true. */
export const yes: Der = tagged(0x01, Buffer.from([0xff]));
/** A context-specific tag around a whole value. */
export const explicit = (tag: number, value: Uint8Array): Der => tagged(0xa0 + tag, value);
/** A context-specific tag in place of a value's own. */
export const implicit = (tag: number, content: Uint8Array): Der => tagged(0x80 + tag, content);

/** INTEGER from an unsigned number, most significant byte first. */
export function integer(bytes: Uint8Array): Der {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Buffer.from([0]) : bytes.subarray(start);
  // A leading one would make it negative.
  const sign = (digits[0] ?? 0) >= 0x80 ? [Buffer.from([0])] : [];
  return tagged(0x02, ...sign, digits);
}

/** OBJECT IDENTIFIER from dotted numbers. */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] =>
    value < 0x80
      ? [value]
      : [...base128(Math.floor(value / 0x80)).map((byte) => byte | 0x80), value % 0x80];
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A moment: UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5280, section 4.1.2.5). */
export function time(moment: Date): Der {
  const digits = moment
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  return moment.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2), 'latin1'))
    : tagged(0x18, Buffer.from(digits, 'latin1'));
}
