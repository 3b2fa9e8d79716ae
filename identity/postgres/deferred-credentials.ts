/** Requests for credentials that wait, in PostgreSQL. A transaction ends by one statement. */
import { hash } from 'node:crypto';

import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import type { DeferredStore } from '../domain/credential-ports.ts';
import { publicEcJwk } from '../../standards/jwk-thumbprint.ts';
import type { IdentityTables } from './tables.ts';

/** Most requests of one grant that wait at once. */
const PER_GRANT = 40;

const holderKeys = z.array(publicEcJwk);

/** Creates the store. */
export function postgresDeferred(db: Kysely<IdentityTables>, now: () => Date): DeferredStore {
  return {
    add: async (transactionId, request) => {
      const { grantId, offerId, configurationId, idempotencyKey, expiresAt } = request;
      const at = now();
      const waiting = await db
        .selectFrom('deferred_credential')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .where('grant_id', '=', grantId)
        .where('idempotency_key', '<>', idempotencyKey)
        .executeTakeFirstOrThrow();
      if (Number(waiting.count) >= PER_GRANT) return false;
      const row = {
        id: hashed(transactionId),
        created_at: at,
        expires_at: expiresAt,
        collected_at: null,
      };
      await db
        .insertInto('deferred_credential')
        .values({
          ...row,
          grant_id: grantId,
          offer_id: offerId,
          configuration_id: configurationId,
          idempotency_key: idempotencyKey,
          holder_keys: sql<string>`${JSON.stringify(request.holderKeys)}::jsonb`,
        })
        .onConflict((conflict) =>
          conflict.columns(['grant_id', 'idempotency_key']).doUpdateSet(row),
        )
        .execute();
      return true;
    },
    find: async (transactionId) => {
      const row = await db
        .selectFrom('deferred_credential')
        .selectAll()
        .where('id', '=', hashed(transactionId))
        .where('collected_at', 'is', null)
        .where('expires_at', '>', now())
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        grantId: row.grant_id,
        offerId: row.offer_id,
        configurationId: row.configuration_id,
        idempotencyKey: row.idempotency_key,
        holderKeys: holderKeys.parse(row.holder_keys),
        expiresAt: row.expires_at,
      };
    },
    collect: async (transactionId) => {
      const { numUpdatedRows } = await db
        .updateTable('deferred_credential')
        .set({ collected_at: now() })
        .where('id', '=', hashed(transactionId))
        .where('collected_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    removeExpired: async () => {
      await db.deleteFrom('deferred_credential').where('expires_at', '<', now()).execute();
    },
  };
}

const hashed = (id: string): string => hash('sha256', id, 'base64url');
