/**
 * Stopping with a second person: one asks and another approves, or one stops at once and another reviews it. A pause can be
 * taken back, so it takes one person.
 */
import { holdsNhsNumber } from '../../../standards/nhs-number.ts';
import type { Actor } from './actor.ts';
import type { StatusReason } from './credential.ts';
import { newStopId, requestHash } from './identifiers.ts';
import { holdsNiNumber } from '../../../standards/ni-number.ts';
import type { Clock } from './ports/clock.ts';
import type { PassportStops } from './ports/passport-stops.ts';
import type { StatusListPublisher } from './status-list-publisher.ts';
import { type Refusal, refused, refusedAt } from './user-error.ts';

/** What is stopped. */
export interface StopTarget {
  readonly staffId: string;
  /** Everything that the organisation issued to the person without it. */
  readonly credentialId?: string;
}

/** A stop as it is kept. */
export interface PassportStop extends StopTarget {
  readonly id: string;
  /** Rises with every stop. */
  readonly position: number;
  readonly odsCode: string;
  readonly reason: StatusReason;
  readonly note?: string;
  readonly urgent: boolean;
  readonly state: 'WAITING' | 'STOPPED' | 'REFUSED' | 'WITHDRAWN';
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly expiresAt: Date;
  readonly decidedAt?: Date;
  readonly decidedBy?: string;
  /** How many credentials it stopped. */
  readonly stopped?: number;
  readonly reviewDueAt?: Date;
  readonly reviewedAt?: Date;
  readonly reviewedBy?: string;
  readonly review?: StopReview;
}

/** What came of a review. */
export type StopReview = 'RIGHT' | 'WRONG';

/** Where a stop stands, as people see it. */
export const stopStanding = (
  { state, expiresAt }: Pick<PassportStop, 'state' | 'expiresAt'>,
  now: Date,
): PassportStop['state'] | 'EXPIRED' =>
  state === 'WAITING' && expiresAt <= now ? 'EXPIRED' : state;

/** How far back it counts who was shown a credential, in days. */
export const OUTLOOK_DAYS = 30;
/** How long a stop can be approved, in milliseconds: over a weekend. */
const APPROVABLE_MS = 72 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** Longest note, in characters. */
const LONGEST_NOTE = 300;
/** Why something may be stopped before anybody else has looked. */
const URGENT: readonly StatusReason[] = ['LOST_PHONE', 'NO_LONGER_VALID', 'REGISTRATION_SUSPENDED'];
/** What nobody gives as a reason. */
const NEVER: readonly StatusReason[] = ['RECORD_RESTORED', 'SUPERSEDED', 'REINSTATED'];

/** What these functions need. */
export interface StopParts {
  readonly stops: PassportStops;
  readonly publisher: Pick<StatusListPublisher, 'publish'>;
  readonly now: Clock;
}

/** By when a stop that one person made alone is to be reviewed: a day later, or on the Monday. Bank holidays are not known. */
export function reviewDueAt(stoppedAt: Date): Date {
  let due = new Date(stoppedAt.getTime() + DAY_MS);
  while ([0, 6].includes(due.getUTCDay())) due = new Date(due.getTime() + DAY_MS);
  return due;
}

/** What an administrator asks for. */
export interface StopRequest extends StopTarget {
  readonly reason: StatusReason;
  readonly note?: string;
  readonly urgent: boolean;
  readonly idempotencyKey: string;
  readonly by: Actor;
}

