/** Which offers people let wallets collect, in PostgreSQL. */
import type { Kysely } from 'kysely';

import type { WalletGrants } from '../domain/wallet-ports.ts';
import { offerOf } from './offers.ts';
import type { IdentityTables } from './tables.ts';

/** Most offers to one person that are looked at. */
const MAX_OPEN = 50;

/** Creates the store. */
export function postgresWalletGrants(db: Kysely<IdentityTables>, now: () => Date): WalletGrants {
  return {
    findOpen: async (staffId) => {
      const at = now();
      const rows = await db
        .selectFrom('credential_offer')
        .selectAll()
        .where('staff_id', '=', staffId)
        .where('expires_at', '>', at)
        .where('dead_at', 'is', null)
        // Whoever redeems an offer uses its code up, whichever way.
        .where((where) =>
          where.exists(
            where
              .selectFrom('oidc_model')
              .select('id')
              .where('model', '=', 'PreAuthorizedCode')
              .whereRef('oidc_model.grant_id', '=', 'credential_offer.grant_id')
              .where('consumed_at', 'is', null),
          ),
        )
        .orderBy('created_at', 'desc')
        .limit(MAX_OPEN)
        .execute();
      return rows.map(offerOf);
    },
    put: async ({ grantId, offerId, expiresAt }) => {
      await db
        .insertInto('wallet_grant')
        .values({ grant_id: grantId, offer_id: offerId, expires_at: expiresAt })
        .execute();
    },
  };
}
