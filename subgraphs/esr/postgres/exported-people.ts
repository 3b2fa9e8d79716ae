/** Whom an export is about, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { ExportedPeople } from '../domain/export-ports.ts';
import { personGroups } from './person-group.ts';
import { reading } from './reading.ts';
import type { EsrTables } from './tables.ts';

/** The people of exports in PostgreSQL. */
export function postgresExportedPeople(db: Kysely<EsrTables>): ExportedPeople {
  return {
    settledMoment: () =>
      orUnavailable(async () => {
        // What an open transaction has written carries the moment of its beginning, and is not to be seen yet.
        const { rows } = await sql<{ moment: Date }>`
          select least(now(), min(xact_start)) as moment from pg_stat_activity
          where datname = current_database() and backend_type = 'client backend'`.execute(db);
        const [row] = rows;
        if (row === undefined) throw new Error('the database did not tell the time');
        return row.moment;
      }),

    listChanged: ({ odsCode, since, day, after, limit }) =>
      reading(db, { odsCode }, async (view) => {
        const sinceDay = sql`(${since}::timestamptz at time zone 'Europe/London')::date`;
        const comes = (column: string) =>
          sql`(${sql.ref(column)} between ${sinceDay} and ${day}::date)`;
        const { rows } = await sql<{ id: string }>`
          with held as materialized (
            select e.staff_id, e.esr_person_id, e.changed_at, e.ends_on from esr.employment e
            where e.ods_code = ${odsCode}),
          changed as (
            select staff_id from held where changed_at >= ${since} or ${comes('ends_on')}
            union
            select staff_id from held join esr.employment_name n
              on n.ods_code = ${odsCode} and n.esr_person_id = held.esr_person_id
            where ${comes('n.effective_from')} or ${comes('n.effective_to')}
            union
            select staff_id from held join esr.assignment a
              on a.ods_code = ${odsCode} and a.esr_person_id = held.esr_person_id
            join esr.assignment_version v
              on v.ods_code = ${odsCode} and v.esr_assignment_id = a.esr_assignment_id
            where ${comes('v.effective_from')} or ${comes('v.effective_to')}
              or ${comes('v.start_date')} or ${comes('v.end_date')}
            union
            select staff_id from held join esr.registration r using (staff_id)
            where r.changed_at >= ${since} or ${comes('r.expires_on')}
            union
            select c.staff_id from esr.competence c
            where c.ods_code = ${odsCode} and (c.changed_at >= ${since} or ${comes('c.expires_on')})
            union
            select d.staff_id from esr.record_deletion d
            where d.ods_code = ${odsCode} and d.deleted_at >= ${since}
            union
            select staff_id from held join esr.staff s on s.id = held.staff_id
            where s.regrouped_at >= ${since})
          select id from (
            -- Somebody whose last employment here was taken out is not to be seen any more.
            select coalesce(s.person_id, changed.staff_id) as id
            from changed left join esr.staff s on s.id = changed.staff_id
            union
            -- An id that lists showed before it was joined to another.
            select s.id from changed join esr.staff s on s.id = changed.staff_id
            where s.regrouped_at >= ${since}
          ) people
          where id > ${after ?? ''} order by id limit ${limit}`.execute(view);
        return rows.map((row) => row.id);
      }),

    findGroups: (staffIds) =>
      reading(db, 'reference', async (view) => {
        const { rows } = await sql<{ asked: string; shown_as: string; members: string[] }>`
          select asked, esr.person_of(asked) as shown_as, array_agg(member order by member) as members
          from ${personGroups(staffIds)} g group by asked having count(*) > 1`.execute(view);
        return new Map(
          rows.map(({ asked, shown_as: shownAs, members }) => [asked, { shownAs, members }]),
        );
      }),
  };
}
