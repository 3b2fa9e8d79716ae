/**
 * Secrets derived from the one in the settings, each under a label of its own.
 *
 * Source: RFC 5869 (HKDF), section 3.2; RFC 2104 (HMAC).
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What each derived key is for. A label is never used twice. */
export type SecretLabel =
  | 'cookies'
  | 'provider-nonce'
  | 'dpop-nonce'
  | 'c-nonce'
  | 'offer-code'
  | 'offer-transaction-code'
  | 'offer-reference'
  | 'offer-grant'
  | 'offer-issuer-state'
  | 'attestation-challenge'
  | 'issue-idempotency'
  | 'request-encryption'
  | 'attempts'
  | 'known-browsers'
  | 'code-app'
  | 'govuk-offer';

/** Derives a 32-byte key. */
export type DeriveKey = (label: SecretLabel) => Buffer;

/**
 * Creates the derivation.
 *
 * @param secret 32 or more bytes, base64url
 */
export const deriveKeysFrom = (secret: string): DeriveKey => {
  const input = Buffer.from(secret, 'base64url');
  return (label) =>
    Buffer.from(hkdfSync('sha256', input, Buffer.alloc(0), `lanyard/identity/${label}`, 32));
};

/** HMAC-SHA-256 over length-prefixed parts, so that no two lists of parts look the same. */
export function mac(key: Buffer, ...parts: readonly string[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(`${String(Buffer.byteLength(part))}:${part};`);
  return hmac.digest();
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
