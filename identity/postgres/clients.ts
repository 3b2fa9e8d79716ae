/** HR systems, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import type { ClientStore } from '../domain/ports.ts';
import type { IdentityTables } from './tables.ts';

const keySet = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
    }),
  ),
});

/** Creates the store. */
export function postgresClients(db: Kysely<IdentityTables>, now: () => Date): ClientStore {
  return {
    find: async (clientId) => {
      const row = await db
        .selectFrom('client')
        .select(['client_id', 'name', 'ods_code', 'jwks', 'scopes'])
        .where('client_id', '=', clientId)
        .where('status', '=', 'ACTIVE')
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : {
            clientId: row.client_id,
            name: row.name,
            odsCode: row.ods_code,
            keys: keySet.parse(row.jwks).keys,
            scopes: row.scopes,
          };
    },
    put: async (client, createdBy) => {
      const changing = {
        name: client.name,
        ods_code: client.odsCode,
        jwks_uri: null,
        algorithm: 'ES256',
        dpop_bound: false,
        jwks: sql<string>`${JSON.stringify({ keys: client.keys })}::jsonb`,
        scopes: [...client.scopes],
        status: 'ACTIVE',
      };
      await db
        .insertInto('client')
        .values({
          client_id: client.clientId,
          created_at: now(),
          created_by: createdBy,
          ...changing,
        })
        .onConflict((conflict) => conflict.column('client_id').doUpdateSet(changing))
        .execute();
    },
  };
}
