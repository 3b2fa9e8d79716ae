/** Which people of a staged GO2 file are new or changed, and which row of each is in force. */
import { sql } from 'kysely';

import { headFrom, rejectOverlaps } from './effective-rows.ts';
import type { ApplyContext } from './file-kind-import.ts';

/**
 * Makes the temporary table `import_person`: one row for each person of the file.
 *
 * `head_line` is the line of the row in force; null when that is a row held before, which a file of changes does not repeat.
 */
export async function planPeople(context: ApplyContext): Promise<void> {
  const { db, run, day, staged } = context;
  const person = staged('stage_person');
  await sql`
    with shared as (
      select employee_number, min(line) as line from ${person}
      group by 1 having min(esr_person_id) <> max(esr_person_id)),
    holder as (select s.employee_number, p.esr_person_id from shared s join ${person} p using (line)),
    bad as (
      delete from ${person} p using holder h
      where p.employee_number = h.employee_number and p.esr_person_id <> h.esr_person_id
      returning p.line, p.employee_number)
    insert into import_fault (line, field, code, value)
    select line, 'employeeNumber', 'employee_number_duplicate', employee_number from bad`.execute(
    db,
  );
  await rejectOverlaps(context, 'stage_person', 'esr_person_id');

  // Of a file of changes, what is held and not given again counts when the row in force is looked for.
  const kept = run.full
    ? sql``
    : sql`union all
        select n.esr_person_id, n.effective_from, n.effective_to, false
        from esr.employment_name n
        where n.ods_code = ${run.odsCode} and n.esr_person_id in (select esr_person_id from ${person})
          and not exists (select from ${person} p where p.esr_person_id = n.esr_person_id
            and p.effective_from = n.effective_from)`;
  await sql`
    create temporary table import_person on commit drop as
    with head as (
      select esr_person_id, count(*) filter (where given) as given, ${headFrom(day)} as head_from
      from (
        select esr_person_id, effective_from, effective_to, true as given from ${person} ${kept}) r
      group by 1),
    same as (
      select p.esr_person_id, count(*) as same
      from ${person} p join esr.employment_name n on n.ods_code = ${run.odsCode}
        and n.esr_person_id = p.esr_person_id and n.effective_from = p.effective_from
        and n.digest = p.digest
      group by 1)
      ${
        run.full
          ? sql`, held as (
        select esr_person_id, count(*) as held from esr.employment_name
        where ods_code = ${run.odsCode} group by 1)`
          : sql``
      }
    select h.esr_person_id, h.head_from, p.line as head_line,
      e.esr_person_id is null as is_new,
      e.esr_person_id is null or e.absent_from is not null or e.head_from is distinct from h.head_from
        or coalesce(s.same, 0) <> h.given ${run.full ? sql`or k.held <> h.given` : sql``} as changed,
      -- Recognised as somebody with this id; whether the file's NHS identifier becomes that of the id, or is that of
      -- another id of the same person.
      false as recognised, true as takes_identifier, null::text as same_person_as,
      coalesce(e.staff_id, 'stf_' || left(translate(
        encode(uuid_send(gen_random_uuid()), 'base64'), '+/', '-_'), 22)) as staff_id
    from head h
    left join esr.employment e on e.ods_code = ${run.odsCode} and e.esr_person_id = h.esr_person_id
    left join same s on s.esr_person_id = h.esr_person_id
    ${run.full ? sql`left join held k on k.esr_person_id = h.esr_person_id` : sql``}
    left join ${person} p on p.esr_person_id = h.esr_person_id
      and p.effective_from = h.head_from`.execute(db);
  await sql`create index on import_person (esr_person_id)`.execute(db);
  await sql`analyze import_person`.execute(db);
}
