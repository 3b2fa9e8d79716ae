/**
 * Authorization requests that their client has signed.
 *
 * Source: RFC 9101 (JAR), sections 4, 6 and 10.8.
 */
import { errors, type KoaContextWithOIDC } from 'oidc-provider';

import { isStrictJws } from '../../standards/client-assertion-rules.ts';

/** How long a request object may be good for, in seconds. */
const MAX_REQUEST_SECONDS = 300;
/** How long ago it may have begun (FAPI 2.0 Message Signing, section 5.3.1). */
const MAX_AGE_SECONDS = 3_600;
const CLOCK_TOLERANCE_SECONDS = 15;
/** Longest request object read, in characters. */
const MAX_REQUEST_LENGTH = 16_384;

/**
 * What the library leaves open: a request object has one spelling, says what it is, began lately and ends within five
 * minutes. The library sees to its signature, issuer and audience.
 *
 * @throws {errors.InvalidRequestObject}
 */
export function checkRequestObject(
  ctx: KoaContextWithOIDC,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>>,
): void {
  // A pushed request was checked when it was pushed.
  if ('PushedAuthorizationRequest' in ctx.oidc.entities) return;
  const fault = requestFault(ctx, claims, header);
  if (fault !== undefined) throw new errors.InvalidRequestObject(fault);
}

function requestFault(
  ctx: KoaContextWithOIDC,
  { aud, exp, nbf }: Readonly<Record<string, unknown>>,
  { typ }: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!isStrictJws(ctx.oidc.params?.['request'], MAX_REQUEST_LENGTH)) {
    return 'the request object must be a compact JWS in its one canonical form';
  }
  if (typ !== 'oauth-authz-req+jwt') return 'typ must be oauth-authz-req+jwt';
  if (aud !== ctx.oidc.issuer) return 'aud must be the issuer identifier';
  const latest = Date.now() / 1000 + MAX_REQUEST_SECONDS + CLOCK_TOLERANCE_SECONDS;
  if (typeof exp !== 'number' || exp > latest) {
    return 'the request object must end within five minutes';
  }
  return typeof nbf === 'number' && nbf >= Date.now() / 1000 - MAX_AGE_SECONDS
    ? undefined
    : 'nbf must be given and at most an hour ago';
}
