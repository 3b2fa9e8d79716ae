/** People of an organisation, each once, under the id that they are shown under. */
import { type Kysely, sql } from 'kysely';

import type { StaffRecords } from '../domain/ports.ts';
import type { EsrTables } from './tables.ts';

/**
 * See `StaffRecords.findStaffIdsAt`. The index of employments gives those who have one id, which is nearly everybody,
 * in order and no more of them than the page holds; the few with joined ids are looked up beside them.
 */
export async function findStaffIdsAt(
  db: Kysely<EsrTables>,
  { odsCode, day, after, limit }: Parameters<StaffRecords['findStaffIdsAt']>[0],
): Promise<readonly string[]> {
  const live = sql`e.ods_code = ${odsCode} and (e.ends_on is null or e.ends_on >= ${day}::date)`;
  const { rows } = await sql<{ id: string }>`
    select id from (
      (select distinct e.staff_id as id from esr.employment e
        join esr.staff s on s.id = e.staff_id and s.person_id = s.id
        where ${live} and e.staff_id > ${after ?? ''}
        order by e.staff_id limit ${limit})
      union
      (select distinct s.person_id from esr.staff s
        join esr.employment e on e.staff_id = s.id
        where s.person_id <> s.id and ${live} and s.person_id > ${after ?? ''}
        order by s.person_id limit ${limit})
    ) people order by id limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}
