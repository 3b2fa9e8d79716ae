/** What a phone does with a verifier's link: it fetches the request, and posts an encrypted answer (OpenID4VP 1.0, section 8.3). */
import { CompactEncrypt, decodeJwt, importJWK, type JWK } from 'jose';

import { type Held, present } from './wallet.ts';

interface RequestObject {
  readonly client_id: string;
  readonly nonce: string;
  readonly state: string;
  readonly response_uri: string;
  readonly dcql_query: {
    readonly credentials: readonly {
      readonly id: string;
      readonly claims?: readonly { readonly path: readonly [string, ...unknown[]] }[];
    }[];
  };
  readonly client_metadata: { readonly jwks: { readonly keys: readonly [JWK] } };
}

/** A dishonest change to what is presented. */
export interface Dishonesty {
  readonly nonce?: string;
  readonly audience?: string;
  /** Changes the presentation after it was made. */
  readonly change?: (presentation: string) => string | Promise<string>;
}

/** Reads a request behind a link. */
export async function readRequest(link: string): Promise<RequestObject> {
  const response = await fetch(new URL(link).searchParams.get('request_uri') ?? '');
  if (!response.ok) throw new Error(`no request: ${String(response.status)}`);
  return decodeJwt(await response.text()) as unknown as RequestObject;
}

/** Presents one credential. Answers the status, the presentation, and where the browser is led back to. */
export async function answerByLink(held: Held, link: string, dishonesty: Dishonesty = {}) {
  const request = await readRequest(link);
  const [asked] = request.dcql_query.credentials;
  if (asked === undefined) throw new Error('nothing is asked for');
  const made = await present(held, {
    nonce: dishonesty.nonce ?? request.nonce,
    audience: dishonesty.audience ?? request.client_id,
    claims: (asked.claims ?? []).map(({ path: [name] }) => name),
  });
  const presentation = (await dishonesty.change?.(made)) ?? made;
  const { kid = '', alg = '', ...jwk } = request.client_metadata.jwks.keys[0];
  const answer = { state: request.state, vp_token: { [asked.id]: [presentation] } };
  const response = await new CompactEncrypt(Buffer.from(JSON.stringify(answer)))
    .setProtectedHeader({ alg, enc: 'A256GCM', kid })
    .encrypt(await importJWK(jwk, alg));
  const said = await fetch(request.response_uri, {
    method: 'POST',
    body: new URLSearchParams({ response }),
  });
  return { status: said.status, presentation };
}
