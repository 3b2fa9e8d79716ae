/** Every client and how it may sign in. */
import { type AdapterPayload, type Client, Provider } from 'oidc-provider';
import { decodeProtectedHeader } from 'jose';
import { z } from 'zod';

import type { FetchedKeys } from '../clients/fetched-keys.ts';
import type { ClientAlgorithm, ClientKey } from '../domain/client-keys.ts';
import type { ClientKeys, ClientStore } from '../domain/client-ports.ts';
import type { AppStore, NamedPublicKey, RegisteredApp } from '../domain/ports.ts';
import {
  ADMINISTRATION_SCOPES,
  DIRECTORY_SCOPES,
  ORGANISATION_PURPOSES,
  PERSON_PURPOSES,
  PERSON_SCOPES,
  SERVICE_SCOPES,
} from '../domain/roles.ts';
import type { RegisteredWallet, WalletStore } from '../domain/wallet-ports.ts';
import { PRE_AUTHORIZED_CODE_GRANT } from '../../standards/openid4vci/credential-offer.ts';
import { TRANSACTION_DETAILS } from './transaction-details.ts';
import type { FindClientMetadata } from './model-adapter.ts';

/** Client id of this project's own wallet. */
const WALLET_CLIENT = 'lanyard-wallet';
/** The GraphQL explorer's client id. Development only. */
export const EXPLORER_CLIENT = 'lanyard-explorer';

/** The client id of this project's own pages: staff, HR desk, administration, developers. */
const WEB_CLIENT = 'lanyard-web';

/** The client id of our own account pages. */
export const ACCOUNT_CLIENT = 'lanyard-account';

/** Members of our own in a client's metadata. */
export const EXTRA_CLIENT_METADATA = [
  'actor_ods',
  'graph_scopes',
  'offers_scopes',
  'administration_scopes',
  'directory_scopes',
  'purposes',
  'tokens_per_minute',
  'wallet',
];

const extra = z.object({
  clientName: z.string(),
  actor_ods: z.string().optional(),
  graph_scopes: z.array(z.string()),
  offers_scopes: z.array(z.string()),
  administration_scopes: z.array(z.string()).default([]),
  directory_scopes: z.array(z.string()).default([]),
  purposes: z.array(z.string()).default([]),
  tokens_per_minute: z.number().optional(),
  wallet: z.boolean().default(false),
});

/** What we know of a client besides what the standards define. */
export interface ClientFacts {
  readonly name: string;
  readonly odsCode: string | undefined;
  readonly graphScopes: readonly string[];
  readonly offersScopes: readonly string[];
  readonly administrationScopes: readonly string[];
  /** Where accounts are pushed. */
  readonly directoryScopes: readonly string[];
  /** Purposes of use that it may name. */
  readonly purposes: readonly string[];
  readonly tokensPerMinute: number | undefined;
  /** It collects credentials. */
  readonly wallet: boolean;
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
    directoryScopes: facts.directory_scopes,
    purposes: facts.purposes,
    tokensPerMinute: facts.tokens_per_minute,
    wallet: facts.wallet,
  };
}

/** What the list of clients is made from. */
export interface ClientsOptions {
  readonly issuer: string;
  readonly store: Pick<ClientStore, 'find'>;
  readonly apps: Pick<AppStore, 'find'>;
  readonly wallets: Pick<WalletStore, 'find'>;
  /** Every wallet comes with an attestation, or not at all. */
  readonly walletsAttested: boolean;
  /** Keys of clients that gave an address. */
  readonly fetchedKeys: FetchedKeys;
  /** Public keys of our own processes, by client id. */
  readonly services: {
    readonly [Name in keyof typeof SERVICE_SCOPES]?: { readonly jwk: NamedPublicKey } | undefined;
  };
  /** The public key of our own pages, and their origin; nobody signs in to them when left out. */
  readonly web: { readonly jwk: NamedPublicKey; readonly url: string } | undefined;
  /** Where the explorer is sent back to; there is no explorer when left out. */
  readonly explorerRedirectUri: string | undefined;
}

