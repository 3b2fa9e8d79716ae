/**
 * Public keys as developers paste them: a JWK Set, one JWK, PEM, or the address of a JWK Set.
 *
 * Source: RFC 7517 (JWK), sections 4 and 5; RFC 7638 (thumbprints), section 3; RFC 7468 (PEM).
 */
import { createPublicKey, hash } from 'node:crypto';

import { isJsonObject, type JsonObject, parseStrictJson } from '../../../standards/strict-json.ts';

/** Longest text read, in characters. */
const LONGEST = 20_000;
/** Most keys in a set. */
const MOST_KEYS = 10;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** A public key with its name. */
export interface NamedKey extends JsonObject {
  readonly kty: 'EC' | 'RSA';
  readonly kid: string;
}

/** What was pasted. */
export type PastedKeys =
  | { readonly kind: 'keys'; readonly keys: readonly NamedKey[] }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'fault'; readonly fault: 'private' | 'unreadable' | 'unsuitable' };

/** Reads it. A key without a name is named by its thumbprint. */
export function readPublicKeys(text: string): PastedKeys {
  const given = text.trim();
  if (given.length > LONGEST) return { kind: 'fault', fault: 'unreadable' };
  if (/^https?:\/\/\S+$/.test(given)) return { kind: 'address', address: given };
  // Before it is read: a public key could be made of a private one, which nobody should paste.
  if (given.includes('PRIVATE KEY')) return { kind: 'fault', fault: 'private' };
  const jwks = given.startsWith('-----BEGIN') ? jwksOfPem(given) : jwksOfJson(given);
  if (jwks === undefined || jwks.length === 0 || jwks.length > MOST_KEYS) {
    return { kind: 'fault', fault: 'unreadable' };
  }
  if (jwks.some((jwk) => PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member)))) {
    return { kind: 'fault', fault: 'private' };
  }
  const keys = jwks.flatMap((jwk) => named(jwk) ?? []);
  return keys.length === jwks.length
    ? { kind: 'keys', keys }
    : { kind: 'fault', fault: 'unsuitable' };
}

function jwksOfPem(pem: string): readonly JsonObject[] | undefined {
  try {
    return [{ ...createPublicKey(pem).export({ format: 'jwk' }) }];
  } catch {
    return undefined;
  }
}

function jwksOfJson(text: string): readonly JsonObject[] | undefined {
  try {
    const value = parseStrictJson(text);
    if (!isJsonObject(value)) return undefined;
    const { keys = [value] } = value;
    return Array.isArray(keys) && keys.every(isJsonObject) ? keys : undefined;
  } catch {
    return undefined;
  }
}

/** The key with its name; `undefined` for a kind of key that clients cannot have. */
function named(jwk: JsonObject): NamedKey | undefined {
  const { kty, crv, x, y, n, e, kid } = jwk;
  const isEc = kty === 'EC' && crv === 'P-256';
  if (!isEc && kty !== 'RSA') return undefined;
  try {
    createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return undefined;
  }
  const required = isEc ? { crv, kty, x, y } : { e, kty, n };
  return {
    ...jwk,
    kty,
    kid:
      typeof kid === 'string' && kid !== ''
        ? kid
        : hash('sha256', JSON.stringify(required), 'base64url'),
  };
}
