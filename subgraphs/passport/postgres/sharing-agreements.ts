/** Agreements on sharing staff in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { Actor } from '../domain/actor.ts';
import type { AuditAction } from '../domain/audit.ts';
import type { AgreementDecision, SharingAgreements } from '../domain/ports/sharing-agreements.ts';
import type { SharingAgreement } from '../domain/sharing-agreement.ts';
import { type Refusal, refused, refusedAt } from '../domain/user-error.ts';
import { writeAudit } from './audit.ts';
import type { IdempotencyClaim } from './idempotency.ts';
import { once } from './once.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** Most proposals of one organisation that wait. */
const MOST_WAITING = 200;

const COLUMNS = [
  'id',
  'position',
  'reference',
  'proposer_ods',
  'partner_ods',
  sql<string>`starts_on::text`.as('starts_on'),
  sql<string>`ends_on::text`.as('ends_on'),
  'state',
  'proposed_at',
  'accepted_at',
  'ended_at',
  'ended_by_ods',
] as const;

const row = z
  .object({
    id: z.string(),
    position: z.coerce.number(),
    reference: z.string(),
    proposer_ods: z.string(),
    partner_ods: z.string(),
    starts_on: z.string(),
    ends_on: z.string(),
    state: z.enum(['PROPOSED', 'ACCEPTED', 'ENDED']),
    proposed_at: timestamp,
    accepted_at: timestamp.nullable(),
    ended_at: timestamp.nullable(),
    ended_by_ods: z.string().nullable(),
  })
  .transform((agreement): SharingAgreement => ({
    id: agreement.id,
    position: agreement.position,
    reference: agreement.reference,
    proposerOds: agreement.proposer_ods,
    partnerOds: agreement.partner_ods,
    startsOn: agreement.starts_on,
    endsOn: agreement.ends_on,
    state: agreement.state,
    proposedAt: agreement.proposed_at,
    ...(agreement.accepted_at === null ? {} : { acceptedAt: agreement.accepted_at }),
    ...(agreement.ended_at === null ? {} : { endedAt: agreement.ended_at }),
    ...(agreement.ended_by_ods === null ? {} : { endedByOds: agreement.ended_by_ods }),
  }));

const answer = z.object({ agreementId: z.string() });

/** Agreements in PostgreSQL. */
export function postgresSharingAgreements(db: PassportDatabase): SharingAgreements {
  return {
    propose: (proposal, by, { key, requestHash }) =>
      agreementOnce(
        db,
        { actor: by.subject, key, requestHash, now: proposal.proposedAt },
        async (within) => {
          const { count } = await within
            .selectFrom('sharing_agreement')
            .select(sql<number>`count(*)::int`.as('count'))
            .where('proposer_ods', '=', proposal.proposerOds)
            .where('state', '=', 'PROPOSED')
            .executeTakeFirstOrThrow();
          if (count >= MOST_WAITING) return refusedAt(['odsCode'], 'too_many_waiting');
          const made = await within
            .insertInto('sharing_agreement')
            .values({
              id: proposal.id,
              reference: proposal.reference,
              proposer_ods: proposal.proposerOds,
              partner_ods: proposal.partnerOds,
              starts_on: proposal.startsOn,
              ends_on: proposal.endsOn,
              state: 'PROPOSED',
              proposed_at: proposal.proposedAt,
            })
            .onConflict((conflict) => conflict.doNothing())
            .returning(COLUMNS)
            .executeTakeFirst();
          if (made === undefined) return refusedAt(['reference'], 'in_use');
          return written(within, 'agreement.proposed', row.parse(made), by, proposal.proposedAt);
        },
      ),

    accept: (decision, repeat) =>
      agreementOnce(db, claimOf(decision, repeat), async (within) => {
        const { agreementId, by, day, now } = decision;
        const accepted = await within
          .updateTable('sharing_agreement')
          .set({ state: 'ACCEPTED', accepted_at: now })
          .where('id', '=', agreementId)
          // Nobody accepts their own proposal.
          .where('partner_ods', '=', by.odsCode)
          .where('state', '=', 'PROPOSED')
          .where(sql<boolean>`ends_on >= ${day}::date`)
          .returning(COLUMNS)
          .executeTakeFirst();
        return accepted === undefined
          ? refused('NOT_FOUND', 'agreementId')
          : written(within, 'agreement.accepted', row.parse(accepted), by, now);
      }),

    end: (decision, repeat) =>
      agreementOnce(db, claimOf(decision, repeat), async (within) => {
        const { agreementId, by, now } = decision;
        const ended = await within
          .updateTable('sharing_agreement')
          .set({ state: 'ENDED', ended_at: now, ended_by_ods: by.odsCode })
          .where('id', '=', agreementId)
          .where((is) =>
            is.or([is('proposer_ods', '=', by.odsCode), is('partner_ods', '=', by.odsCode)]),
          )
          .where('state', '<>', 'ENDED')
          .returning(COLUMNS)
          .executeTakeFirst();
        return ended === undefined
          ? refused('NOT_FOUND', 'agreementId')
          : written(within, 'agreement.ended', row.parse(ended), by, now);
      }),

    list: async (odsCode, { first, after }) => {
      const found = await db
        .selectFrom('sharing_agreement')
        .select(COLUMNS)
        .where((is) => is.or([is('proposer_ods', '=', odsCode), is('partner_ods', '=', odsCode)]))
        .$if(after !== undefined, (query) => query.where('position', '<', after ?? 0))
        .orderBy('position', 'desc')
        .limit(first + 1)
        .execute();
      return found.map((one) => row.parse(one));
    },

    findInForce: (between, reference, day) => findInForce(db, between, reference, day),
  };
}

