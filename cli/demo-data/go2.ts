/** GO2 files of the demonstration: one full file for each trust. */
import {
  ASSIGNMENT,
  ASSIGNMENT_COLUMNS,
  DELIMITER,
  DEPARTMENT,
  DEPARTMENT_COLUMNS,
  LOCATION,
  LOCATION_COLUMNS,
  PERSON,
  PERSON_COLUMNS,
  PHONE,
  PHONE_COLUMNS,
  POSITION,
  POSITION_COLUMNS,
  RECORDS,
} from '../../subgraphs/esr/files/go2-layout.ts';
import { BASE_DAY, compact } from './days.ts';
import type { DemoAssignment, DemoEmployment, DemoPerson } from './model.ts';
import type { DemoOrganisation } from './organisations.ts';

const SEQUENCE = '00000001';
const PREVIOUS_DAY = '2026-10-31';
const ORGANISATION_ID = '100001';
const LOCATION_ID = '200001';

/** `GO_901_LYD_GOF_20261101_00000001.DAT`. */
export const go2FileName = (vpd: string): string =>
  `GO_${vpd}_LYD_GOF_${compact(BASE_DAY)}_${SEQUENCE}.DAT`;

/** One person at one trust. */
export interface Employed {
  readonly person: DemoPerson;
  readonly employment: DemoEmployment;
}

/** The rows of a trust's file, without line ends. */
export function* go2Rows(trust: DemoOrganisation, staff: readonly Employed[]): Generator<string> {
  let rows = 1;
  const row = (columns: readonly string[]): string => {
    rows += 1;
    return columns.join(DELIMITER);
  };
  const created = `${compact(BASE_DAY)} 060000`;
  yield [
    'HDR',
    go2FileName(trust.vpd),
    created,
    trust.vpd,
    `${compact(PREVIOUS_DAY)} 060000`,
    created,
    '01',
  ].join(DELIMITER);
  yield row(
    placed(LOCATION_COLUMNS, `${RECORDS.location}A`, LOCATION, {
      esrId: LOCATION_ID,
      code: `${trust.odsCode}01`,
      name: 'Main Site',
    }),
  );
  yield row(
    placed(DEPARTMENT_COLUMNS, `${RECORDS.organisation}A`, DEPARTMENT, {
      esrId: ORGANISATION_ID,
      name: trust.name,
      odsCode: trust.odsCode,
      esrLocationId: LOCATION_ID,
    }),
  );
  for (const [id, job] of positions(staff)) {
    yield row(
      placed(POSITION_COLUMNS, `${RECORDS.position}A`, POSITION, {
        esrId: id,
        number: id,
        name: `${id}|${job.title}|${job.occupation}|`,
        staffGroup: job.group,
        jobRole: job.role,
        occupationCode: job.occupation,
        esrDepartmentId: ORGANISATION_ID,
      }),
    );
  }
  for (const { person, employment } of staff) {
    for (const columns of personRows(person, employment)) yield row(columns);
    for (const assignment of employment.assignments) {
      for (const columns of assignmentRows(trust, employment, assignment)) yield row(columns);
    }
    const phone = person.accounts[0]?.phone;
    if (phone != null) {
      yield row(
        placed(PHONE_COLUMNS, `${RECORDS.phone}A`, PHONE, {
          esrPersonId: employment.personId,
          esrId: employment.personId,
          type: 'W1',
          number: phone,
        }),
      );
    }
  }
  yield ['TRL', String(rows + 1)].join(DELIMITER);
}

function positions(staff: readonly Employed[]): ReadonlyMap<string, DemoAssignment['job']> {
  return new Map(
    staff.flatMap(({ employment }) =>
      employment.assignments.map(({ job }) => [positionId(job.title), job] as const),
    ),
  );
}

