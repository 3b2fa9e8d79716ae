/** Asking many holders at once: a list of requests, made as a whole or not at all. */
import { randomBytes } from 'node:crypto';

import type { Actor } from './actor.ts';
import {
  newNonce,
  newPresentationId,
  newPresentationListId,
  newSecret,
  requestHash,
} from './identifiers.ts';
import { queryFor } from './presentation-query.ts';
import type { PresentationTemplate } from './presentation-request.ts';
import { PRESENTATION_TEMPLATES } from './presentation-templates.ts';
import { clientIdOf } from './request-object.ts';
import { isAnswerTime, isReference, type RequestingParts } from './request-presentation.ts';
import { sealRequestKey } from './request-key.ts';
import { type Refusal, refused } from './user-error.ts';

/** Most lines of one list. */
const MOST_LINES = 500;

/** What a verifier asks many for. */
export interface ListAsked {
  readonly idempotencyKey: string;
  readonly template: PresentationTemplate;
  /** How long each can be answered. */
  readonly answerWithinMinutes: number;
  readonly lines: readonly {
    /** What the verifier knows the request by: 1 to 60 characters. */
    readonly reference: string;
    /** ISO 8601. */
    readonly startsOn?: string | undefined;
  }[];
  readonly purpose: string;
  readonly by: Actor;
}

/** Makes a request for each line, through a browser that takes it up. A repeated call gives the same list. */
export async function requestList(
  { idempotencyKey, by, ...asked }: ListAsked,
  { presentations, keys, sealer, addresses, now }: RequestingParts,
): Promise<{ readonly listId: string } | Refusal> {
  const { template, answerWithinMinutes, lines, purpose } = asked;
  if (lines.length === 0 || lines.length > MOST_LINES) return refused('INVALID_VALUE', 'lines');
  if (!isAnswerTime(answerWithinMinutes)) return refused('INVALID_VALUE', 'answerWithinMinutes');
  if (!lines.every(({ reference }) => isReference(reference))) {
    return refused('INVALID_VALUE', 'lines');
  }
  const query = queryFor(PRESENTATION_TEMPLATES[template], addresses, { lenient: true });
  if ('kind' in query) throw new Error('a template asks for what there is not');
  const { odsCode, subject, name, requestId } = by;
  const signer = await keys.signer(odsCode, 'request');
  const clientId = clientIdOf('x509_hash', odsCode, signer, addresses);
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + answerWithinMinutes * 60_000);
  const listId = newPresentationListId();
  const requests = lines.map(({ reference, startsOn }) => {
    const id = newPresentationId();
    return {
      id,
      odsCode,
      by: { subject, name, requestId },
      purpose,
      template,
      query,
      reference,
      ...(startsOn === undefined ? {} : { startsOn }),
      listId,
      sameDevice: true,
      clientId,
      encrypted: true,
      origins: [],
      nonce: newNonce(),
      walletState: newSecret(),
      sealedKey: sealRequestKey(randomBytes(32), id, sealer),
      createdAt,
      expiresAt,
    };
  });
  const stored = await presentations.addList({ id: listId, requests }, by, {
    key: idempotencyKey,
    requestHash: requestHash(['presentation list', odsCode, asked]),
    now: createdAt,
  });
  return stored === 'reused' ? refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey') : stored;
}
