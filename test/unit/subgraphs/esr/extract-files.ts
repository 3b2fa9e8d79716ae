/** Small extracts for tests, right in every way unless a test says otherwise. */
import {
  ASSIGNMENT,
  ASSIGNMENT_COLUMNS,
  PERSON,
  PERSON_COLUMNS,
  PHONE,
  PHONE_COLUMNS,
  POSITION,
  POSITION_COLUMNS,
} from '../../../../subgraphs/esr/files/go2-layout.ts';

type PersonValues = Partial<Record<keyof typeof PERSON, string>>;
type AssignmentValues = Partial<Record<keyof typeof ASSIGNMENT, string>>;

/** A person row. */
export const personLine = (values: PersonValues = {}): string =>
  line('PEA', PERSON_COLUMNS, PERSON, {
    esrPersonId: '5000001',
    effectiveFrom: '20200106',
    employeeNumber: '90000001',
    family: 'Hawthorne',
    given: 'Ruth',
    birthDate: '19850314',
    niNumber: 'QQ000001A',
    nhsEmployeeId: '70000001',
    hireDate: '20200106',
    systemPersonType: 'EMP',
    userPersonType: 'Employee',
    workEmail: 'ruth.hawthorne@nhsmail.example',
    ...values,
  });

/** An assignment row. */
export const assignmentLine = (values: AssignmentValues = {}): string =>
  line('ASA', ASSIGNMENT_COLUMNS, ASSIGNMENT, {
    esrPersonId: '5000001',
    esrAssignmentId: '6000001',
    effectiveFrom: '20200106',
    startDate: '20200106',
    assignmentNumber: '90000001',
    status: 'ACTIVE_APL',
    primary: 'Yes',
    fte: '1',
    positionId: '3000001',
    position: '3000001|Staff Nurse Band 5|N6A|',
    grade: 'NHS|XR05|Review Body Band 5',
    jobRole: 'Nursing and Midwifery Registered|Staff Nurse',
    ...values,
  });

/** A position row. */
export const positionLine = (values: Partial<Record<keyof typeof POSITION, string>> = {}): string =>
  line('POA', POSITION_COLUMNS, POSITION, {
    esrId: '3000001',
    effectiveFrom: '20200106',
    name: 'Staff Nurse Band 5',
    ...values,
  });

/** A phone row. */
export const phoneLine = (values: Partial<Record<keyof typeof PHONE, string>> = {}): string =>
  line('PHA', PHONE_COLUMNS, PHONE, {
    esrPersonId: '5000001',
    esrId: '7000001',
    type: 'W1',
    number: '01632 960001',
    effectiveFrom: '20200106',
    ...values,
  });

/** A whole GO2 file. */
export function go2Text(
  rows: readonly string[],
  {
    vpd = '901',
    sequence = 1,
    kind = 'GOF',
    count = rows.length + 2,
    end = '\n',
  }: { vpd?: string; sequence?: number; kind?: string; count?: number; end?: string } = {},
): string {
  const name = `GO_${vpd}_LYD_${kind}_20261101_${String(sequence).padStart(8, '0')}.DAT`;
  const header = `HDR~${name}~20261101 060000~${vpd}~20261031 060000~20261101 060000~01`;
  return [header, ...rows, `TRL~${String(count)}`].map((row) => `${row}${end}`).join('');
}

/** A registrations feed of one organisation. */
export const registrationsText = (rows: readonly string[]): string =>
  feed(
    'odsCode,employeeNumber,body,registrationNumber,status,registrationType,firstRegistered,expiresOn,lastCheckedAt',
    rows,
  );

/** A training feed of one organisation. */
export const trainingText = (rows: readonly string[]): string =>
  feed('odsCode,employeeNumber,competence,awardedOn,expiresOn', rows);

/** A feed of training placements of one lead employer. */
export const placementsText = (rows: readonly string[]): string =>
  feed(
    'odsCode,employeeNumber,reference,nationalPostNumber,specialty,grade,hostOdsCode,site,startDate,endDate,status,updatedAt',
    rows,
  );

/** The list of the organisations of the tests. */
export const ORGANISATIONS_TEXT = `odsCode,name,type,status,vpd
RZ1,Ashbourne Valley NHS Trust,NHS_TRUST,OPEN,901
RZ2,Brackenford University Hospitals NHS Trust,NHS_TRUST,OPEN,902
`;

function feed(header: string, rows: readonly string[]): string {
  return `${[header, ...rows, `TRL,${String(rows.length + 2)}`].join('\n')}\n`;
}

function line<Name extends string>(
  code: string,
  width: number,
  places: Readonly<Record<Name, number>>,
  values: Partial<Record<Name, string>>,
): string {
  const row = Array<string>(width).fill('');
  row[0] = code;
  for (const [name, value] of Object.entries(values) as [Name, string][]) row[places[name]] = value;
  return row.join('~');
}
