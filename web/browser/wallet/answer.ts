/** A request in the wallet: read and believed or not, what would answer it, and the answer. */
import { splitCompactJws } from '../../../standards/compact-jws.ts';
import { REQUEST_OBJECT_MEDIA_TYPE } from '../../../standards/openid4vp/request-object.ts';
import type { RequestReference } from '../../../standards/openid4vp/authorization-request-link.ts';
import {
  type Choice,
  chooseCredentials,
  type Choosable,
} from '../../../standards/openid4vp/choose-credentials.ts';
import {
  type OpenedRequestObject,
  openRequestObject,
} from '../../../standards/openid4vp/open-request-object.ts';
import {
  presentAsked,
  refusal,
  writeResponse,
} from '../../../standards/openid4vp/write-response.ts';
import { processSdJwtPayload } from '../../../standards/sd-jwt/process-sd-jwt.ts';
import { parseSdJwt } from '../../../standards/sd-jwt/serialisation.ts';
import { settled } from '../../../standards/settled.ts';
import { authorityKeyIds } from '../../../standards/x509/authority-key-ids.ts';
import { signerOf } from './holder-keys.ts';
import type { HeldCredential } from './wallet-store.ts';

/** What answering needs. */
export interface AnsweringParts {
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  readonly now: () => Date;
}

/** The request cannot be had: it ran out, or somebody else has it. */
export class RequestGone extends Error {
  override readonly name = 'RequestGone';
  readonly code = 'request_gone';
}

/** A held credential with all that it says. */
export interface OpenCredential extends Choosable {
  readonly held: HeldCredential;
}

/**
 * Fetches a request and reads it. It goes out once.
 *
 * @param anchors certificates that vouch for verifiers: base64 DER
 * @throws {RequestGone}
 * @throws {StandardError} `request_object_invalid`
 */
export async function openRequest(
  { clientId, requestUri, method }: RequestReference,
  anchors: readonly string[],
  { fetch, now }: AnsweringParts,
): Promise<OpenedRequestObject> {
  const walletNonce = crypto.randomUUID();
  const asking: RequestInit =
    method === 'post'
      ? { method: 'POST', body: new URLSearchParams({ wallet_nonce: walletNonce }) }
      : {};
  const answer = await fetch(requestUri, {
    ...asking,
    headers: { accept: REQUEST_OBJECT_MEDIA_TYPE },
  });
  if (!answer.ok) throw new RequestGone('no such request');
  const jwt = await answer.text();
  const rules = { clientId, anchors, now: now(), ...(method === 'post' ? { walletNonce } : {}) };
  return settled(() => openRequestObject(jwt, rules));
}

/** Opens credentials: every claim, in its place. */
export const openCredentials = (
  credentials: readonly HeldCredential[],
): Promise<readonly OpenCredential[]> =>
  Promise.all(
    credentials.map((held) =>
      settled(() => {
        const { jwt, disclosures } = parseSdJwt(held.sdJwt);
        const { header, payload } = splitCompactJws(jwt);
        const claims = processSdJwtPayload(payload, disclosures).payload;
        const { vct } = claims;
        return {
          held,
          vct: typeof vct === 'string' ? vct : '',
          claims,
          authorityKeyIds: authorityKeyIds(header['x5c']),
        };
      }),
    ),
  );

/** What would answer a request. */
export const choicesFor = (
  { query }: Pick<OpenedRequestObject, 'query'>,
  credentials: readonly OpenCredential[],
): readonly Choice<OpenCredential>[] => chooseCredentials(query, credentials);

/**
 * Sends what its holder chose. Nothing but that leaves the device, encrypted to whoever asked.
 *
 * @returns where the browser goes next; `undefined` when the verifier does not say
 * @throws {RequestGone} when the answer is not taken
 */
export async function sendAnswer(
  request: OpenedRequestObject,
  chosen: readonly Choice<OpenCredential>[],
  { fetch, now }: AnsweringParts,
): Promise<string | undefined> {
  const presentations = new Map<string, string>();
  for (const { queryId, held: credential, paths } of chosen) {
    if (credential === undefined) continue;
    const { sdJwt, key } = credential.held;
    const { clientId, nonce } = request;
    const shown = await settled(() =>
      presentAsked({ sdJwt, paths, signer: signerOf(key) }, { clientId, nonce, now: now() }),
    );
    presentations.set(queryId, shown);
  }
  return post(request, await writeResponse(presentations, request), fetch);
}

/** Says no. */
export const sendRefusal = (
  request: Pick<OpenedRequestObject, 'responseUri' | 'state'>,
  { fetch }: AnsweringParts,
): Promise<string | undefined> => post(request, refusal(request), fetch);

async function post(
  { responseUri }: Pick<OpenedRequestObject, 'responseUri'>,
  body: URLSearchParams,
  fetch: AnsweringParts['fetch'],
): Promise<string | undefined> {
  const answer = await fetch(responseUri, { method: 'POST', body });
  if (!answer.ok) throw new RequestGone('the answer was not taken');
  const { redirect_uri: next } = (await answer.json()) as { redirect_uri?: unknown };
  // Whatever is not an address of the web is not followed.
  return typeof next === 'string' && /^https?:\/\//.test(next) ? next : undefined;
}
