/**
 * The GO2 generic outbound file of ESR, as two independent public readers of it agree (they match column by column).
 * Columns are counted from 0, the record code being column 0.
 *
 * Found in public readers: `HDR`, `TRL`, the columns of the person and assignment rows, `ASA` and `ASD`. The other record
 * codes and the columns of their rows are our inference from the pattern "two letters and A (add or amend) or D (delete)":
 * change them here when a real layout is at hand.
 */

/** Separates the columns. */
export const DELIMITER = '~';

/** Two-letter record codes; `A` or `D` follows. */
export const RECORDS = {
  location: 'LO',
  organisation: 'OR',
  position: 'PO',
  person: 'PE',
  assignment: 'AS',
  phone: 'PH',
  address: 'AD',
  vehicle: 'VE',
  costing: 'CO',
} as const;

/** Records that are read and counted, but not kept. */
export const RECORDS_NOT_KEPT: ReadonlySet<string> = new Set([
  RECORDS.location,
  RECORDS.organisation,
  RECORDS.position,
  RECORDS.phone,
  RECORDS.address,
  RECORDS.vehicle,
  RECORDS.costing,
]);

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

/** Name of a file: VPD, target, `GOF` (full) or `GOC` (changes; inferred), day, sequence. */
export const FILE_NAME = /^GO_(\d{3})_[A-Z0-9]{2,4}_(GOF|GOC)_(\d{8})_(\d{8})\.DAT$/;
