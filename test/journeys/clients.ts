/** Outside clients of the system: an HR system that signs in with a key, and anybody who asks the graph. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { importJWK, type JWK, SignJWT } from 'jose';

/** An HR system. */
export interface HrSystem {
  readonly clientId: string;
  /** Its private key. */
  readonly key: JWK;
}

/** Signs a client assertion (RFC 7523, section 3). */
export async function clientAssertion(
  system: HrSystem,
  audience: string,
  claims: { readonly exp?: number; readonly jti?: string } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ jti: claims.jti ?? randomUUID() })
    .setProtectedHeader({
      alg: 'ES256',
      ...(system.key.kid === undefined ? {} : { kid: system.key.kid }),
    })
    .setIssuer(system.clientId)
    .setSubject(system.clientId)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(claims.exp ?? now + 60)
    .sign(await importJWK(system.key, 'ES256'));
}

/** Signs in with a key and returns the access token. */
export async function machineToken(
  system: HrSystem,
  {
    issuer,
    resource,
    scope,
  }: { readonly issuer: string; readonly resource: string; readonly scope: string },
): Promise<string> {
  const answer = await fetch(new URL('/oauth/token', issuer), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource,
      scope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await clientAssertion(system, issuer),
    }),
  });
  const token = (await answer.json()) as { access_token?: string; error?: string };
  if (token.access_token === undefined) throw new Error(`no token: ${token.error ?? 'no error'}`);
  return token.access_token;
}

/** An answer of the graph, as it came. */
export interface GraphAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: {
      readonly code: string;
      readonly requestId?: string;
      readonly source?: string;
    };
  }[];
}

/** Asks the graph and returns whatever it answers. */
export async function ask<Data>(
  url: string,
  question: {
    readonly token?: string;
    readonly purpose?: string;
    readonly query: string;
    readonly variables?: Readonly<Record<string, unknown>>;
  },
): Promise<GraphAnswer<Data> & { readonly status: number }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...(question.token === undefined ? {} : { authorization: `Bearer ${question.token}` }),
      ...(question.purpose === undefined ? {} : { 'lanyard-purpose': question.purpose }),
    },
    body: JSON.stringify({ query: question.query, variables: question.variables ?? {} }),
  });
  return { ...((await response.json()) as GraphAnswer<Data>), status: response.status };
}

/** How often a client asks again, a second apart, while a part does not answer in time. */
const PATIENCE = 10;

/** Asks again while a part is overloaded, as a good client does: what it asks for may be repeated. */
export async function patiently<Answer>(
  attempt: () => Promise<Answer>,
  isOverloaded: (outcome: { readonly answer: Answer } | { readonly error: unknown }) => boolean,
): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    const outcome = await attempt().then(
      (answer) => ({ answer }),
      (error: unknown) => ({ error }),
    );
    if (tried < PATIENCE && isOverloaded(outcome)) {
      await delay(1_000);
      continue;
    }
    if ('error' in outcome) throw outcome.error;
    return outcome.answer;
  }
}

/** Asks the graph and returns the data. Any error but that of a busy machine ends the story. */
export async function answered<Data>(
  url: string,
  question: Parameters<typeof ask>[1],
): Promise<Data> {
  const { data, errors } = await patiently(
    () => ask<Data>(url, question),
    (outcome) =>
      'answer' in outcome &&
      outcome.answer.errors?.some(({ extensions }) => extensions.code === 'SERVICE_UNAVAILABLE') ===
        true,
  );
  if (errors !== undefined || data == null) {
    throw new Error(`the graph answered ${JSON.stringify(errors ?? data)}`);
  }
  return data;
}
