/** The statement that erases disclosed claims. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { Erased } from '../domain/ports/holder-sharing.ts';
import type { PassportDatabase } from './tables.ts';

const counted = z.object({ presentations: z.number() });

/** Erases what is due, oldest first; see `HolderSharing.eraseDue`. */
export async function eraseDueIn(db: PassportDatabase, now: Date, limit: number): Promise<Erased> {
  // Claims of one presentation are due together: whoever begins with it takes all of it, and others go past.
  const { rows } = await sql`
    with due as (
      select id from passport.presentation_request
      -- also when another has just finished with it: this is asked again of the row that is locked
      where erased_at is null and (id in (
        select presentation_id from passport.presentation_claims
        where erase_after <= ${now}
        group by presentation_id order by min(erase_after) limit ${limit}
      ) or id in (
        select unreleased.id from passport.presentation_request unreleased
        where unreleased.result is not null and unreleased.released_at is null
          and unreleased.erased_at is null and unreleased.expires_at <= ${now}
        order by unreleased.expires_at limit ${limit}
      ))
      limit ${limit}
      for update skip locked
    ), gone as (
      delete from passport.presentation_claims using due
      where presentation_id = due.id
      returning presentation_id
    ), answered as (
      update passport.deletion_request set outcome = 'DELETED', answered_at = ${now}
      where outcome is null and presentation_id in (select id from due)
    ), noted as (
      update passport.presentation_request request set erased_at = ${now}
      from due where request.id = due.id
    )
    select count(*)::int as presentations from due`.execute(db);
  return counted.parse(rows[0]);
}

/** Erases what was disclosed in one presentation, in another's transaction. */
export async function eraseIn(db: PassportDatabase, presentationId: string, now: Date) {
  await db
    .deleteFrom('presentation_claims')
    .where('presentation_id', '=', presentationId)
    .execute();
  await db
    .updateTable('presentation_request')
    .set({ erased_at: now })
    .where('id', '=', presentationId)
    .where('erased_at', 'is', null)
    .execute();
}
