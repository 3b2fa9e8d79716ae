/**
 * A process as a client of the others: it signs in with a key (RFC 7523, `private_key_jwt`) and keeps its access token
 * until shortly before it ends.
 */
import { z } from 'zod';

import { signClientAssertion } from '../standards/client-assertion.ts';
import type { Signer } from '../standards/compact-jws.ts';
import type { Clock } from './clock.ts';
import { withPatience } from './config.ts';

/** Who the client is and where it signs in. */
export interface MachineClientOptions {
  readonly clientId: string;
  readonly signer: Signer;
  /** The authorization server's issuer identifier: the audience of the assertion. */
  readonly issuer: string;
  readonly tokenUrl: string;
  /** The resource that the token is for (RFC 8707). */
  readonly resource: string;
  readonly scope: string;
  readonly now: Clock;
}

/** The other process did not answer, or refused. */
export class RemoteUnavailable extends Error {
  override readonly name = 'RemoteUnavailable';
  readonly code = 'unavailable';
}

/** How long one call may take, in milliseconds. */
const DEADLINE_MS = 5_000;
/** A token is renewed this long before it ends, in milliseconds. */
const MARGIN_MS = 30_000;

const tokenResponse = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
});

/** Gives an access token that has at least half a minute left. */
export type AccessTokenSource = () => Promise<string>;

/** Creates a source of access tokens for one resource. Calls at the same time share one request. */
export function machineAccessToken(options: MachineClientOptions): AccessTokenSource {
  let current: { readonly token: string; readonly renewAt: number } | undefined;
  let asking: Promise<string> | undefined;

  const ask = async (): Promise<string> => {
    const assertion = await signClientAssertion({
      clientId: options.clientId,
      audience: options.issuer,
      signer: options.signer,
      now: options.now(),
    });
    const response = await post(
      options.tokenUrl,
      {
        'content-type': 'application/x-www-form-urlencoded',
      },
      new URLSearchParams({
        grant_type: 'client_credentials',
        scope: options.scope,
        resource: options.resource,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      }).toString(),
    );
    if (!response.ok)
      throw new RemoteUnavailable(`token endpoint answered ${String(response.status)}`);
    const { access_token: token, expires_in: seconds } = tokenResponse.parse(await response.json());
    current = { token, renewAt: options.now().getTime() + seconds * 1000 - MARGIN_MS };
    return token;
  };

  return () => {
    if (current !== undefined && current.renewAt > options.now().getTime()) {
      return Promise.resolve(current.token);
    }
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

/** A POST with a deadline, given up with `signal`. Network failures read as {@link RemoteUnavailable}. */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal?: AbortSignal,
): Promise<Response> {
  const late = AbortSignal.timeout(withPatience(DEADLINE_MS));
  try {
    return await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
    });
  } catch (cause) {
    throw new RemoteUnavailable('no answer', { cause });
  }
}
