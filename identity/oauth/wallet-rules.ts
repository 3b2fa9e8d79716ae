/**
 * What wallets have to do at the token endpoint besides what the library asks of every client.
 *
 * Source: OpenID4VCI 1.0, sections 6.1, 6.3 and 13.6; HAIP 1.0, section 4 (DPoP).
 */
import { errors, type TokenEndpointGrantContext } from 'oidc-provider';

import { tryTransactionCode, type TryParts } from '../domain/try-transaction-code.ts';
import { PRE_AUTHORIZED_CODE_GRANT } from '../../standards/openid4vci/credential-offer.ts';
import { clientFacts } from './clients.ts';
import type { GrantRule } from './guarded-provider.ts';

/** The rules by grant type. */
export function walletRules(parts: TryParts): Readonly<Record<string, GrantRule>> {
  return {
    [PRE_AUTHORIZED_CODE_GRANT]: async (ctx) => {
      const { client, params } = ctx.oidc;
      const { 'pre-authorized_code': preAuthorizedCode, tx_code: transactionCode } = params;
      if (typeof preAuthorizedCode !== 'string' || preAuthorizedCode === '') {
        throw new errors.InvalidRequest("missing required parameter 'pre-authorized_code'");
      }
      if (typeof transactionCode !== 'string' || transactionCode === '') {
        throw new errors.InvalidRequest("missing required parameter 'tx_code'");
      }
      const outcome = await tryTransactionCode(
        { preAuthorizedCode, transactionCode, clientId: client.clientId },
        parts,
      );
      if (outcome !== 'right') throw new errors.InvalidGrant(outcome);
      // The library knows of no transaction code here, and wants none.
      delete params['tx_code'];
    },
    authorization_code: (ctx) => {
      if (isWithoutProof(ctx)) throw new errors.InvalidDpopProof('DPoP proof JWT not provided');
    },
    // The library binds what an attested wallet refreshes to its attestation alone, and would give a bearer token.
    refresh_token: async (ctx) => {
      const { client, params, provider } = ctx.oidc;
      if (!isWithoutProof(ctx) || client.clientAuthMethod === 'none') return;
      const refreshed = await provider.RefreshToken.find(String(params['refresh_token']));
      if (refreshed?.gty?.startsWith('authorization_code') === true) {
        throw new errors.InvalidDpopProof('DPoP proof JWT not provided');
      }
    },
  };
}

/** Whether a wallet's request carries no DPoP proof. */
const isWithoutProof = (ctx: TokenEndpointGrantContext): boolean =>
  clientFacts(ctx.oidc.client).wallet && ctx.get('dpop') === '';
