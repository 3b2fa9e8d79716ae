/**
 * Identity over OpenID Connect: authorization code with PKCE, pushed authorization requests, `private_key_jwt`, `state`, `nonce`
 * and `iss`.
 *
 * Source: OpenID Connect Core 1.0; RFC 7636 (PKCE); RFC 9126 (PAR); RFC 9207 (`iss`); RFC 9396 (approvals); RFC 8707 (resources).
 */
import { importJWK } from 'jose';
import * as openid from 'openid-client';
import { z } from 'zod';

import { withPatience } from '../../runtime/config.ts';
import type { PrivateJwk } from '../../runtime/jwk-settings.ts';
import type { Logger } from '../../runtime/log.ts';
import { RemoteUnavailable } from '../../runtime/machine-client.ts';
import { person, role } from '../domain/person.ts';
import type { HeldToken, SignInService } from '../domain/ports.ts';

/** How long one call may take, in seconds. */
const DEADLINE_SECONDS = 5;
/** A token is not used in its last seconds; in milliseconds. */
const MARGIN_MS = 15_000;
/** What these pages are called at identity. */
const CLIENT_ID = 'lanyard-web';
const TRANSACTION = 'lanyard_transaction';

const acting = z.object({ role, ods: z.string().optional() });

/** What identity is reached with. */
export interface SignInServiceOptions {
  readonly issuer: string;
  /** Where this process reaches identity; `issuer` unless they are apart. */
  readonly identityUrl: string;
  /** The origin of these pages. */
  readonly origin: string;
  readonly clientKey: PrivateJwk;
  /** What the pages ask, and what they administer. */
  readonly resources: readonly string[];
  /** Every scope that any role may have. Each person gets those of the role they act in. */
  readonly scopes: readonly string[];
  readonly log: Logger;
  readonly now: () => Date;
}

/** Creates the way to identity. */
export async function signInService(options: SignInServiceOptions): Promise<SignInService> {
  const { issuer, identityUrl, origin, log, now } = options;
  const key = await importJWK(options.clientKey, 'ES256');
  if (key instanceof Uint8Array) throw new Error('the key of the pages is not a private key');
  const config = new openid.Configuration(
    {
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      pushed_authorization_request_endpoint: `${issuer}/oauth/par`,
      jwks_uri: `${issuer}/oauth/jwks`,
      end_session_endpoint: `${issuer}/oauth/sign-out`,
      authorization_response_iss_parameter_supported: true,
      id_token_signing_alg_values_supported: ['ES256'],
    },
    CLIENT_ID,
    { id_token_signed_response_alg: 'ES256' },
    openid.PrivateKeyJwt({ key, kid: options.clientKey.kid }),
  );
  config.timeout = withPatience(DEADLINE_SECONDS);
  openid.enableNonRepudiationChecks(config);
  // Plain http is refused in production by the settings; inside an installation identity may be reached by it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out
  openid.allowInsecureRequests(config);
  config[openid.customFetch] = (url, init) =>
    fetch(
      url.startsWith(issuer) ? identityUrl + url.slice(issuer.length) : url,
      init as RequestInit,
    );

  const redirectUri = `${origin}/signed-in`;
  const reach = async <Result>(asking: Promise<Result>): Promise<Result | undefined> => {
    try {
      return await asking;
    } catch (error) {
      if (isFailureToReach(error)) {
        throw new RemoteUnavailable('identity does not answer', { cause: error });
      }
      log.info({ code: codeOf(error) }, 'identity refused');
      return undefined;
    }
  };
  const held = (tokens: openid.TokenEndpointResponse): HeldToken => ({
    token: tokens.access_token,
    endsAt: now().getTime() + (tokens.expires_in ?? 0) * 1_000 - MARGIN_MS,
  });

  return {
    begin: async ({ state, nonce, codeVerifier }, { chooseRole, loginHint, approval }) => {
      const parameters = new URLSearchParams({
        redirect_uri: redirectUri,
        scope: ['openid', ...options.scopes].join(' '),
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        claims: JSON.stringify({ id_token: { name: null, lanyard_acting: null } }),
      });
      for (const resource of options.resources) parameters.append('resource', resource);
      if (chooseRole === true) parameters.set('prompt', 'consent');
      if (loginHint !== undefined) parameters.set('login_hint', loginHint);
      if (approval !== undefined) {
        parameters.set(
          'authorization_details',
          JSON.stringify([{ type: TRANSACTION, transaction: approval.transaction }]),
        );
      }
      const address = await reach(openid.buildAuthorizationUrlWithPAR(config, parameters));
      if (address === undefined) throw new Error('identity does not take this request');
      return address.href;
    },
    finish: async (search, { state, nonce, codeVerifier }, resource) => {
      // The address as identity knows it, whatever a proxy has made of it.
      const called = new URL(redirectUri);
      called.search = search;
      const tokens = await reach(
        openid.authorizationCodeGrant(
          config,
          called,
          {
            expectedState: state,
            expectedNonce: nonce,
            pkceCodeVerifier: codeVerifier,
            idTokenExpected: true,
          },
          { resource },
        ),
      );
      const claims = tokens?.claims();
      if (tokens?.id_token === undefined || claims === undefined) return undefined;
      const { role: actingRole, ods } = acting.parse(claims['lanyard_acting']);
      return {
        person: person.parse({
          staffId: claims.sub,
          name: claims['name'] ?? '',
          role: actingRole,
          ...(ods === undefined ? {} : { odsCode: ods }),
        }),
        idToken: tokens.id_token,
        refreshToken: tokens.refresh_token,
        token: held(tokens),
      };
    },
    renew: async (refreshToken, resource) => {
      const tokens = await reach(openid.refreshTokenGrant(config, refreshToken, { resource }));
      return tokens === undefined ? undefined : held(tokens);
    },
    signOutAddress: (idToken) =>
      openid.buildEndSessionUrl(config, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${origin}/signed-out`,
      }).href,
  };
}

/** A network that fails, or a deadline; and not an answer that says no. */
const isFailureToReach = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof openid.ClientError &&
    ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'].includes(error.code ?? ''));

const codeOf = (error: unknown): string => {
  if (
    error instanceof openid.ResponseBodyError ||
    error instanceof openid.AuthorizationResponseError
  )
    return error.error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
};
