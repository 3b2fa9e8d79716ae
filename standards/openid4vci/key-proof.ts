/**
 * A wallet's proof that it holds the key a credential will be bound to.
 *
 * Source: OpenID for Verifiable Credential Issuance 1.0, appendix F.1 (`jwt` proof type).
 */
import { signCompactJws, type Signer } from '../compact-jws.ts';
import { type PublicEcJwk, publicEcJwk } from '../jwk-thumbprint.ts';
import { StandardError } from '../standard-error.ts';

/** The `typ` of a key proof. */
export const KEY_PROOF_TYPE = 'openid4vci-proof+jwt';

/** What a proof is for. */
export interface KeyProofRequest {
  /** The Credential Issuer Identifier: becomes `aud`. */
  readonly audience: string;
  /** The issuer's `c_nonce`; left out only when the issuer has no nonce endpoint. */
  readonly nonce?: string | undefined;
  /** The moment of signing. */
  readonly now: Date;
  /** The wallet's `client_id`: becomes `iss`; left out for an anonymous pre-authorized code. */
  readonly clientId?: string | undefined;
}

/** The key a credential will be bound to. */
export interface HolderKey {
  /** Signs with the private key. */
  readonly signer: Signer;
  /** The public key, sent in the header as `jwk`. */
  readonly publicJwk: PublicEcJwk;
}

/**
 * Signs a key proof (compact JWS). The header names the key by `jwk`, so it has no `kid`.
 *
 * @throws {StandardError} `jwk_unsuitable` when `publicJwk` is not a public P-256 key
 */
export async function createKeyProof(request: KeyProofRequest, key: HolderKey): Promise<string> {
  const jwk = publicEcJwk.safeParse(key.publicJwk);
  if (!jwk.success) throw new StandardError('jwk_unsuitable', 'not a public P-256 JWK');
  const { audience, nonce, now, clientId } = request;
  return signCompactJws(
    {
      header: { typ: KEY_PROOF_TYPE, kid: undefined, jwk: jwk.data },
      payload: { iss: clientId, aud: audience, iat: Math.floor(now.getTime() / 1000), nonce },
    },
    key.signer,
  );
}
