/**
 * The authorization server: oidc-provider, set up for this project.
 *
 * Source: RFC 6749, RFC 7636 (PKCE), RFC 9126 (PAR), RFC 9101 (JAR), RFC 9207 (`iss`), RFC 9068, RFC 9449 (DPoP), OpenID4VCI 1.0.
 */
import { type AdapterFactory, type Configuration, errors, type Provider } from 'oidc-provider';

import type { DeriveKey } from '../domain/derive.ts';
import { RENEWING_SECONDS } from '../domain/offer.ts';
import type { AccountStore, ModelStore } from '../domain/ports.ts';
import type { RoleGrants } from '../domain/role-ports.ts';
import type { GuardedFetch } from '../../runtime/guarded-fetch.ts';
import { APPROVE_PATH } from '../routes/approvals.ts';
import type { TryParts } from '../domain/try-transaction-code.ts';
import type { Logger } from '../../runtime/log.ts';
import type { PrivateJwk } from '../../runtime/jwk-settings.ts';
import { checkClientAssertion } from './client-assertion.ts';
import { proofNeedsNonce } from './dpop.ts';
import { guardedProvider } from './guarded-provider.ts';
import { loadGrant, stillHolds } from './load-grant.ts';
import { correctMetadata } from './metadata.ts';
import type { QuotaParts } from './quota.ts';
import { rememberReplays } from './replay.ts';
import { type FaultReports, reportFaults } from './report-faults.ts';
import { checkRequestObject } from './request-object.ts';
import { SIGN_IN_ACRS } from '../domain/authentication-strength.ts';
import type { SessionStore } from '../domain/session-ports.ts';
import { ACCOUNT_CLIENT, clientFacts, EXTRA_CLIENT_METADATA } from './clients.ts';
import { type JwtRevocationParts, revokeJwts } from './revoke-jwt.ts';
import { ACCESS_TOKEN_SECONDS, resourceServerInfo, type Resources } from './resources.ts';
import { cookieName, SESSION_SECONDS, sessionSeconds } from './session-life.ts';
import { signInPolicy } from './sign-in-policy.ts';
import { personAuthentication } from './token-authentication.ts';
import {
  addTransactionPrompt,
  approvalClaims,
  TRANSACTION_PROMPT,
  transactionRequests,
} from './transaction-details.ts';
import { walletAttestation } from './wallet-attestation.ts';
import { walletRules } from './wallet-rules.ts';

/** Claim of our own in an ID token: as what the person acts, `{"role":"HR_OFFICER","ods":"RZ1"}`. */
const ACTING_CLAIM = 'lanyard_acting';

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
  readonly models: Pick<ModelStore, 'add'>;
  readonly faults: FaultReports;
  readonly jwtRevocation: JwtRevocationParts;
  readonly quota: QuotaParts;
  /** For addresses that others have chosen. */
  readonly fetch: GuardedFetch;
  readonly signingKey: PrivateJwk;
  readonly deriveKey: DeriveKey;
  readonly accounts: AccountStore;
  readonly roleGrants: RoleGrants;
  readonly sessions: Pick<SessionStore, 'note'>;
  readonly tries: TryParts;
  /** Certificates of those who vouch for wallets; base64 DER. */
  readonly walletAttesters: readonly string[];
  /** Uses up the offer that a person let a wallet collect. False when it was used up before, or has ended. */
  readonly redeemOffer: (grantId: string) => Promise<boolean>;
  readonly now: () => Date;
  readonly credentialConfigurations: Readonly<Record<string, { readonly format: string }>>;
  readonly pages: ProviderPages;
  readonly log: Logger;
}

