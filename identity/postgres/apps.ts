/** Applications that people sign in to, in PostgreSQL. */
import type { Kysely } from 'kysely';

import { clientAlgorithm } from '../domain/client-keys.ts';
import type { AppStore } from '../domain/ports.ts';
import { columnsOfKeys, keysOf } from './clients.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresApps(db: Kysely<IdentityTables>, now: () => Date): AppStore {
  return {
    find: async (clientId) => {
      const row = await db
        .selectFrom('app')
        .select([
          'client_id',
          'name',
          'redirect_uris',
          'backchannel_logout_uri',
          'jwks',
          'jwks_uri',
          'algorithm',
          'purposes',
        ])
        .where('client_id', '=', clientId)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const keys = keysOf(row.jwks, row.jwks_uri);
      return {
        clientId: row.client_id,
        name: row.name,
        redirectUris: row.redirect_uris,
        backchannelLogoutUri: row.backchannel_logout_uri ?? undefined,
        purposes: row.purposes ?? undefined,
        ...(keys && { signing: { keys, algorithm: clientAlgorithm.parse(row.algorithm) } }),
      };
    },
    put: async (app, createdBy) => {
      const changing = {
        name: app.name,
        redirect_uris: [...app.redirectUris],
        backchannel_logout_uri: app.backchannelLogoutUri ?? null,
        purposes: app.purposes === undefined ? null : [...app.purposes],
        algorithm: app.signing?.algorithm ?? null,
        ...(app.signing === undefined
          ? { jwks: null, jwks_uri: null }
          : columnsOfKeys(app.signing.keys)),
      };
      await db
        .insertInto('app')
        .values({ client_id: app.clientId, created_at: now(), created_by: createdBy, ...changing })
        .onConflict((conflict) => conflict.column('client_id').doUpdateSet(changing))
        .execute();
    },
  };
}
