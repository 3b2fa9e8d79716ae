/**
 * Access tokens of GOV.UK One Login at the endpoints for the GOV.UK Wallet.
 *
 * Source: GOV.UK Wallet technical documentation, "Issue a credential"; RFC 9068, section 4.
 */
import { z } from 'zod';

import { parseCompactJws, verifyEs256 } from '../../standards/compact-jws.ts';
import { numericDate } from '../../standards/numeric-date.ts';
import { StandardError } from '../../standards/standard-error.ts';
import type { GovukProfile } from './govuk-profile.ts';

/** What a token proves. */
export interface GovukToken {
  readonly tokenId: string;
  /** Whose wallet it is, as GOV.UK One Login names it. */
  readonly walletSubject: string;
  /** The offer that it is for. */
  readonly credentialIdentifier: string;
  /** What the proof has to carry. */
  readonly cNonce: string;
  readonly expiresAt: Date;
}

const text = z.string().min(1).max(255);
const claims = z.object({
  iss: text,
  aud: text,
  sub: text,
  jti: text,
  exp: numericDate,
  nbf: numericDate.optional(),
  iat: numericDate.optional(),
  credential_identifiers: z.tuple([text]),
  c_nonce: text,
});

const MAX_TOKEN_LENGTH = 8_192;
/** Longest life of a token, in seconds: longer ones would be single use for too long. */
const MAX_LIFE_SECONDS = 3_600;
/** How far clocks may differ, in seconds. */
const CLOCK_SKEW_SECONDS = 5;

/** Checks a token. `undefined` for one that does not open this door. */
export function verifyGovukToken(
  token: string,
  { issuer, authorizationServer, tokenKeys }: GovukProfile,
  now: Date,
): GovukToken | undefined {
  const jws = parse(token);
  if (jws === undefined) return undefined;
  const { header, payload, signingInput, signature } = jws;
  const { typ, alg, kid } = header;
  if (typ !== 'at+jwt' || alg !== 'ES256' || typeof kid !== 'string') return undefined;
  const key = tokenKeys.get(kid);
  if (key === undefined || !verifyEs256(signingInput, signature, key)) return undefined;
  const parsed = claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const { iss, aud, sub, jti, exp, nbf, credential_identifiers: identifiers } = parsed.data;
  const seconds = now.getTime() / 1000;
  const good =
    iss === authorizationServer &&
    aud === issuer &&
    exp > seconds &&
    exp <= seconds + MAX_LIFE_SECONDS &&
    (nbf === undefined || nbf <= seconds + CLOCK_SKEW_SECONDS);
  return good
    ? {
        tokenId: jti,
        walletSubject: sub,
        credentialIdentifier: identifiers[0],
        cNonce: parsed.data.c_nonce,
        expiresAt: new Date(exp * 1000),
      }
    : undefined;
}

function parse(token: string) {
  try {
    return parseCompactJws(token, { maxLength: MAX_TOKEN_LENGTH });
  } catch (error) {
    if (error instanceof StandardError) return undefined;
    throw error;
  }
}
