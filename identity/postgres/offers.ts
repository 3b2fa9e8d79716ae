/** Offers of credentials, in PostgreSQL. */
import type { Kysely, Selectable } from 'kysely';

import type { OfferStore, StoredOffer } from '../domain/ports.ts';
import { insertModel } from './model-store.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresOffers(db: Kysely<IdentityTables>, now: () => Date): OfferStore {
  const findBy = async (
    column: 'offer_id' | 'reference',
    value: string,
  ): Promise<StoredOffer | undefined> => {
    const row = await db
      .selectFrom('credential_offer')
      .selectAll()
      .where(column, '=', value)
      .executeTakeFirst();
    return row === undefined ? undefined : offerOf(row);
  };
  return {
    add: async (offer, models) => {
      const at = now();
      await db.transaction().execute(async (transaction) => {
        const inserted = await transaction
          .insertInto('credential_offer')
          .values({
            offer_id: offer.offerId,
            reference: offer.reference,
            grant_id: offer.grantId,
            staff_id: offer.staffId,
            configuration_ids: [...offer.configurationIds],
            issuer_ods: offer.issuerOds,
            expires_at: offer.expiresAt,
            created_at: at,
            deferred: offer.deferred,
          })
          // Reference and grant derive from the id, so the same offer may meet itself at any of the three.
          .onConflict((conflict) => conflict.doNothing())
          .returning('offer_id')
          .execute();
        // A repeated call must not bring a code back that a wallet has used.
        if (inserted.length === 0) return;
        for (const model of models) await insertModel(transaction, model, at);
      });
      const kept = await findBy('offer_id', offer.offerId);
      if (kept === undefined) throw new Error('the offer was not kept');
      return kept;
    },
    findByReference: (reference) => findBy('reference', reference),
    findByGrant: async (grantId) => {
      const row = await db
        .selectFrom('credential_offer')
        .selectAll()
        .where((where) =>
          where.or([
            where('grant_id', '=', grantId),
            where(
              'offer_id',
              '=',
              where.selectFrom('wallet_grant').select('offer_id').where('grant_id', '=', grantId),
            ),
          ]),
        )
        .executeTakeFirst();
      return row === undefined ? undefined : offerOf(row);
    },
  };
}

/** An offer of a row. */
export const offerOf = (row: Selectable<IdentityTables['credential_offer']>): StoredOffer => ({
  offerId: row.offer_id,
  reference: row.reference,
  grantId: row.grant_id,
  staffId: row.staff_id,
  configurationIds: row.configuration_ids,
  issuerOds: row.issuer_ods,
  deferred: row.deferred,
  expiresAt: row.expires_at,
  ...(row.dead_at === null ? {} : { deadAt: row.dead_at }),
});