/**
 * The agreement in force of two organisations under a reference.
 *
 * @param held in a transaction: nobody can end it before the transaction is over
 */
export async function findInForce(
  db: PassportDatabase,
  [one, other]: readonly [string, string],
  reference: string,
  day: string,
  held?: 'until-the-end',
): Promise<SharingAgreement | undefined> {
  const found = await db
    .selectFrom('sharing_agreement')
    .select(COLUMNS)
    .where('reference', '=', reference)
    .where(
      sql<boolean>`least(proposer_ods, partner_ods) = least(${one}::text, ${other}::text)
        and greatest(proposer_ods, partner_ods) = greatest(${one}::text, ${other}::text)`,
    )
    .where('state', '=', 'ACCEPTED')
    .where(sql<boolean>`${day}::date between starts_on and ends_on`)
    .$if(held !== undefined, (query) => query.forShare())
    .executeTakeFirst();
  return found && row.parse(found);
}

const claimOf = (
  { by, now }: AgreementDecision,
  { key, requestHash }: Pick<IdempotencyClaim, 'key' | 'requestHash'>,
): IdempotencyClaim => ({ actor: by.subject, key, requestHash, now });

/** Does something once under a key. A repeated call finds the agreement as it is by then; a refusal takes no key. */
const agreementOnce = (
  db: PassportDatabase,
  claim: IdempotencyClaim,
  act: (within: PassportDatabase) => Promise<SharingAgreement | Refusal>,
): Promise<SharingAgreement | Refusal> =>
  once(db, claim, act, {
    keep: ({ id }) => ({ agreementId: id }),
    repeat: async (kept, within) => {
      const earlier = await within
        .selectFrom('sharing_agreement')
        .select(COLUMNS)
        .where('id', '=', answer.parse(kept).agreementId)
        .executeTakeFirstOrThrow();
      return row.parse(earlier);
    },
  });

async function written(
  db: PassportDatabase,
  action: AuditAction,
  agreement: SharingAgreement,
  by: Actor,
  at: Date,
): Promise<SharingAgreement> {
  const other = agreement.proposerOds === by.odsCode ? agreement.partnerOds : agreement.proposerOds;
  await writeAudit(db, [
    { at, by, action, subject: agreement.id, odsCode: by.odsCode, details: { with: other } },
  ]);
  return agreement;
}
