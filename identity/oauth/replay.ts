/** Client assertions, DPoP proofs and the like: each counts once, by one statement (RFC 7523, section 3; RFC 9449, section 11.1). */
import { hash } from 'node:crypto';

import { errors, Provider } from 'oidc-provider';

import type { ModelStore } from '../domain/ports.ts';
import { proofOf } from './dpop.ts';

/** Takes the place of the library's look-before-you-write. */
export function rememberReplays(provider: Provider, models: Pick<ModelStore, 'add'>): void {
  provider.ReplayDetection.unique = async (issuer, jti, expiresAt) => {
    const { ctx } = Provider;
    const isProof = ctx !== undefined && proofOf(ctx)?.proofId === jti;
    const first = await models.add({
      model: 'ReplayDetection',
      id: hash('sha256', JSON.stringify([isProof ? 'dpop' : 'jwt', issuer, jti]), 'base64url'),
      payload: {},
      expiresAt: new Date(expiresAt * 1000),
    });
    // The library says invalid_grant here, as if the code were at fault.
    if (!first && isProof) throw new errors.InvalidDpopProof('the DPoP proof was used before');
    return first;
  };
}
