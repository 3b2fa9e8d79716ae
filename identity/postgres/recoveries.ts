/** Recoveries, in PostgreSQL. That two people take part is a constraint of the table, too. */
import type { Kysely, Selectable } from 'kysely';

import type { Recovery, RecoveryStore } from '../domain/recovery-ports.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresRecoveries(db: Kysely<IdentityTables>, now: () => Date): RecoveryStore {
  return {
    add: async (recovery) => {
      await db
        .insertInto('recovery')
        .values({
          recovery_id: recovery.recoveryId,
          staff_id: recovery.staffId,
          ods_code: recovery.odsCode,
          requested_by: recovery.requestedBy,
          requested_at: recovery.requestedAt,
          expires_at: recovery.expiresAt,
        })
        .execute();
    },
    find: async (recoveryId) => {
      const row = await db
        .selectFrom('recovery')
        .selectAll()
        .where('recovery_id', '=', recoveryId)
        .executeTakeFirst();
      return row && recoveryOf(row);
    },
    approve: async (recoveryId, by) => {
      const at = now();
      const { numUpdatedRows } = await db
        .updateTable('recovery')
        .set({ approved_by: by, approved_at: at })
        .where('recovery_id', '=', recoveryId)
        .where('approved_at', 'is', null)
        .where('expires_at', '>', at)
        .where('requested_by', '<>', by)
        .where('staff_id', '<>', by)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    latest: async (odsCode, limit) => {
      const rows = await db
        .selectFrom('recovery')
        .selectAll()
        .where('ods_code', '=', odsCode)
        .orderBy('requested_at', 'desc')
        .orderBy('recovery_id')
        .limit(limit)
        .execute();
      return rows.map(recoveryOf);
    },
  };
}

const recoveryOf = (row: Selectable<IdentityTables['recovery']>): Recovery => ({
  recoveryId: row.recovery_id,
  staffId: row.staff_id,
  odsCode: row.ods_code,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at,
  expiresAt: row.expires_at,
  approvedBy: row.approved_by ?? undefined,
  approvedAt: row.approved_at ?? undefined,
});
