/**
 * The certificate that comes with a signature.
 *
 * Source: RFC 7515 (JWS), section 4.1.6 (`x5c`); draft-ietf-oauth-sd-jwt-vc, section 2.5.
 */
import { type KeyObject, X509Certificate } from 'node:crypto';

import { StandardError } from '../standard-error.ts';

/** Longest chain read. */
const MAX_CHAIN = 8;

/** Tells whether a header's `x5c` is a list of one to eight certificates in canonical base64. */
export function isCertificateChain(x5c: unknown): x5c is readonly string[] {
  return (
    Array.isArray(x5c) &&
    x5c.length > 0 &&
    x5c.length <= MAX_CHAIN &&
    x5c.every(
      (one) =>
        typeof one === 'string' &&
        one !== '' &&
        Buffer.from(one, 'base64').toString('base64') === one,
    )
  );
}

/** Keys of certificates seen before: reading one costs a good part of a signature check. */
const leaves = new Map<string, KeyObject>();
const MAX_LEAVES = 256;

/**
 * The public key of the first certificate. Whether the chain leads to a trusted anchor is not
 * checked here.
 *
 * @throws {StandardError} `certificate_malformed`
 */
export function leafPublicKey(x5c: readonly string[]): KeyObject {
  const [leaf = ''] = x5c;
  const known = leaves.get(leaf);
  if (known !== undefined) return known;
  let key: KeyObject;
  try {
    key = new X509Certificate(Buffer.from(leaf, 'base64')).publicKey;
  } catch {
    throw new StandardError('certificate_malformed', 'x5c does not start with a certificate');
  }
  if (leaves.size >= MAX_LEAVES) {
    const oldest = leaves.keys().next();
    if (oldest.done !== true) leaves.delete(oldest.value);
  }
  leaves.set(leaf, key);
  return key;
}
