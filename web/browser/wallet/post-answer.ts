/** Posting to whoever asked. */
import type { OpenedRequestObject } from '../../../standards/openid4vp/open-request-object.ts';
import { refusal } from '../../../standards/openid4vp/refusal.ts';

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

/** Says no. */
export const sendRefusal = (
  request: Pick<OpenedRequestObject, 'responseUri' | 'state'>,
  { fetch }: AnsweringParts,
): Promise<string | undefined> => postAnswer(request, refusal(request), fetch);

/**
 * Posts an answer.
 *
 * @returns where the browser goes next; `undefined` when the verifier does not say
 * @throws {RequestGone} when the answer is not taken
 */
export async function postAnswer(
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
