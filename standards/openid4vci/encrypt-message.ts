/**
 * Encrypting a message to the one key that its receiver gave: an answer to a wallet, or a wallet's answer.
 *
 * Source: OpenID4VCI 1.0, section 10; OpenID4VP 1.0, section 8.3; RFC 7516 (JWE); RFC 7518, section 4.6 (ECDH-ES).
 */
import { CompactEncrypt, importJWK } from 'jose';

import type { PublicEcJwk } from '../jwk-thumbprint.ts';
import { ENCRYPTION_ALG, type ENCRYPTION_ENCS } from './encryption-algorithms.ts';

/** To whom a response is encrypted, and how. */
export interface ResponseEncryption {
  /** The wallet's key. */
  readonly jwk: PublicEcJwk;
  /** Its name, to be repeated in the answer. */
  readonly kid?: string;
  /** The content encryption. */
  readonly enc: (typeof ENCRYPTION_ENCS)[number];
}

/**
 * Encrypts a response: a compact JWE.
 *
 * @throws {Error} when the wallet's key is not on the curve
 */
export async function encryptMessage(
  message: object,
  { jwk, kid, enc }: ResponseEncryption,
): Promise<string> {
  const key = await importJWK({ ...jwk }, ENCRYPTION_ALG);
  return new CompactEncrypt(Buffer.from(JSON.stringify(message)))
    .setProtectedHeader({ alg: ENCRYPTION_ALG, enc, ...(kid === undefined ? {} : { kid }) })
    .encrypt(key);
}
