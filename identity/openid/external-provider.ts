/**
 * A provider of others over OpenID Connect: authorization code with PKCE, `state`, `nonce` and, when the provider sends it,
 * `iss` (RFC 9207). The ID token's signature is checked against the provider's published keys.
 */
import { importJWK } from 'jose';
import * as openid from 'openid-client';

import type { ExternalProvider } from '../domain/external-ports.ts';
import type { ExternalProviderSettings } from '../domain/external-provider.ts';
import { withPatience } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/log.ts';
import { RemoteUnavailable } from '../../runtime/machine-client.ts';

/** How long one call may take, in seconds. */
const DEADLINE_SECONDS = 5;
/** How long a provider's metadata is used before it is read again, in milliseconds. */
const METADATA_MS = 3_600_000;

/** What a provider is reached with. */
export interface OpenidProviderOptions {
  readonly settings: ExternalProviderSettings;
  /** Where the provider sends people back to. One for each provider, so that answers cannot be mixed up. */
  readonly redirectUri: string;
  readonly log: Logger;
  readonly now: () => Date;
}

/** Creates the way to a provider. Its metadata is read when the first person signs in. */
export function openidProvider({
  settings,
  redirectUri,
  log,
  now,
}: OpenidProviderOptions): ExternalProvider {
  let known: { readonly config: openid.Configuration; readonly readAt: number } | undefined;

  const configuration = async (): Promise<openid.Configuration> => {
    const at = now().getTime();
    if (known !== undefined && at - known.readAt < METADATA_MS) return known.config;
    const config = await openid.discovery(
      new URL(settings.issuer),
      settings.clientId,
      { redirect_uris: [redirectUri] },
      await authentication(settings),
      {
        timeout: withPatience(DEADLINE_SECONDS),
        execute: [
          openid.enableNonRepudiationChecks,
          // Plain http is refused in production by the settings; elsewhere a provider may be on this machine.
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out
          ...(settings.issuer.startsWith('http:') ? [openid.allowInsecureRequests] : []),
        ],
      },
    );
    known = { config, readAt: at };
    return config;
  };
  const reached = async (): Promise<openid.Configuration> => {
    try {
      return await configuration();
    } catch (cause) {
      throw new RemoteUnavailable('the provider does not answer', { cause });
    }
  };

  return {
    settings,
    begin: async ({ state, nonce, codeVerifier }) => {
      const config = await reached();
      const address = openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(settings.acrValues === undefined ? {} : { acr_values: settings.acrValues }),
      });
      return address.href;
    },
    finish: async (callback, { state, nonce, codeVerifier }) => {
      const config = await reached();
      // The address as the provider knows it, whatever a proxy has made of it.
      const called = new URL(redirectUri);
      called.search = callback.search;
      try {
        const tokens = await openid.authorizationCodeGrant(config, called, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (claims === undefined) return undefined;
        if (!settings.userInfo) return claims;
        const more = await openid.fetchUserInfo(config, tokens.access_token, claims.sub);
        // What the ID token says was signed, so it stands.
        return { ...more, ...claims };
      } catch (error) {
        if (isFailureToReach(error)) {
          throw new RemoteUnavailable('the provider does not answer', { cause: error });
        }
        log.info({ provider: settings.id, code: codeOf(error) }, 'a sign-in elsewhere was refused');
        return undefined;
      }
    },
  };
}

async function authentication(settings: ExternalProviderSettings): Promise<openid.ClientAuth> {
  const { clientSecret, clientKey } = settings;
  if (clientSecret !== undefined) return openid.ClientSecretBasic(clientSecret);
  if (clientKey === undefined) throw new Error('a provider without a secret and without a key');
  const key = await importJWK(clientKey, clientKey.alg);
  if (key instanceof Uint8Array) throw new Error('the key of a client is not a private key');
  return openid.PrivateKeyJwt({ key, kid: clientKey.kid });
}

/** A network that fails, or a deadline; and not a provider that says no. */
const isFailureToReach = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof openid.ClientError && error.code === 'OAUTH_TIMEOUT');

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
};
