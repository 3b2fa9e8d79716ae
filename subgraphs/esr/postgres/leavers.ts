/** Employments that ended, of people who are still at work, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { FindLeavers, LeaverFinding } from '../domain/leavers.ts';
import { isDeathInService } from './death-in-service.ts';
import type { EsrTables } from './tables.ts';

interface LeaverRow {
  readonly staff_id: string;
  readonly ods_code: string;
  readonly employee_number: string;
  readonly ended_on: string;
  readonly leaving_reason: string | null;
  readonly finding: LeaverFinding;
  readonly works_at: readonly string[];
  readonly count: number;
}

/** See `FindLeavers`. An employment counts for every id of its person. */
export const postgresLeavers =
  (db: Kysely<EsrTables>): FindLeavers =>
  ({ odsCode, days, limit, day }) =>
    orUnavailable(async () => {
      const whose = odsCode === undefined ? sql`true` : sql`e.ods_code = ${odsCode}`;
      const { rows } = await sql<LeaverRow>`
        with ended as (
          select e.*, coalesce(e.ends_on, e.termination_date) as ended_on, s.person_id,
            ${isDeathInService('e.leaving_reason')} as died
          from esr.employment e join esr.staff s on s.id = e.staff_id
          where ${whose} and coalesce(e.ends_on, e.termination_date) < ${day}::date
            and coalesce(e.ends_on, e.termination_date) >= ${day}::date - ${days}::int),
        found as (
          select e.staff_id, e.ods_code, e.employee_number, e.ended_on, e.leaving_reason,
            case when e.died then 'DECEASED_AND_EMPLOYED' when e.ends_on is null then 'POST_STILL_OPEN'
              else 'WORKS_ELSEWHERE' end as finding,
            w.works_at
          from ended e
          cross join lateral (
            select jsonb_agg(distinct o.ods_code order by o.ods_code) as works_at
            from esr.staff g join esr.employment o on o.staff_id = g.id
            where g.person_id = e.person_id and (o.ends_on is null or o.ends_on >= ${day}::date)) w
          where w.works_at is not null)
        select found.*, count(*) over () as count from found
        order by finding, ended_on, ods_code, employee_number limit ${limit}`.execute(db);
      return {
        count: rows[0]?.count ?? 0,
        leavers: rows.map((row) => ({
          staffId: row.staff_id,
          odsCode: row.ods_code,
          employeeNumber: row.employee_number,
          endedOn: row.ended_on,
          leavingReason: row.leaving_reason,
          finding: row.finding,
          worksAt: row.works_at,
        })),
      };
    });
