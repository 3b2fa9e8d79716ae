/** A request in the wallet: fetched, read, and believed or not. */
import type { RequestReference } from '../../../standards/openid4vp/authorization-request-link.ts';
import {
  type OpenedRequestObject,
  openRequestObject,
} from '../../../standards/openid4vp/open-request-object.ts';
import { REQUEST_OBJECT_MEDIA_TYPE } from '../../../standards/openid4vp/request-object.ts';
import { settled } from '../../../standards/settled.ts';
import { type AnsweringParts, RequestGone } from './post-answer.ts';

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
