/** Offers to the GOV.UK Wallet, in PostgreSQL. An offer is bound to one key by one statement. */
import { hash } from 'node:crypto';

import type { Kysely } from 'kysely';

import type { GovukOfferStore } from '../domain/govuk-offer.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresGovukOffers(db: Kysely<IdentityTables>, now: () => Date): GovukOfferStore {
  return {
    add: async (identifier, { offerId, configurationId, walletSubject, expiresAt }) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('govuk_offer')
        .values({
          id: hashed(identifier),
          offer_id: offerId,
          configuration_id: configurationId,
          wallet_subject: walletSubject,
          expires_at: expiresAt,
        })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ expires_at: expiresAt })
            .where('govuk_offer.wallet_subject', '=', walletSubject),
        )
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    find: async (identifier) => {
      const row = await db
        .selectFrom('govuk_offer')
        .selectAll()
        .where('id', '=', hashed(identifier))
        .where('expires_at', '>', now())
        .executeTakeFirst();
      return (
        row && {
          offerId: row.offer_id,
          configurationId: row.configuration_id,
          walletSubject: row.wallet_subject,
          expiresAt: row.expires_at,
        }
      );
    },
    bind: async (identifier, holderThumbprint) => {
      const { numUpdatedRows } = await db
        .updateTable('govuk_offer')
        .set({ holder_thumbprint: holderThumbprint })
        .where('id', '=', hashed(identifier))
        .where('expires_at', '>', now())
        .where((is) =>
          is.or([
            is('holder_thumbprint', 'is', null),
            is('holder_thumbprint', '=', holderThumbprint),
          ]),
        )
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    removeExpired: async () => {
      await db.deleteFrom('govuk_offer').where('expires_at', '<', now()).execute();
    },
  };
}

const hashed = (identifier: string): string => hash('sha256', identifier, 'base64url');
