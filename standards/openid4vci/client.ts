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

/** What a wallet asks for before it sends its holder to sign in. */
export interface WalletAuthorizationRequest {
  /** The wallet's `client_id`. */
  readonly clientId: string;
  /** Where the holder comes back to. */
  readonly redirectUri: string;
  /** Scopes of the credential configurations wanted (section 5.1.2). */
  readonly scopes: readonly string[];
  /** Tells this answer from others; at least 16 random bytes. */
  readonly state: string;
  /** SHA-256 of the code verifier, base64url (RFC 7636, section 4.2). */
  readonly codeChallenge: string;
  /** The Credential Issuer Identifier (section 5.1.2). */
  readonly resource: string;
  /** From the offer (section 5.1.3). */
  readonly issuerState?: string | undefined;
}

/** The form body that is pushed (section 5.1.4; RFC 9126, section 2.1). */
export function walletAuthorizationRequest(request: WalletAuthorizationRequest): URLSearchParams {
  const form = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    resource: request.resource,
  });
  if (request.issuerState !== undefined) form.set('issuer_state', request.issuerState);
  return form;
}

/** The form body of the token request after a sign-in (section 6.1; RFC 7636, section 4.5). */
export const tokenRequestForAuthorizationCode = (request: {
  readonly code: string;
  readonly codeVerifier: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly resource: string;
}): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'authorization_code',
    code: request.code,
    code_verifier: request.codeVerifier,
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    resource: request.resource,
  });

/**
 * The JSON body that asks for credentials (section 8.2).
 *
 * @param proofs key proofs (compact JWS), one for each credential wanted
 */
export const credentialRequest = (configurationId: string, proofs: readonly string[]): object => ({
  credential_configuration_id: configurationId,
  proofs: { jwt: proofs },
});

/** The JSON body that says what became of credentials (section 11.1). */
export const notification = (
  notificationId: string,
  event: 'credential_accepted' | 'credential_failure' | 'credential_deleted',
): object => ({ notification_id: notificationId, event });
