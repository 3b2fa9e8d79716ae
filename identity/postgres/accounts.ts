/** People who have signed in, in PostgreSQL. */
import type { Kysely } from 'kysely';

import type { AccountStore } from '../domain/ports.ts';
import { role } from '../domain/roles.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresAccounts(db: Kysely<IdentityTables>, now: () => Date): AccountStore {
  return {
    put: async ({ staffId, mail, name }) => {
      const values = { mail, name, signed_in_at: now(), closed_at: null };
      await db
        .insertInto('account')
        .values({ staff_id: staffId, ...values })
        .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(values))
        .execute();
    },
    find: async (staffId) => {
      const row = await db
        .selectFrom('account')
        .select(['mail', 'name'])
        .where('staff_id', '=', staffId)
        .executeTakeFirst();
      return row === undefined ? undefined : { staffId, ...row };
    },
    isClosed: async (staffId) => {
      const row = await db
        .selectFrom('account')
        .select('closed_at')
        .where('staff_id', '=', staffId)
        .executeTakeFirst();
      // Nobody of this name has an open account either.
      return row?.closed_at !== null;
    },
    close: async (staffId) => {
      await db
        .updateTable('account')
        .set({ closed_at: now() })
        .where('staff_id', '=', staffId)
        .execute();
    },
    putActingAs: async (acting) => {
      await db
        .insertInto('acting_as')
        .values({
          grant_id: acting.grantId,
          staff_id: acting.staffId,
          role: acting.role,
          ods_code: acting.odsCode ?? null,
          name: acting.name,
          expires_at: acting.expiresAt,
        })
        .execute();
    },
    findActingAs: async (grantId) => {
      const row = await db
        .selectFrom('acting_as')
        .selectAll()
        .where('grant_id', '=', grantId)
        .where('expires_at', '>', now())
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : {
            grantId,
            staffId: row.staff_id,
            role: role.parse(row.role),
            odsCode: row.ods_code ?? undefined,
            name: row.name,
            expiresAt: row.expires_at,
          };
    },
  };
}
