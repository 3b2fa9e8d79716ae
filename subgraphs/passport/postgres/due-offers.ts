/** Offers that are due, in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import { credentialType } from '../domain/credential.ts';
import type { DueOffer, DueOfferStore } from '../domain/due-offers.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    id: z.string(),
    staff_id: z.string(),
    ods_code: z.string(),
    type: credentialType,
    sealed_attestation: z.string().nullable(),
    due_at: timestamp,
  })
  .transform((one): DueOffer => ({
    id: one.id,
    staffId: one.staff_id,
    odsCode: one.ods_code,
    type: one.type,
    dueAt: one.due_at,
    ...(one.sealed_attestation === null ? {} : { sealedAttestation: one.sealed_attestation }),
  }));

/** Offers that are due, in PostgreSQL. */
export function postgresDueOffers(db: PassportDatabase): DueOfferStore {
  return {
    async take(limit, now, until) {
      const { rows } = await sql`
        update passport.due_offer set next_attempt_at = ${until}
        where id in (
          select id from passport.due_offer
          where done_at is null and next_attempt_at <= ${now}
          order by next_attempt_at limit ${limit} for update skip locked)
        returning *`.execute(db);
      return rows.map((one) => row.parse(one));
    },
    async finish(id, outcome, now) {
      await db
        .updateTable('due_offer')
        .set({ done_at: now, outcome, sealed_attestation: null })
        .where('id', '=', id)
        .execute();
    },
  };
}
