/**
 * Tokens bound to a key, at the authorization server's own endpoints.
 *
 * Source: RFC 9449 (DPoP), sections 4.3, 5 and 8.
 */
import { errors, type KoaContextWithOIDC } from 'oidc-provider';

import { type DpopProof, isRecentProof, verifyDpopProof } from '../../standards/dpop.ts';
import { StandardError } from '../../standards/standard-error.ts';

const proofs = new WeakMap<object, DpopProof>();

/** The proof of a request, once the authorization server has come to look at it. */
export const proofOf = (ctx: object): DpopProof | undefined => proofs.get(ctx);

/**
 * Whether a proof has to carry a nonce of ours: when it was not made within a minute of now. Called for every proof before
 * the library's own checks, so this is also where the proof has to hold by our stricter reading.
 *
 * @throws {errors.InvalidDpopProof}
 */
export function proofNeedsNonce(ctx: KoaContextWithOIDC, now: Date): boolean {
  const authorization = /^DPoP (.+)$/i.exec(ctx.get('authorization'));
  try {
    const proof = verifyDpopProof(ctx.get('DPoP'), {
      method: ctx.method,
      url: ctx.oidc.issuer + ctx.path,
      accessToken: authorization?.[1],
    });
    proofs.set(ctx, proof);
    return !isRecentProof(proof, now);
  } catch (cause) {
    if (!(cause instanceof StandardError)) throw cause;
    throw new errors.InvalidDpopProof('the DPoP proof does not hold', { cause });
  }
}
