/** Writes the planned people of a GO2 file: ids, employments and names. */
import { sql } from 'kysely';

import { isDeathInService } from './death-in-service.ts';
import { LAST_DAY } from './effective-rows.ts';
import type { ApplyContext } from './file-kind-import.ts';
import { addComersAndGoers, comersAndGoers, type Turned } from './settle-employments.ts';

/** The employment is over on the day after this. Oracle may say so in the type of person alone. */
const TERMINATION = sql.raw(
  `coalesce(p.termination_date, case when p.person_type = 'EX_EMPLOYEE' then p.effective_from end)`,
);

/** The columns of an employment that come from the row in force. */
const FROM_ROW = {
  employee_number: sql.raw('p.employee_number'),
  person_type: sql.raw('p.person_type'),
  birth_date: sql.raw('p.birth_date'),
  ni_number_masked: sql.raw(`left(p.ni_number, 2) || '****' || right(p.ni_number, 3)`),
  nhs_employee_id: sql.raw('p.nhs_employee_id'),
  smartcard_uuid: sql.raw('p.smartcard_uuid'),
  work_email: sql.raw('p.work_email'),
  hire_date: sql.raw('p.hire_date'),
  termination_date: TERMINATION,
  leaving_reason: sql.raw('p.leaving_reason'),
  nhs_start_date: sql.raw('p.nhs_start_date'),
} as const;

const NAME_COLUMNS = sql.raw(
  'effective_from, effective_to, title, given, middle, family, preferred, maiden, previous_family, digest',
);

/** Writes the people who are new. Their employments are settled and announced here: they have no posts but the file's. */
export async function addPeople({ db, run, day, staged }: ApplyContext): Promise<void> {
  const head = sql`import_person i join ${staged('stage_person')} p on p.line = i.head_line`;
  await sql`
    insert into esr.staff (id, person_id, nhs_employee_id, birth_date)
    select i.staff_id, i.staff_id, p.nhs_employee_id, p.birth_date from ${head}
    where i.is_new and not i.recognised order by i.staff_id`.execute(db);
  await sql`
    insert into esr.employment (ods_code, esr_person_id, staff_id, head_from, ends_on, announced,
      ${sql.join(Object.keys(FROM_ROW).map((column) => sql.ref(column)))})
    with last as (
      select distinct on (esr_assignment_id) esr_person_id, ${LAST_DAY} as last_day
      from ${staged('stage_assignment')} order by esr_assignment_id, effective_from desc),
    posts as (
      select esr_person_id, bool_or(last_day is null) as open, max(last_day) as last_day
      from last group by 1)
    select ${run.odsCode}, i.esr_person_id, i.staff_id, i.head_from, e.ends_on,
      e.ends_on is null or e.ends_on >= ${day}::date,
      ${sql.join(Object.values(FROM_ROW))}
    from ${head}
    left join posts on posts.esr_person_id = i.esr_person_id
    cross join lateral (select case when ${TERMINATION} is null or coalesce(posts.open, false) then null
      else greatest(${TERMINATION}, posts.last_day) end as ends_on) e
    -- In the order of the index that is the most spread out.
    where i.is_new order by i.staff_id`.execute(db);
  await sql`
    insert into esr.employment_ni_number (ods_code, esr_person_id, number)
    select ${run.odsCode}, i.esr_person_id, p.ni_number from ${head}
    where i.is_new and p.ni_number is not null`.execute(db);
  await sql`
    insert into esr.employment_name (ods_code, esr_person_id, ${NAME_COLUMNS})
    select ${run.odsCode}, esr_person_id, ${NAME_COLUMNS} from ${staged('stage_person')}
    where esr_person_id in (select esr_person_id from import_person where is_new)
    order by esr_person_id, effective_from`.execute(db);
  await sql`
    insert into import_event (type, staff_id)
    select 'staff-joined-1', e.staff_id from import_person i
    join esr.employment e on e.ods_code = ${run.odsCode} and e.esr_person_id = i.esr_person_id
    where i.is_new and not i.recognised and e.announced`.execute(db);
  // Somebody who was known may have another employment here.
  const { rows: known } = await sql<Turned>`
    select e.staff_id, true as live, e.esr_person_id from import_person i
    join esr.employment e on e.ods_code = ${run.odsCode} and e.esr_person_id = i.esr_person_id
    where i.is_new and i.recognised and e.announced`.execute(db);
  await addComersAndGoers(db, await comersAndGoers(db, run.odsCode, known));
}

