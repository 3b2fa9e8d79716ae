/** What a holder does about a request, and how an organisation answers. A repeated call gives the same answer. */
import type { Actor } from './actor.ts';
import {
  answerBy,
  type KeptReason,
  type ReportReason,
  type StoredDeletion,
  type StoredReport,
} from './holder-sharing.ts';
import { requestHash } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { HolderSharing } from './ports/holder-sharing.ts';
import { type Refusal, refused } from './user-error.ts';

/** What acting needs. */
export interface SharingParts {
  readonly sharing: HolderSharing;
  readonly now: Clock;
}

/** A holder's call about one request. */
export interface HolderCall {
  readonly idempotencyKey: string;
  readonly presentationId: string;
  readonly by: Omit<Actor, 'odsCode'>;
}

/** Refuses a request that was made of the holder. */
export const refuseRequest = (
  call: HolderCall,
  { sharing, now }: SharingParts,
): Promise<'refused' | Refusal> => sharing.refuse(actOf('refuse', call, now));

/** Asks the organisation to delete what the holder shared with it. */
export const askDeletion = (
  call: HolderCall,
  { sharing, now }: SharingParts,
): Promise<StoredDeletion | Refusal> => {
  const act = actOf('ask-deletion', call, now);
  return sharing.askDeletion({ ...act, answerBy: answerBy(act.now) });
};

/** Reports whoever made a request of the holder. */
export const reportRequester = (
  { reason, ...call }: HolderCall & { readonly reason: ReportReason },
  { sharing, now }: SharingParts,
): Promise<StoredReport | Refusal> =>
  sharing.report({ ...actOf(`report ${reason}`, call, now), reason });

/** Most kinds of credential in one consent: more than there are. */
const MAX_TYPES = 20;

/**
 * Notes that the holder agrees to share, before their wallet answers.
 *
 * @returns until when the request can be answered
 */
export async function consentToShare(
  {
    requester,
    types,
    ...call
  }: HolderCall & {
    readonly requester: string;
    readonly types: readonly string[];
  },
  { sharing, now }: SharingParts,
): Promise<Date | Refusal> {
  if (types.length < 1 || types.length > MAX_TYPES) return refused('INVALID_VALUE', 'types');
  const what = `consent ${requester} ${[...types].sort().join(' ')}`;
  return sharing.consent({ ...actOf(what, call, now), odsCode: requester, types });
}

/** Answers a holder who asked to have something deleted; deleting is part of the answer. */
export async function answerDeletion(
  call: HolderCall & {
    readonly by: Actor;
    readonly answer: 'DELETED' | 'KEPT';
    readonly reason: KeptReason | undefined;
  },
  { sharing, now }: SharingParts,
): Promise<StoredDeletion | Refusal> {
  const { answer, reason, by } = call;
  if ((answer === 'KEPT') !== (reason !== undefined)) return refused('INVALID_VALUE', 'reason');
  const what = `answer-deletion ${by.odsCode} ${reason ?? answer}`;
  return sharing.answerDeletion({
    ...actOf(what, call, now),
    by,
    ...(reason === undefined ? {} : { keptBecause: reason }),
  });
}

const actOf = (what: string, { idempotencyKey, presentationId, by }: HolderCall, now: Clock) => ({
  presentationId,
  by,
  idempotency: { key: idempotencyKey, requestHash: requestHash([what, presentationId]) },
  now: now(),
});
