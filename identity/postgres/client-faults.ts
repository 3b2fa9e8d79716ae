/** Why clients' requests were refused, in PostgreSQL: the last ones of each client, for a day. */
import type { Kysely } from 'kysely';

import { type ClientFaults, FAULT_SECONDS, FAULTS_KEPT } from '../domain/client-ports.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresClientFaults(db: Kysely<IdentityTables>, now: () => Date): ClientFaults {
  const oldest = (): Date => new Date(now().getTime() - FAULT_SECONDS * 1000);
  return {
    add: async (clientId, { at, error, fault, detail }) => {
      await db
        .insertInto('client_fault')
        .values({ client_id: clientId, at, error, fault, detail })
        .execute();
      await db
        .deleteFrom('client_fault')
        .where('client_id', '=', clientId)
        .where('id', '<=', (query) =>
          query
            .selectFrom('client_fault')
            .select('id')
            .where('client_id', '=', clientId)
            .orderBy('id', 'desc')
            .offset(FAULTS_KEPT)
            .limit(1),
        )
        .execute();
    },
    list: (clientId) =>
      db
        .selectFrom('client_fault')
        .select(['at', 'error', 'fault', 'detail'])
        .where('client_id', '=', clientId)
        .where('at', '>', oldest())
        .orderBy('id', 'desc')
        .limit(FAULTS_KEPT)
        .execute(),
    removeOld: async () => {
      await db.deleteFrom('client_fault').where('at', '<', oldest()).execute();
    },
  };
}
