/** Keys in settings: JSON Web Keys (RFC 7517) on P-256. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

import { z } from 'zod';

import { keyObjectSigner, type Signer } from '../standards/compact-jws.ts';
import { jsonSetting } from './config.ts';

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** A public P-256 key with its id. */
export const publicJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  kid: z.string().min(1),
  x: coordinate,
  y: coordinate,
});

/** A private P-256 key with its id. */
export const privateJwk = publicJwk.extend({ d: coordinate });

/** A private P-256 key as a JWK, in JSON. */
export const privateKeySetting = jsonSetting(privateJwk);

/** A set of public P-256 keys, `{"keys":[...]}`, in JSON. */
export const publicKeySetSetting = jsonSetting(
  z.object({ keys: z.array(publicJwk).min(1).max(10) }),
);

/** A private key as read by {@link privateKeySetting}. */
export type PrivateJwk = z.infer<typeof privateKeySetting>;
/** Public keys as read by {@link publicKeySetSetting}. */
export type PublicKeySet = z.infer<typeof publicKeySetSetting>;

/** A signer that holds this key in memory. */
export const signerOf = (jwk: PrivateJwk): Signer =>
  keyObjectSigner({ key: createPrivateKey({ key: jwk, format: 'jwk' }), kid: jwk.kid });

/** The public half, fit to be published. */
export const publicHalf = ({ kty, crv, kid, x, y }: PrivateJwk) => ({
  kty,
  crv,
  kid,
  x,
  y,
  alg: 'ES256' as const,
  use: 'sig' as const,
});

/** Public keys by `kid`. */
export const keysById = (set: PublicKeySet): ReadonlyMap<string, KeyObject> =>
  new Map(set.keys.map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]));
