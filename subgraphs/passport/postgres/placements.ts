/** Placements in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import { agreementFault, type Placement } from '../domain/placement.ts';
import type { IssueIntention } from '../domain/ports/credentials.ts';
import type { PlacementEnd, Placements } from '../domain/ports/placements.ts';
import { ukDay } from '../domain/uk-day.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { findInForce } from './sharing-agreements.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** A credential that counts, or is about to. */
const COUNTS = ['ISSUING', 'ACTIVE', 'SUSPENDED'] as const;

/** Placements in PostgreSQL. */
export function postgresPlacements(db: PassportDatabase): Placements {
  return {
    async findWithoutAgreement(limit) {
      const rows = await db
        .selectFrom('placement')
        .innerJoin('sharing_agreement', 'sharing_agreement.id', 'placement.agreement_id')
        .innerJoin('credential', 'credential.offer_id', 'placement.offer_id')
        .select(['credential.id', 'credential.ods_code'])
        .where('placement.ended_at', 'is', null)
        .where('sharing_agreement.state', '=', 'ENDED')
        .where('credential.type', '=', 'TEMPORARY_PLACEMENT')
        .where('credential.state', 'in', COUNTS)
        .limit(limit)
        .execute();
      return rows.map(({ id, ods_code: odsCode }) => ({ credentialId: id, odsCode }));
    },

    endDue: (now, limit) =>
      db.transaction().execute(async (within) => {
        // Held until the end: numbers become visible in their order.
        await sql`select pg_advisory_xact_lock(hashtextextended('lanyard:passport:placement-ending', 0))`.execute(
          within,
        );
        const { rows } = await sql<{ offer_id: string }>`
          update passport.placement p set ended_at = ${now}, ended_because = due.because,
            ending = nextval('passport.placement_ending')
          from (
            select q.offer_id, case
                when q.ends_at < ${now} then ${'LAST_DAY' satisfies PlacementEnd}
                when a.state = 'ENDED' then ${'AGREEMENT_ENDED' satisfies PlacementEnd}
                else ${'REVOKED' satisfies PlacementEnd} end as because
            from passport.placement q left join passport.sharing_agreement a on a.id = q.agreement_id
            where q.ended_at is null and (q.ends_at < ${now} or not exists (
              select from passport.credential c
              where c.offer_id = q.offer_id and c.type = 'TEMPORARY_PLACEMENT'
                and c.state in ('ISSUING', 'ACTIVE', 'SUSPENDED')))
            order by q.ends_at limit ${limit} for update of q
          ) due
          where p.offer_id = due.offer_id
          returning p.offer_id`.execute(within);
        return rows.length;
      }),

    async listEnded(after, limit, now) {
      const found = await db
        .selectFrom('placement')
        .selectAll()
        .select((select) =>
          select
            .exists(
              select
                .selectFrom('placement as other')
                .select('other.offer_id')
                .whereRef('other.staff_id', '=', 'placement.staff_id')
                .whereRef('other.host_ods', '=', 'placement.host_ods')
                .where('other.ended_at', 'is', null)
                .where('other.ends_at', '>=', now),
            )
            .as('placed_there'),
        )
        .where('ending', '>', after)
        .orderBy('ending')
        .limit(limit)
        .execute();
      const rows = found.map((one) => endedRow.parse(one));
      return {
        ended: rows.map((one) => ({
          staffId: one.staff_id,
          hostOds: one.host_ods,
          at: one.ended_at,
          placedThere: one.placed_there,
        })),
        position: rows.at(-1)?.ending ?? after,
      };
    },
  };
}

const endedRow = z.object({
  staff_id: z.string(),
  host_ods: z.string(),
  ended_at: timestamp,
  ending: z.coerce.number(),
  placed_there: z.boolean(),
});

/**
 * Records the placement of a batch that is about to be signed. An agreement that it stands on cannot be ended before the
 * transaction is over.
 *
 * @returns a refusal when no agreement in force says what the placement says; nothing is written then
 */
export async function recordPlacement(
  db: PassportDatabase,
  { offerId, staffId, now }: IssueIntention,
  { agreement: said, between, hostOds, endsAt }: Placement,
): Promise<Refusal | undefined> {
  const found =
    said && (await findInForce(db, between, said.reference, ukDay(now), 'until-the-end'));
  if (said !== undefined && agreementFault(said, found) !== undefined) {
    return refused('NO_AGREEMENT', 'type');
  }
  const goesOn = { ended_at: null, ended_because: null, ending: null };
  await db
    .insertInto('placement')
    .values({
      offer_id: offerId,
      staff_id: staffId,
      host_ods: hostOds,
      agreement_id: found?.id ?? null,
      ends_at: endsAt,
    })
    // Whatever of it was given up before is over; this is not.
    .onConflict((conflict) => conflict.column('offer_id').doUpdateSet(goesOn))
    .execute();
  return undefined;
}

/**
 * Whether a batch is of a placement whose agreement is not in force any more. One that is cannot be ended before the
 * transaction is over.
 */
export async function lostItsAgreement(
  db: PassportDatabase,
  idempotencyKey: string,
  now: Date,
): Promise<boolean> {
  const batch = await db
    .selectFrom('credential')
    .innerJoin('placement', 'placement.offer_id', 'credential.offer_id')
    .select('placement.agreement_id')
    .where('credential.idempotency_key', '=', idempotencyKey)
    .where('credential.type', '=', 'TEMPORARY_PLACEMENT')
    .where('credential.state', '=', 'ISSUING')
    .executeTakeFirst();
  if (batch?.agreement_id == null) return false;
  const inForce = await db
    .selectFrom('sharing_agreement')
    .select('id')
    .where('id', '=', batch.agreement_id)
    .where('state', '=', 'ACCEPTED')
    .where(sql<boolean>`${ukDay(now)}::date between starts_on and ends_on`)
    .forShare()
    .executeTakeFirst();
  return inForce === undefined;
}
