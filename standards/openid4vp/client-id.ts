/**
 * The names under which a verifier asks.
 *
 * Source: OpenID4VP 1.0, section 5.9.3 (client identifier prefixes); HAIP 1.0, section 5 (`x509_hash`).
 */
import { hash } from 'node:crypto';

import { isCertificateChain } from '../sd-jwt-vc/leaf-certificate.ts';
import { StandardError } from '../standard-error.ts';

/** The prefixes used here, all of which have a signed request. */
export type ClientIdPrefix = 'decentralized_identifier' | 'x509_hash' | 'x509_san_dns';

/**
 * The client identifier that is a certificate.
 *
 * @param leaf the certificate whose key signs the request: base64 DER
 * @throws {StandardError} `certificate_malformed` when it is not base64
 */
export function x509HashClientId(leaf: string): string {
  if (!isCertificateChain([leaf])) {
    throw new StandardError('certificate_malformed', 'a certificate is base64 DER');
  }
  return `x509_hash:${hash('sha256', Buffer.from(leaf, 'base64'), 'base64url')}`;
}

/**
 * The client identifier that is a host name. The certificate names the same host, and answers are sent there.
 *
 * @param host a DNS name, without port
 */
export function x509SanDnsClientId(host: string): string {
  return `x509_san_dns:${host}`;
}

/** The client identifier that is a decentralised identifier. A key of its document signs the request. */
export function decentralizedIdentifierClientId(did: string): string {
  return `decentralized_identifier:${did}`;
}

/**
 * The audience of what is presented through the Digital Credentials API (appendix A.4), for signed requests too.
 *
 * @param origin the page that asked, as browsers write it: `https://hr.example`
 */
export function originAudience(origin: string): string {
  return `origin:${origin}`;
}
