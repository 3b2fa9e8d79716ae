/** What has been taken back, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import type { RevocationEntry, RevocationStore } from '../domain/revocation.ts';
import type { IdentityTables } from './tables.ts';

/** Rows written by one statement. */
const CHUNK = 1_000;

/** Creates the store. */
export function postgresRevocations(db: Kysely<IdentityTables>, now: () => Date): RevocationStore {
  return {
    put: async (entries, expiresAt) => {
      for (let start = 0; start < entries.length; start += CHUNK) {
        await db
          .insertInto('revocation')
          .values(
            entries.slice(start, start + CHUNK).map(({ kind, value, notBefore }) => ({
              kind,
              value,
              not_before: notBefore,
              expires_at: expiresAt,
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['kind', 'value']).doUpdateSet({
              not_before: sql`greatest(revocation.not_before, excluded.not_before)`,
              expires_at: sql`greatest(revocation.expires_at, excluded.expires_at)`,
            }),
          )
          .execute();
      }
    },
    list: async (limit) => {
      const rows = await db
        .selectFrom('revocation')
        .select(['kind', 'value', 'not_before'])
        .where('expires_at', '>', now())
        .orderBy('kind')
        .orderBy('value')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        kind: row.kind as RevocationEntry['kind'],
        value: row.value,
        notBefore: row.not_before,
      }));
    },
    covers: async (names, madeAt) => {
      const found = await db
        .selectFrom('revocation')
        .select('kind')
        .where('expires_at', '>', now())
        .where((where) =>
          where.or(
            names.map(({ kind, value }) =>
              where.and([where('kind', '=', kind), where('value', '=', value)]),
            ),
          ),
        )
        .where((where) =>
          where.or([where('kind', 'in', ['token', 'session']), where('not_before', '>=', madeAt)]),
        )
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },
    removeExpired: async () => {
      await db.deleteFrom('revocation').where('expires_at', '<', now()).execute();
    },
  };
}
