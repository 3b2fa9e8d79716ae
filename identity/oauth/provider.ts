/**
 * The authorization server: oidc-provider, set up for this project.
 *
 * Source: RFC 6749, RFC 7636 (PKCE), RFC 9126 (PAR), RFC 9207 (`iss`), RFC 9068, OpenID4VCI 1.0.
 */
import {
  type AdapterFactory,
  type Configuration,
  errors,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';

import { BATCH_SIZE } from '../domain/collect-credential.ts';
import type { DeriveKey } from '../domain/derive.ts';
import type { AccountStore } from '../domain/ports.ts';
import type { RoleGrants } from '../domain/role-ports.ts';
import type { Logger } from '../../runtime/log.ts';
import type { PrivateJwk } from '../../runtime/jwk-settings.ts';
import { parseCompactJws } from '../../standards/compact-jws.ts';
import { clientFacts, EXTRA_CLIENT_METADATA, WALLET_CLIENT } from './clients.ts';
import { loadGrant, stillHolds } from './load-grant.ts';
import { ACCESS_TOKEN_SECONDS, resourceServerInfo, type Resources } from './resources.ts';

/** How long a sign-in lasts and an approval holds, in seconds. */
export const SESSION_SECONDS = 3600;

/** Pages that oidc-provider shows by itself. Each gives HTML. */
export interface ProviderPages {
  readonly problem: (title: string, text: string) => string;
  /** @param form the form to be sent, named `op.logoutForm` */
  readonly signOut: (form: string) => string;
  readonly signedOut: () => string;
}

/** What the authorization server is made from. */
export interface ProviderOptions {
  readonly resources: Resources;
  readonly adapter: AdapterFactory;
  readonly signingKey: PrivateJwk;
  readonly deriveKey: DeriveKey;
  readonly accounts: AccountStore;
  readonly roleGrants: RoleGrants;
  readonly credentialConfigurations: Readonly<Record<string, { readonly format: string }>>;
  readonly pages: ProviderPages;
  readonly log: Logger;
}

/** Creates the authorization server. */
export function createProvider(options: ProviderOptions): Provider {
  const { resources, log } = options;
  const provider = new Provider(resources.issuer, configuration(options));
  // Each request carries the issuer's own host and scheme: see mount.ts.
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) => {
    log.error({ err: error }, 'authorization server failed');
  });
  provider.on('grant.error', (ctx, error) => {
    log.info({ code: error.error, client: ctx.oidc.client?.clientId }, 'token refused');
  });
  provider.on('session.destroyed', () => {
    log.debug('signed out');
  });
  return provider;
}

