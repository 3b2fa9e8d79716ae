/**
 * Where an identifier publishes its metadata.
 *
 * Source: RFC 8615 (well-known URIs); RFC 8414, section 3.1; draft-ietf-oauth-sd-jwt-vc, section 4;
 * OpenID4VCI 1.0, section 12.2.2.
 */
import { StandardError } from './standard-error.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Puts a well-known name between the host and the path of an identifier; a slash that ends the path
 * is dropped first.
 *
 * @param identifier an https URL without user, query or fragment; http only for this machine itself
 * @param name the registered name, such as `oauth-authorization-server`
 * @throws {StandardError} `identifier_not_https` for any other identifier
 */
export function insertWellKnown(identifier: string, name: string): string {
  const url = URL.canParse(identifier) ? new URL(identifier) : undefined;
  if (
    url === undefined ||
    !(url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname))) ||
    /[?#\\\s]/.test(identifier) ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw new StandardError('identifier_not_https', 'an identifier is an https URL without query');
  }
  const path = url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname;
  return `${url.origin}/.well-known/${name}${path}`;
}

/**
 * The address of an issuer's JWT VC Issuer Metadata (draft-ietf-oauth-sd-jwt-vc, section 4.1).
 *
 * @param issuer the credential's `iss`
 * @throws {StandardError} `identifier_not_https`
 */
export function jwtVcIssuerMetadataUrl(issuer: string): string {
  return insertWellKnown(issuer, 'jwt-vc-issuer');
}
