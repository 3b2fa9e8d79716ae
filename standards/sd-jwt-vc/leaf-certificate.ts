/**
 * The certificate that comes with a signature.
 *
 * Source: RFC 7515 (JWS), section 4.1.6 (`x5c`); draft-ietf-oauth-sd-jwt-vc, section 2.5.
 */
import { type KeyObject, X509Certificate } from 'node:crypto';

import { createRecent } from '../recent.ts';
import { StandardError } from '../standard-error.ts';

/** Longest chain read. */
const MAX_CHAIN = 8;

/** Chains found well formed. Only frozen ones, which stay what they were. */
const wellFormed = new WeakSet<object>();

/** Tells whether a header's `x5c` is a list of one to eight certificates in canonical base64. */
export function isCertificateChain(x5c: unknown): x5c is readonly string[] {
  if (!Array.isArray(x5c)) return false;
  if (wellFormed.has(x5c)) return true;
  const good =
    x5c.length > 0 &&
    x5c.length <= MAX_CHAIN &&
    x5c.every(
      (one) =>
        typeof one === 'string' &&
        one !== '' &&
        Buffer.from(one, 'base64').toString('base64') === one,
    );
  if (good && Object.isFrozen(x5c)) wellFormed.add(x5c);
  return good;
}

/** Keys of certificates seen before: reading one costs a good part of a signature check. */
const leaves = createRecent<Leaf>(256);

interface Leaf {
  readonly key: KeyObject;
  /** The last key object that was found to be the same key. */
  same: KeyObject | undefined;
}

/**
 * Tells whether a key is the one in the first certificate. Whether the chain leads to a trusted anchor
 * is not checked here.
 *
 * @throws {StandardError} `certificate_malformed`
 */
export function isLeafKey(x5c: readonly string[], key: KeyObject): boolean {
  const leaf = readLeaf(x5c[0] ?? '');
  if (leaf.same === key) return true;
  const equal = leaf.key.equals(key);
  if (equal) leaf.same = key;
  return equal;
}

function readLeaf(certificate: string): Leaf {
  const known = leaves.get(certificate);
  if (known !== undefined) return known;
  let leaf: Leaf;
  try {
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'));
    leaf = { key: publicKey, same: undefined };
  } catch {
    throw new StandardError('certificate_malformed', 'x5c does not start with a certificate');
  }
  leaves.set(certificate, leaf);
  return leaf;
}
