/** The store of staff records, for reading. What a caller may not see is left out by the statement itself, and by PostgreSQL's row-level security. */
import { type Kysely, sql } from 'kysely';

import { isOfOrganisation } from '../domain/access.ts';
import type { StaffRecords } from '../domain/ports.ts';
import type { HeldAssignment, HeldEmployment, NameVersion } from '../domain/staff-record.ts';
import { onlyHeldBy } from './held-by.ts';
import { personGroups } from './person-group.ts';
import {
  findCompetences,
  findQualifications,
  findRegistrations,
  findRemovals,
  findTrainingPlacements,
  findWorkPhones,
} from './person-lists.ts';
import { reading } from './reading.ts';
import { textSet } from './record-set.ts';
import { findStaffEvents } from './staff-events.ts';
import { findStaffAt } from './staff-list.ts';
import type { EsrTables } from './tables.ts';

interface PersonRow {
  readonly id: string;
  readonly currentId: string | null;
  readonly employments:
    | readonly (Omit<HeldEmployment, 'changedAt'> & { readonly changedAt: string })[]
    | null;
}

interface AssignmentRow {
  readonly id: string;
  readonly staff_id: string;
  readonly ods_code: string;
  readonly changed_at: Date;
  readonly versions: HeldAssignment['versions'];
}

