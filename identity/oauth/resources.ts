/**
 * The resources that access tokens are for, and what each client may do there.
 *
 * Source: RFC 8707 (Resource Indicators), section 2; RFC 9068 (JWT access tokens), section 2.
 */
import { type Client, errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';

import { clientFacts } from './clients.ts';

/** How long an access token lives, in seconds: five minutes, as it cannot be taken back (OpenID4VCI 1.0, section 13.10). */
export const ACCESS_TOKEN_SECONDS = 300;

/** The names of the resources. */
export interface Resources {
  readonly issuer: string;
  readonly graph: string;
  readonly offers: string;
  /** Where organisations push their accounts (SCIM). */
  readonly directory: string;
  /** The administration API of this process. */
  readonly administration: string;
  /** Scopes at the credential endpoint: one for each kind of credential. */
  readonly credentialScopes: readonly string[];
}

/** What oidc-provider has to know of a resource, for one client. */
export function resourceServerInfo(
  ctx: KoaContextWithOIDC,
  resource: string,
  client: Client,
  resources: Resources,
): ResourceServer {
  const scopes = allowedScopes(resource, client, resources);
  if (scopes.length === 0) throw new errors.InvalidTarget();
  const asked = ctx.oidc.requestParamScopes;
  // One request may ask for several resources; each then takes the scopes that are its own.
  const named = [ctx.oidc.params?.['resource']].flat().filter((each) => typeof each === 'string');
  const known = named.flatMap((each) => allowedScopes(each, client, resources)).concat(scopes);
  for (const scope of asked) {
    if (scope !== 'openid' && !known.includes(scope)) {
      throw new errors.InvalidScope('requested scope is not allowed', scope);
    }
  }
  if (ctx.oidc.params?.['grant_type'] === 'client_credentials' && asked.size === 0) {
    throw new errors.InvalidScope('scope must be given', '');
  }
  return {
    audience: resource,
    scope: scopes.join(' '),
    accessTokenTTL: ACCESS_TOKEN_SECONDS,
    ...(resource === resources.issuer
      ? { accessTokenFormat: 'opaque' }
      : { accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
  };
}

function allowedScopes(
  resource: string,
  client: Client,
  { issuer, graph, offers, administration, directory, credentialScopes }: Resources,
): readonly string[] {
  switch (resource) {
    case issuer:
      return clientFacts(client).wallet ? credentialScopes : [];
    case graph:
      return clientFacts(client).graphScopes;
    case offers:
      return clientFacts(client).offersScopes;
    case administration:
      return clientFacts(client).administrationScopes;
    case directory:
      return clientFacts(client).directoryScopes;
    default:
      return [];
  }
}
