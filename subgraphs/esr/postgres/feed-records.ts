/** Registrations, training and placements, for writing. */
import { type Kysely, sql } from 'kysely';

import { awardKey, type FeedRecords } from '../domain/import-ports.ts';
import { inChunks, recordSet, textSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

type Feeds = Pick<
  FeedRecords,
  | 'staffByEmployeeNumber'
  | 'knownRegistrations'
  | 'writeRegistrations'
  | 'knownAwards'
  | 'writeAwards'
  | 'knownPlacements'
  | 'writePlacements'
>;

const REGISTRATION_COLUMNS = `body text, number text, staff_id text, status text, type text, first_registered date,
  expires_on date, last_checked_at timestamptz, content text`;

const PLACEMENT_COLUMNS = `reference text, staff_id text, host_ods_code text, national_post_number text,
  specialty text, grade text, site text, start_date date, end_date date, withdrawn boolean, updated_at timestamptz,
  content text`;

const AWARD_COLUMNS = `staff_id text, name text, awarded_on date, framework text, subject text, level text,
  expires_on date`;

/** The part of the store that is about the feeds. */
export function feedRecords(db: Kysely<EsrTables>): Feeds {
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
            last_checked_at = excluded.last_checked_at, content = excluded.content,
            changed_at = case when registration.content = excluded.content then registration.changed_at else now() end
          where registration.staff_id = excluded.staff_id
            and registration.last_checked_at <= excluded.last_checked_at`.execute(db);
        await sql`
          insert into esr.registration_version (body, number, read_from, status, type, first_registered, expires_on)
          select r.body, r.number, r.last_checked_at, r.status, r.type, r.first_registered, r.expires_on
          from ${recordSet('x', 'body text, number text', values)} join esr.registration r using (body, number)
          left join lateral (
            select v.status, v.type, v.first_registered, v.expires_on from esr.registration_version v
            where v.body = r.body and v.number = r.number order by v.read_from desc limit 1
          ) last on true
          where (last.status, last.type, last.first_registered, last.expires_on)
            is distinct from (r.status, r.type, r.first_registered, r.expires_on)
          on conflict (body, number, read_from) do update set status = excluded.status, type = excluded.type,
            first_registered = excluded.first_registered, expires_on = excluded.expires_on`.execute(
          db,
        );
      }
    },

    knownPlacements: async (references) => {
      const rows = await db
        .selectFrom('training_placement')
        .select(['reference', 'staff_id', 'lead_ods_code', 'content', 'updated_at'])
        .where(sql<boolean>`reference in ${textSet(references)}`)
        .execute();
      return rows.map((row) => ({
        reference: row.reference,
        staffId: row.staff_id,
        odsCode: row.lead_ods_code,
        content: row.content,
        updatedAt: row.updated_at,
      }));
    },

    writePlacements: async (odsCode, rows) => {
      for (const chunk of inChunks(rows)) {
        const values = chunk.map((row) => ({
          reference: row.reference,
          staff_id: row.staffId,
          host_ods_code: row.hostOdsCode,
          national_post_number: row.nationalPostNumber,
          specialty: row.specialty,
          grade: row.grade,
          site: row.site,
          start_date: row.startDate,
          end_date: row.endDate,
          withdrawn: row.withdrawn,
          updated_at: row.updatedAt,
          content: row.content,
        }));
        await sql`
          insert into esr.training_placement (reference, staff_id, lead_ods_code, host_ods_code, national_post_number,
            specialty, grade, site, start_date, end_date, withdrawn, updated_at, content)
          select reference, staff_id, ${odsCode}, host_ods_code, national_post_number,
            specialty, grade, site, start_date, end_date, withdrawn, updated_at, content
          from ${recordSet('x', PLACEMENT_COLUMNS, values)}
          on conflict (reference) do update set host_ods_code = excluded.host_ods_code,
            national_post_number = excluded.national_post_number, specialty = excluded.specialty,
            grade = excluded.grade, site = excluded.site, start_date = excluded.start_date,
            end_date = excluded.end_date, withdrawn = excluded.withdrawn, updated_at = excluded.updated_at,
            content = excluded.content, changed_at = case when training_placement.content = excluded.content
              then training_placement.changed_at else now() end
          where training_placement.staff_id = excluded.staff_id
            and training_placement.lead_ods_code = excluded.lead_ods_code
            and training_placement.updated_at <= excluded.updated_at`.execute(db);
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
            expires_on = excluded.expires_on, changed_at = now()`.execute(db);
      }
    },
  };
}
