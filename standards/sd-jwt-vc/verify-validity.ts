/**
 * Checking for whom and for how long a credential counts.
 *
 * Source: RFC 9901 (SD-JWT), section 7.1, step 6; RFC 7519, sections 4.1.3 to 4.1.6.
 */
import { isNumericDate } from '../numeric-date.ts';
import { type JsonObject } from '../strict-json.ts';
import { type ChecksNamed } from './checks.ts';

/**
 * Makes the check `audience`: a credential made for one audience counts nowhere else, and a verifier
 * that gave no name of its own is never that audience.
 *
 * @param ours this verifier's name, when it gave one
 * @throws {CheckFailed} when it fails
 */
export function verifyAudience(
  { aud }: JsonObject,
  ours: string | undefined,
  { check }: ChecksNamed<'audience'>,
): void {
  check('audience', aud === undefined || aud === ours ? undefined : 'audience_wrong');
}

/**
 * Makes the checks `issued_at`, `not_before` and `expiry` on the processed claims.
 *
 * @param seconds the moment of the check, in seconds since 1970
 * @param skew how far clocks may differ, in seconds
 * @throws {CheckFailed} at the first that fails
 */
export function verifyTimes(
  { iat, nbf, exp }: JsonObject,
  seconds: number,
  skew: number,
  { check }: ChecksNamed<'issued_at' | 'not_before' | 'expiry'>,
): void {
  check('issued_at', startFault(iat, seconds + skew, 'iat_malformed', 'issued_in_future'));
  check('not_before', startFault(nbf, seconds + skew, 'nbf_malformed', 'not_yet_valid'));
  check('expiry', expiryFault(exp, seconds - skew));
}

function startFault(
  start: unknown,
  latest: number,
  malformed: string,
  early: string,
): string | undefined {
  if (start === undefined) return undefined;
  if (!isNumericDate(start)) return malformed;
  return start > latest ? early : undefined;
}

function expiryFault(exp: unknown, earliest: number): string | undefined {
  if (exp === undefined) return undefined;
  if (!isNumericDate(exp)) return 'exp_malformed';
  return exp <= earliest ? 'expired' : undefined;
}
