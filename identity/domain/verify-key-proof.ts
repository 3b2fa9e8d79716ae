/**
 * Checks a wallet's proof that it holds the key a credential will be bound to.
 *
 * Source: OpenID4VCI 1.0, appendices D, F.1 and F.4.
 */
import { parseCompactJws, verifyEs256 } from '../../standards/compact-jws.ts';
import {
  jwkThumbprint,
  publicEcJwk,
  type PublicEcJwk,
  publicKeyFromJwk,
} from '../../standards/jwk-thumbprint.ts';
import type {
  AttestedKey,
  VerifiedKeyAttestation,
} from '../../standards/openid4vci/key-attestation.ts';
import { KEY_PROOF_TYPE } from '../../standards/openid4vci/key-proof.ts';
import type { JsonObject } from '../../standards/strict-json.ts';

/** How far a proof's `iat` may be from now, in seconds, either way. */
const IAT_WINDOW_SECONDS = 300;
const MAX_PROOF_LENGTH = 8_192;

/** What a proof must satisfy. */
export interface KeyProofRules {
  /** The credential issuer: the proof's `aud`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly now: Date;
  /**
   * Checks the key attestation in a proof's header; a proof that carries one is refused when this is missing.
   *
   * @throws {KeyProofError} when it does not hold
   */
  readonly attested?: (attestation: string) => VerifiedKeyAttestation;
}

/** A proof that held. Its nonce is still to be spent. */
export interface VerifiedKeyProof {
  readonly jwk: PublicEcJwk;
  /** RFC 7638 thumbprint of the key. */
  readonly thumbprint: string;
  readonly nonce: string;
  /** Keys that were attested beside it, its own among them. */
  readonly attested?: readonly AttestedKey[];
}

/** A proof that does not hold. `code` is the error code of section 8.3.1.2. */
export class KeyProofError extends Error {
  override readonly name = 'KeyProofError';
  readonly code = 'invalid_proof';
}

/**
 * Checks a key proof.
 *
 * @param proof compact JWS
 * @throws {KeyProofError} the message says which rule broke
 */
export function verifyKeyProof(proof: string, rules: KeyProofRules): VerifiedKeyProof {
  const { header, payload, signingInput, signature } = parse(proof);
  must(header['typ'] === KEY_PROOF_TYPE, `typ must be ${KEY_PROOF_TYPE}`);
  must(header['alg'] === 'ES256', 'alg must be ES256');
  const attestation = attestationOf(header, rules);
  const jwk = keyOf(header, attestation);
  must(holds(jwk, signingInput, signature), 'the signature does not hold');
  must(payload['aud'] === rules.issuer, 'aud must be the credential issuer');
  must(payload['iss'] === undefined || payload['iss'] === rules.clientId, 'iss must be the client');
  const { iat, nonce } = payload;
  const seconds = rules.now.getTime() / 1000;
  must(
    typeof iat === 'number' && Math.abs(seconds - iat) <= IAT_WINDOW_SECONDS,
    'iat must be within five minutes of now',
  );
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > 255) {
    throw new KeyProofError('nonce must be given');
  }
  const thumbprint = jwkThumbprint(jwk);
  if (attestation === undefined) return { jwk, thumbprint, nonce };
  const { keys } = attestation;
  must(
    keys.some((key) => key.thumbprint === thumbprint),
    'the key must be among the attested ones',
  );
  must(attestation.nonce === nonce, 'the key attestation must carry the nonce of the proof');
  return { jwk, thumbprint, nonce, attested: keys };
}

function attestationOf(
  header: JsonObject,
  { attested }: KeyProofRules,
): VerifiedKeyAttestation | undefined {
  const attestation = header['key_attestation'];
  if (attestation === undefined) return undefined;
  if (typeof attestation !== 'string' || attested === undefined) {
    throw new KeyProofError('the key attestation is not understood');
  }
  return attested(attestation);
}

/** The key that a proof names: by itself, or by its name or place in the attestation. */
function keyOf(header: JsonObject, attestation: VerifiedKeyAttestation | undefined): PublicEcJwk {
  const named = ['jwk', 'kid', 'x5c', 'trust_chain'].filter((name) => Object.hasOwn(header, name));
  const alone = 'the key must be given as jwk alone';
  must(named.length === 1, alone);
  const [name] = named;
  if (name === 'jwk') {
    const jwk = publicEcJwk.safeParse(header['jwk']);
    if (!jwk.success) throw new KeyProofError('jwk must be a public P-256 key');
    return jwk.data;
  }
  const { kid } = header;
  const attested =
    name === 'kid'
      ? attestation?.keys.find((key, at) => (key.kid ?? String(at)) === kid)
      : undefined;
  if (attested === undefined) throw new KeyProofError(alone);
  return attested.jwk;
}

function parse(proof: string) {
  try {
    return parseCompactJws(proof, { maxLength: MAX_PROOF_LENGTH, allowJwk: true });
  } catch (cause) {
    throw new KeyProofError('not a compact JWS that is allowed here', { cause });
  }
}

function holds(jwk: PublicEcJwk, signingInput: string, signature: Uint8Array): boolean {
  try {
    return verifyEs256(signingInput, signature, publicKeyFromJwk(jwk));
  } catch {
    return false;
  }
}

function must(condition: boolean, rule: string): void {
  if (!condition) throw new KeyProofError(rule);
}
