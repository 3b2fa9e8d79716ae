/**
 * JSON Web Signatures in compact form, with ES256.
 *
 * Source: RFC 7515 (JWS), sections 3.1, 4.1 and 7.1; RFC 7518, section 3.4 (ES256);
 * RFC 8725 (JWT best current practices), sections 3.1 and 3.10.
 */
import { type KeyObject, sign, verify } from 'node:crypto';

import { decodeBase64url, decodeBase64urlText, encodeBase64url } from './base64url.ts';
import { derSignature, ES256_BYTES, rawSignature } from './ecdsa-signature.ts';
import { isP256 } from './p256-key.ts';
import { createRecent } from './recent.ts';
import { StandardError, type StandardErrorCode } from './standard-error.ts';
import { isJsonObject, type JsonObject, parseStrictJson } from './strict-json.ts';

/** A compact JWS taken apart. Nothing in it is to be believed before its signature is checked. */
export interface CompactJws {
  /** The protected header. */
  readonly header: JsonObject;
  /** The payload, which must be a JSON object. */
  readonly payload: JsonObject;
  /** What was signed: the first two parts with the dot between them, ASCII. */
  readonly signingInput: string;
  /** The signature; 64 bytes (r then s) when it is ES256. */
  readonly signature: Buffer;
}

/** What {@link parseCompactJws} lets through. */
export interface CompactJwsLimits {
  /** Longest token in characters; 65,536 unless told. */
  readonly maxLength?: number;
  /** Lets the header carry `jwk`, as proofs of possession do (OpenID4VCI 1.0, appendix F.1). */
  readonly allowJwk?: boolean;
}

/**
 * Takes a compact JWS apart and checks its form and its header.
 *
 * @throws {StandardError} `jws_malformed`, `jws_too_long`, `base64url_not_canonical`, a `json_` code,
 * or one of the codes of {@link jwsHeaderFault}
 */
export function parseCompactJws(compact: string, limits: CompactJwsLimits = {}): CompactJws {
  const jws = splitCompactJws(compact, limits.maxLength);
  const fault = jwsHeaderFault(jws.header, limits);
  if (fault !== undefined) {
    throw new StandardError(fault, 'the JWS header has a missing or forbidden member');
  }
  return jws;
}

/**
 * Takes a compact JWS apart without a look at what its header says.
 *
 * @param maxLength longest token in characters
 * @throws {StandardError} `jws_malformed`, `jws_too_long`, `base64url_not_canonical` or a `json_` code
 */
export function splitCompactJws(compact: string, maxLength: number = 2 ** 16): CompactJws {
  if (compact.length > maxLength) {
    throw new StandardError('jws_too_long', 'the JWS is longer than allowed');
  }
  const first = compact.indexOf('.');
  const second = compact.indexOf('.', first + 1);
  if (first < 1 || second === -1 || compact.includes('.', second + 1)) {
    throw new StandardError('jws_malformed', 'a compact JWS has three parts');
  }
  return {
    header: parseHeader(compact.slice(0, first), maxLength),
    payload: parseObject(compact.slice(first + 1, second), maxLength),
    signingInput: compact.slice(0, second),
    signature: decodeBase64url(compact.slice(second + 1)),
  };
}

/**
 * Headers read before: an issuer signs every token under the same few bytes, certificates and all.
 * They are frozen, since they are shared; what they say is checked anew for each token.
 */
const headersRead = createRecent<JsonObject>(256);
/** Longest header remembered, in characters. */
const MAX_HEADER_KEPT = 8192;

function parseHeader(part: string, maxLength: number): JsonObject {
  const known = headersRead.get(part);
  if (known !== undefined) return known;
  const header = parseObject(part, maxLength);
  if (part.length <= MAX_HEADER_KEPT) headersRead.set(part, freeze(header));
  return header;
}

