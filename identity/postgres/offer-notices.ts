/** Offers that ended before their time, in PostgreSQL. */
import type { Kysely } from 'kysely';

import type { OfferNotices } from '../domain/wallet-ports.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresOfferNotices(db: Kysely<IdentityTables>): OfferNotices {
  return {
    list: async (limit) => {
      const rows = await db
        .selectFrom('offer_notice')
        .selectAll()
        .orderBy('ended_at')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ offerId: row.offer_id, endedAt: row.ended_at }));
    },
    told: async (offerId) => {
      await db.deleteFrom('offer_notice').where('offer_id', '=', offerId).execute();
    },
  };
}
