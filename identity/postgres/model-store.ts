/** What the authorization server issues, in PostgreSQL. Each rule of single use is one statement. */
import { hash } from 'node:crypto';

import { type Kysely, sql } from 'kysely';

import type { FoundModel, KeptModel, ModelStore } from '../domain/ports.ts';
import type { JsonObject } from '../../standards/strict-json.ts';
import type { IdentityTables } from './tables.ts';

/** Rows stay this long after they expired, so that a late replay is told apart from nonsense; in seconds. */
const KEEP_EXPIRED_SECONDS = 600;

/** Creates the store. */
export function postgresModels(db: Kysely<IdentityTables>, now: () => Date): ModelStore {
  const findWhere = async (
    model: string,
    column: 'id' | 'uid',
    value: string,
  ): Promise<FoundModel | undefined> => {
    const row = await db
      .selectFrom('oidc_model')
      .select(['payload', 'consumed_at', 'expires_at'])
      .where('model', '=', model)
      .where(column, '=', value)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      payload: row.payload as JsonObject,
      ...(row.consumed_at === null ? {} : { consumedAt: row.consumed_at }),
      ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    };
  };
  return {
    put: async (kept) => {
      const row = rowOf(kept);
      await db
        .insertInto('oidc_model')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['model', 'id']).doUpdateSet({
            payload: row.payload,
            grant_id: row.grant_id,
            uid: row.uid,
            expires_at: row.expires_at,
          }),
        )
        .execute();
    },
    add: (kept) => insertModel(db, kept, now()),
    find: (model, id) => findWhere(model, 'id', hashedModelId(id)),
    findByUid: (model, uid) => findWhere(model, 'uid', uid),
    consume: async (model, id) => {
      const { numUpdatedRows } = await db
        .updateTable('oidc_model')
        .set({ consumed_at: now() })
        .where('model', '=', model)
        .where('id', '=', hashedModelId(id))
        .where('consumed_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    remove: async (model, id) => {
      await db
        .deleteFrom('oidc_model')
        .where('model', '=', model)
        .where('id', '=', hashedModelId(id))
        .execute();
    },
    removeByGrant: async (model, grantId) => {
      await db
        .deleteFrom('oidc_model')
        .where('model', '=', model)
        .where('grant_id', '=', grantId)
        .execute();
    },
    removeExpired: async () => {
      const before = new Date(now().getTime() - KEEP_EXPIRED_SECONDS * 1000);
      await db.deleteFrom('oidc_model').where('expires_at', '<', before).execute();
      await db.deleteFrom('acting_as').where('expires_at', '<', before).execute();
      // No session lives as long as a day, and a late request not much longer.
      const dayBefore = new Date(now().getTime() - 2 * 86_400_000);
      await db.deleteFrom('person_session').where('started_at', '<', dayBefore).execute();
      await db.deleteFrom('wallet_grant').where('expires_at', '<', before).execute();
    },
  };
}

/**
 * Inserts a model unless one with its id is there. True when it was inserted. One that has expired counts until it may be
 * forgotten: the caller looked at the clock a little earlier than this statement does.
 */
export async function insertModel(
  db: Kysely<IdentityTables>,
  kept: KeptModel,
  now: Date,
): Promise<boolean> {
  const row = rowOf(kept);
  const forgotten = new Date(now.getTime() - KEEP_EXPIRED_SECONDS * 1000);
  const inserted = await db
    .insertInto('oidc_model')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['model', 'id'])
        .doUpdateSet({ payload: row.payload, expires_at: row.expires_at })
        .where('oidc_model.expires_at', '<', forgotten),
    )
    .returning('id')
    .execute();
  return inserted.length === 1;
}

/** How the id of a model is stored. */
export const hashedModelId = (id: string): string => hash('sha256', id, 'base64url');

/** The row of a model. Its own id is left out of the payload: only the hash is stored. */
function rowOf({ model, id, payload, grantId, uid, expiresAt }: KeptModel) {
  const { jti, ...rest } = payload;
  const kept = jti === id ? rest : payload;
  return {
    model,
    id: hashedModelId(id),
    payload: sql<string>`${JSON.stringify(kept)}::jsonb`,
    grant_id: grantId ?? null,
    uid: uid ?? null,
    expires_at: expiresAt ?? null,
  };
}
