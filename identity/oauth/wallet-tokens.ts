/** The opaque access tokens of wallets. */
import type { Provider } from 'oidc-provider';

import type { WalletToken } from '../domain/collect-credential.ts';
import { clientFacts } from './clients.ts';

/** Finds what a wallet's token allows; `undefined` for any other token, and for one that has ended or was taken back. */
export type FindWalletToken = (token: string) => Promise<WalletToken | undefined>;

/** Creates the look-up. */
export function walletTokens(provider: Provider): FindWalletToken {
  return async (value) => {
    const token = await provider.AccessToken.find(value);
    if (token?.isValid !== true || token.aud !== provider.issuer) return undefined;
    const client =
      token.clientId === undefined ? undefined : await provider.Client.find(token.clientId);
    if (client === undefined || !clientFacts(client).wallet) return undefined;
    const grant = await provider.Grant.find(token.grantId);
    if (grant?.accountId !== token.accountId || grant.clientId !== token.clientId) return undefined;
    return {
      grantId: token.grantId,
      clientId: client.clientId,
      staffId: token.accountId,
      scopes: token.scopes,
      boundTo: token.jkt,
      renewing: token.gty.endsWith('refresh_token'),
    };
  };
}
