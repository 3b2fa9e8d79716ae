/**
 * The GO2 generic outbound file of ESR. Columns are counted from 0, the record code being column 0.
 *
 * Two independent public readers agree on header, trailer, person and assignment rows, column by column: a row of another width
 * refuses the file. The other records are known from one public reader: a row has at least the columns that are kept, and more
 * do no harm.
 */

/** Separates the columns. */
export const DELIMITER = '~';

/** Two-letter record codes; `A` (add or amend) or `D` (delete) follows. */
export const RECORDS = {
  location: 'LO',
  organisation: 'OR',
  position: 'PO',
  person: 'PE',
  assignment: 'AS',
  phone: 'PH',
  address: 'AD',
  vehicle: 'VH',
  costing: 'CO',
} as const;

/** Columns of the header row. */
export const HEADER_COLUMNS = 7;

/** Number of columns of a person row, and where the kept ones are. */
export const PERSON_COLUMNS = 42;
export const PERSON = {
  esrPersonId: 1,
  effectiveFrom: 2,
  effectiveTo: 3,
  employeeNumber: 4,
  title: 5,
  family: 6,
  given: 7,
  middle: 8,
  maiden: 9,
  preferred: 10,
  previousFamily: 11,
  gender: 12,
  birthDate: 13,
  niNumber: 14,
  nhsEmployeeId: 15,
  hireDate: 16,
  terminationDate: 17,
  leavingReason: 18,
  employeeStatus: 19,
  smartcardUuid: 29,
  systemPersonType: 33,
  userPersonType: 34,
  workEmail: 35,
  nhsStartDate: 36,
  lastUpdate: 38,
} as const;

/** Number of columns of an assignment row, and where the kept ones are. */
export const ASSIGNMENT_COLUMNS = 49;
export const ASSIGNMENT = {
  esrPersonId: 1,
  esrAssignmentId: 2,
  effectiveFrom: 3,
  effectiveTo: 4,
  startDate: 5,
  type: 6,
  assignmentNumber: 7,
  status: 8,
  userStatus: 9,
  employeeFlag: 10,
  payroll: 11,
  location: 13,
  employeeCategory: 19,
  category: 20,
  primary: 21,
  hours: 22,
  fte: 25,
  organisation: 27,
  positionId: 28,
  position: 29,
  grade: 30,
  jobRole: 34,
  lastUpdate: 44,
  endDate: 48,
} as const;

/** Number of columns of a location row, and where the kept ones are. */
export const LOCATION_COLUMNS = 22;
export const LOCATION = {
  esrId: 1,
  code: 2,
  name: 3,
  closedOn: 4,
  town: 8,
  postcode: 10,
} as const;

/** Number of columns of an organisation row, which is a department of the employer, and where the kept ones are. */
export const DEPARTMENT_COLUMNS = 15;
export const DEPARTMENT = {
  esrId: 1,
  name: 2,
  type: 3,
  effectiveFrom: 4,
  effectiveTo: 5,
  parentEsrId: 10,
  odsCode: 11,
  esrLocationId: 12,
} as const;

/** Number of columns of a position row, and where the kept ones are. */
export const POSITION_COLUMNS = 24;
export const POSITION = {
  esrId: 1,
  effectiveFrom: 2,
  effectiveTo: 3,
  number: 4,
  name: 5,
  staffGroup: 8,
  jobRole: 9,
  occupationCode: 10,
  payscale: 11,
  esrDepartmentId: 14,
  hiringStatus: 15,
  type: 16,
  nationalPostNumber: 19,
  workplaceOdsCode: 21,
} as const;

/** Number of columns of a phone row, and where the kept ones are. */
export const PHONE_COLUMNS = 8;
export const PHONE = {
  esrPersonId: 1,
  esrId: 2,
  type: 3,
  number: 4,
  effectiveFrom: 5,
  effectiveTo: 6,
} as const;

/**
 * What is checked of the records that are not kept on purpose: where somebody lives, what they drive and what their pay is booked
 * to is nobody's business here.
 */
export const ADDRESS = { esrPersonId: 1, esrId: 2 } as const;
export const VEHICLE = { esrPersonId: 1, esrAssignmentId: 2, esrId: 3 } as const;
export const COSTING = { esrPersonId: 1, esrAssignmentId: 2, esrId: 3 } as const;

/** Name of a file: VPD, target, `GOF` (full) or `GOC` (changes; inferred), day, sequence. */
export const FILE_NAME = /^GO_(\d{3})_[A-Z0-9]{2,4}_(GOF|GOC)_(\d{8})_(\d{8})\.DAT$/;
