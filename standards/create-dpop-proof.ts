/**
 * A client's proof that it holds the key that its token is bound to.
 *
 * Source: RFC 9449 (DPoP), sections 4.2 and 7.1.
 */
import { hash } from 'node:crypto';

import { signCompactJws, type Signer } from './compact-jws.ts';
import { DPOP_TYPE } from './dpop.ts';
import type { PublicEcJwk } from './jwk-thumbprint.ts';

/** The request that a proof goes with. */
export interface DpopProofRequest {
  /** The method, in capitals. */
  readonly method: string;
  /** The address; query and fragment are left out. */
  readonly url: string;
  /** The access token that goes along. */
  readonly accessToken?: string;
  /** The proof's own name: fresh for each proof. */
  readonly proofId: string;
  /** The moment of signing. */
  readonly now: Date;
}

/** Signs a proof (compact JWS), for the `DPoP` header. */
export function createDpopProof(
  { method, url, accessToken, proofId, now }: DpopProofRequest,
  { signer, publicJwk }: { readonly signer: Signer; readonly publicJwk: PublicEcJwk },
): Promise<string> {
  const { origin, pathname } = new URL(url);
  return signCompactJws(
    {
      header: { typ: DPOP_TYPE, kid: undefined, jwk: publicJwk },
      payload: {
        jti: proofId,
        htm: method,
        htu: origin + pathname,
        iat: Math.floor(now.getTime() / 1000),
        ...(accessToken === undefined ? {} : { ath: hash('sha256', accessToken, 'base64url') }),
      },
    },
    signer,
  );
}
