/** Client assertions, DPoP proofs and the like: each counts once, by one statement (RFC 7523, section 3; RFC 9449, section 11.1). */
import { hash } from 'node:crypto';

import { errors, Provider } from 'oidc-provider';

import type { ModelStore } from '../domain/ports.ts';
import { proofOf } from './dpop.ts';
import { type QuotaParts, spendQuota } from './quota.ts';

/** Takes the place of the library's look-before-you-write. */
export function rememberReplays(
  provider: Provider,
  { models, quota }: { readonly models: Pick<ModelStore, 'add'>; readonly quota: QuotaParts },
): void {
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
    const client = ctx?.oidc.client;
    const signedIn = client?.clientAuthMethod === 'private_key_jwt' && !isProof;
    if (first && signedIn && ctx !== undefined) {
      // Now it is known that the client itself is asking, and not somebody with an assertion of its.
      await spendQuota(ctx, client, quota);
    }
    return first;
  };
}
