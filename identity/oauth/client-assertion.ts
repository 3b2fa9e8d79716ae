/**
 * How clients prove who they are: a signed JWT.
 *
 * Source: RFC 7523, sections 2.2 and 3; its revision draft-ietf-oauth-rfc7523bis, section 4 (one audience).
 */
import { errors, type KoaContextWithOIDC } from 'oidc-provider';

import {
  assertionFaults,
  isStrictJws,
  MAX_ASSERTION_LENGTH,
} from '../../standards/client-assertion-rules.ts';

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
    ? assertionFaults(claims, header, ctx.oidc.issuer, new Date())[0]
    : 'malformed';
  if (fault !== undefined) throw new errors.InvalidClientAuth(fault);
}
