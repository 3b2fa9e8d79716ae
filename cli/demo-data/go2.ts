/** GO2 files of invented people: one full file for each organisation. */
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
import { BASE_DAY, compact, dayBefore } from './days.ts';
import type { DemoAssignment, DemoEmployment, DemoPerson } from './model.ts';
import type { DemoOrganisation } from './organisations.ts';
import { JOB_LIST } from './staff-groups.ts';
import type { Employed } from './staff-plan.ts';

const PREVIOUS_DAY = dayBefore(BASE_DAY);
const LAST_UPDATE = `${compact(BASE_DAY)} 055500`;

/** Which file of an organisation: the full one is the first of its sequence. */
export interface Go2Run {
  readonly full: boolean;
  readonly sequence: number;
}

/** The first file of an organisation. */
export const FIRST_RUN: Go2Run = { full: true, sequence: 1 };

/** `GO_901_LYD_GOF_20261101_00000001.DAT`. */
export const go2FileName = (vpd: string, { full, sequence }: Go2Run = FIRST_RUN): string =>
  `GO_${vpd}_LYD_${full ? 'GOF' : 'GOC'}_${compact(BASE_DAY)}_${String(sequence).padStart(8, '0')}.DAT`;

/** A file while it is written. Rows come without line ends. */
export interface Go2Rows {
  /** Header and work structures; of a file of changes the header alone. */
  readonly first: () => Generator<string>;
  /** The rows of one person. */
  readonly of: (employed: Employed) => Generator<string>;
  /** The trailer, with the number of rows that were given. */
  readonly last: () => string;
}

/** Starts a file. */
export function go2Rows(trust: DemoOrganisation, run: Go2Run = FIRST_RUN): Go2Rows {
  let rows = 0;
  const row = (columns: readonly string[]): string => {
    rows += 1;
    return columns.join(DELIMITER);
  };
  const created = `${compact(BASE_DAY)} 060000`;
  const sites = siteCount(trust);
  const departments = departmentCount(trust);
  return {
    *first() {
      yield row([
        'HDR',
        go2FileName(trust.vpd, run),
        created,
        trust.vpd,
        `${compact(PREVIOUS_DAY)} 060000`,
        created,
        '01',
      ]);
      if (!run.full) return;
      for (let site = 0; site < sites; site += 1) {
        yield row(
          placed(LOCATION_COLUMNS, `${RECORDS.location}A`, LOCATION, {
            esrId: locationId(site),
            code: `${trust.odsCode}${String(site + 1).padStart(2, '0')}`,
            name: site === 0 ? 'Main Site' : `Site ${String(site + 1)}`,
          }),
        );
      }
      for (let one = 0; one <= departments; one += 1) {
        const name = DEPARTMENTS[one % DEPARTMENTS.length] ?? '';
        yield row(
          placed(DEPARTMENT_COLUMNS, `${RECORDS.organisation}A`, DEPARTMENT, {
            esrId: organisationId(one),
            name: one === 0 ? trust.name : `${name} ${String(Math.ceil(one / DEPARTMENTS.length))}`,
            parentEsrId: one === 0 ? '' : organisationId(0),
            odsCode: trust.odsCode,
            esrLocationId: locationId(one % sites),
          }),
        );
      }
      for (const { title, job } of POSITIONS) {
        yield row(
          placed(POSITION_COLUMNS, `${RECORDS.position}A`, POSITION, {
            esrId: positionId(title),
            number: positionId(title),
            name: `${positionId(title)}|${title}|${job.occupation}|`,
            staffGroup: job.group,
            jobRole: job.role,
            occupationCode: job.occupation,
            esrDepartmentId: organisationId(0),
          }),
        );
      }
    },
    *of({ person, employment }) {
      for (const columns of personRows(person, employment)) yield row(columns);
      const place = Number(employment.personId);
      for (const assignment of employment.assignments) {
        const where = {
          payroll: `${trust.vpd} Monthly`,
          location: locationId(place % sites),
          organisation: organisationId(1 + (place % departments)),
        };
        for (const columns of assignmentRows(where, employment, assignment)) yield row(columns);
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
    },
    last: () => ['TRL', String(rows + 1)].join(DELIMITER),
  };
}

const DEPARTMENTS = [
  'Theatres',
  'Emergency Department',
  'Medicine Ward',
  'Surgery Ward',
  'Outpatients',
  'Pathology',
  'Pharmacy',
  'Community Team',
  'Finance',
  'Estates',
  // With an accent: what is in Latin-1 shows it in every file.
  'Café',
  'Workforce',
  'Maternity',
] as const;

/** From 2 to 12, by the VPD number. */
const siteCount = ({ vpd }: DemoOrganisation): number => 2 + (Number(vpd) % 11);
const departmentCount = ({ vpd }: DemoOrganisation): number => 12 + (Number(vpd) % 37);
const locationId = (site: number): string => String(200_001 + site);
const organisationId = (place: number): string => String(100_001 + place);

/** Of every job, of its entry grade and of its bank post. */
const POSITIONS = JOB_LIST.flatMap((job) =>
  [job.title, `${job.title} (Entry)`, `Bank ${job.title}`].map((title) => ({ title, job })),
);

const positionIds = new Map<string, string>();

/** The same number for the same title. */
function positionId(title: string): string {
  let id = positionIds.get(title);
  if (id === undefined) {
    let sum = 0;
    for (const letter of title) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 900_000;
    id = String(3_000_000 + sum);
    positionIds.set(title, id);
  }
  return id;
}

/** Dated rows of a person: a new one for each new family name, and for changes that are not kept. */
function* personRows(person: DemoPerson, employment: DemoEmployment): Generator<string[]> {
  const { hire, renamed, furtherRows = [], openEnd } = employment;
  const family = employment.heldFamily ?? person.family;
  const days = [...furtherRows, ...(renamed === undefined ? [] : [renamed.on])];
  const starts = [hire, ...days.filter((day) => day > hire).sort()];
  for (const [index, from] of starts.entries()) {
    const next = starts[index + 1];
    const before = renamed !== undefined && from < renamed.on && renamed.on > hire;
    yield personColumns(person, employment, {
      from,
      to: next === undefined ? openEnd : compact(dayBefore(next)),
      family: before ? renamed.from : family,
      previous: from === renamed?.on ? renamed.from : '',
    });
  }
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
    niNumber: employment.heldNiNumber ?? person.niNumber,
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
    lastUpdate: LAST_UPDATE,
  });
}

