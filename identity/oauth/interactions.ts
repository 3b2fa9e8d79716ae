/** Sign-ins in progress, as oidc-provider keeps them. */
import { errors, type Provider } from 'oidc-provider';
import { z } from 'zod';

import type { AccountStore } from '../domain/ports.ts';
import { grantedScopes } from '../domain/roles.ts';
import type { Interactions, RawExchange } from '../routes/interactions.ts';
import { SESSION_SECONDS } from './session-life.ts';
import { wantedAcrs } from './sign-in-policy.ts';

const params = z.object({
  client_id: z.string(),
  redirect_uri: z.url(),
  scope: z.string().default(''),
  resource: z
    .union([z.string(), z.array(z.string())])
    .transform((value) => [value].flat())
    .default([]),
  acr_values: z.string().optional(),
  login_hint: z.string().max(1_000).optional(),
  claims: z.string().optional(),
});

/** Creates the view on sign-ins. */
export function providerInteractions(
  provider: Provider,
  accounts: AccountStore,
  now: () => Date,
): Interactions {
  const details = async ({ req, res }: RawExchange) => {
    const interaction = await provider.interactionDetails(req, res);
    return { interaction, asked: params.parse(interaction.params) };
  };
  return {
    find: async (exchange) => {
      try {
        const { interaction, asked } = await details(exchange);
        return {
          uid: interaction.uid,
          step: interaction.prompt.name === 'login' ? 'sign-in' : 'approve',
          staffId: interaction.session?.accountId,
          returnOrigin: new URL(asked.redirect_uri).origin,
          loginHint: asked.login_hint,
          wantedAcrs: wantedAcrs(askedAcr(asked)),
        };
      } catch (error) {
        if (error instanceof errors.SessionNotFound) return undefined;
        throw error;
      }
    },
    signedIn: ({ req, res }, staffId, { acr, amr }) =>
      provider.interactionResult(
        req,
        res,
        { login: { accountId: staffId, remember: false, acr, amr: [...amr] } },
        { mergeWithLastSubmission: false },
      ),
    approve: async (exchange, choice, name) => {
      const { interaction, asked } = await details(exchange);
      const staffId = interaction.session?.accountId;
      if (staffId === undefined) throw new errors.SessionNotFound('nobody has signed in');
      const grant = new provider.Grant({ accountId: staffId, clientId: asked.client_id });
      const scopes = asked.scope.split(' ').filter(Boolean);
      if (scopes.includes('openid')) grant.addOIDCScope('openid');
      grant.addOIDCClaims(askedClaims(asked));
      const wanted = scopes.filter((scope) => scope !== 'openid');
      const granted = grantedScopes(wanted, choice.role);
      const refused = wanted.filter((scope) => !granted.includes(scope));
      for (const resource of asked.resource) {
        if (granted.length > 0) grant.addResourceScope(resource, granted.join(' '));
        if (refused.length > 0) grant.rejectResourceScope(resource, refused.join(' '));
      }
      const grantId = await grant.save();
      await accounts.putActingAs({
        grantId,
        staffId,
        role: choice.role,
        odsCode: choice.odsCode,
        name,
        expiresAt: new Date(now().getTime() + SESSION_SECONDS * 1000),
      });
      const { req, res } = exchange;
      return provider.interactionResult(
        req,
        res,
        { consent: { grantId } },
        { mergeWithLastSubmission: true },
      );
    },
  };
}

const claimsParameter = z.object({
  id_token: z.looseObject({ acr: z.unknown().optional() }).optional(),
});

/** Names of the claims that were asked for in an ID token. The library gives those that there are. */
const askedClaims = ({ claims }: z.infer<typeof params>): string[] =>
  claims === undefined ? [] : Object.keys(claimsParameter.parse(JSON.parse(claims)).id_token ?? {});

/** The `acr` that was asked for, as the library has it during a request. It has read the parameter once before. */
function askedAcr({ acr_values: values, claims }: z.infer<typeof params>): unknown {
  if (values !== undefined && values !== '') return { values: values.split(' ') };
  return claims === undefined ? undefined : claimsParameter.parse(JSON.parse(claims)).id_token?.acr;
}
