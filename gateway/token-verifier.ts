/**
 * Verifies access tokens, each of them once: a client sends the same one with every request until it ends.
 *
 * Only good tokens are kept, by their whole text and no longer than they last. Whether one has been taken back, and the
 * proof of possession, are looked at for every request: see `authenticate.ts`.
 */
import type { JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';

import type { Clock } from '../runtime/clock.ts';
import { type AccessTokenClaims, verifyAccessToken } from '../standards/access-token.ts';

/** Returns what a token says. Rejects like `verifyAccessToken`. */
export type VerifyToken = (token: string) => Promise<AccessTokenClaims>;

/** Tokens kept. */
const TOKENS_KEPT = 10_000;
/** Longest token that is kept, in characters. */
const LONGEST_KEPT = 4_096;
/** A key that the authorization server has given up no longer counts after this long, in milliseconds. */
const KEPT_MS = 60_000;

/** Creates a verifier. */
export function tokenVerifier(rules: {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly now: Clock;
}): VerifyToken {
  const verified = new LRUCache<
    string,
    { readonly claims: AccessTokenClaims; readonly at: number }
  >({ max: TOKENS_KEPT });
  return async (token) => {
    const now = rules.now();
    const known = verified.get(token);
    if (known !== undefined) {
      const age = now.getTime() - known.at;
      if (age >= 0 && age < KEPT_MS && now < known.claims.expiresAt) return known.claims;
      verified.delete(token);
    }
    const claims = await verifyAccessToken(token, { ...rules, now });
    if (token.length <= LONGEST_KEPT) verified.set(token, { claims, at: now.getTime() });
    return claims;
  };
}
