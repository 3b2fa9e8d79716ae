/** A wallet that answers requests as OpenID4VP 1.0 says, and as a test tells it to. */
import { parseCompactJws } from '../../../../standards/compact-jws.ts';
import { encryptMessage } from '../../../../standards/openid4vci/encrypt-message.ts';
import type { DcqlQuery } from '../../../../standards/openid4vp/dcql.ts';
import type { PublicEcJwk } from '../../../../standards/jwk-thumbprint.ts';
import type { Bench, Wallet } from './passport-bench.ts';

/** A credential in the wallet. */
export interface HeldCredential {
  /** For which part of a query. */
  readonly queryId: string;
  readonly sdJwt: string;
  readonly wallet: Wallet;
}

/** A request object, read. */
export interface ReadRequest {
  readonly client_id: string;
  readonly nonce: string;
  readonly state?: string;
  readonly response_mode: string;
  readonly response_uri: string;
  readonly wallet_nonce?: string;
  readonly dcql_query: DcqlQuery;
  readonly client_metadata: {
    readonly jwks?: { readonly keys: readonly Record<string, string>[] };
  };
}

/** What a link says. */
export const readLink = (link: string) => {
  const parameters = new URL(link).searchParams;
  return {
    clientId: parameters.get('client_id') ?? '',
    requestUri: new URL(parameters.get('request_uri') ?? ''),
  };
};

/** Fetches the request behind a link, by POST when there is a nonce. */
export async function fetchRequest(bench: Bench, link: string, walletNonce?: string) {
  const { pathname: url } = readLink(link).requestUri;
  const response = await bench.app.inject(
    walletNonce === undefined
      ? { method: 'GET', url }
      : { method: 'POST', url, ...form({ wallet_nonce: walletNonce }) },
  );
  if (response.statusCode !== 200) throw new Error(`no request: ${String(response.statusCode)}`);
  const { header, payload } = parseCompactJws(response.body);
  return { header, request: payload as unknown as ReadRequest };
}

/** A form body. */
export const form = (members: Readonly<Record<string, string>>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  payload: new URLSearchParams(members).toString(),
});

/** Presents everything that is held and asked for. */
export async function vpTokenFor(
  { nonce, dcql_query: dcql }: Pick<ReadRequest, 'nonce' | 'dcql_query'>,
  audience: string,
  held: readonly HeldCredential[],
  now = new Date(),
): Promise<Record<string, readonly string[]>> {
  const asked = held.flatMap((one) => {
    const credential = dcql.credentials.find(({ id }) => id === one.queryId);
    return credential === undefined ? [] : [{ one, credential }];
  });
  const presented = await Promise.all(
    asked.map(async ({ one: { queryId, sdJwt, wallet }, credential }) => {
      const request = { nonce, audience, dcql: { credentials: [credential] } };
      return [queryId, [await wallet.present(sdJwt, request, now)]] as const;
    }),
  );
  return Object.fromEntries(presented);
}

/** The form that carries an answer: encrypted when the request asks for that. */
export async function answerForm(
  request: ReadRequest,
  answer: Readonly<Record<string, unknown>>,
  enc: 'A128GCM' | 'A256GCM' = 'A256GCM',
) {
  const whole = { state: request.state, ...answer };
  if (!request.response_mode.endsWith('.jwt')) {
    const text = Object.entries(whole).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return form(Object.fromEntries(text) as Record<string, string>);
  }
  return form({ response: await encrypted(request, whole, enc) });
}

/** An answer as a JWE to the request's key. */
export async function encrypted(
  request: Pick<ReadRequest, 'client_metadata'>,
  answer: object,
  enc: 'A128GCM' | 'A256GCM' = 'A256GCM',
): Promise<string> {
  const { kid, ...key } = request.client_metadata.jwks?.keys[0] ?? {};
  if (kid === undefined) throw new Error('there is no key');
  return encryptMessage(answer, { jwk: key as unknown as PublicEcJwk, kid, enc });
}

/** Posts a form to where the request says. */
export async function post(bench: Bench, request: ReadRequest, body: ReturnType<typeof form>) {
  const response = await bench.app.inject({
    method: 'POST',
    url: new URL(request.response_uri).pathname,
    ...body,
  });
  const said: { readonly redirect_uri?: string; readonly error?: string } = response.json();
  return { status: response.statusCode, ...said };
}