/** Reads from PostgreSQL. */
export function postgresStaffRecords(database: Kysely<EsrTables>): StaffRecords {
  return {
    findPeople: (staffIds, view) =>
      reading(database, view, async (db) => {
        const { rows } = await sql<PersonRow>`
          select s.asked as id, esr.person_of(s.asked) as "currentId", jsonb_agg(jsonb_build_object(
              'odsCode', e.ods_code, 'employeeNumber', e.employee_number, 'personType', e.person_type,
              'birthDate', e.birth_date, 'niNumberMasked', e.ni_number_masked, 'nhsEmployeeId', e.nhs_employee_id,
              'smartcardUuid', e.smartcard_uuid, 'workEmail', e.work_email, 'hireDate', e.hire_date,
              'terminationDate', e.termination_date, 'leavingReason', e.leaving_reason,
              'nhsStartDate', e.nhs_start_date, 'endsOn', e.ends_on, 'changedAt', e.changed_at,
              'names', coalesce((${NAMES}), '[]'::jsonb))
            order by e.ods_code, e.esr_person_id) filter (where e.ods_code is not null) as employments
          from ${personGroups(staffIds)} s ${isOfOrganisation(view) ? sql`join` : sql`left join`} esr.employment e
            on e.staff_id = s.member ${onlyHeldBy('e', view)}
          group by s.asked`.execute(db);
        return rows.map(({ id, currentId, employments }) => ({
          id,
          ...(currentId === null ? {} : { currentId }),
          employments: (employments ?? []).map((one) => ({
            ...one,
            changedAt: new Date(one.changedAt),
          })),
        }));
      }),

    findAssignments: (staffIds, view) =>
      reading(database, view, async (db) => {
        const { rows } = await sql<AssignmentRow>`
          select a.id, s.asked as staff_id, a.ods_code, a.changed_at, jsonb_agg(jsonb_build_object(
              'effectiveFrom', v.effective_from, 'effectiveTo', v.effective_to,
              'assignmentNumber', v.assignment_number, 'primary', v.is_primary, 'status', v.status,
              'positionId', v.position_id, 'positionTitle', v.position_title, 'jobRole', v.job_role,
              'staffGroup', v.staff_group, 'grade', v.grade, 'fte', v.fte, 'category', v.category,
              'startDate', v.start_date, 'endDate', v.end_date, 'userStatus', v.user_status,
              'assignmentType', v.assignment_type, 'employeeCategory', v.employee_category,
              'contractType', v.contract_type, 'occupationCode', v.occupation_code,
              'areaOfWork', v.area_of_work, 'hours', v.hours, 'location', place.name,
              'department', department.name) order by v.effective_from) as versions
          from ${personGroups(staffIds)} s
          join esr.employment e on e.staff_id = s.member ${onlyHeldBy('e', view)}
          join esr.assignment a using (ods_code, esr_person_id)
          join esr.assignment_version v using (ods_code, esr_assignment_id)
          left join esr.work_structure place on place.ods_code = v.ods_code
            and place.kind = 'LOCATION' and place.esr_id = v.esr_location_id
          left join esr.work_structure department on department.ods_code = v.ods_code
            and department.kind = 'ORGANISATION' and department.esr_id = v.esr_department_id
          group by a.id, s.asked, a.ods_code, a.changed_at`.execute(db);
        return rows.map((row) => ({
          id: row.id,
          staffId: row.staff_id,
          odsCode: row.ods_code,
          changedAt: row.changed_at,
          versions: row.versions,
        }));
      }),

    findRegistrations: (staffIds, view, asOf) =>
      reading(database, view, (db) => findRegistrations(db, staffIds, asOf)),
    findCompetences: (staffIds, view, asOf) =>
      reading(database, view, (db) => findCompetences(db, staffIds, view, asOf)),
    findQualifications: (staffIds, view, asOf) =>
      reading(database, view, (db) => findQualifications(db, staffIds, view, asOf)),
    findTrainingPlacements: (staffIds, view, asOf) =>
      reading(database, view, (db) => findTrainingPlacements(db, staffIds, asOf)),
    findWorkPhones: (staffIds, view, day) =>
      reading(database, view, (db) => findWorkPhones(db, staffIds, view, day)),
    findRemovals: (staffIds, view, since) =>
      reading(database, view, (db) => findRemovals(db, staffIds, view, since)),

    findOrganisations: (odsCodes) =>
      reading(database, 'reference', async (db) => {
        const rows = await db
          .selectFrom('organisation')
          .selectAll()
          .where(sql<boolean>`ods_code in ${textSet(odsCodes)}`)
          .execute();
        return rows.map((row) => ({
          odsCode: row.ods_code,
          name: row.name,
          type: row.type,
          status: row.status,
          vpd: row.vpd,
          successorOdsCode: row.successor_ods_code,
          openedOn: row.opened_on,
          closedOn: row.closed_on,
        }));
      }),

    findEvents: (page) => reading(database, 'everything', (db) => findStaffEvents(db, page)),

    findAssignmentOwners: (assignmentIds, view) =>
      reading(database, view, async (db) => {
        const { rows } = await sql<{ id: string; staff_id: string }>`
          select a.id, esr.person_of(e.staff_id) as staff_id from esr.assignment a
          join esr.employment e using (ods_code, esr_person_id)
          where a.id in ${textSet(assignmentIds)}`.execute(db);
        return new Map(rows.map((row) => [row.id, row.staff_id]));
      }),

    findStaffId: (by, view) =>
      reading(database, view, async (db) => {
        const { rows } = await sql<{ staff_id: string }>`
          select esr.person_of(found.staff_id) as staff_id from ${
            'body' in by
              ? sql`esr.registration found where body = ${by.body} and number = ${by.number}`
              : sql`esr.employment found
                  where ods_code = ${by.odsCode} and employee_number = ${by.employeeNumber}
                  order by ends_on desc nulls first limit 1`
          }`.execute(db);
        return rows[0]?.staff_id;
      }),

    findStaffAt: (page, view) => reading(database, view, (db) => findStaffAt(db, page)),
  };
}

const NAME_FIELDS: Readonly<Record<keyof NameVersion, string>> = {
  effectiveFrom: 'effective_from',
  effectiveTo: 'effective_to',
  title: 'title',
  given: 'given',
  middle: 'middle',
  family: 'family',
  preferred: 'preferred',
  maiden: 'maiden',
  previousFamily: 'previous_family',
};

const NAMES = sql.raw(`select jsonb_agg(jsonb_build_object(${Object.entries(NAME_FIELDS)
  .map(([field, column]) => `'${field}', n.${column}`)
  .join(', ')}) order by n.effective_from) from esr.employment_name n
  where n.ods_code = e.ods_code and n.esr_person_id = e.esr_person_id`);