/** Freezes parsed JSON, with all that is inside. */
function freeze<Json>(value: Json): Json {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

function parseObject(part: string, maxLength: number): JsonObject {
  const value = parseStrictJson(decodeBase64urlText(part), { maxLength });
  if (!isJsonObject(value)) {
    throw new StandardError('jws_malformed', 'JWS header and payload must be JSON objects');
  }
  return value;
}

/** Header members that fetch or bring a key from outside, or change what the payload is. */
const forbiddenMembers = ['jku', 'x5u', 'b64', 'zip'] as const;

/**
 * Finds the first thing wrong with a JWS header, or `undefined`: no `alg` (`jws_alg_missing`), any
 * `crit` (`jws_crit_unsupported`: no extension is understood here), or one of `jku`, `x5u`, `b64`,
 * `zip` and, unless allowed, `jwk` (`jws_header_forbidden`).
 */
export function jwsHeaderFault(
  header: JsonObject,
  { allowJwk = false }: Pick<CompactJwsLimits, 'allowJwk'> = {},
): StandardErrorCode | undefined {
  if (typeof header['alg'] !== 'string' || header['alg'] === '') return 'jws_alg_missing';
  if (Object.hasOwn(header, 'crit')) return 'jws_crit_unsupported';
  if (forbiddenMembers.some((name) => Object.hasOwn(header, name))) return 'jws_header_forbidden';
  if (!allowJwk && Object.hasOwn(header, 'jwk')) return 'jws_header_forbidden';
  return undefined;
}

/** Something that signs with one ES256 key: a key in memory, or one in a security module. */
export interface Signer {
  /** The algorithm. */
  readonly alg: 'ES256';
  /** The name under which the public key is published. */
  readonly kid: string;
  /** Certificates for the key, leaf first, without the anchor; each one base64 DER (not base64url). */
  readonly x5c?: readonly string[];
  /** Signs bytes; the answer is 64 bytes, r then s (RFC 7518, section 3.4). */
  sign(data: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** A private key in memory and its names. */
export interface SigningKey {
  /** A P-256 private key. */
  readonly key: KeyObject;
  /** The name under which the public key is published. */
  readonly kid: string;
  /** Certificates for the key, leaf first, without the anchor; each one base64 DER. */
  readonly x5c?: readonly string[];
}

/**
 * Makes a signer from a private key in memory.
 *
 * @throws {StandardError} `key_unsuitable` when it is not a P-256 private key
 */
export function keyObjectSigner({ key, kid, x5c }: SigningKey): Signer {
  if (!isP256(key) || key.type !== 'private') {
    throw new StandardError('key_unsuitable', 'ES256 needs a P-256 private key');
  }
  return {
    alg: 'ES256',
    kid,
    ...(x5c === undefined ? {} : { x5c }),
    sign(data) {
      const signature = rawSignature(sign('sha256', data, key));
      if (signature === undefined) throw new StandardError('signature_malformed', 'not ECDSA');
      return signature;
    },
  };
}

/** The two parts of a token to be signed. */
export interface JwsContent {
  /**
   * The protected header. `alg` always comes from the signer, and `kid` too unless it is given here;
   * `kid: undefined` leaves it out.
   */
  readonly header: JsonObject;
  /** The payload, written as JSON. */
  readonly payload: object;
}

/**
 * Signs a payload and returns the compact JWS.
 *
 * @throws {StandardError} `signature_malformed` when the signer does not answer 64 bytes
 */
export function signCompactJws({ header, payload }: JwsContent, signer: Signer): Promise<string> {
  const encoded = encodeBase64url(JSON.stringify({ kid: signer.kid, ...header, alg: signer.alg }));
  return signEncoded(encoded, JSON.stringify(payload), signer);
}

/**
 * Signs under a header that is already encoded, for callers that keep it between tokens.
 *
 * @param header the protected header, base64url
 * @param payload the payload as JSON text, or its UTF-8 bytes
 * @throws {StandardError} `signature_malformed` when the signer does not answer 64 bytes
 */
export async function signEncoded(
  header: string,
  payload: string | Uint8Array,
  signer: Signer,
): Promise<string> {
  const encoded = encodeBase64url(payload);
  const start = header.length + 1;
  const data = Buffer.allocUnsafe(start + encoded.length);
  // Part by part: written as one string, a status list would first be joined, a megabyte and more.
  data.write(`${header}.`, 0, 'latin1');
  data.write(encoded, start, 'latin1');
  const signature = await signer.sign(data);
  if (signature.length !== ES256_BYTES) {
    throw new StandardError('signature_malformed', 'an ES256 signature has 64 bytes');
  }
  return `${header}.${encoded}.${encodeBase64url(signature)}`;
}

const headers = new WeakMap<Signer, Map<string, string>>();

/** The encoded header `alg`, `typ`, `kid` and, when the signer has certificates, `x5c`. Kept per signer. */
export function certifiedHeader(typ: string, signer: Signer): string {
  let kept = headers.get(signer);
  if (kept === undefined) headers.set(signer, (kept = new Map<string, string>()));
  let header = kept.get(typ);
  if (header === undefined) {
    const { alg, kid, x5c } = signer;
    header = encodeBase64url(JSON.stringify({ alg, typ, kid, x5c }));
    kept.set(typ, header);
  }
  return header;
}

/**
 * Checks an ES256 signature. `false` also for a signature that is not 64 bytes (such as DER) and for
 * a key that is not P-256.
 */
export function verifyEs256(
  signingInput: string,
  signature: Uint8Array,
  publicKey: KeyObject,
): boolean {
  if (signature.length !== ES256_BYTES || !isP256(publicKey)) return false;
  const data = Buffer.from(signingInput, 'latin1');
  return verify('sha256', data, publicKey, derSignature(signature));
}
