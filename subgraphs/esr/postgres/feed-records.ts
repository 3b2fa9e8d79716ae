/** Registrations and training, for writing. */
import { type Kysely, sql } from 'kysely';

import { awardKey, type ImportRecords } from '../domain/import-ports.ts';
import { inChunks, recordSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

type FeedRecords = Pick<
  ImportRecords,
  | 'staffByEmployeeNumber'
  | 'knownRegistrations'
  | 'writeRegistrations'
  | 'knownAwards'
  | 'writeAwards'
>;

const REGISTRATION_COLUMNS = `body text, number text, staff_id text, status text, type text, first_registered date,
  expires_on date, last_checked_at timestamptz, content text`;

const AWARD_COLUMNS = `staff_id text, name text, awarded_on date, framework text, subject text, level text,
  expires_on date`;

/** The part of the store that is about the feeds. */
export function feedRecords(db: Kysely<EsrTables>): FeedRecords {
  return {
    staffByEmployeeNumber: async (odsCode) => {
      const rows = await db
        .selectFrom('employment')
        .select(['employee_number', 'staff_id'])
        .where('ods_code', '=', odsCode)
        // The one that lasts longest is read last and wins.
        .orderBy(sql`ends_on asc nulls last`)
        .execute();
      return new Map(rows.map((row) => [row.employee_number, row.staff_id]));
    },

    knownRegistrations: async (wanted) => {
      const keys = wanted.map(({ body, number }) => ({ body, number }));
      const rows = await db
        .selectFrom('registration as r')
        .selectAll('r')
        .where(
          sql<boolean>`(r.body, r.number) in (select body, number from ${recordSet('x', 'body text, number text', keys)})`,
        )
        .execute();
      return rows.map((row) => ({
        body: row.body,
        number: row.number,
        staffId: row.staff_id,
        status: row.status,
        content: row.content,
        lastCheckedAt: row.last_checked_at,
      }));
    },

    writeRegistrations: async (rows) => {
      for (const chunk of inChunks(rows)) {
        const values = chunk.map((row) => ({
          body: row.body,
          number: row.number,
          staff_id: row.staffId,
          status: row.status,
          type: row.type,
          first_registered: row.firstRegistered,
          expires_on: row.expiresOn,
          last_checked_at: row.lastCheckedAt,
          content: row.content,
        }));
        await sql`
          insert into esr.registration (body, number, staff_id, status, type, first_registered, expires_on,
            last_checked_at, content)
          select body, number, staff_id, status, type, first_registered, expires_on, last_checked_at, content
          from ${recordSet('x', REGISTRATION_COLUMNS, values)}
          on conflict (body, number) do update set status = excluded.status, type = excluded.type,
            first_registered = excluded.first_registered, expires_on = excluded.expires_on,
            last_checked_at = excluded.last_checked_at, content = excluded.content
          where registration.staff_id = excluded.staff_id
            and registration.last_checked_at <= excluded.last_checked_at`.execute(db);
      }
    },

    knownAwards: async (odsCode) => {
      const rows = await db
        .selectFrom('competence')
        .select(['staff_id', 'name', 'awarded_on', 'expires_on'])
        .where('ods_code', '=', odsCode)
        .execute();
      return new Map(
        rows.map((row) => [awardKey(row.staff_id, row.name, row.awarded_on), row.expires_on]),
      );
    },

    writeAwards: async (odsCode, rows) => {
      for (const chunk of inChunks(rows)) {
        const values = chunk.map((row) => ({
          staff_id: row.staffId,
          name: row.name,
          awarded_on: row.awardedOn,
          framework: row.framework,
          subject: row.subject,
          level: row.level,
          expires_on: row.expiresOn,
        }));
        await sql`
          insert into esr.competence (ods_code, staff_id, name, awarded_on, framework, subject, level, expires_on)
          select ${odsCode}, staff_id, name, awarded_on, framework, subject, level, expires_on
          from ${recordSet('x', AWARD_COLUMNS, values)}
          on conflict (staff_id, ods_code, name, awarded_on) do update set
            expires_on = excluded.expires_on`.execute(db);
      }
    },
  };
}
