/**
 * Requests and responses of the credential endpoints that are encrypted on top of TLS.
 *
 * Source: OpenID for Verifiable Credential Issuance 1.0, sections 8.2 and 10; RFC 7516 (JWE); RFC 7518, section 4.6
 * (ECDH-ES); HAIP 1.0, section 4 (P-256, A128GCM and A256GCM).
 */
import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto';

import { compactDecrypt } from 'jose';
import { z } from 'zod';

import { decodeBase64urlText, encodeBase64url } from '../base64url.ts';
import {
  jwkThumbprint,
  publicEcJwk,
  type PublicEcJwk,
  publicKeyFromJwk,
} from '../jwk-thumbprint.ts';
import { StandardError } from '../standard-error.ts';
import { isJsonObject, parseStrictJson } from '../strict-json.ts';
import type { ResponseEncryption } from './encrypt-message.ts';
import { ENCRYPTION_ALG, ENCRYPTION_ENCS } from './encryption-algorithms.ts';

/** Five parts; the key is agreed on, so none is sent (RFC 7518, section 4.6). The library takes white space too. */
const COMPACT = /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/;

/** The key that requests are encrypted to. */
export interface DecryptionKey {
  /** The private key. */
  readonly key: KeyObject;
  /** What wallets are told (section 12.2.4). */
  readonly publicJwk: PublicEcJwk & {
    /** Its name: the key's thumbprint. */
    readonly kid: string;
    /** The algorithm of the JWE, which section 10 asks for. */
    readonly alg: typeof ENCRYPTION_ALG;
    /** What it is for. */
    readonly use: 'enc';
  };
}

/**
 * Makes the key that requests are encrypted to.
 *
 * @param scalar 32 bytes: the private key
 * @throws {Error} when they are no private key of P-256, as one value in four billion is not
 */
export function decryptionKeyOf(scalar: Buffer): DecryptionKey {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(scalar);
  const point = pair.getPublicKey();
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: encodeBase64url(point.subarray(1, 33)),
    y: encodeBase64url(point.subarray(33)),
  } as const;
  return {
    key: createPrivateKey({ key: { ...jwk, d: encodeBase64url(scalar) }, format: 'jwk' }),
    publicJwk: { ...jwk, kid: jwkThumbprint(jwk), alg: ENCRYPTION_ALG, use: 'enc' },
  };
}

/**
 * Decrypts a request.
 *
 * @param jwe compact JWE
 * @param maxLength longest message read, in characters
 * @returns the claims, JSON
 * @throws {StandardError} `encrypted_message_invalid`, also for a message that is compressed
 */
export async function decryptMessage(
  jwe: string,
  { key, publicJwk }: DecryptionKey,
  maxLength: number,
): Promise<unknown> {
  if (jwe.length > maxLength) throw invalid('the message is longer than allowed');
  if (!COMPACT.test(jwe)) throw invalid('not a compact JWE of ECDH-ES');
  const header = headerOf(jwe);
  if (Object.hasOwn(header, 'zip')) throw invalid('compression is not understood');
  if (Object.hasOwn(header, 'crit')) throw invalid('crit is not understood');
  if (header['kid'] !== publicJwk.kid) throw invalid('kid must be that of the published key');
  let plaintext: Uint8Array;
  try {
    ({ plaintext } = await compactDecrypt(jwe, key, {
      keyManagementAlgorithms: [ENCRYPTION_ALG],
      contentEncryptionAlgorithms: [...ENCRYPTION_ENCS],
    }));
  } catch {
    // No cause: which step failed is nobody's business.
    throw invalid('the message cannot be decrypted');
  }
  return parseStrictJson(new TextDecoder('utf-8').decode(plaintext), { maxLength });
}

function headerOf(jwe: string) {
  try {
    const header = parseStrictJson(decodeBase64urlText(jwe.slice(0, jwe.indexOf('.'))), {
      maxLength: 4_096,
    });
    if (isJsonObject(header)) return header;
  } catch {
    // Said below.
  }
  throw invalid('not a compact JWE');
}

const wanted = z.looseObject({
  jwk: z.looseObject({
    alg: z.literal(ENCRYPTION_ALG),
    use: z.literal('enc').optional(),
    kid: z.string().min(1).max(256).optional(),
  }),
  enc: z.enum(ENCRYPTION_ENCS),
  zip: z.undefined().optional(),
  // Drafts before 1.0 had it here; when it is said twice, it is said alike.
  alg: z.literal(ENCRYPTION_ALG).optional(),
});

/**
 * Reads `credential_response_encryption` (section 8.2).
 *
 * @returns `undefined` when it asks for anything that is not offered
 */
export function parseResponseEncryption(value: unknown): ResponseEncryption | undefined {
  const parsed = wanted.safeParse(value);
  if (!parsed.success) return undefined;
  const { jwk, enc } = parsed.data;
  const { kid } = jwk;
  // Its algorithm and use were looked at; a signature key is read by the same rules but for these.
  const key = publicEcJwk.safeParse({ ...jwk, alg: undefined, use: undefined });
  if (!key.success || !isOnCurve(key.data)) return undefined;
  return { jwk: key.data, enc, ...(kid === undefined ? {} : { kid }) };
}

function isOnCurve(jwk: PublicEcJwk): boolean {
  try {
    publicKeyFromJwk(jwk);
    return true;
  } catch {
    return false;
  }
}

const invalid = (rule: string): StandardError =>
  new StandardError('encrypted_message_invalid', rule);