/** The same number for the same title. */
function positionId(title: string): string {
  let sum = 0;
  for (const letter of title) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 900_000;
  return String(3_000_000 + sum);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

function* personRows(person: DemoPerson, employment: DemoEmployment): Generator<string[]> {
  const { renamed } = employment;
  if (renamed !== undefined && renamed.on > employment.hire) {
    yield personColumns(person, employment, {
      from: employment.hire,
      to: compact(dayBefore(renamed.on)),
      family: renamed.from,
      previous: '',
    });
    yield personColumns(person, employment, {
      from: renamed.on,
      to: employment.openEnd,
      family: person.family,
      previous: renamed.from,
    });
    return;
  }
  yield personColumns(person, employment, {
    from: employment.hire,
    to: employment.openEnd,
    family: person.family,
    previous: '',
  });
}

function personColumns(
  person: DemoPerson,
  employment: DemoEmployment,
  version: {
    readonly from: string;
    readonly to: string;
    readonly family: string;
    readonly previous: string;
  },
): string[] {
  const over = employment.termination !== null;
  return placed(PERSON_COLUMNS, `${RECORDS.person}A`, PERSON, {
    esrPersonId: employment.personId,
    effectiveFrom: compact(version.from),
    effectiveTo: version.to,
    employeeNumber: employment.employeeNumber,
    title: person.title,
    family: version.family,
    given: person.given,
    middle: person.middle,
    maiden: person.maiden,
    preferred: person.preferred,
    previousFamily: version.previous,
    gender: person.sex === 'F' ? 'Female' : 'Male',
    birthDate: compact(person.birthDate),
    niNumber: person.niNumber,
    nhsEmployeeId: person.nhsEmployeeId,
    hireDate: compact(employment.hire),
    terminationDate: compact(employment.termination ?? ''),
    leavingReason: employment.leavingReason ?? '',
    employeeStatus: over ? 'Terminated' : 'Active',
    smartcardUuid: person.smartcardUuid,
    systemPersonType: over ? 'EX_EMP' : 'EMP',
    userPersonType: over ? 'Ex-employee' : employment.userType,
    workEmail: employment.workEmail,
    nhsStartDate: compact(employment.hire),
    lastUpdate: `${compact(BASE_DAY)} 055500`,
  });
}

function* assignmentRows(
  trust: DemoOrganisation,
  employment: DemoEmployment,
  assignment: DemoAssignment,
): Generator<string[]> {
  const columns = (from: string, to: string, job: DemoAssignment['job']): string[] =>
    placed(ASSIGNMENT_COLUMNS, `${RECORDS.assignment}A`, ASSIGNMENT, {
      esrPersonId: employment.personId,
      esrAssignmentId: assignment.assignmentId,
      effectiveFrom: compact(from),
      effectiveTo: to,
      startDate: compact(assignment.start),
      type: 'E',
      assignmentNumber: assignment.number,
      status: 'ACTIVE_APL',
      userStatus: 'Active Assignment',
      employeeFlag: 'Y',
      payroll: `${trust.vpd} Monthly`,
      location: LOCATION_ID,
      employeeCategory: assignment.fte === '1' ? 'Full Time' : 'Part Time',
      category: assignment.fte === '0' ? 'Bank' : 'Permanent',
      primary: assignment.primary ? 'Yes' : 'No',
      hours: String(Math.round(Number(assignment.fte) * 3_750) / 100),
      fte: assignment.fte,
      organisation: ORGANISATION_ID,
      positionId: positionId(job.title),
      position: `${positionId(job.title)}|${job.title}|${job.occupation}|`,
      grade: job.grade,
      jobRole: `${job.group}|${job.role}`,
      lastUpdate: `${compact(BASE_DAY)} 055500`,
      endDate: compact(assignment.end ?? ''),
    });
  const end = assignment.end === null ? employment.openEnd : compact(assignment.end);
  const [entry] = assignment.before ?? [];
  if (entry === undefined) {
    yield columns(assignment.start, end, assignment.job);
    return;
  }
  const promoted = `${String(Number(entry.from.slice(0, 4)) + 1)}${entry.from.slice(4, 8)}01`;
  yield columns(entry.from, compact(dayBefore(promoted)), entry.job);
  yield columns(promoted, end, assignment.job);
}

/** A row with its values in their columns; the delimiter cannot be part of a value. */
function placed<Name extends string>(
  width: number,
  code: string,
  places: Readonly<Record<Name, number>>,
  values: Readonly<Partial<Record<Name, string>>>,
): string[] {
  const row = Array<string>(width).fill('');
  row[0] = code;
  for (const name of Object.keys(places) as Name[]) {
    row[places[name]] = values[name]?.replaceAll(DELIMITER, ' ') ?? '';
  }
  return row;
}