function configuration(options: ProviderOptions): Configuration {
  const { resources, accounts, deriveKey, pages, signingKey } = options;
  return {
    adapter: options.adapter,
    jwks: { keys: [{ ...signingKey, alg: 'ES256', use: 'sig' }] },
    cookies: {
      keys: [deriveKey('cookies').toString('base64url')],
      names: {
        session: 'lanyard_session',
        interaction: 'lanyard_sign_in',
        resume: 'lanyard_sign_in_resume',
      },
    },
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      jwks: '/oauth/jwks',
      pushed_authorization_request: '/oauth/par',
      userinfo: '/oauth/userinfo',
      revocation: '/oauth/revoke',
      end_session: '/oauth/sign-out',
      credential: '/openid4vci/credential',
      challenge: '/openid4vci/nonce',
    },
    scopes: ['openid'],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt', 'none'],
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'private_key_jwt',
    },
    enabledJWA: { clientAuthSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    extraClientMetadata: { properties: EXTRA_CLIENT_METADATA },
    clientBasedCORS: (_ctx, origin, client) =>
      client.clientId === WALLET_CLIENT ||
      client.redirectUris?.some((uri) => new URL(uri).origin === origin) === true,
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      Grant: SESSION_SECONDS,
      IdToken: 300,
      Interaction: 600,
      PreAuthorizedCode: 300,
      Session: SESSION_SECONDS,
    },
    assertJwtClientAuthClaimsAndHeader,
    findAccount: (_ctx, staffId) => ({
      accountId: staffId,
      claims: async () => {
        const account = await accounts.find(staffId);
        return { sub: staffId, ...(account === undefined ? {} : { name: account.name }) };
      },
    }),
    loadExistingGrant: (ctx) => loadGrant(ctx, options),
    extraTokenClaims: async (_ctx, token) => {
      if (token.kind === 'ClientCredentials') {
        if (token.client === undefined) throw new errors.InvalidClient('client is invalid');
        const { name, odsCode } = clientFacts(token.client);
        return { name, ...(odsCode === undefined ? {} : { ods: odsCode }) };
      }
      if (token.aud !== resources.graph && token.aud !== resources.administration) return undefined;
      const acting = await accounts.findActingAs(token.grantId);
      if (acting === undefined || !(await stillHolds(acting, options.roleGrants))) {
        throw new errors.InvalidGrant('grant not found');
      }
      const { name, odsCode } = acting;
      return { name, ...(odsCode === undefined ? {} : { ods: odsCode }) };
    },
    interactions: { url: (_ctx, interaction) => `/sign-in/${interaction.uid}` },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = pages.problem('There is a problem with this sign-in link', explain(out.error));
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = pages.signOut(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = pages.signedOut();
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, client, oneOf) =>
          oneOf ?? (client.clientId === WALLET_CLIENT ? resources.issuer : resources.graph),
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource, client) =>
          resourceServerInfo(ctx, resource, client, resources),
      },
      openid4vci: {
        enabled: true,
        ack: 'experimental-01',
        preAuthorizedCodeGrant: true,
        nonceSecret: deriveKey('provider-nonce'),
        metadata: {
          display: [{ name: 'NHS staff passport', locale: 'en-GB' }],
          batch_credential_issuance: { batch_size: BATCH_SIZE },
        },
        credentialConfigurationsSupported: options.credentialConfigurations,
        // The credential endpoint is ours (routes/credential.ts): the library's c_nonce is one for everybody in a minute.
        issueCredential: () => Promise.reject(new Error('not reached')),
      },
    },
  };
}

/** How long a client assertion may be good for, in seconds. */
const MAX_ASSERTION_SECONDS = 300;
const CLOCK_TOLERANCE_SECONDS = 15;
/** Longest assertion read, in characters. */
const MAX_ASSERTION_LENGTH = 8_192;

/** Types of a client assertion: RFC 7523 asks for none, its revision for the second. */
const ASSERTION_TYPES = new Set(['jwt', 'client-authentication+jwt']);

/**
 * The assertion has one spelling, its audience is the issuer alone (draft-ietf-oauth-rfc7523bis, section 4), and its life
 * is short.
 */
function assertJwtClientAuthClaimsAndHeader(
  ctx: KoaContextWithOIDC,
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
): Promise<void> {
  const latest = Date.now() / 1000 + MAX_ASSERTION_SECONDS + CLOCK_TOLERANCE_SECONDS;
  const { aud, exp, iat, jti } = claims;
  const { typ = 'JWT' } = header;
  const fault = !isStrictJws(ctx.oidc.params?.['client_assertion'])
    ? 'the assertion must be a compact JWS in its one canonical form'
    : typeof typ !== 'string' || !ASSERTION_TYPES.has(typ.toLowerCase())
      ? 'typ must be that of a client assertion'
      : aud !== ctx.oidc.issuer
        ? 'audience (aud) must equal the issuer identifier'
        : typeof iat !== 'number'
          ? 'iat must be given'
          : typeof exp !== 'number' || exp > latest || exp - iat > MAX_ASSERTION_SECONDS
            ? 'the assertion must end within five minutes'
            : typeof jti !== 'string' || jti.length > 255
              ? 'jti must be a string of at most 255 characters'
              : undefined;
  return fault === undefined
    ? Promise.resolve()
    : Promise.reject(new errors.InvalidClientAuth(fault));
}

/** The library reads base64url that is not canonical and JSON with repeated names. */
function isStrictJws(assertion: unknown): boolean {
  try {
    parseCompactJws(String(assertion), { maxLength: MAX_ASSERTION_LENGTH });
    return true;
  } catch {
    return false;
  }
}

function explain(code: string): string {
  switch (code) {
    case 'invalid_request':
      return 'Go back to the service you came from and start again. The sign-in may have been open for too long.';
    case 'server_error':
      return 'Something went wrong on our side. Try again in a few minutes.';
    default:
      return 'Go back to the service you came from and start again.';
  }
}
