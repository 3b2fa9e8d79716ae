/** A holder shares what a trust asks for: browser and wallet on one phone (OpenID4VP 1.0, section 3.1). */
import { CompactEncrypt, decodeJwt, importJWK, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';

import { answered } from './clients.ts';
import { type Held, present } from './wallet.ts';

/** What the trust that asked is told. */
export interface SharedAnswer {
  readonly state: string;
  readonly result: {
    readonly outcome: string;
    readonly holder: { readonly id: string } | null;
    readonly credentials: readonly {
      readonly queryId: string;
      readonly outcome: string;
      readonly claims: Readonly<Record<string, unknown>> | null;
    }[];
  } | null;
}

interface RequestObject {
  readonly client_id: string;
  readonly nonce: string;
  readonly state: string;
  readonly response_uri: string;
  readonly wallet_nonce: string;
  readonly dcql_query: {
    readonly credentials: readonly {
      readonly id: string;
      readonly claims?: readonly { readonly path: readonly [string, ...unknown[]] }[];
    }[];
  };
  readonly client_metadata: { readonly jwks: { readonly keys: readonly [JWK] } };
}

interface Asking {
  readonly graph: string;
  readonly token: string;
  readonly purpose: string;
}

/** HR asks with a template, and gets a link for the holder. */
export async function askByTemplate(
  asking: Asking,
  template: string,
): Promise<{ readonly id: string; readonly link: string }> {
  const { presentationRequest } = await answered<{
    presentationRequest: { request: { id: string; link: string } | null };
  }>(asking.graph, {
    ...asking,
    query: `mutation Ask($input: PresentationRequestInput!) {
      presentationRequest(input: $input) { request { id link state expiresAt } errors { code message } }
    }`,
    variables: { input: { idempotencyKey: randomUUID(), template } },
  });
  if (presentationRequest.request === null) throw new Error('no request');
  return presentationRequest.request;
}

/** HR looks at what came of it. */
export async function readAnswer(asking: Asking, id: string): Promise<SharedAnswer> {
  const { presentation } = await answered<{ presentation: SharedAnswer | null }>(asking.graph, {
    ...asking,
    query: `query Look($id: ID!) { presentation(id: $id) {
      state result { outcome holder { id } credentials { queryId outcome claims } } } }`,
    variables: { id },
  });
  if (presentation === null) throw new Error('no such request');
  return presentation;
}

/** The holder opens the link, chooses to continue, shares from the wallet, and is led back. Returns the last page. */
export async function share(link: string, held: readonly Held[]): Promise<string> {
  const started = await fetch(`${link}/start`, {
    method: 'POST',
    headers: { origin: new URL(link).origin },
    redirect: 'manual',
  });
  const [cookie = ''] = (started.headers.get('set-cookie') ?? '').split(';');
  const open = async (address: string): Promise<Response> =>
    fetch(address, { headers: { cookie }, redirect: 'manual' });
  const page = await (await open(link)).text();
  const walletLink = /href="(openid4vp:[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
  if (walletLink === undefined) throw new Error('the page opens no wallet');
  const back = await answerInWallet(walletLink, held);
  const returned = await open(back);
  return (await open(returned.headers.get('location') ?? back)).text();
}

/** The wallet fetches the request, presents what it has of it, and says where its browser goes. */
async function answerInWallet(walletLink: string, held: readonly Held[]): Promise<string> {
  const parameters = new URL(walletLink).searchParams;
  const walletNonce = randomUUID();
  const fetched = await fetch(parameters.get('request_uri') ?? '', {
    method: 'POST',
    body: new URLSearchParams({ wallet_nonce: walletNonce }),
  });
  const request = decodeJwt<RequestObject>(await fetched.text());
  if (request.client_id !== parameters.get('client_id') || request.wallet_nonce !== walletNonce) {
    throw new Error('the request is another one');
  }
  const presented = await Promise.all(
    request.dcql_query.credentials.flatMap(({ id, claims = [] }) => {
      const credential = held.find(({ configurationId }) => configurationId === id);
      if (credential === undefined) return [];
      const names = claims.map(({ path: [name] }) => name);
      const { nonce, client_id: audience } = request;
      const shown = present(credential, { nonce, audience, claims: names });
      return [shown.then((presentation) => [id, [presentation]] as const)];
    }),
  );
  const [key] = request.client_metadata.jwks.keys;
  const answer = { vp_token: Object.fromEntries(presented), state: request.state };
  const response = await new CompactEncrypt(Buffer.from(JSON.stringify(answer)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: key.kid ?? '' })
    .encrypt(await importJWK(key, 'ECDH-ES'));
  const posted = await fetch(request.response_uri, {
    method: 'POST',
    body: new URLSearchParams({ response }),
  });
  const { redirect_uri: back } = (await posted.json()) as { redirect_uri?: string };
  if (back === undefined) throw new Error(`the answer was not taken: ${String(posted.status)}`);
  return back;
}
