/** Accreditations in PostgreSQL. Rows end; they are never removed. */
import { sql } from 'kysely';
import { z } from 'zod';

import { credentialType, type CredentialType } from '../domain/credential.ts';
import type { Accreditation, Accreditations } from '../domain/ports/accreditations.ts';
import { writeAudit } from './audit.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    ods_code: z.string(),
    type: credentialType,
    anchor: z.string(),
    valid_from: timestamp,
    valid_until: timestamp.nullable(),
    granted_at: timestamp,
    granted_by: z.string(),
    withdrawn_at: timestamp.nullable(),
    withdrawn_by: z.string().nullable(),
    withdrawn_because: z.string().nullable(),
  })
  .transform((one): Accreditation => ({
    odsCode: one.ods_code,
    type: one.type,
    anchor: one.anchor,
    from: one.valid_from,
    ...(one.valid_until === null ? {} : { until: one.valid_until }),
    grantedAt: one.granted_at,
    grantedBy: one.granted_by,
    ...(one.withdrawn_at === null ? {} : { withdrawnAt: one.withdrawn_at }),
    ...(one.withdrawn_by === null ? {} : { withdrawnBy: one.withdrawn_by }),
    ...(one.withdrawn_because === null ? {} : { withdrawnBecause: one.withdrawn_because }),
  }));

/** The accreditation that holds at a moment; also inside another's transaction. */
export async function findAccreditation(
  db: PassportDatabase,
  odsCode: string,
  type: CredentialType,
  at: Date,
): Promise<Accreditation | undefined> {
  const found = await db
    .selectFrom('accreditation')
    .selectAll()
    .where('ods_code', '=', odsCode)
    .where('type', '=', type)
    .where('valid_from', '<=', at)
    .where((where) => where.or([where('valid_until', 'is', null), where('valid_until', '>', at)]))
    .where((where) => where.or([where('withdrawn_at', 'is', null), where('withdrawn_at', '>', at)]))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return found && row.parse(found);
}

/** Accreditations in PostgreSQL. */
export function postgresAccreditations(db: PassportDatabase): Accreditations {
  return {
    find: (odsCode, type, at) => findAccreditation(db, odsCode, type, at),
    async list(odsCode) {
      let query = db.selectFrom('accreditation').selectAll().orderBy('id');
      if (odsCode !== undefined) query = query.where('ods_code', '=', odsCode);
      return (await query.execute()).map((one) => row.parse(one));
    },
    grant: ({ odsCode, types, anchor, from, until = null }, by, now) =>
      db.transaction().execute(async (transaction) => {
        // Two operators at once would grant the same twice.
        await sql`select pg_advisory_xact_lock(hashtextextended(${`lanyard:passport:accredit:${odsCode}`}, 0))`.execute(
          transaction,
        );
        const held = await transaction
          .selectFrom('accreditation')
          .select('type')
          .where('ods_code', '=', odsCode)
          .where('anchor', '=', anchor)
          .where('valid_from', '<=', from)
          .where(sql<boolean>`valid_until is not distinct from ${until}::timestamptz`)
          .where('withdrawn_at', 'is', null)
          .execute();
        const missing = types.filter((type) => held.every((one) => one.type !== type));
        const granted: Accreditation[] = [];
        for (const type of missing) {
          const made = await transaction
            .insertInto('accreditation')
            .values({
              ods_code: odsCode,
              type,
              anchor,
              valid_from: from,
              valid_until: until,
              granted_at: now,
              granted_by: by.subject,
              withdrawn_at: null,
              withdrawn_by: null,
              withdrawn_because: null,
            })
            .returningAll()
            .executeTakeFirstOrThrow();
          granted.push(row.parse(made));
        }
        await writeAudit(
          transaction,
          missing.map((type) => ({
            at: now,
            by,
            action: 'accreditation.granted',
            subject: odsCode,
            odsCode,
            details: {
              type,
              anchor,
              from: from.toISOString(),
              until: until === null ? null : until.toISOString(),
            },
          })),
        );
        return granted;
      }),
    withdraw: ({ odsCode, types }, because, by, now) =>
      db.transaction().execute(async (transaction) => {
        const ended = await transaction
          .updateTable('accreditation')
          .set({ withdrawn_at: now, withdrawn_by: by.subject, withdrawn_because: because })
          .where('ods_code', '=', odsCode)
          .where('type', 'in', types)
          .where('withdrawn_at', 'is', null)
          .where((where) =>
            where.or([where('valid_until', 'is', null), where('valid_until', '>', now)]),
          )
          .returningAll()
          .execute();
        await writeAudit(
          transaction,
          ended.map(({ type }) => ({
            at: now,
            by,
            action: 'accreditation.withdrawn',
            subject: odsCode,
            odsCode,
            details: { type },
          })),
        );
        return ended.map((one) => row.parse(one));
      }),
  };
}
