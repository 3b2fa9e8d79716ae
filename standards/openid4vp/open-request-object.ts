/**
 * A verifier's request as a wallet reads it: who asks, whether that is proved, what for, and where the answer goes.
 *
 * Source: OpenID4VP 1.0, sections 5, 5.9.3, 5.10.1, 5.11 and 8.2; RFC 9101 (JAR), section 6; HAIP 1.0, section 5.
 */
import type { KeyObject } from 'node:crypto';

import { z } from 'zod';

import { parseCompactJws, verifyEs256 } from '../compact-jws.ts';
import { publicEcJwk, type PublicEcJwk } from '../jwk-thumbprint.ts';
import { isNumericDate } from '../numeric-date.ts';
import { ENCRYPTION_ENCS } from '../openid4vci/encryption-algorithms.ts';
import { StandardError } from '../standard-error.ts';
import { readCertificate } from '../x509/certificate.ts';
import { verifyCertificateChain } from '../x509/verify-certificate-chain.ts';
import { x509HashClientId } from './client-id.ts';
import { type DcqlQuery, parseDcqlQuery } from './dcql.ts';
import { REQUEST_OBJECT_TYPE } from './request-object.ts';

/** What the wallet knows before it reads the request. */
export interface RequestRules {
  /** The verifier as the link named it. */
  readonly clientId: string;
  /** The nonce that the wallet sent, when it did. */
  readonly walletNonce?: string;
  /** Certificates of the anchors that the wallet trusts: base64 DER. */
  readonly anchors: readonly string[];
  /** The moment of reading. */
  readonly now: Date;
}

/** A request that is what it says. */
export interface OpenedRequestObject {
  /** The verifier: the audience of the holder's proof. */
  readonly clientId: string;
  /**
   * The addresses that the verifier's certificate names, when it comes from an anchor that is trusted. `undefined` when
   * nobody vouches for the verifier: it holds a key, and that is all that is known.
   */
  readonly vouchedFor: readonly string[] | undefined;
  /** What the verifier calls itself. Believe it only as far as its certificate goes. */
  readonly name: string | undefined;
  /** The verifier's nonce. */
  readonly nonce: string;
  /** Goes back with the answer. */
  readonly state: string | undefined;
  /** Where the answer is posted. */
  readonly responseUri: string;
  /** What is asked for. */
  readonly query: DcqlQuery;
  /** To whom and how the answer is encrypted. */
  readonly encryption: {
    /** The verifier's key for this answer. */
    readonly jwk: PublicEcJwk;
    /** Its name. */
    readonly kid?: string;
    /** The content encryption. */
    readonly enc: (typeof ENCRYPTION_ENCS)[number];
  };
  /** What the verifier says of itself, by format (section 5.1, `verifier_info`); not checked. */
  readonly verifierInfo: ReadonlyMap<string, unknown>;
  /** When the request ends. */
  readonly expiresAt: Date;
}

const key = z.looseObject({
  kid: z.string().min(1).max(256).optional(),
  alg: z.literal('ECDH-ES').optional(),
  use: z.literal('enc').optional(),
});
const claims = z.object({
  aud: z.string(),
  client_id: z.string(),
  response_type: z.literal('vp_token'),
  // HAIP 1.0: what leaves a wallet is encrypted to whoever asked.
  response_mode: z.literal('direct_post.jwt'),
  response_uri: z.url({ protocol: /^https?$/ }).max(2048),
  nonce: z.string().min(16).max(512),
  state: z.string().max(1024).optional(),
  wallet_nonce: z.string().max(512).optional(),
  dcql_query: z.unknown(),
  client_metadata: z.looseObject({
    client_name: z.string().max(300).optional(),
    jwks: z.object({ keys: z.array(key).min(1).max(10) }),
    encrypted_response_enc_values_supported: z
      .array(z.string().max(64))
      .max(20)
      .default(['A128GCM']),
  }),
  verifier_info: z
    .array(z.looseObject({ format: z.string().max(64), data: z.unknown() }))
    .max(10)
    .default([]),
  // Section 8.4: what is not understood must not be answered.
  transaction_data: z.undefined().optional(),
});

/** Longest request read, in characters. */
const MAX_LENGTH = 65_536;
/** How far clocks may differ, in seconds. */
const SKEW_SECONDS = 60;

/**
 * Reads a request and proves that the verifier which its link named has signed it.
 *
 * @param jwt compact JWS
 * @throws {StandardError} `request_object_invalid`; the reason is in `cause`
 */
export function openRequestObject(jwt: string, rules: RequestRules): OpenedRequestObject {
  try {
    return opened(jwt, rules);
  } catch (cause) {
    throw new StandardError('request_object_invalid', 'the request is not believed', { cause });
  }
}

function opened(jwt: string, { clientId, walletNonce, anchors, now }: RequestRules) {
  const { header, payload, signingInput, signature } = parseCompactJws(jwt, {
    maxLength: MAX_LENGTH,
  });
  must(header['typ'] === REQUEST_OBJECT_TYPE && header['alg'] === 'ES256', 'typ or alg');
  const signer = signerNamed(clientId, header['x5c']);
  must(verifyEs256(signingInput, signature, signer), 'signature');
  const said = claims.parse(payload);
  must(said.client_id === clientId, 'client_id');
  must(said.wallet_nonce === walletNonce, 'wallet_nonce');
  const { exp, iat } = payload;
  const seconds = now.getTime() / 1000;
  must(isNumericDate(exp) && exp > seconds - SKEW_SECONDS, 'exp');
  must(iat === undefined || (isNumericDate(iat) && iat < seconds + SKEW_SECONDS), 'iat');
  const chain = verifyCertificateChain(header['x5c'], { anchors, now });
  const {
    client_name: name,
    jwks,
    encrypted_response_enc_values_supported: encs,
  } = said.client_metadata;
  return {
    clientId,
    vouchedFor: chain.kind === 'trusted' ? chain.leaf.uris : undefined,
    name,
    nonce: said.nonce,
    state: said.state,
    responseUri: said.response_uri,
    query: parseDcqlQuery(said.dcql_query),
    encryption: encryptionOf(jwks.keys, encs),
    verifierInfo: new Map(said.verifier_info.map(({ format, data }) => [format, data])),
    expiresAt: new Date(exp * 1000),
  };
}

/** The key behind the name: HAIP 1.0 names verifiers by their certificate. */
function signerNamed(clientId: string, x5c: unknown): KeyObject {
  const leaf: unknown = Array.isArray(x5c) ? x5c[0] : undefined;
  must(typeof leaf === 'string' && x509HashClientId(leaf) === clientId, 'client identifier');
  return readCertificate(Buffer.from(leaf, 'base64')).publicKey;
}

function encryptionOf(keys: readonly z.infer<typeof key>[], encs: readonly string[]) {
  // The strongest that both know.
  const enc = ENCRYPTION_ENCS.toReversed().find((one) => encs.includes(one));
  must(enc !== undefined, 'enc');
  for (const { kid, ...members } of keys) {
    // Its algorithm and use were looked at; a signature key is read by the same rules but for these.
    const jwk = publicEcJwk.safeParse({ ...members, alg: undefined, use: undefined });
    if (jwk.success) return { jwk: jwk.data, enc, ...(kid === undefined ? {} : { kid }) };
  }
  throw new Error('no key that answers can be encrypted to');
}

function must(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new Error(rule);
}
