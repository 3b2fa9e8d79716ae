/**
 * What a client assertion has to be, besides signed with the right key.
 *
 * Source: RFC 7523, section 3; its revision draft-ietf-oauth-rfc7523bis, section 4 (one audience).
 */
import { parseCompactJws } from './compact-jws.ts';

/** How long a client assertion may be good for, in seconds. */
const MAX_ASSERTION_SECONDS = 300;
const CLOCK_TOLERANCE_SECONDS = 15;
/** Longest assertion read, in characters. */
export const MAX_ASSERTION_LENGTH = 8_192;

/** Types of a client assertion: RFC 7523 asks for none, its revision for the second. */
const ASSERTION_TYPES = new Set(['jwt', 'client-authentication+jwt']);

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

/**
 * Everything that is wrong with the header and claims of an assertion; the first is what a refusal is about.
 *
 * @param issuer the issuer identifier of the authorization server
 */
export function assertionFaults(
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>>,
  issuer: string,
  now: Date,
): readonly AssertionFault[] {
  const { iss, sub, aud, exp, iat, jti } = claims;
  const { typ = 'JWT' } = header;
  const seconds = now.getTime() / 1000;
  const faults: AssertionFault[] = [];
  if (typeof typ !== 'string' || !ASSERTION_TYPES.has(typ.toLowerCase())) faults.push('typ');
  if (typeof iss !== 'string' || iss !== sub) faults.push('issuer_subject');
  if (aud !== issuer) faults.push('audience');
  if (typeof exp !== 'number') faults.push('expiry_missing');
  else if (exp <= seconds - CLOCK_TOLERANCE_SECONDS) faults.push('expired');
  const isDated = typeof iat === 'number' && iat <= seconds + CLOCK_TOLERANCE_SECONDS;
  if (!isDated) faults.push('issued_at');
  const latest = seconds + MAX_ASSERTION_SECONDS + CLOCK_TOLERANCE_SECONDS;
  if (typeof exp === 'number' && (exp > latest || (isDated && exp - iat > MAX_ASSERTION_SECONDS))) {
    faults.push('lives_too_long');
  }
  if (typeof jti !== 'string' || jti === '' || jti.length > 255) faults.push('token_id');
  return faults;
}

/** Whether a JWS has its one canonical form: libraries read others, and JSON with repeated names. */
export function isStrictJws(jws: unknown, maxLength: number): boolean {
  try {
    parseCompactJws(String(jws), { maxLength });
    return true;
  } catch {
    return false;
  }
}
