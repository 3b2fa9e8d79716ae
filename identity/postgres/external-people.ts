/** What providers of others say about people, in PostgreSQL. */
import type { Kysely } from 'kysely';

import type { ExternalLinks, ExternalRoles } from '../domain/external-ports.ts';
import type { IdentityTables } from './tables.ts';

/** Creates the store of links. */
export function postgresExternalLinks(db: Kysely<IdentityTables>, now: () => Date): ExternalLinks {
  return {
    find: async (providerId, subject) => {
      const row = await db
        .selectFrom('external_link')
        .select(['staff_id', 'mail'])
        .where('provider_id', '=', providerId)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row === undefined ? undefined : { staffId: row.staff_id, mail: row.mail };
    },
    put: async ({ providerId, subject, staffId, mail, linkedBy }) => {
      const changing = { staff_id: staffId, mail, linked_by: linkedBy, linked_at: now() };
      await db
        .insertInto('external_link')
        .values({ provider_id: providerId, subject, ...changing })
        .onConflict((conflict) =>
          conflict.columns(['provider_id', 'subject']).doUpdateSet(changing),
        )
        .execute();
    },
  };
}

/** Creates the store of roles. */
export function postgresExternalRoles(db: Kysely<IdentityTables>): ExternalRoles {
  return {
    replace: async ({ staffId, providerId, roles, expiresAt }) => {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .deleteFrom('external_role')
          .where('staff_id', '=', staffId)
          .where('provider_id', '=', providerId)
          .execute();
        if (roles.length === 0) return;
        await transaction
          .insertInto('external_role')
          .values(
            roles.map(({ role, odsCode }) => ({
              staff_id: staffId,
              provider_id: providerId,
              role,
              ods_code: odsCode,
              expires_at: expiresAt,
            })),
          )
          .execute();
      });
    },
  };
}
