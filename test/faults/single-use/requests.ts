/** Requests to an authorization server, as its clients send them. */
import { CLIENT_ASSERTION_TYPE, signClientAssertion } from '../../../standards/client-assertion.ts';
import { type PrivateJwk, signerOf } from '../../../runtime/jwk-settings.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Sends a form. */
export const postForm = async (
  url: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  answerOf(await fetch(url, { method: 'POST', headers, body: new URLSearchParams(form) }));

/** Sends JSON. */
export const postJson = async (
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  answerOf(
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, body };
}

/** A new assertion of a client, as members of a token request (RFC 7523, section 2.2). */
export async function clientAssertion(
  clientId: string,
  jwk: PrivateJwk,
  issuer: string,
): Promise<Record<string, string>> {
  return {
    client_assertion_type: CLIENT_ASSERTION_TYPE,
    client_assertion: await signClientAssertion({
      clientId,
      audience: issuer,
      signer: signerOf(jwk),
      now: new Date(),
    }),
  };
}
