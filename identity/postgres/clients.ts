/** HR systems, in PostgreSQL. */
import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';

import { clientAlgorithm, type ClientKey } from '../domain/client-keys.ts';
import type { ClientKeys, ClientStore, StoredClient } from '../domain/client-ports.ts';
import type { IdentityTables } from './tables.ts';

const keySet = z.object({
  keys: z.array(
    z.union([
      z.object({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string(),
        y: z.string(),
        kid: z.string(),
      }),
      z.object({ kty: z.literal('RSA'), n: z.string(), e: z.literal('AQAB'), kid: z.string() }),
    ]),
  ),
});

/** Creates the store. */
export function postgresClients(db: Kysely<IdentityTables>, now: () => Date): ClientStore {
  const findStored = async (clientId: string): Promise<StoredClient | undefined> => {
    const row = await db
      .selectFrom('client')
      .selectAll()
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return row && clientOf(row);
  };
  return {
    findStored,
    find: async (clientId) => {
      const found = await findStored(clientId);
      return found?.status === 'ACTIVE' ? found : undefined;
    },
    list: async (odsCode) => {
      const all = db.selectFrom('client').selectAll().orderBy('client_id');
      const rows = await (
        odsCode === undefined ? all : all.where('ods_code', '=', odsCode)
      ).execute();
      return rows.map(clientOf);
    },
    put: async (client, createdBy) => {
      const changing = {
        name: client.name,
        ...columnsOfKeys(client.keys),
        algorithm: client.algorithm,
        purposes: client.purposes === undefined ? null : [...client.purposes],
        dpop_bound: client.dpopBound,
        tokens_per_minute: client.tokensPerMinute ?? null,
        scopes: [...client.scopes],
      };
      const written = await db
        .insertInto('client')
        .values({
          client_id: client.clientId,
          ods_code: client.odsCode,
          status: 'ACTIVE',
          created_at: now(),
          created_by: createdBy,
          ...changing,
        })
        .onConflict((conflict) =>
          conflict
            .column('client_id')
            .doUpdateSet(changing)
            .where('client.ods_code', '=', client.odsCode)
            .where('client.status', '=', 'ACTIVE'),
        )
        .returning('client_id')
        .execute();
      return written.length === 1;
    },
    stop: async (clientId, stoppedBy) => {
      const { numUpdatedRows } = await db
        .updateTable('client')
        .set({ status: 'STOPPED', stopped_at: now(), stopped_by: stoppedBy })
        .where('client_id', '=', clientId)
        .where('status', '=', 'ACTIVE')
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

/** Keys as two columns, one of them null. */
export const columnsOfKeys = (keys: ClientKeys) =>
  keys.kind === 'value'
    ? { jwks: sql<string>`${JSON.stringify({ keys: keys.keys })}::jsonb`, jwks_uri: null }
    : { jwks: null, jwks_uri: keys.jwksUri };

/** Keys from two columns; `undefined` when both are null. */
export function keysOf(jwks: unknown, jwksUri: string | null): ClientKeys | undefined {
  if (jwksUri !== null) return { kind: 'address', jwksUri };
  if (jwks === null) return undefined;
  const { keys }: { readonly keys: readonly ClientKey[] } = keySet.parse(jwks);
  return { kind: 'value', keys };
}

function clientOf(row: Selectable<IdentityTables['client']>): StoredClient {
  return {
    clientId: row.client_id,
    name: row.name,
    odsCode: row.ods_code,
    keys: keysOf(row.jwks, row.jwks_uri) ?? { kind: 'value', keys: [] },
    algorithm: clientAlgorithm.parse(row.algorithm),
    scopes: row.scopes,
    purposes: row.purposes ?? undefined,
    dpopBound: row.dpop_bound,
    tokensPerMinute: row.tokens_per_minute ?? undefined,
    status: row.status === 'ACTIVE' ? 'ACTIVE' : 'STOPPED',
    createdAt: row.created_at,
    createdBy: row.created_by,
    stoppedAt: row.stopped_at ?? undefined,
    stoppedBy: row.stopped_by ?? undefined,
  };
}
