/**
 * Keys that are their own identifiers.
 *
 * Source: The did:key Method 0.7, sections 3 and 3.1.2.1; Multicodec (`p256-pub`, 0x1200); Multibase (`z`, base58btc); SEC 1,
 * section 2.3.4 (compressed points).
 */
import { ECDH } from 'node:crypto';

import { encodeBase64url } from './base64url.ts';
import type { PublicEcJwk } from './jwk-thumbprint.ts';
import { p256PublicKey } from './p256-key.ts';

const PREFIX = 'did:key:z';
/** `p256-pub`, 0x1200, as a variable-length number. */
const P256 = Buffer.from([0x80, 0x24]);
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** A compressed point behind its code has 35 bytes: 48 characters. */
const LENGTH = 48;

/**
 * The key of an identifier, or of the address of its one key, `did:key:z...#z...`.
 *
 * @returns `undefined` for anything but a P-256 key, and for an address that names another key
 */
export function publicJwkOfDidKey(did: string): PublicEcJwk | undefined {
  if (!did.startsWith(PREFIX)) return undefined;
  const [identifier = '', fragment, ...more] = did.slice(PREFIX.length).split('#');
  if (more.length > 0 || (fragment !== undefined && fragment !== `z${identifier}`))
    return undefined;
  const bytes = identifier.length === LENGTH ? decodeBase58(identifier) : undefined;
  if (bytes?.length !== 35 || !bytes.subarray(0, 2).equals(P256)) return undefined;
  let point: Buffer;
  try {
    const hex = ECDH.convertKey(bytes.subarray(2), 'prime256v1', undefined, 'hex', 'uncompressed');
    point = Buffer.from(String(hex), 'hex');
  } catch {
    return undefined;
  }
  const x = encodeBase64url(point.subarray(1, 33));
  const y = encodeBase64url(point.subarray(33));
  return p256PublicKey(x, y) === undefined ? undefined : { kty: 'EC', crv: 'P-256', x, y };
}

/** The identifier of a key. */
export function didKeyOf({ x, y }: PublicEcJwk): string {
  const last = Buffer.from(y, 'base64url').at(-1) ?? 0;
  const point = Buffer.concat([Buffer.from([2 + (last & 1)]), Buffer.from(x, 'base64url')]);
  return PREFIX + encodeBase58(Buffer.concat([P256, point]));
}

function decodeBase58(text: string): Buffer | undefined {
  let value = 0n;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit === -1) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** Of bytes that do not begin with a zero. */
function encodeBase58(bytes: Buffer): string {
  let value = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  while (value > 0n) {
    text = (ALPHABET[Number(value % 58n)] ?? '') + text;
    value /= 58n;
  }
  return text;
}
