/**
 * Elliptic curve keys as JWK, and the name a key gives itself.
 *
 * Source: RFC 7638 (JWK Thumbprint), section 3; RFC 7518, section 6.2 (parameters for EC keys).
 */
import { createPublicKey, hash, type KeyObject } from 'node:crypto';

import { z } from 'zod';

import { p256PublicKey } from './p256-key.ts';
import { createRecent } from './recent.ts';
import { StandardError } from './standard-error.ts';
import { isJsonObject } from './strict-json.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'] as const;

/** One P-256 coordinate: 32 bytes as canonical base64url (43 characters, two bits of them zero). */
const coordinate = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/**
 * A public P-256 key. Members outside RFC 7518, section 6.2.1 are dropped. A key with private or
 * symmetric members is refused, and so is one meant for another algorithm or use.
 */
export const publicEcJwk: z.ZodType<PublicEcJwk> = z.unknown().transform((jwk, context) => {
  const read = readPublicEcJwk(jwk);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'not a public P-256 JWK' });
  return z.NEVER;
});

/** Written out, and not as a schema: it stands beside every signature check of a presentation. */
function readPublicEcJwk(jwk: unknown): PublicEcJwk | undefined {
  if (!isJsonObject(jwk)) return undefined;
  const { kty, crv, x, y, alg, use } = jwk;
  const wellFormed =
    kty === 'EC' &&
    crv === 'P-256' &&
    isCoordinate(x) &&
    isCoordinate(y) &&
    (alg === undefined || alg === 'ES256') &&
    (use === undefined || use === 'sig') &&
    !privateMembers.some((member) => Object.hasOwn(jwk, member));
  return wellFormed ? { kty, crv, x, y } : undefined;
}

function isCoordinate(member: unknown): member is string {
  return typeof member === 'string' && coordinate.test(member);
}

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

/** A key that was made of a JWK. */
export interface ImportedKey {
  /** For `node:crypto`. */
  readonly key: KeyObject;
  /** Its RFC 7638 thumbprint. */
  readonly thumbprint: string;
}

/** Keys already imported, by x: making one costs a good part of a signature check. */
const imported = createRecent<ImportedKey & { readonly y: string }>(2048);

/**
 * Turns a public JWK into a key for `node:crypto`, and names it. The same coordinates give the same
 * object while it is among the 2,048 made last.
 *
 * @throws {StandardError} `jwk_unsuitable` when it is not a public P-256 key on the curve
 */
export function importPublicJwk(jwk: unknown): ImportedKey {
  const read = readPublicEcJwk(jwk);
  if (read === undefined) throw new StandardError('jwk_unsuitable', 'not a public P-256 JWK');
  const { x, y } = read;
  const known = imported.get(x);
  if (known?.y === y) return known;
  const key = p256PublicKey(x, y);
  if (key === undefined) {
    throw new StandardError('jwk_unsuitable', 'the point is not on the curve P-256');
  }
  const made = { key, thumbprint: jwkThumbprint(read), y };
  imported.set(x, made);
  return made;
}

/**
 * Turns a public JWK into a key for `node:crypto`, as {@link importPublicJwk} does.
 *
 * @throws {StandardError} `jwk_unsuitable` when it is not a public P-256 key on the curve
 */
export function publicKeyFromJwk(jwk: unknown): KeyObject {
  return importPublicJwk(jwk).key;
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
