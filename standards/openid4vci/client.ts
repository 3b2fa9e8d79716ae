/**
 * What a wallet writes on the wire when it collects a credential.
 *
 * Source: OpenID for Verifiable Credential Issuance 1.0, sections 6.1 and 12.2.2; RFC 8414,
 * section 3.1; RFC 8707, section 2.
 */
import { insertWellKnown } from '../well-known.ts';
import { PRE_AUTHORIZED_CODE_GRANT } from './credential-offer.ts';

/**
 * The address of a credential issuer's metadata (section 12.2.2).
 *
 * @param issuer the Credential Issuer Identifier
 * @throws {StandardError} `identifier_not_https`
 */
export function credentialIssuerMetadataUrl(issuer: string): string {
  return insertWellKnown(issuer, 'openid-credential-issuer');
}

/**
 * The address of an authorization server's metadata (RFC 8414, section 3.1).
 *
 * @param issuer the authorization server's issuer identifier
 * @throws {StandardError} `identifier_not_https`
 */
export function authorizationServerMetadataUrl(issuer: string): string {
  return insertWellKnown(issuer, 'oauth-authorization-server');
}

/** What a wallet knows when it redeems a pre-authorized code. */
export interface PreAuthorizedCodeRequest {
  /** The offer's `pre-authorized_code`. */
  readonly code: string;
  /** What the holder typed; required when the offer has `tx_code`. */
  readonly txCode?: string | undefined;
  /** The wallet's `client_id`, when the server wants one. */
  readonly clientId?: string | undefined;
  /** The Credential Issuer Identifier, so that the token opens that issuer (RFC 8707). */
  readonly resource?: string | undefined;
}

/** The form body of the token request for a pre-authorized code (section 6.1). */
export function tokenRequestForPreAuthorizedCode(
  request: PreAuthorizedCodeRequest,
): URLSearchParams {
  const { code, txCode, clientId, resource } = request;
  const form = new URLSearchParams({
    grant_type: PRE_AUTHORIZED_CODE_GRANT,
    'pre-authorized_code': code,
  });
  if (txCode !== undefined) form.set('tx_code', txCode);
  if (clientId !== undefined) form.set('client_id', clientId);
  if (resource !== undefined) form.set('resource', resource);
  return form;
}
