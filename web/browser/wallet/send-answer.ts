/** The wallet's answer: what its holder chose, and nothing but that. */
import type { Choice } from '../../../standards/openid4vp/choose-credentials.ts';
import type { OpenedRequestObject } from '../../../standards/openid4vp/open-request-object.ts';
import { presentAsked, writeResponse } from '../../../standards/openid4vp/write-response.ts';
import { settled } from '../../../standards/settled.ts';
import { signerOf } from './device-key.ts';
import type { OpenCredential } from './open-credentials.ts';
import { type AnsweringParts, postAnswer } from './post-answer.ts';

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
  return postAnswer(request, await writeResponse(presentations, request), fetch);
}
