/**
 * A wallet's answer to a request that it fetched: what it posts is read, taken once, checked and kept.
 *
 * Source: OpenID4VP 1.0, sections 8.2, 8.5, 8.6 and 14.3; HAIP 1.0, section 5.1 (same device).
 */
import { readAuthorizationResponse } from '../../../standards/openid4vp/read-response.ts';
import { StandardError } from '../../../standards/standard-error.ts';
import { concludeAnswer } from './conclude-answer.ts';
import { newNonce } from './identifiers.ts';
import type { StoredPresentation } from './presentation-request.ts';
import { requestKey } from './request-key.ts';
import type { VerifyingParts } from './verify-answer.ts';

/** What the wallet is told. */
export type Received =
  | {
      readonly kind: 'received';
      /** Where it leads its browser, when one takes the request up. */
      readonly redirectUri?: string;
    }
  /** Not an answer to this request, or not a good one. Which, the wallet need not know. */
  | { readonly kind: 'rejected' };

/** Receives an answer. What is not for this request, or cannot be read, leaves the request open. */
export async function receiveAnswer(
  requestId: string,
  body: string,
  parts: VerifyingParts,
): Promise<Received> {
  const { addresses, now, presentations, sealer } = parts;
  const request = await presentations.find(requestId);
  if (request === undefined || !isOpen(request, now())) return REJECTED;
  const answer = await read(body, request, sealer);
  if (answer === undefined) return REJECTED;
  const { id, clientId, sameDevice } = request;
  if (answer.kind === 'error') {
    const refused = await presentations.refuse(id, answer.error, now());
    return refused ? received(sameDevice ? addresses.presentationPage(id) : undefined) : REJECTED;
  }
  const taken = await presentations.take(id, now());
  if (taken === undefined) return REJECTED;
  const responseCode = sameDevice ? newNonce() : undefined;
  const { vpToken } = answer;
  const { result } = await concludeAnswer(
    taken,
    { vpToken, audience: clientId },
    parts,
    responseCode,
  );
  if (result.outcome === 'INVALID') return REJECTED;
  return received(responseCode && addresses.presentationReturn(id, responseCode));
}

const REJECTED: Received = { kind: 'rejected' };

const received = (redirectUri: string | undefined): Received => ({
  kind: 'received',
  ...(redirectUri === undefined ? {} : { redirectUri }),
});

/** Only the wallet that fetched it knows what to answer. */
const isOpen = (request: StoredPresentation, now: Date): boolean =>
  request.fetchedAt !== undefined && request.answeredAt === undefined && request.expiresAt > now;

async function read(body: string, request: StoredPresentation, sealer: VerifyingParts['sealer']) {
  try {
    return await readAuthorizationResponse(body, {
      mode: request.encrypted ? 'direct_post.jwt' : 'direct_post',
      decryptionKey: request.encrypted ? requestKey(request, sealer) : undefined,
      state: request.walletState,
      queryIds: new Set(request.query.credentials.map(({ id }) => id)),
    });
  } catch (error) {
    if (error instanceof StandardError) return undefined;
    throw error;
  }
}