/** Asks for a stop, or makes an urgent one. A repeated call gives the same one. */
export async function requestStop(
  request: StopRequest,
  parts: StopParts,
): Promise<PassportStop | Refusal> {
  const { staffId, credentialId, reason, urgent, idempotencyKey, by } = request;
  const note = request.note?.trim();
  if (NEVER.includes(reason) || (urgent && !URGENT.includes(reason))) {
    return refused('INVALID_VALUE', 'reason');
  }
  if (note !== undefined && note.length > LONGEST_NOTE) return refusedAt(['note'], 'too_long');
  // What stands there by mistake is refused before it is kept.
  if (note !== undefined && holdsNhsNumber(note)) return refusedAt(['note'], 'nhs_number');
  if (note !== undefined && holdsNiNumber(note)) return refusedAt(['note'], 'ni_number');
  const now = parts.now();
  const outcome = await parts.stops.request(
    {
      id: newStopId(),
      staffId,
      ...(credentialId === undefined ? {} : { credentialId }),
      reason,
      ...(note === undefined || note === '' ? {} : { note }),
      requestedAt: now,
      expiresAt: new Date(now.getTime() + APPROVABLE_MS),
      ...(urgent ? { reviewDueAt: reviewDueAt(now) } : {}),
    },
    by,
    {
      key: idempotencyKey,
      requestHash: requestHash([
        'stop.request',
        by.odsCode,
        staffId,
        credentialId ?? null,
        reason,
        note ?? null,
        urgent,
      ]),
    },
  );
  return published(outcome, parts);
}

/** What somebody does with a stop. */
export interface StopDecisionRequest {
  readonly stopId: string;
  readonly idempotencyKey: string;
  readonly by: Actor;
}

/** Approves what somebody else asked for: it takes effect. */
export async function approveStop(
  { stopId, idempotencyKey, by }: StopDecisionRequest,
  parts: StopParts,
): Promise<PassportStop | Refusal> {
  const outcome = await parts.stops.approve(
    { stopId, by, now: parts.now() },
    { key: idempotencyKey, requestHash: requestHash(['stop.approve', by.odsCode, stopId]) },
  );
  return published(outcome, parts);
}

/** Turns down what somebody else asked for, or takes one's own request back. */
export const refuseStop = (
  { stopId, idempotencyKey, by }: StopDecisionRequest,
  { stops, now }: Pick<StopParts, 'stops' | 'now'>,
): Promise<PassportStop | Refusal> =>
  stops.refuse(
    { stopId, by, now: now() },
    { key: idempotencyKey, requestHash: requestHash(['stop.refuse', by.odsCode, stopId]) },
  );

/** Says whether it was right that somebody else stopped something alone. */
export const reviewStop = (
  { stopId, outcome, idempotencyKey, by }: StopDecisionRequest & { readonly outcome: StopReview },
  { stops, now }: Pick<StopParts, 'stops' | 'now'>,
): Promise<PassportStop | Refusal> =>
  stops.review(
    { stopId, by, now: now(), outcome },
    {
      key: idempotencyKey,
      requestHash: requestHash(['stop.review', by.odsCode, stopId, outcome]),
    },
  );

/**
 * Pauses everything that the organisation issued to a person and that is valid.
 *
 * @returns how many credentials
 */
export async function pausePassport(
  request: {
    readonly staffId: string;
    readonly reason: StatusReason;
    readonly idempotencyKey: string;
    readonly by: Actor;
  },
  { stops, publisher, now }: StopParts,
): Promise<number | Refusal> {
  const { staffId, reason, idempotencyKey, by } = request;
  if (NEVER.includes(reason)) return refused('INVALID_VALUE', 'reason');
  const outcome = await stops.pause(
    { staffId, reason, by, now: now() },
    {
      key: idempotencyKey,
      requestHash: requestHash(['passport.pause', by.odsCode, staffId, reason]),
    },
  );
  if ('kind' in outcome) return outcome;
  for (const listId of outcome.listIds) await publisher.publish(listId);
  return outcome.paused;
}

async function published(
  outcome: { readonly stop: PassportStop; readonly listIds: readonly string[] } | Refusal,
  { publisher }: Pick<StopParts, 'publisher'>,
): Promise<PassportStop | Refusal> {
  if ('kind' in outcome) return outcome;
  for (const listId of outcome.listIds) await publisher.publish(listId);
  return outcome.stop;
}
