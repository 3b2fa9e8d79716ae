/** When employments end, and saying who is here or no longer. */
import { type Kysely, sql } from 'kysely';

import { LAST_DAY } from './effective-rows.ts';
import { personGroups } from './person-group.ts';
import { recordSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

/**
 * Works out when the employments of the people in `import_touched` end, and marks them changed. A post that is still open
 * keeps somebody at the organisation after one employment was terminated.
 */
export async function settleTouched(db: Kysely<EsrTables>, odsCode: string): Promise<void> {
  // A few people of a large organisation, or all of a new one: the plans differ.
  await sql`analyze import_touched`.execute(db);
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

/** An employment that began or ended just now. */
export interface Turned {
  readonly staff_id: string;
  readonly live: boolean;
  readonly esr_person_id: string;
}

/** Marks employments that began or ended, and returns the people who are now here, or no longer. */
export async function announceEmployments(
  db: Kysely<EsrTables>,
  day: string,
  odsCode: string,
): Promise<readonly Pick<Turned, 'staff_id' | 'live'>[]> {
  const { rows } = await sql<Turned>`
    update esr.employment set announced = not announced, changed_at = now()
    where ods_code = ${odsCode} and announced <> (ends_on is null or ends_on >= ${day}::date)
    returning staff_id, announced as live, esr_person_id`.execute(db);
  return comersAndGoers(db, odsCode, rows);
}

/** The people to whom something happened when these employments began or ended: nothing does while another of theirs lasts. */
export async function comersAndGoers(
  db: Kysely<EsrTables>,
  odsCode: string,
  turned: readonly Turned[],
): Promise<readonly Pick<Turned, 'staff_id' | 'live'>[]> {
  if (turned.length === 0) return [];
  const { rows } = await sql<Pick<Turned, 'staff_id' | 'live'>>`
    with turned as materialized (
      select * from ${recordSet('x', 'staff_id text, live boolean, esr_person_id text', turned)}),
    ids as materialized (
      select distinct asked, member from ${personGroups([...new Set(turned.map((one) => one.staff_id))])}),
    lasting as (
      select i.asked from ids i
      join esr.employment o on o.ods_code = ${odsCode} and o.staff_id = i.member and o.announced
      where o.esr_person_id not in (select esr_person_id from turned)),
    -- One employment that follows another: the person neither came nor went.
    followed as (
      select t.staff_id from turned t join ids i on i.asked = t.staff_id
      join turned o on o.staff_id = i.member and o.live <> t.live)
    select distinct staff_id, live from turned
    where staff_id not in (select asked from lasting) and staff_id not in (select staff_id from followed)`.execute(
    db,
  );
  return rows;
}

/** Says so in `import_event`. */
export async function addComersAndGoers(
  db: Kysely<EsrTables>,
  people: readonly Pick<Turned, 'staff_id' | 'live'>[],
): Promise<void> {
  if (people.length === 0) return;
  await sql`
    insert into import_event (type, staff_id)
    select case when live then 'staff-joined-1' else 'staff-left-1' end, staff_id
    from ${recordSet('x', 'staff_id text, live boolean', people)}`.execute(db);
}
