/**
 * Checks a wallet's proof that it holds the key a credential will be bound to.
 *
 * Source: OpenID4VCI 1.0, appendix F.1 and F.4.
 */
import { parseCompactJws, verifyEs256 } from '../../standards/compact-jws.ts';
import {
  jwkThumbprint,
  publicEcJwk,
  type PublicEcJwk,
  publicKeyFromJwk,
} from '../../standards/jwk-thumbprint.ts';
import { KEY_PROOF_TYPE } from '../../standards/openid4vci/key-proof.ts';

/** How far a proof's `iat` may be from now, in seconds, either way. */
const IAT_WINDOW_SECONDS = 300;
const MAX_PROOF_LENGTH = 8_192;

/** A proof that held. Its nonce is still to be spent. */
export interface VerifiedKeyProof {
  readonly jwk: PublicEcJwk;
  /** RFC 7638 thumbprint of the key. */
  readonly thumbprint: string;
  readonly nonce: string;
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
export function verifyKeyProof(
  proof: string,
  {
    issuer,
    clientId,
    now,
  }: { readonly issuer: string; readonly clientId: string; readonly now: Date },
): VerifiedKeyProof {
  const { header, payload, signingInput, signature } = parse(proof);
  must(header['typ'] === KEY_PROOF_TYPE, `typ must be ${KEY_PROOF_TYPE}`);
  must(header['alg'] === 'ES256', 'alg must be ES256');
  const named = ['jwk', 'kid', 'x5c', 'trust_chain'].filter((name) => Object.hasOwn(header, name));
  must(named.length === 1 && named[0] === 'jwk', 'the key must be given as jwk alone');
  const jwk = publicEcJwk.safeParse(header['jwk']);
  if (!jwk.success) throw new KeyProofError('jwk must be a public P-256 key');
  must(holds(jwk.data, signingInput, signature), 'the signature does not hold');
  must(payload['aud'] === issuer, 'aud must be the credential issuer');
  must(payload['iss'] === undefined || payload['iss'] === clientId, 'iss must be the client');
  const { iat, nonce } = payload;
  const seconds = now.getTime() / 1000;
  must(
    typeof iat === 'number' && Math.abs(seconds - iat) <= IAT_WINDOW_SECONDS,
    'iat must be within five minutes of now',
  );
  if (typeof nonce !== 'string' || nonce === '' || nonce.length > 255) {
    throw new KeyProofError('nonce must be given');
  }
  return { jwk: jwk.data, thumbprint: jwkThumbprint(jwk.data), nonce };
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
