/** People, their employments and assignments, for writing. */
import { type Kysely, sql } from 'kysely';

import { maskNiNumber } from '../domain/identifiers.ts';
import type { Candidate, EmploymentRecord, ImportRecords } from '../domain/import-ports.ts';
import { inChunks, recordSet, textSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

type PersonRecords = Pick<
  ImportRecords,
  | 'knownEmployments'
  | 'knownAssignments'
  | 'findCandidates'
  | 'writeEmployments'
  | 'writeAssignments'
  | 'deleteAssignments'
  | 'deleteEmployments'
  | 'settleEmployments'
  | 'organisationsToSettle'
>;

const EMPLOYMENT_COLUMNS = `esr_person_id text, staff_id text, employee_number text, person_type text, birth_date date,
  ni_number text, ni_number_masked text, nhs_employee_id text, smartcard_uuid text, work_email text, hire_date date,
  termination_date date, leaving_reason text, nhs_start_date date, digest text, names_digest text`;

const NAME_COLUMNS = `esr_person_id text, effective_from date, effective_to date, title text, given text, middle text,
  family text, preferred text, maiden text, previous_family text`;

const VERSION_COLUMNS = `esr_assignment_id text, effective_from date, effective_to date, assignment_number text,
  is_primary boolean, status text, position_id text, position_title text, job_role text, staff_group text, grade text,
  fte double precision, category text, start_date date, end_date date`;

/** The part of the store that is about people and posts. */
export function personRecords(db: Kysely<EsrTables>): PersonRecords {
  return {
    knownEmployments: async (odsCode) => {
      const rows = await db
        .selectFrom('employment')
        .select(['esr_person_id', 'staff_id', 'digest', 'names_digest'])
        .where('ods_code', '=', odsCode)
        .execute();
      return rows.map((row) => ({
        esrPersonId: row.esr_person_id,
        staffId: row.staff_id,
        digest: row.digest,
        names: row.names_digest,
      }));
    },

    knownAssignments: async (odsCode) => {
      const rows = await db
        .selectFrom('assignment')
        .select(['esr_assignment_id', 'esr_person_id', 'digest', 'post_digest'])
        .where('ods_code', '=', odsCode)
        .execute();
      return rows.map((row) => ({
        esrAssignmentId: row.esr_assignment_id,
        esrPersonId: row.esr_person_id,
        digest: row.digest,
        post: row.post_digest,
      }));
    },

    findCandidates: async ({ nhsEmployeeIds, niNumbers }) => {
      const { rows } = await sql<{
        id: string;
        nhs_employee_id: string | null;
        birth_date: string;
        number: string | null;
        families: string[] | null;
        employers: string[] | null;
      }>`
        select s.id, s.nhs_employee_id, s.birth_date, n.number,
          (select array_agg(distinct m.family) from esr.employment e
             join esr.employment_name m using (ods_code, esr_person_id)
             where e.staff_id = s.id and m.effective_from <= current_date
               and (m.effective_to is null or m.effective_to >= current_date)) as families,
          (select array_agg(distinct e.ods_code) from esr.employment e where e.staff_id = s.id) as employers
        from esr.staff s left join esr.ni_number n on n.staff_id = s.id
        where s.nhs_employee_id in ${textSet(nhsEmployeeIds)} or s.id in
          (select staff_id from esr.ni_number where number in ${textSet(niNumbers)})`.execute(db);
      return rows.map((row): Candidate => ({
        staffId: row.id,
        nhsEmployeeId: row.nhs_employee_id,
        birthDate: row.birth_date,
        niNumber: row.number,
        familyNames: row.families ?? [],
        employers: row.employers ?? [],
      }));
    },

    writeEmployments: async (odsCode, employments, { replaceHistory }) => {
      for (const chunk of inChunks(employments)) {
        const values = chunk.map(employmentValues);
        await sql`
          with x as (select * from ${recordSet('x', EMPLOYMENT_COLUMNS, values)}),
          staff as (
            insert into esr.staff (id, nhs_employee_id, birth_date)
            select distinct on (staff_id) staff_id, nhs_employee_id, birth_date from x
            on conflict (id) do update set
              nhs_employee_id = coalesce(excluded.nhs_employee_id, staff.nhs_employee_id),
              birth_date = excluded.birth_date)
          insert into esr.ni_number (staff_id, number)
          select distinct on (staff_id) staff_id, ni_number from x where ni_number is not null
          on conflict (staff_id) do update set number = excluded.number`.execute(db);
        await sql`
          insert into esr.employment (ods_code, esr_person_id, staff_id, employee_number, person_type, birth_date,
            ni_number_masked, nhs_employee_id, smartcard_uuid, work_email, hire_date, termination_date, leaving_reason,
            nhs_start_date, digest, names_digest)
          select ${odsCode}, esr_person_id, staff_id, employee_number, person_type, birth_date,
            ni_number_masked, nhs_employee_id, smartcard_uuid, work_email, hire_date, termination_date, leaving_reason,
            nhs_start_date, digest, names_digest from ${recordSet('x', EMPLOYMENT_COLUMNS, values)}
          on conflict (ods_code, esr_person_id) do update set
            employee_number = excluded.employee_number, person_type = excluded.person_type,
            birth_date = excluded.birth_date, ni_number_masked = excluded.ni_number_masked,
            nhs_employee_id = excluded.nhs_employee_id, smartcard_uuid = excluded.smartcard_uuid,
            work_email = excluded.work_email, hire_date = excluded.hire_date,
            termination_date = excluded.termination_date, leaving_reason = excluded.leaving_reason,
            nhs_start_date = excluded.nhs_start_date, digest = excluded.digest,
            names_digest = excluded.names_digest`.execute(db);
        await sql`
          with x as (select * from ${recordSet('x', 'esr_person_id text, ni_number text', values)}),
          gone as (
            delete from esr.employment_ni_number n using x
            where n.ods_code = ${odsCode} and n.esr_person_id = x.esr_person_id and x.ni_number is null)
          insert into esr.employment_ni_number (ods_code, esr_person_id, number)
          select ${odsCode}, esr_person_id, ni_number from x where ni_number is not null
          on conflict (ods_code, esr_person_id) do update set number = excluded.number`.execute(db);
        if (replaceHistory) {
          await sql`delete from esr.employment_name where ods_code = ${odsCode}
            and esr_person_id in ${textSet(values.map((value) => value.esr_person_id))}`.execute(
            db,
          );
        }
        const names = chunk.flatMap(nameValues);
        await sql`
          insert into esr.employment_name (ods_code, esr_person_id, effective_from, effective_to, title, given, middle,
            family, preferred, maiden, previous_family)
          select ${odsCode}, esr_person_id, effective_from, effective_to, title, given, middle,
            family, preferred, maiden, previous_family from ${recordSet('x', NAME_COLUMNS, names)}
          on conflict (ods_code, esr_person_id, effective_from) do update set
            effective_to = excluded.effective_to, title = excluded.title, given = excluded.given,
            middle = excluded.middle, family = excluded.family, preferred = excluded.preferred,
            maiden = excluded.maiden, previous_family = excluded.previous_family`.execute(db);
      }
    },

    writeAssignments: async (odsCode, assignments, { replaceHistory }) => {
      for (const chunk of inChunks(assignments)) {
        const values = chunk.map((one) => ({
          esr_assignment_id: one.rows[0]?.esrAssignmentId ?? '',
          id: one.id,
          esr_person_id: one.esrPersonId,
          digest: one.digest,
          post_digest: one.post,
        }));
        await sql`
          insert into esr.assignment (ods_code, esr_assignment_id, id, esr_person_id, digest, post_digest)
          select ${odsCode}, esr_assignment_id, id, esr_person_id, digest, post_digest from ${recordSet(
            'x',
            'esr_assignment_id text, id text, esr_person_id text, digest text, post_digest text',
            values,
          )}
          on conflict (ods_code, esr_assignment_id) do update set
            esr_person_id = excluded.esr_person_id, digest = excluded.digest,
            post_digest = excluded.post_digest`.execute(db);
        if (replaceHistory) {
          await sql`delete from esr.assignment_version where ods_code = ${odsCode}
            and esr_assignment_id in ${textSet(values.map((value) => value.esr_assignment_id))}`.execute(
            db,
          );
        }
        const versions = chunk.flatMap(versionValues);
        await sql`
          insert into esr.assignment_version (ods_code, esr_assignment_id, effective_from, effective_to,
            assignment_number, is_primary, status, position_id, position_title, job_role, staff_group, grade, fte,
            category, start_date, end_date)
          select ${odsCode}, esr_assignment_id, effective_from, effective_to,
            assignment_number, is_primary, status, position_id, position_title, job_role, staff_group, grade, fte,
            category, start_date, end_date from ${recordSet('x', VERSION_COLUMNS, versions)}
          on conflict (ods_code, esr_assignment_id, effective_from) do update set
            effective_to = excluded.effective_to, assignment_number = excluded.assignment_number,
            is_primary = excluded.is_primary, status = excluded.status, position_id = excluded.position_id,
            position_title = excluded.position_title, job_role = excluded.job_role,
            staff_group = excluded.staff_group, grade = excluded.grade, fte = excluded.fte,
            category = excluded.category, start_date = excluded.start_date,
            end_date = excluded.end_date`.execute(db);
      }
    },

    deleteAssignments: async (odsCode, ids) => {
      if (ids.length === 0) return 0;
      const { rows } = await sql`delete from esr.assignment where ods_code = ${odsCode}
        and esr_assignment_id in ${textSet(ids)} returning id`.execute(db);
      return rows.length;
    },

    deleteEmployments: async (odsCode, ids) => {
      if (ids.length === 0) return [];
      const { rows } = await sql<{ staff_id: string; announced: boolean }>`
        delete from esr.employment where ods_code = ${odsCode} and esr_person_id in ${textSet(ids)}
        returning staff_id, announced`.execute(db);
      return [...new Set(rows.filter((row) => row.announced).map((row) => row.staff_id))];
    },

    settleEmployments: async (odsCode, day) => {
      // A post that is still open keeps somebody at the organisation after one employment was terminated.
      await sql`
        update esr.employment e set ends_on = case
            when e.termination_date is null or coalesce(p.open, false) then null
            else greatest(e.termination_date, p.last_day) end
        from esr.employment me left join (
          select v.esr_person_id, bool_or(v.last_day is null) as open, max(v.last_day) as last_day from (
            select distinct on (a.esr_assignment_id) a.esr_person_id,
              case when v.status like 'TERM%' then v.effective_from else coalesce(v.end_date, v.effective_to) end as last_day
            from esr.assignment a join esr.assignment_version v using (ods_code, esr_assignment_id)
            where a.ods_code = ${odsCode}
            order by a.esr_assignment_id, v.effective_from desc) v
          group by v.esr_person_id) p on p.esr_person_id = me.esr_person_id
        where me.ods_code = ${odsCode} and e.ods_code = me.ods_code and e.esr_person_id = me.esr_person_id
          and e.ends_on is distinct from case
            when e.termination_date is null or coalesce(p.open, false) then null
            else greatest(e.termination_date, p.last_day) end`.execute(db);
      return announceEmployments(db, day, odsCode);
    },

    organisationsToSettle: async (day) => {
      const { rows } = await sql<{ ods_code: string }>`
        select distinct ods_code from esr.employment
        where announced <> (ends_on is null or ends_on >= ${day}::date)`.execute(db);
      return rows.map((row) => row.ods_code);
    },
  };
}

/** Marks employments that began or ended, and returns the people who are now here, or no longer. */
async function announceEmployments(db: Kysely<EsrTables>, day: string, odsCode: string) {
  const { rows } = await sql<{ staff_id: string; live: boolean }>`
    with changed as (
      update esr.employment set announced = not announced
      where ods_code = ${odsCode} and announced <> (ends_on is null or ends_on >= ${day}::date)
      returning staff_id, announced, esr_person_id)
    select distinct c.staff_id, c.announced as live from changed c
    where not exists (
      -- Another employment here that was live before and is still: nothing happened to the person.
      select from esr.employment o where o.ods_code = ${odsCode} and o.staff_id = c.staff_id
        and o.esr_person_id not in (select esr_person_id from changed)
        and o.announced)`.execute(db);
  return rows.map((row) => ({ staffId: row.staff_id, live: row.live }));
}

const employmentValues = ({
  staffId,
  digest,
  names,
  head,
  terminationDate,
  personType,
}: EmploymentRecord) => ({
  esr_person_id: head.esrPersonId,
  staff_id: staffId,
  employee_number: head.employeeNumber,
  person_type: personType,
  birth_date: head.birthDate,
  ni_number: head.niNumber,
  ni_number_masked: head.niNumber === null ? null : maskNiNumber(head.niNumber),
  nhs_employee_id: head.nhsEmployeeId,
  smartcard_uuid: head.smartcardUuid,
  work_email: head.workEmail,
  hire_date: head.hireDate,
  termination_date: terminationDate,
  leaving_reason: head.leavingReason,
  nhs_start_date: head.nhsStartDate,
  digest,
  names_digest: names,
});

const nameValues = ({ rows }: EmploymentRecord) =>
  rows.map((row) => ({
    esr_person_id: row.esrPersonId,
    effective_from: row.effectiveFrom,
    effective_to: row.effectiveTo,
    title: row.title,
    given: row.given,
    middle: row.middle,
    family: row.family,
    preferred: row.preferred,
    maiden: row.maiden,
    previous_family: row.previousFamily,
  }));

const versionValues = ({ rows }: Parameters<ImportRecords['writeAssignments']>[1][number]) =>
  rows.map((row) => ({
    esr_assignment_id: row.esrAssignmentId,
    effective_from: row.effectiveFrom,
    effective_to: row.effectiveTo,
    assignment_number: row.assignmentNumber,
    is_primary: row.primary,
    status: row.status,
    position_id: row.positionId,
    position_title: row.positionTitle,
    job_role: row.jobRole,
    staff_group: row.staffGroup,
    grade: row.grade,
    fte: row.fte,
    category: row.category,
    start_date: row.startDate,
    end_date: row.endDate,
  }));
