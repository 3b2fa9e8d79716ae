/** Wallets of other makers, in PostgreSQL. */
import type { Kysely } from 'kysely';

import type { WalletStore } from '../domain/wallet-ports.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresWallets(db: Kysely<IdentityTables>, now: () => Date): WalletStore {
  return {
    find: async (clientId) => {
      const row = await db
        .selectFrom('wallet')
        .select(['client_id', 'name', 'redirect_uris', 'attested'])
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : {
            clientId: row.client_id,
            name: row.name,
            redirectUris: row.redirect_uris,
            attested: row.attested,
          };
    },
    put: async ({ clientId, name, redirectUris, attested }, createdBy) => {
      const changing = { name, redirect_uris: [...redirectUris], attested };
      await db
        .insertInto('wallet')
        .values({ client_id: clientId, created_at: now(), created_by: createdBy, ...changing })
        .onConflict((conflict) => conflict.column('client_id').doUpdateSet(changing))
        .execute();
    },
  };
}
