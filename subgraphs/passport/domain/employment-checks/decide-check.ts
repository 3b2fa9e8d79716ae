/** What a person of the trust does about a check: sees originals, checks it there, or goes on without it. */
import { z } from 'zod';

import type { Actor } from '../actor.ts';
import { text } from '../claim-shapes.ts';
import { ukDay } from '../uk-day.ts';
import { newDecisionId, requestHash, staffId as staffIdShape } from '../identifiers.ts';
import { holdsNhsNumber } from '../../../../standards/nhs-number.ts';
import { holdsNiNumber } from '../../../../standards/ni-number.ts';
import type { CheckDecisions } from '../ports/check-decisions.ts';
import type { Clock } from '../ports/clock.ts';
import type { PresentedEvidence } from '../ports/presented-evidence.ts';
import { type Refusal, refused, refusedAt } from '../user-error.ts';
import { CHECKS_WITH_ORIGINALS } from './employment-checks.ts';
import type { LocalDecision } from './evidence.ts';
import type { EmploymentCheck } from './outcome.ts';

/** What deciding needs. */
export interface DecidingParts {
  readonly checkDecisions: CheckDecisions;
  readonly presentedEvidence: Pick<PresentedEvidence, 'ofPeople'>;
  readonly now: Clock;
}

/** What was decided about whom. */
export interface DecisionAsked {
  readonly idempotencyKey: string;
  readonly staffId: string;
  readonly check: EmploymentCheck;
  readonly kind: LocalDecision['kind'];
  readonly outcome?: LocalDecision['outcome'];
  readonly reason: string;
  readonly endsOn?: string | undefined;
  readonly by: Actor;
}

/** Longest reason, in characters. */
const LONGEST = 500;

/**
 * Keeps a decision. The trust must have seen something of the person, and nobody decides about themselves; a repeated call
 * gives the same decision.
 */
export async function decideCheck(
  asked: DecisionAsked,
  parts: DecidingParts,
): Promise<LocalDecision | Refusal> {
  const { staffId, check, kind, outcome, endsOn, by } = asked;
  const reason = asked.reason.trim();
  const fault = faultOf({ ...asked, reason }, parts.now());
  if (fault !== undefined) return fault;
  const seen = await parts.presentedEvidence.ofPeople([staffId], by.odsCode);
  if (!seen.has(staffId)) return refused('NOT_FOUND', 'staffId');
  const decision: LocalDecision = {
    id: newDecisionId(),
    check,
    kind,
    ...(outcome === undefined ? {} : { outcome }),
    reason,
    ...(endsOn === undefined ? {} : { endsOn }),
    by: { subject: by.subject, name: by.name },
    at: parts.now(),
  };
  const kept = await parts.checkDecisions.add(decision, staffId, by, {
    key: asked.idempotencyKey,
    requestHash: requestHash([
      'check-decision',
      by.odsCode,
      staffId,
      check,
      kind,
      outcome ?? null,
      reason,
      endsOn ?? null,
    ]),
  });
  return kept === 'reused' ? refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey') : kept;
}

function faultOf(asked: DecisionAsked, now: Date): Refusal | undefined {
  const { staffId, check, kind, reason, endsOn, by } = asked;
  if (!staffIdShape.safeParse(staffId).success) return refused('NOT_FOUND', 'staffId');
  if (staffId === by.subject) return refusedAt(['staffId'], 'own_checks');
  if (kind === 'ORIGINALS_SEEN' && !CHECKS_WITH_ORIGINALS.includes(check)) {
    return refusedAt(['check'], 'has_no_originals');
  }
  if (by.name.trim() === '') return refusedAt(['reason'], 'nobody_named');
  if (!text(LONGEST).safeParse(reason).success) return refusedAt(['reason'], 'one_line_of_500');
  if (holdsNhsNumber(reason)) return refusedAt(['reason'], 'nhs_number');
  if (holdsNiNumber(reason)) return refusedAt(['reason'], 'ni_number');
  if (endsOn === undefined) return undefined;
  if (!z.iso.date().safeParse(endsOn).success) return refused('INVALID_VALUE', 'endsOn');
  return endsOn < ukDay(now) ? refusedAt(['endsOn'], 'has_passed') : undefined;
}

/** Takes a decision back: from then on the check is answered as if it had not been made. */
export async function withdrawDecision(
  {
    idempotencyKey,
    decisionId,
    by,
  }: {
    readonly idempotencyKey: string;
    readonly decisionId: string;
    readonly by: Actor;
  },
  { checkDecisions, now }: Pick<DecidingParts, 'checkDecisions' | 'now'>,
): Promise<{ readonly staffId: string } | Refusal> {
  const taken = await checkDecisions.withdraw(
    decisionId,
    by,
    {
      key: idempotencyKey,
      requestHash: requestHash(['check-decision-withdraw', by.odsCode, decisionId]),
    },
    now(),
  );
  if (taken === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  return taken ?? refused('NOT_FOUND', 'decisionId');
}