function* assignmentRows(
  where: Readonly<Record<'payroll' | 'location' | 'organisation', string>>,
  employment: DemoEmployment,
  assignment: DemoAssignment,
): Generator<string[]> {
  const start = compact(assignment.rows[0].from);
  const end = compact(assignment.end ?? '');
  for (const [index, { from, job, fte }] of assignment.rows.entries()) {
    const next = assignment.rows[index + 1];
    const openTo = end === '' ? employment.openEnd : end;
    yield placed(ASSIGNMENT_COLUMNS, `${RECORDS.assignment}A`, ASSIGNMENT, {
      ...where,
      esrPersonId: employment.personId,
      esrAssignmentId: assignment.assignmentId,
      effectiveFrom: compact(from),
      effectiveTo: next === undefined ? openTo : compact(dayBefore(next.from)),
      startDate: start,
      type: 'E',
      assignmentNumber: assignment.number,
      status: 'ACTIVE_APL',
      userStatus: assignment.userStatus,
      employeeFlag: 'Y',
      employeeCategory: fte === '1' ? 'Full Time' : 'Part Time',
      category: assignment.contract,
      primary: assignment.primary ? 'Yes' : 'No',
      hours: String(Math.round(Number(fte) * 3_750) / 100),
      fte,
      positionId: positionId(job.title),
      position: `${positionId(job.title)}|${job.title}|${job.occupation}|`,
      grade: job.grade,
      jobRole: `${job.group}|${job.role}`,
      lastUpdate: LAST_UPDATE,
      endDate: end,
    });
  }
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
    const value = values[name] ?? '';
    row[places[name]] = value.includes(DELIMITER) ? value.replaceAll(DELIMITER, ' ') : value;
  }
  return row;
}