/** Creates the authorization server. */
export function createProvider(options: ProviderOptions): Provider {
  const { resources, log } = options;
  const provider = guardedProvider(
    resources.issuer,
    configuration(options),
    walletRules(options.tries),
  );
  // Each request carries the issuer's own host and scheme: see mount.ts.
  provider.proxy = true;
  rememberReplays(provider, options);
  provider.on('server_error', (_ctx, error) => {
    log.error({ err: error }, 'authorization server failed');
  });
  reportFaults(provider, options.faults);
  revokeJwts(provider, options.jwtRevocation);
  correctMetadata(provider);
  provider.on('session.destroyed', () => {
    log.debug('signed out');
  });
  return provider;
}

function configuration(options: ProviderOptions): Configuration {
  const { resources, accounts, deriveKey, pages, signingKey } = options;
  return {
    adapter: options.adapter,
    fetch: (url, init) => options.fetch(new Request(url).url, init as Parameters<GuardedFetch>[1]),
    jwks: { keys: [{ ...signingKey, alg: 'ES256', use: 'sig' }] },
    cookies: {
      keys: [deriveKey('cookies').toString('base64url')],
      names: {
        session: cookieName(resources.issuer, 'lanyard_session'),
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
      // For attestations of wallets. Nonces of key proofs are ours: routes/credential.ts.
      challenge: '/oauth/challenge',
    },
    scopes: ['openid'],
    acrValues: [...SIGN_IN_ACRS],
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time'],
      // In an ID token when the `claims` parameter asks for them.
      name: null,
      [ACTING_CLAIM]: null,
    },
    // `none`: our own account pages need a session and no code.
    responseTypes: ['code', 'none'],
    clientAuthMethods: [
      'private_key_jwt',
      'none',
      ...(options.walletAttesters.length === 0 ? [] : (['attest_jwt_client_auth'] as const)),
    ],
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'private_key_jwt',
    },
    enabledJWA: {
      clientAuthSigningAlgValues: ['ES256', 'PS256', 'RS512'],
      dPoPSigningAlgValues: ['ES256'],
      idTokenSigningAlgValues: ['ES256'],
      attestSigningAlgValues: ['ES256'],
      requestObjectSigningAlgValues: ['ES256', 'PS256'],
    },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    extraClientMetadata: { properties: EXTRA_CLIENT_METADATA },
    clientBasedCORS: (_ctx, origin, client) =>
      clientFacts(client).wallet ||
      client.redirectUris?.some((uri) => new URL(uri).origin === origin) === true,
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      // A wallet comes back long after its person has signed out.
      Grant: (_ctx, grant) =>
        grant.resources?.[resources.issuer] === undefined ? SESSION_SECONDS : RENEWING_SECONDS,
      IdToken: 300,
      Interaction: 600,
      RefreshToken: RENEWING_SECONDS,
      Session: (_ctx, session) => sessionSeconds(session.loginTs, options.now()),
    },
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims, header) => {
      checkClientAssertion(ctx, claims, header);
      await Promise.resolve();
    },
    findAccount: async (_ctx, staffId, token) => {
      // A sign-in that was under way when the person left ends here. Whoever collects an offer need not have signed in.
      const signedIn = token === undefined || token.kind === 'AuthorizationCode';
      if (signedIn && (await accounts.isClosed(staffId))) return undefined;
      return {
        accountId: staffId,
        claims: async () => {
          const account = await accounts.find(staffId);
          const grantId = token !== undefined && 'grantId' in token ? token.grantId : undefined;
          const acting = grantId === undefined ? undefined : await accounts.findActingAs(grantId);
          return {
            sub: staffId,
            ...(account === undefined ? {} : { name: account.name }),
            ...(acting === undefined
              ? {}
              : { [ACTING_CLAIM]: { role: acting.role, ods: acting.odsCode } }),
          };
        },
      };
    },
    loadExistingGrant: (ctx) => loadGrant(ctx, options),
    extraTokenClaims: async (ctx, token) => {
      if (token.kind === 'ClientCredentials') {
        if (token.client === undefined) throw new errors.InvalidClient('client is invalid');
        const { name, odsCode, purposes } = clientFacts(token.client);
        return {
          name,
          ...(odsCode === undefined ? {} : { ods: odsCode }),
          purposes,
        };
      }
      if (token.aud === resources.issuer && token.gty === 'authorization_code') {
        // Everything else about the code has been checked, and it is used up.
        if (!(await options.redeemOffer(token.grantId))) throw new errors.InvalidGrant('offer');
      }
      if (token.aud !== resources.graph && token.aud !== resources.administration) return undefined;
      const acting = await accounts.findActingAs(token.grantId);
      if (acting === undefined || !(await stillHolds(acting, options.roleGrants))) {
        throw new errors.InvalidGrant('grant not found');
      }
      const { name, odsCode } = acting;
      return {
        name,
        ...(odsCode === undefined ? {} : { ods: odsCode }),
        ...(token.aud === resources.graph && token.client !== undefined
          ? { purposes: clientFacts(token.client).purposes }
          : {}),
        ...personAuthentication(ctx, token),
        ...approvalClaims(ctx),
      };
    },
    interactions: {
      policy: addTransactionPrompt(signInPolicy()),
      url: (ctx, { uid, prompt }) => {
        const { client } = ctx.oidc;
        if (prompt.name === TRANSACTION_PROMPT) return `${APPROVE_PATH}/${uid}`;
        const collecting =
          prompt.name === 'consent' && client !== undefined && clientFacts(client).wallet;
        return `/${collecting ? 'collect' : 'sign-in'}/${uid}`;
      },
    },
    // A wallet comes back when the record has changed. Nobody else can use its refresh token (RFC 9449, section 5).
    issueRefreshToken: (ctx, client) =>
      client.grantTypeAllowed('refresh_token') &&
      (ctx.oidc.entities.AccessToken?.jkt !== undefined ||
        client.clientAuthMethod === 'private_key_jwt' ||
        client.clientAuthMethod === 'attest_jwt_client_auth'),
    rotateRefreshToken: (ctx) => ctx.oidc.client?.clientAuthMethod !== 'private_key_jwt',
    expiresWithSession: (ctx) =>
      ctx.oidc.client === undefined || !clientFacts(ctx.oidc.client).wallet,
    // Ties an authorization request to an offer (OpenID4VCI 1.0, section 5.1.3).
    extraParams: ['issuer_state'],
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = pages.problem('There is a problem with this sign-in link', explain(out.error));
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: {
        enabled: true,
        nonceSecret: deriveKey('dpop-nonce'),
        requireNonce: (ctx) => proofNeedsNonce(ctx, new Date()),
      },
      requestObjects: {
        enabled: true,
        assertJwtClaimsAndHeader: async (ctx, claims, header) => {
          checkRequestObject(ctx, claims, header);
          await Promise.resolve();
        },
      },
      claimsParameter: { enabled: true },
      backchannelLogout: { enabled: true },
      attestClientAuth: walletAttestation({
        attesters: options.walletAttesters,
        deriveKey,
        now: options.now,
      }),
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
      richAuthorizationRequests: transactionRequests,
      resourceIndicators: {
        enabled: true,
        defaultResource: (_ctx, client, oneOf) => {
          if (client.clientId === ACCOUNT_CLIENT) return [];
          return oneOf ?? (clientFacts(client).wallet ? resources.issuer : resources.graph);
        },
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource, client) =>
          resourceServerInfo(ctx, resource, client, resources),
      },
      openid4vci: {
        enabled: true,
        ack: 'experimental-01',
        preAuthorizedCodeGrant: true,
        nonceSecret: deriveKey('provider-nonce'),
        credentialConfigurationsSupported: options.credentialConfigurations,
        // Endpoints and metadata are ours (routes/credential.ts, routes/issuer-metadata.ts): the library's c_nonce is one
        // for everybody in a minute.
        issueCredential: () => Promise.reject(new Error('not reached')),
      },
    },
  };
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
