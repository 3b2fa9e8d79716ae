/**
 * Keys on the curve P-256.
 *
 * Source: RFC 7518, sections 3.4 and 6.2.1.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';

/** Answers for keys met before: asking OpenSSL for the curve costs a good part of a signature check. */
const met = new WeakMap<KeyObject, boolean>();

/** Tells whether a key, private or public, is on P-256. */
export function isP256(key: KeyObject): boolean {
  let answer = met.get(key);
  if (answer === undefined) {
    answer =
      key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    met.set(key, answer);
  }
  return answer;
}

/**
 * Makes a public key of its coordinates.
 *
 * @param x 32 bytes, base64url
 * @param y 32 bytes, base64url
 * @returns `undefined` when the point is not on the curve
 */
export function p256PublicKey(x: string, y: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
    met.set(key, true);
    return key;
  } catch {
    return undefined;
  }
}
