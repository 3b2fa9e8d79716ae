/**
 * Agreements between two organisations on sharing staff: one proposes, the other accepts. A licence to attend stands on
 * one that is in force.
 */
import { z } from 'zod';

import type { Actor } from './actor.ts';
import { day, odsCode, reference } from './claim-shapes.ts';
import { newAgreementId, requestHash } from './identifiers.ts';
import type { Clock } from './ports/clock.ts';
import type { SharingAgreements } from './ports/sharing-agreements.ts';
import { ukDay } from './uk-day.ts';
import { type Refusal, refused, refusedAt } from './user-error.ts';

/** What is agreed on. */
export interface AgreementTerms {
  readonly reference: string;
  /** First day, `YYYY-MM-DD`. */
  readonly startsOn: string;
  /** Last day, `YYYY-MM-DD`. */
  readonly endsOn: string;
}

/** An agreement as it is kept. */
export interface SharingAgreement extends AgreementTerms {
  readonly id: string;
  /** Rises with every proposal. */
  readonly position: number;
  readonly proposerOds: string;
  readonly partnerOds: string;
  readonly state: 'PROPOSED' | 'ACCEPTED' | 'ENDED';
  readonly proposedAt: Date;
  readonly acceptedAt?: Date;
  readonly endedAt?: Date;
  /** The organisation that turned it down, took it back or ended it. */
  readonly endedByOds?: string;
}

/** Where an agreement stands on a day. */
export type AgreementStanding = 'PROPOSED' | 'ACCEPTED' | 'IN_FORCE' | 'EXPIRED' | 'ENDED';

/** Where an agreement stands on a day, `YYYY-MM-DD`. */
export function agreementStanding(
  { state, startsOn, endsOn }: Pick<SharingAgreement, 'state' | 'startsOn' | 'endsOn'>,
  today: string,
): AgreementStanding {
  if (state === 'ENDED') return 'ENDED';
  if (endsOn < today) return 'EXPIRED';
  if (state === 'PROPOSED') return 'PROPOSED';
  return startsOn <= today ? 'IN_FORCE' : 'ACCEPTED';
}

/** What proposing, accepting and ending need. */
export interface AgreementParts {
  readonly agreements: SharingAgreements;
  readonly now: Clock;
}

/** What an administrator proposes. */
export interface ProposeAgreementRequest extends AgreementTerms {
  readonly idempotencyKey: string;
  /** The other organisation. */
  readonly odsCode: string;
  readonly by: Actor;
}

/** What an administrator does with an agreement. */
export interface AgreementRequest {
  readonly idempotencyKey: string;
  readonly agreementId: string;
  readonly by: Actor;
}

const MOST_YEARS = 5;

const terms = z.object({ odsCode, reference, startsOn: day, endsOn: day });

/** Proposes an agreement. A repeated call gives the same one. */
export function proposeAgreement(
  { idempotencyKey, by, ...wanted }: ProposeAgreementRequest,
  { agreements, now }: AgreementParts,
): Promise<SharingAgreement | Refusal> {
  const fault = termsFault(wanted, by, now());
  if (fault !== undefined) return Promise.resolve(fault);
  const { odsCode: partnerOds, ...agreed } = wanted;
  return agreements.propose(
    { id: newAgreementId(), proposerOds: by.odsCode, partnerOds, ...agreed, proposedAt: now() },
    by,
    {
      key: idempotencyKey,
      requestHash: requestHash([
        'agreement.propose',
        by.odsCode,
        partnerOds,
        agreed.reference,
        agreed.startsOn,
        agreed.endsOn,
      ]),
    },
  );
}

function termsFault(
  wanted: AgreementTerms & { readonly odsCode: string },
  by: Actor,
  now: Date,
): Refusal | undefined {
  const parsed = terms.safeParse(wanted);
  if (!parsed.success) {
    return refused('INVALID_VALUE', String(parsed.error.issues[0]?.path[0] ?? 'odsCode'));
  }
  const { startsOn, endsOn } = parsed.data;
  if (parsed.data.odsCode === by.odsCode) return refusedAt(['odsCode'], 'own_organisation');
  if (endsOn < startsOn) return refusedAt(['endsOn'], 'before_the_start');
  if (endsOn < ukDay(now)) return refusedAt(['endsOn'], 'in_the_past');
  const latest = `${String(Number(startsOn.slice(0, 4)) + MOST_YEARS)}${startsOn.slice(4)}`;
  return endsOn > latest ? refusedAt(['endsOn'], 'too_long') : undefined;
}

/** Accepts what another organisation proposed. */
export const acceptAgreement = (request: AgreementRequest, parts: AgreementParts) =>
  decide('accept', request, parts);

/** Turns a proposal down, takes it back, or ends an agreement. */
export const endAgreement = (request: AgreementRequest, parts: AgreementParts) =>
  decide('end', request, parts);

function decide(
  action: 'accept' | 'end',
  { idempotencyKey, agreementId, by }: AgreementRequest,
  { agreements, now }: AgreementParts,
): Promise<SharingAgreement | Refusal> {
  const hash = requestHash([`agreement.${action}`, by.odsCode, agreementId]);
  return agreements[action](
    { agreementId, by, day: ukDay(now()), now: now() },
    { key: idempotencyKey, requestHash: hash },
  );
}
