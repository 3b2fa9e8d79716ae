/** Takes out what a GO2 file deletes, and keeps that it was there. */
import { sql } from 'kysely';

import type { ApplyContext } from './file-kind-import.ts';
import { addComersAndGoers, comersAndGoers, type Turned } from './settle-employments.ts';

/** Deletes people, assignments, places and phones. Returns how many assignments and live employments there were. */
export async function deleteRecords({ db, run, staged }: ApplyContext): Promise<number> {
  const named = (record: string) =>
    sql`(select esr_id from ${staged('stage_deletion')} where record = ${record})`;
  const { rows: any } = await sql`select 1 from ${staged('stage_deletion')} limit 1`.execute(db);
  if (any.length === 0) return 0;
  await sql`delete from esr.work_structure where ods_code = ${run.odsCode}
    and (kind, esr_id) in (select record, esr_id from ${staged('stage_deletion')})`.execute(db);
  await sql`
    with gone as (
      delete from esr.work_phone where ods_code = ${run.odsCode} and esr_id in ${named('PHONE')}
      returning esr_person_id)
    insert into import_touched select esr_person_id from gone`.execute(db);

  // The posts that are named, and those of people who are named.
  const { rows: posts } = await sql<{ count: number }>`
    with gone as (
      delete from esr.assignment a where ods_code = ${run.odsCode}
        and (esr_assignment_id in ${named('ASSIGNMENT')} or esr_person_id in ${named('PERSON')})
      returning id, esr_assignment_id, esr_person_id),
    versions as (
      delete from esr.assignment_version v using gone g
      where v.ods_code = ${run.odsCode} and v.esr_assignment_id = g.esr_assignment_id),
    touched as (insert into import_touched select distinct esr_person_id from gone),
    kept as (
      insert into esr.record_deletion (kind, ods_code, staff_id, employee_number, assignment_id)
      select 'ASSIGNMENT', ${run.odsCode}, e.staff_id, e.employee_number, g.id
      from gone g join esr.employment e
        on e.ods_code = ${run.odsCode} and e.esr_person_id = g.esr_person_id)
    select count(*) from gone where esr_person_id not in ${named('PERSON')}`.execute(db);
  await sql`
    delete from esr.employment_name where ods_code = ${run.odsCode}
      and esr_person_id in ${named('PERSON')}`.execute(db);
  await sql`
    delete from esr.employment_ni_number where ods_code = ${run.odsCode}
      and esr_person_id in ${named('PERSON')}`.execute(db);
  await sql`
    delete from esr.work_phone where ods_code = ${run.odsCode}
      and esr_person_id in ${named('PERSON')}`.execute(db);
  await sql`
    delete from esr.import_absence where ods_code = ${run.odsCode}
      and esr_person_id in ${named('PERSON')}`.execute(db);
  const { rows: gone } = await sql<Turned & { readonly announced: boolean }>`
    with gone as (
      delete from esr.employment e where ods_code = ${run.odsCode} and esr_person_id in ${named('PERSON')}
      returning esr_person_id, staff_id, employee_number, announced),
    kept as (
      insert into esr.record_deletion (kind, ods_code, staff_id, employee_number)
      select 'EMPLOYMENT', ${run.odsCode}, staff_id, employee_number from gone)
    select esr_person_id, staff_id, false as live, announced from gone`.execute(db);
  const left = await comersAndGoers(
    db,
    run.odsCode,
    gone.filter((one) => one.announced),
  );
  await addComersAndGoers(db, left);
  return (posts[0]?.count ?? 0) + left.length;
}
