/**
 * The keys of the authorities that a chain of certificates comes from.
 *
 * Source: RFC 5280 (X.509), section 4.2.1.1; OpenID4VP 1.0, section 6.1.1.1 (`aki`).
 */
import { isCertificateChain } from '../sd-jwt-vc/leaf-certificate.ts';
import { readCertificate } from './certificate.ts';

/**
 * The authority key identifiers in a chain, base64url.
 *
 * @param x5c a token's `x5c`, not checked yet
 * @returns none when it is not a chain of certificates
 */
export function authorityKeyIds(x5c: unknown): readonly string[] {
  if (!isCertificateChain(x5c)) return [];
  try {
    return x5c.flatMap((one) => {
      const { authorityKeyId } = readCertificate(Buffer.from(one, 'base64'));
      return authorityKeyId === undefined ? [] : [authorityKeyId];
    });
  } catch {
    return [];
  }
}
