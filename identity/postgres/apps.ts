/** Applications that people sign in to, in PostgreSQL. */
import type { Kysely } from 'kysely';

import type { AppStore } from '../domain/ports.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresApps(db: Kysely<IdentityTables>, now: () => Date): AppStore {
  return {
    find: async (clientId) => {
      const row = await db
        .selectFrom('app')
        .select(['client_id', 'name', 'redirect_uris', 'backchannel_logout_uri'])
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : {
            clientId: row.client_id,
            name: row.name,
            redirectUris: row.redirect_uris,
            backchannelLogoutUri: row.backchannel_logout_uri ?? undefined,
          };
    },
    put: async (app, createdBy) => {
      const changing = {
        name: app.name,
        redirect_uris: [...app.redirectUris],
        backchannel_logout_uri: app.backchannelLogoutUri ?? null,
      };
      await db
        .insertInto('app')
        .values({ client_id: app.clientId, created_at: now(), created_by: createdBy, ...changing })
        .onConflict((conflict) => conflict.column('client_id').doUpdateSet(changing))
        .execute();
    },
  };
}
