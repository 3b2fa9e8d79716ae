/** Every client and how it may sign in. */
import type { AdapterPayload, Client } from 'oidc-provider';
import { z } from 'zod';

import type { AppStore, ClientStore, NamedPublicKey, RegisteredApp } from '../domain/ports.ts';
import { ADMINISTRATION_SCOPES, PERSON_SCOPES, SERVICE_SCOPES } from '../domain/roles.ts';
import { PRE_AUTHORIZED_CODE_GRANT } from '../../standards/openid4vci/credential-offer.ts';
import type { FindClientMetadata } from './model-adapter.ts';

/** The wallet's client id. */
export const WALLET_CLIENT = 'lanyard-wallet';
/** The GraphQL explorer's client id. Development only. */
export const EXPLORER_CLIENT = 'lanyard-explorer';

/** The client id of our own account pages. */
export const ACCOUNT_CLIENT = 'lanyard-account';

/** Members of our own in a client's metadata. */
export const EXTRA_CLIENT_METADATA = [
  'actor_ods',
  'graph_scopes',
  'offers_scopes',
  'administration_scopes',
];

const extra = z.object({
  clientName: z.string(),
  actor_ods: z.string().optional(),
  graph_scopes: z.array(z.string()),
  offers_scopes: z.array(z.string()),
  administration_scopes: z.array(z.string()).default([]),
});

/** What we know of a client besides what the standards define. */
export interface ClientFacts {
  readonly name: string;
  readonly odsCode: string | undefined;
  readonly graphScopes: readonly string[];
  readonly offersScopes: readonly string[];
  readonly administrationScopes: readonly string[];
}

/** Reads our own members of a client. */
export function clientFacts(client: Client): ClientFacts {
  const facts = extra.parse(client);
  return {
    name: facts.clientName,
    odsCode: facts.actor_ods,
    graphScopes: facts.graph_scopes,
    offersScopes: facts.offers_scopes,
    administrationScopes: facts.administration_scopes,
  };
}

/** What the list of clients is made from. */
export interface ClientsOptions {
  readonly issuer: string;
  readonly store: ClientStore;
  readonly apps: AppStore;
  /** Public keys of our own processes, by client id. */
  readonly services: Readonly<
    Record<keyof typeof SERVICE_SCOPES, { readonly jwk: NamedPublicKey }>
  >;
  /** Where the explorer is sent back to; there is no explorer when left out. */
  readonly explorerRedirectUri: string | undefined;
}

/** Creates the look-up of clients. */
export function clientDirectory(options: ClientsOptions): FindClientMetadata {
  const fixed = new Map<string, AdapterPayload>([
    [WALLET_CLIENT, wallet],
    [ACCOUNT_CLIENT, accountPages(options.issuer)],
  ]);
  for (const [clientId, { graph, offers }] of entriesOf(SERVICE_SCOPES)) {
    const keys = [options.services[clientId].jwk];
    fixed.set(clientId, machine({ clientId, name: clientId, keys, graph, offers }));
  }
  if (options.explorerRedirectUri !== undefined) {
    fixed.set(
      EXPLORER_CLIENT,
      app({
        clientId: EXPLORER_CLIENT,
        name: 'GraphQL explorer',
        redirectUris: [options.explorerRedirectUri],
      }),
    );
  }
  return async (clientId) => {
    const known = fixed.get(clientId);
    if (known !== undefined) return known;
    const registered = await options.store.find(clientId);
    if (registered !== undefined) {
      return machine({ ...registered, graph: registered.scopes, offers: [] });
    }
    const found = await options.apps.find(clientId);
    return found === undefined ? undefined : app(found);
  };
}

const entriesOf = <Name extends string, Value>(object: Readonly<Record<Name, Value>>) =>
  Object.entries(object) as [Name, Value][];

function machine(client: {
  readonly clientId: string;
  readonly name: string;
  readonly odsCode?: string;
  readonly keys: readonly NamedPublicKey[];
  readonly graph: readonly string[];
  readonly offers: readonly string[];
}): AdapterPayload {
  return {
    client_id: client.clientId,
    client_name: client.name,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    jwks: {
      keys: client.keys.map(({ kty, crv, x, y, kid }) => ({
        ...{ kty, crv, x, y, kid },
        alg: 'ES256',
        use: 'sig',
      })),
    },
    ...(client.odsCode === undefined ? {} : { actor_ods: client.odsCode }),
    graph_scopes: client.graph,
    offers_scopes: client.offers,
  };
}

const wallet: AdapterPayload = {
  client_id: WALLET_CLIENT,
  client_name: 'Lanyard wallet',
  token_endpoint_auth_method: 'none',
  grant_types: [PRE_AUTHORIZED_CODE_GRANT],
  response_types: [],
  redirect_uris: [],
  graph_scopes: [],
  offers_scopes: [],
};

/** They need a session and no token. */
const accountPages = (issuer: string): AdapterPayload => ({
  client_id: ACCOUNT_CLIENT,
  client_name: 'Lanyard account',
  token_endpoint_auth_method: 'none',
  grant_types: [],
  response_types: ['none'],
  redirect_uris: [`${issuer}/account`],
  graph_scopes: [],
  offers_scopes: [],
});

const app = ({
  clientId,
  name,
  redirectUris,
  backchannelLogoutUri,
}: RegisteredApp): AdapterPayload => ({
  client_id: clientId,
  client_name: name,
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: [...redirectUris],
  ...(backchannelLogoutUri === undefined
    ? {}
    : {
        backchannel_logout_uri: backchannelLogoutUri,
        backchannel_logout_session_required: true,
      }),
  graph_scopes: PERSON_SCOPES,
  offers_scopes: [],
  administration_scopes: ADMINISTRATION_SCOPES,
});
