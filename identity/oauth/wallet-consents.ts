/** People who are asked whether a wallet may collect what they were offered, as oidc-provider keeps them. */
import { errors, type Provider } from 'oidc-provider';
import { z } from 'zod';

import type { DeriveKey } from '../domain/derive.ts';
import { RENEWING_SECONDS } from '../domain/offer.ts';
import type { StoredOffer } from '../domain/ports.ts';
import { findCollectable } from '../domain/redeem-offer.ts';
import type { WalletGrants } from '../domain/wallet-ports.ts';
import type { RawExchange } from '../routes/interactions.ts';
import type { WalletConsents } from '../routes/collect.ts';
import { clientFacts } from './clients.ts';

const params = z.object({
  client_id: z.string(),
  redirect_uri: z.url(),
  scope: z.string().default(''),
  issuer_state: z.string().max(255).optional(),
});

/** What the view is made from. */
export interface WalletConsentsParts {
  readonly provider: Provider;
  readonly walletGrants: WalletGrants;
  readonly deriveKey: DeriveKey;
  readonly now: () => Date;
}

/** Creates the view. */
export function walletConsents(parts: WalletConsentsParts): WalletConsents {
  const { provider, walletGrants, now } = parts;
  const open = async ({ req, res }: RawExchange) => {
    const { uid, prompt, session, params: given } = await provider.interactionDetails(req, res);
    const asked = params.parse(given);
    const client = await provider.Client.find(asked.client_id);
    const staffId = session?.accountId;
    if (client === undefined || !clientFacts(client).wallet) return undefined;
    if (prompt.name !== 'consent' || staffId === undefined) return undefined;
    const configurationIds = asked.scope
      .split(' ')
      .filter((scope) => !['', 'openid'].includes(scope));
    const offer =
      configurationIds.length === 0
        ? undefined
        : await findCollectable(
            { staffId, configurationIds, issuerState: asked.issuer_state },
            parts,
          );
    return { uid, asked, staffId, configurationIds, offer, name: clientFacts(client).name };
  };
  const finish = (
    { req, res }: RawExchange,
    result: Parameters<Provider['interactionResult']>[2],
  ): Promise<string> =>
    provider.interactionResult(req, res, result, { mergeWithLastSubmission: true });
  return {
    find: async (exchange) => {
      try {
        const found = await open(exchange);
        if (found === undefined) return undefined;
        const { uid, name, configurationIds, offer, asked } = found;
        const { protocol, origin } = new URL(asked.redirect_uri);
        return {
          uid,
          walletName: name,
          configurationIds,
          offered: offer !== undefined,
          returnTo: /^https?:$/.test(protocol) ? origin : protocol,
        };
      } catch (error) {
        if (error instanceof errors.SessionNotFound) return undefined;
        throw error;
      }
    },
    allow: async (exchange) => {
      const found = await open(exchange);
      if (found?.offer === undefined) return finish(exchange, { error: 'access_denied' });
      const grantId = await grantOffer(found.offer, found);
      return finish(exchange, { consent: { grantId } });
    },
    deny: (exchange) => finish(exchange, { error: 'access_denied' }),
  };

  async function grantOffer(
    { offerId }: StoredOffer,
    {
      staffId,
      asked,
      configurationIds,
    }: {
      readonly staffId: string;
      readonly asked: z.infer<typeof params>;
      readonly configurationIds: readonly string[];
    },
  ): Promise<string> {
    const grant = new provider.Grant({ accountId: staffId, clientId: asked.client_id });
    grant.addResourceScope(provider.issuer, configurationIds.join(' '));
    if (asked.scope.split(' ').includes('openid')) grant.rejectOIDCScope('openid');
    const grantId = await grant.save();
    const expiresAt = new Date(now().getTime() + RENEWING_SECONDS * 1000);
    await walletGrants.put({ grantId, offerId, expiresAt });
    return grantId;
  }
}
