/**
 * Elliptic curve keys as JWK, and the name a key gives itself.
 *
 * Source: RFC 7638 (JWK Thumbprint), section 3; RFC 7518, section 6.2 (parameters for EC keys).
 */
import { createPublicKey, hash, type KeyObject } from 'node:crypto';

import { z } from 'zod';

import { StandardError } from './standard-error.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'] as const;

/** One P-256 coordinate: 32 bytes as canonical base64url (43 characters, two bits of them zero). */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);

/**
 * A public P-256 key. Members outside RFC 7518, section 6.2.1 are dropped. A key with private or
 * symmetric members is refused, and so is one meant for another algorithm or use.
 */
export const publicEcJwk: z.ZodType<PublicEcJwk> = z
  .looseObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: coordinate,
    y: coordinate,
    alg: z.literal('ES256').optional(),
    use: z.literal('sig').optional(),
  })
  .refine((jwk) => !privateMembers.some((member) => Object.hasOwn(jwk, member)), {
    message: 'a public key has no private members',
  })
  .transform(({ kty, crv, x, y }): PublicEcJwk => ({ kty, crv, x, y }));

/** A public P-256 key with exactly the members of RFC 7518, section 6.2.1. */
export interface PublicEcJwk {
  /** The key type. */
  readonly kty: 'EC';
  /** The curve. */
  readonly crv: 'P-256';
  /** The x coordinate: 32 bytes, base64url. */
  readonly x: string;
  /** The y coordinate: 32 bytes, base64url. */
  readonly y: string;
}

/** The members of a JWK that its thumbprint is made of, before they are checked. */
export interface ThumbprintInput {
  /** The key type; must be `EC`. */
  readonly kty?: string | undefined;
  /** The curve. */
  readonly crv?: string | undefined;
  /** The x coordinate, base64url. */
  readonly x?: string | undefined;
  /** The y coordinate, base64url. */
  readonly y?: string | undefined;
}

/**
 * The SHA-256 thumbprint of an EC key as base64url (43 characters). Other members do not change it.
 *
 * @throws {StandardError} `jwk_unsuitable` when the key is not EC or a required member is missing
 */
export function jwkThumbprint(jwk: ThumbprintInput): string {
  const { kty, crv, x, y } = jwk;
  if (kty !== 'EC' || !isText(crv) || !isText(x) || !isText(y)) {
    throw new StandardError('jwk_unsuitable', 'a thumbprint needs kty EC, crv, x and y');
  }
  // RFC 7638, section 3.2: required members only, in lexicographic order.
  return hash('sha256', JSON.stringify({ crv, kty, x, y }), 'base64url');
}

function isText(member: unknown): member is string {
  return typeof member === 'string' && member !== '';
}

/** Keys already imported: making a KeyObject costs a good part of a signature check. */
const imported = new Map<string, KeyObject>();
const MAX_IMPORTED = 2048;

/**
 * Turns a public JWK into a key for `node:crypto`. The same coordinates give the same object while
 * it is among the 2,048 seen last.
 *
 * @throws {StandardError} `jwk_unsuitable` when it is not a public P-256 key on the curve
 */
export function publicKeyFromJwk(jwk: unknown): KeyObject {
  const parsed = publicEcJwk.safeParse(jwk);
  if (!parsed.success) throw new StandardError('jwk_unsuitable', 'not a public P-256 JWK');
  const { kty, crv, x, y } = parsed.data;
  const name = `${x}.${y}`;
  const known = imported.get(name);
  if (known !== undefined) return known;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch {
    throw new StandardError('jwk_unsuitable', 'the point is not on the curve P-256');
  }
  if (imported.size >= MAX_IMPORTED) {
    const oldest = imported.keys().next();
    if (oldest.done !== true) imported.delete(oldest.value);
  }
  imported.set(name, key);
  return key;
}

/**
 * The public JWK of a P-256 key, private or public.
 *
 * @throws {StandardError} `jwk_unsuitable` when the key is of another kind
 */
export function publicJwkOf(key: KeyObject): PublicEcJwk {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const parsed = publicEcJwk.safeParse(
    publicKey.type === 'public' ? publicKey.export({ format: 'jwk' }) : {},
  );
  if (!parsed.success) throw new StandardError('jwk_unsuitable', 'not a P-256 key');
  return parsed.data;
}