/** Writes what the file says about people who had an id before. */
export async function updateStaff({ db, staged }: ApplyContext): Promise<void> {
  await sql`
    update esr.staff s set birth_date = p.birth_date,
      nhs_employee_id = case when i.takes_identifier then coalesce(p.nhs_employee_id, s.nhs_employee_id)
        else s.nhs_employee_id end
    from import_person i join ${staged('stage_person')} p on p.line = i.head_line
    where i.changed and (not i.is_new or i.recognised) and s.id = i.staff_id
      and (s.birth_date <> p.birth_date
        or (i.takes_identifier and s.nhs_employee_id is distinct from p.nhs_employee_id))`.execute(
    db,
  );
}

/** Writes the people who are changed, and says whose name is another. */
export async function changePeople(context: ApplyContext): Promise<void> {
  const { db, run, day, staged } = context;
  const head = sql`import_person i join ${staged('stage_person')} p on p.line = i.head_line`;
  const held = (i: string) =>
    sql`${sql.ref(`${i}.ods_code`)} = ${run.odsCode} and ${sql.ref(`${i}.esr_person_id`)}`;
  await sql`
    insert into import_event (type, staff_id)
    select distinct 'staff-name-changed-1', i.staff_id from ${head}
    join esr.employment e on ${held('e')} = i.esr_person_id
    join lateral (
      select n.* from esr.employment_name n where ${held('n')} = i.esr_person_id
      -- The name that was in force when the employment was last looked at.
      order by n.effective_from is not distinct from e.head_from desc,
        (n.effective_from <= ${day}::date and (n.effective_to is null or n.effective_to >= ${day}::date)) desc,
        n.effective_from desc
      limit 1) n on true
    where i.changed and not i.is_new
      and (n.title, n.given, n.middle, n.family, n.preferred)
        is distinct from (p.title, p.given, p.middle, p.family, p.preferred)`.execute(db);
  // A reason that is keyed after the leaving changes what follows from it.
  await sql`
    insert into import_event (type, staff_id)
    select distinct 'staff-left-1', i.staff_id from ${head}
    join esr.employment e on ${held('e')} = i.esr_person_id
    where i.changed and not i.is_new and not e.announced
      and ${isDeathInService('p.leaving_reason')} and not ${isDeathInService('e.leaving_reason')}`.execute(
    db,
  );
  await sql`
    update esr.employment e set head_from = i.head_from, absent_from = null,
      ${sql.join(
        Object.entries(FROM_ROW).map(([column, value]) => sql`${sql.ref(column)} = ${value}`),
      )}
    from ${head}
    where i.changed and not i.is_new and ${held('e')} = i.esr_person_id`.execute(db);
  await sql`
    update esr.employment e set head_from = i.head_from, absent_from = null
    from import_person i
    where i.changed and not i.is_new and i.head_line is null and ${held('e')} = i.esr_person_id`.execute(
    db,
  );
  await sql`
    with given as (select i.esr_person_id, p.ni_number from ${head} where i.changed and not i.is_new),
    gone as (
      delete from esr.employment_ni_number n using given g
      where ${held('n')} = g.esr_person_id and g.ni_number is null)
    insert into esr.employment_ni_number (ods_code, esr_person_id, number)
    select ${run.odsCode}, esr_person_id, ni_number from given where ni_number is not null
    on conflict (ods_code, esr_person_id) do update set number = excluded.number
    where employment_ni_number.number <> excluded.number`.execute(db);
  if (run.full) {
    await sql`
      delete from esr.employment_name n using import_person i
      where i.changed and not i.is_new and ${held('n')} = i.esr_person_id
        and not exists (select from ${staged('stage_person')} p
          where p.esr_person_id = n.esr_person_id and p.effective_from = n.effective_from)`.execute(
      db,
    );
  }
  await sql`
    insert into esr.employment_name (ods_code, esr_person_id, ${NAME_COLUMNS})
    select ${run.odsCode}, p.esr_person_id, ${sql.raw(
      'p.effective_from, p.effective_to, p.title, p.given, p.middle, p.family, p.preferred, p.maiden, p.previous_family, p.digest',
    )}
    from ${staged('stage_person')} p join import_person i using (esr_person_id)
    where i.changed and not i.is_new
    on conflict (ods_code, esr_person_id, effective_from) do update set
      effective_to = excluded.effective_to, title = excluded.title, given = excluded.given,
      middle = excluded.middle, family = excluded.family, preferred = excluded.preferred,
      maiden = excluded.maiden, previous_family = excluded.previous_family, digest = excluded.digest
    where employment_name.digest is distinct from excluded.digest`.execute(db);
}
