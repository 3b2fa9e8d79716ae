/**
 * How clients prove who they are: a signed JWT.
 *
 * Source: RFC 7523, sections 2.2 and 3; its revision draft-ietf-oauth-rfc7523bis, section 4 (one audience).
 */
import { errors, type KoaContextWithOIDC } from 'oidc-provider';

import { parseCompactJws } from '../../standards/compact-jws.ts';

/** How long a client assertion may be good for, in seconds. */
const MAX_ASSERTION_SECONDS = 300;
const CLOCK_TOLERANCE_SECONDS = 15;
/** Longest assertion read, in characters. */
export const MAX_ASSERTION_LENGTH = 8_192;

/** Types of a client assertion: RFC 7523 asks for none, its revision for the second. */
const ASSERTION_TYPES = new Set(['jwt', 'client-authentication+jwt']);

/**
 * What the library leaves open: the assertion has one spelling, its audience is the issuer alone, and its life is short.
 *
 * @throws {errors.InvalidClientAuth}
 */
export function checkClientAssertion(
  ctx: KoaContextWithOIDC,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>>,
): void {
  const assertion = ctx.oidc.params?.['client_assertion'];
  const fault = isStrictJws(assertion, MAX_ASSERTION_LENGTH)
    ? assertionFault(claims, header, ctx.oidc.issuer, new Date())
    : 'malformed';
  if (fault !== undefined) throw new errors.InvalidClientAuth(fault);
}

/** What is wrong with an assertion besides its signature. */
export type AssertionFault =
  | 'typ'
  | 'issuer_subject'
  | 'audience'
  | 'issued_at'
  | 'expiry_missing'
  | 'expired'
  | 'lives_too_long'
  | 'token_id';

/** Finds the first thing wrong with the header and claims of an assertion. */
export function assertionFault(
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>>,
  issuer: string,
  now: Date,
): AssertionFault | undefined {
  const { iss, sub, aud, exp, iat, jti } = claims;
  const { typ = 'JWT' } = header;
  const seconds = now.getTime() / 1000;
  if (typeof typ !== 'string' || !ASSERTION_TYPES.has(typ.toLowerCase())) return 'typ';
  if (typeof iss !== 'string' || iss !== sub) return 'issuer_subject';
  if (aud !== issuer) return 'audience';
  if (typeof exp !== 'number') return 'expiry_missing';
  if (exp <= seconds - CLOCK_TOLERANCE_SECONDS) return 'expired';
  if (typeof iat !== 'number' || iat > seconds + CLOCK_TOLERANCE_SECONDS) return 'issued_at';
  const latest = seconds + MAX_ASSERTION_SECONDS + CLOCK_TOLERANCE_SECONDS;
  if (exp > latest || exp - iat > MAX_ASSERTION_SECONDS) return 'lives_too_long';
  return typeof jti === 'string' && jti !== '' && jti.length <= 255 ? undefined : 'token_id';
}

/** Whether a JWS has its one canonical form: the library reads others, and JSON with repeated names. */
export function isStrictJws(jws: unknown, maxLength: number): boolean {
  try {
    parseCompactJws(String(jws), { maxLength });
    return true;
  } catch {
    return false;
  }
}
