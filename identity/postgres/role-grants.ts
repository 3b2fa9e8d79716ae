/** Roles of people, in PostgreSQL. */
import type { Kysely } from 'kysely';

import type { RoleGrants } from '../domain/ports.ts';
import { role } from '../domain/roles.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store. */
export function postgresRoleGrants(db: Kysely<IdentityTables>, now: () => Date): RoleGrants {
  return {
    list: async (mail) => {
      const at = now();
      const rows = await db
        .selectFrom('role_grant')
        .select(['role', 'ods_code'])
        .where('mail', '=', mail)
        .where('valid_from', '<=', at)
        .where((where) =>
          where.or([where('valid_until', 'is', null), where('valid_until', '>', at)]),
        )
        .orderBy('ods_code')
        .orderBy('role')
        .execute();
      return rows.map((row) => ({ role: role.parse(row.role), odsCode: row.ods_code }));
    },
    put: async (grant) => {
      const values = { valid_from: now(), valid_until: null, granted_by: grant.grantedBy };
      await db
        .insertInto('role_grant')
        .values({ mail: grant.mail, role: grant.role, ods_code: grant.odsCode, ...values })
        .onConflict((conflict) =>
          conflict
            .columns(['mail', 'role', 'ods_code'])
            .doUpdateSet({ valid_until: null, granted_by: grant.grantedBy }),
        )
        .execute();
    },
  };
}
