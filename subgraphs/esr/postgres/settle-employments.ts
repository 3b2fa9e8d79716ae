/** When employments end, and saying who is here or no longer. */
import { type Kysely, sql } from 'kysely';

import { idsOfEach } from './person-group.ts';
import type { EsrTables } from './tables.ts';
import { LAST_DAY } from './write-people.ts';

/**
 * Works out when the employments of the people in `import_touched` end, and marks them changed. A post that is still open
 * keeps somebody at the organisation after one employment was terminated.
 */
export async function settleTouched(db: Kysely<EsrTables>, odsCode: string): Promise<void> {
  await sql`
    with touched as (select distinct esr_person_id from import_touched),
    last as (
      select distinct on (a.esr_assignment_id) a.esr_person_id, ${LAST_DAY} as last_day
      from touched t join esr.assignment a on a.ods_code = ${odsCode} and a.esr_person_id = t.esr_person_id
      join esr.assignment_version v on v.ods_code = a.ods_code
        and v.esr_assignment_id = a.esr_assignment_id
      order by a.esr_assignment_id, v.effective_from desc),
    posts as (
      select esr_person_id, bool_or(last_day is null) as open, max(last_day) as last_day
      from last group by 1)
    update esr.employment e set changed_at = now(),
      ends_on = case
        when me.absent_from is not null then me.absent_from - 1
        when me.termination_date is null or coalesce(p.open, false) then null
        else greatest(me.termination_date, p.last_day) end
    from touched t
    join esr.employment me on me.ods_code = ${odsCode} and me.esr_person_id = t.esr_person_id
    left join posts p on p.esr_person_id = t.esr_person_id
    where e.ods_code = ${odsCode} and e.esr_person_id = t.esr_person_id`.execute(db);
}

/** Marks employments that began or ended, and returns the people who are now here, or no longer. */
export async function announceEmployments(
  db: Kysely<EsrTables>,
  day: string,
  odsCode: string,
): Promise<readonly { readonly staffId: string; readonly live: boolean }[]> {
  const { rows } = await sql<{ staff_id: string; live: boolean }>`
    with changed as (
      update esr.employment set announced = not announced, changed_at = now()
      where ods_code = ${odsCode} and announced <> (ends_on is null or ends_on >= ${day}::date)
      returning staff_id, announced, esr_person_id)
    select distinct c.staff_id, c.announced as live from changed c
    where not exists (
      -- Another employment here that was live before and is still: nothing happened to the person.
      select from esr.employment o where o.ods_code = ${odsCode}
        and o.staff_id in ${idsOfEach('c.staff_id')}
        and o.esr_person_id not in (select esr_person_id from changed)
        and o.announced)
      -- One employment that follows another: neither.
      and not exists (select from changed o where o.staff_id in ${idsOfEach('c.staff_id')}
        and o.announced <> c.announced)`.execute(db);
  return rows.map((row) => ({ staffId: row.staff_id, live: row.live }));
}
