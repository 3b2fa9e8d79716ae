/** A certificate's short name. */
import { createHash } from 'node:crypto';

/**
 * SHA-256 of a certificate, base64url.
 *
 * @param certificate base64 DER
 */
export const certificateHash = (certificate: string): string =>
  createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('base64url');