/** Creates the look-up of clients. */
export function clientDirectory(options: ClientsOptions): FindClientMetadata {
  const fixed = new Map<string, AdapterPayload>([[ACCOUNT_CLIENT, accountPages(options.issuer)]]);
  fixed.set(
    WALLET_CLIENT,
    wallet({
      clientId: WALLET_CLIENT,
      name: 'Lanyard wallet',
      // The wallet in the browser, which signs its person in.
      redirectUris: options.web === undefined ? [] : [`${options.web.url}/passport/add/done`],
      attested: options.walletsAttested,
    }),
  );
  for (const [clientId, scopes] of entriesOf(SERVICE_SCOPES)) {
    const service = options.services[clientId];
    if (service === undefined) continue;
    const keys = [service.jwk];
    fixed.set(clientId, machine({ ...OWN, clientId, name: clientId, keys, ...scopes }));
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
  if (options.web !== undefined) fixed.set(WEB_CLIENT, webPages(options.web));
  return async (clientId) => {
    const known = fixed.get(clientId);
    if (known !== undefined) return known;
    const registered = await options.store.find(clientId);
    if (registered !== undefined) {
      const keys = await keysOf(registered.keys, registered.algorithm);
      const isForDirectory = (scope: string): boolean => DIRECTORY_SCOPES.includes(scope);
      return machine({
        ...registered,
        purposes: registered.purposes ?? ORGANISATION_PURPOSES,
        keys,
        graph: registered.scopes.filter((scope) => !isForDirectory(scope)),
        offers: [],
        directory: registered.scopes.filter(isForDirectory),
      });
    }
    const found = await options.apps.find(clientId);
    if (found === undefined) {
      const other = await options.wallets.find(clientId);
      return other && wallet({ ...other, attested: other.attested || options.walletsAttested });
    }
    if (found.signing === undefined) return app(found);
    const { keys, algorithm } = found.signing;
    return confidentialApp(found, await keysOf(keys, algorithm), algorithm);
  };

  async function keysOf(keys: ClientKeys, algorithm: ClientAlgorithm) {
    return keys.kind === 'value'
      ? keys.keys
      : options.fetchedKeys(keys.jwksUri, algorithm, wantedKid());
  }
}

/** The name of the key that the request at hand was signed with, as it says itself. */
function wantedKid(): string | undefined {
  const params = Provider.ctx?.oidc.params;
  const jws = params?.['client_assertion'] ?? params?.['request'];
  try {
    const header: unknown = decodeProtectedHeader(String(jws)).kid;
    return typeof header === 'string' ? header : undefined;
  } catch {
    return undefined;
  }
}

/** What our own processes have in common. */
const OWN = { algorithm: 'ES256', dpopBound: false } as const;

const entriesOf = <Name extends string, Value>(object: Readonly<Record<Name, Value>>) =>
  Object.entries(object) as [Name, Value][];

function machine(client: {
  readonly clientId: string;
  readonly name: string;
  readonly odsCode?: string;
  readonly keys: readonly ClientKey[];
  readonly algorithm: ClientAlgorithm;
  readonly dpopBound: boolean;
  readonly purposes: readonly string[];
  readonly tokensPerMinute?: number | undefined;
  readonly graph: readonly string[];
  readonly offers: readonly string[];
  readonly directory?: readonly string[];
}): AdapterPayload {
  return {
    client_id: client.clientId,
    client_name: client.name,
    ...signing(client.keys, client.algorithm),
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    dpop_bound_access_tokens: client.dpopBound,
    ...(client.odsCode === undefined ? {} : { actor_ods: client.odsCode }),
    purposes: client.purposes,
    ...(client.tokensPerMinute === undefined ? {} : { tokens_per_minute: client.tokensPerMinute }),
    authorization_details_types: [],
    graph_scopes: client.graph,
    offers_scopes: client.offers,
    directory_scopes: client.directory ?? [],
  };
}

/** How a client signs, for assertions. One algorithm: a key is never tried with another. */
const signing = (keys: readonly ClientKey[], algorithm: ClientAlgorithm): AdapterPayload => ({
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_signing_alg: algorithm,
  jwks: { keys: keys.map((key) => ({ ...key, alg: algorithm, use: 'sig' })) },
});

/**
 * HAIP 1.0, section 4: authorization requests are pushed. A wallet without redirect URIs only redeems codes. An app
 * gives its own scheme or an https address that it has claimed (RFC 8252, section 7), so people are asked every time.
 */
const wallet = ({ clientId, name, redirectUris, attested }: RegisteredWallet): AdapterPayload => ({
  client_id: clientId,
  client_name: name,
  token_endpoint_auth_method: attested ? 'attest_jwt_client_auth' : 'none',
  grant_types: [
    PRE_AUTHORIZED_CODE_GRANT,
    'refresh_token',
    ...(redirectUris.length === 0 ? [] : ['authorization_code']),
  ],
  response_types: redirectUris.length === 0 ? [] : ['code'],
  redirect_uris: [...redirectUris],
  ...(redirectUris.length === 0
    ? {}
    : { application_type: 'native', require_pushed_authorization_requests: true }),
  authorization_details_types: ['openid_credential'],
  graph_scopes: [],
  offers_scopes: [],
  wallet: true,
});

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

/**
 * A confidential client, so its refresh tokens are of no use without its key and need not change at each use (RFC 9700,
 * section 4.14.2).
 */
const webPages = ({
  jwk,
  url,
}: {
  readonly jwk: NamedPublicKey;
  readonly url: string;
}): AdapterPayload => ({
  ...app({ clientId: WEB_CLIENT, name: 'Staff passport', redirectUris: [`${url}/signed-in`] }),
  ...signing([jwk], 'ES256'),
  grant_types: ['authorization_code', 'refresh_token'],
  post_logout_redirect_uris: [`${url}/signed-out`],
  require_pushed_authorization_requests: true,
});

const app = ({
  clientId,
  name,
  redirectUris,
  backchannelLogoutUri,
  purposes = PERSON_PURPOSES,
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
  purposes,
  graph_scopes: PERSON_SCOPES,
  offers_scopes: [],
  administration_scopes: ADMINISTRATION_SCOPES,
  authorization_details_types: [TRANSACTION_DETAILS],
});

/** An application with keys of its own. Its signed requests take the same keys, but never RS512. */
const confidentialApp = (
  registered: RegisteredApp,
  keys: readonly ClientKey[],
  algorithm: ClientAlgorithm,
): AdapterPayload => ({
  ...app(registered),
  ...signing(keys, algorithm),
  ...(algorithm === 'RS512' ? {} : { request_object_signing_alg: algorithm }),
});
