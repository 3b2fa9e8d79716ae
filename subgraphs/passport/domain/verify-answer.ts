/**
 * Checking an answer that the verifier itself hands in: what a wallet presented by other means, or what a browser gave to
 * a page through the Digital Credentials API. A request allows one answer, whatever comes of it.
 *
 * Source: OpenID4VP 1.0, sections 8.6 and 14.2, appendix A.
 */
import { z } from 'zod';

import { originAudience } from '../../../standards/openid4vp/client-id.ts';
import { readDigitalCredential } from '../../../standards/openid4vp/digital-credentials.ts';
import { StandardError } from '../../../standards/standard-error.ts';
import type { Actor } from './actor.ts';
import type { CheckedAnswer, PresentedAnswer } from './check-answer.ts';
import { concludeAnswer, type ConcludingParts } from './conclude-answer.ts';
import type { Sealer } from './ports/keys.ts';
import type { StoredPresentation } from './presentation-request.ts';
import { requestKey } from './request-key.ts';
import { type Refusal, refused } from './user-error.ts';

/** What was handed in. */
export type HandedIn =
  | {
      readonly kind: 'presentation';
      /** The one credential that was asked for. */
      readonly presentation: string;
    }
  | { readonly kind: 'vp-token'; readonly vpToken: unknown }
  | {
      readonly kind: 'digital-credential';
      /** The page's, as the page's own server knows it. */
      readonly origin: string;
      /** `protocol` and `data` of a `DigitalCredential`. */
      readonly credential: unknown;
    };

/** A wallet's answer, as the verifier hands it in. */
export interface PresentationAnswer {
  readonly requestId: string;
  readonly handedIn: HandedIn;
  readonly by: Actor;
}

/** What checking needs. */
export interface VerifyingParts extends ConcludingParts {
  readonly sealer: Sealer;
}

/** An answer with the request that it was for. */
export interface VerifiedAnswer extends CheckedAnswer {
  readonly request: StoredPresentation;
}

/** Checks an answer, once. */
export async function verifyAnswer(
  { requestId, handedIn, by: { odsCode, ...by } }: PresentationAnswer,
  parts: VerifyingParts,
): Promise<VerifiedAnswer | Refusal> {
  const { presentations, now } = parts;
  const request = await presentations.find(requestId);
  if (request?.odsCode !== odsCode) return refused('NOT_FOUND', 'requestId');
  if (request.answeredAt !== undefined) return refused('ALREADY_ANSWERED', 'requestId');
  if (request.expiresAt <= now()) return refused('EXPIRED', 'requestId');
  // What cannot be read is no answer, and leaves the request open.
  const answer = await readHandedIn(handedIn, request, parts);
  if ('kind' in answer) return answer;
  const taken = await presentations.take(requestId, now(), odsCode);
  if (taken === undefined) return refused('ALREADY_ANSWERED', 'requestId');
  // Whoever hands it in is the first to see it.
  const { result, claims } = await concludeAnswer({ ...taken, by }, answer, parts);
  const releasedAt = new Date(result.checkedAt);
  return { request: { ...taken, result, releasedAt }, result, claims };
}

async function readHandedIn(
  handedIn: HandedIn,
  request: StoredPresentation,
  { addresses, sealer }: VerifyingParts,
): Promise<PresentedAnswer | Refusal> {
  const audience = addresses.verifier(request.odsCode);
  const ids = request.query.credentials.map(({ id }) => id);
  switch (handedIn.kind) {
    case 'presentation': {
      const [only, ...others] = ids;
      if (only === undefined || others.length > 0) return refused('INVALID_VALUE', 'presentation');
      return { audience, vpToken: new Map([[only, [handedIn.presentation]]]) };
    }
    case 'vp-token': {
      const read = vpTokenShape.safeParse(handedIn.vpToken);
      const known = read.success && Object.keys(read.data).every((id) => ids.includes(id));
      if (!known) return refused('INVALID_VALUE', 'vpToken');
      return { audience, vpToken: new Map(Object.entries(read.data)) };
    }
    case 'digital-credential':
      return readFromPage(handedIn, request, sealer);
  }
}

const vpTokenShape = z
  .record(z.string(), z.array(z.string()).length(1))
  .refine((token) => Object.keys(token).length > 0);

/** The origin that the page's server states has to be one that the request is for; the holder's proof names it too. */
async function readFromPage(
  { origin, credential }: Extract<HandedIn, { readonly kind: 'digital-credential' }>,
  request: StoredPresentation,
  sealer: Sealer,
): Promise<PresentedAnswer | Refusal> {
  if (!request.origins.includes(origin)) return refused('INVALID_VALUE', 'digitalCredential');
  try {
    const answer = await readDigitalCredential(JSON.stringify(credential), {
      mode: request.encrypted ? 'dc_api.jwt' : 'dc_api',
      decryptionKey: requestKey(request, sealer),
      state: undefined,
      queryIds: new Set(request.query.credentials.map(({ id }) => id)),
    });
    if (answer.kind === 'error') return refused('INVALID_VALUE', 'digitalCredential');
    return { audience: originAudience(origin), vpToken: answer.vpToken };
  } catch (error) {
    if (error instanceof StandardError) return refused('INVALID_VALUE', 'digitalCredential');
    throw error;
  }
}
