/** What an extract says about people, their posts, registrations and training. Dates are `YYYY-MM-DD`; `null` is "not given" or "no end". */
import type { RegistrationBody } from './identifiers.ts';

/** What somebody is to the employer. */
export type PersonType = 'APPLICANT' | 'EMPLOYEE' | 'EX_EMPLOYEE' | 'HONORARY' | 'BANK' | 'OTHER';

/** A period, both days included. */
export interface Effective {
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

/** One effective-dated row about a person at one employer. */
export interface PersonRow extends Effective {
  readonly line: number;
  /** ESR's own number for the person, inside one VPD. */
  readonly esrPersonId: string;
  readonly employeeNumber: string;
  readonly title: string | null;
  readonly family: string;
  readonly given: string | null;
  readonly middle: string | null;
  readonly maiden: string | null;
  readonly preferred: string | null;
  readonly previousFamily: string | null;
  readonly birthDate: string;
  readonly niNumber: string | null;
  readonly nhsEmployeeId: string | null;
  readonly hireDate: string | null;
  readonly terminationDate: string | null;
  readonly leavingReason: string | null;
  readonly smartcardUuid: string | null;
  readonly personType: PersonType;
  readonly workEmail: string | null;
  readonly nhsStartDate: string | null;
}

/** One effective-dated row about a post. */
export interface AssignmentRow extends Effective {
  readonly line: number;
  readonly esrPersonId: string;
  /** ESR's own number for the assignment, inside one VPD. */
  readonly esrAssignmentId: string;
  readonly assignmentNumber: string;
  readonly primary: boolean;
  readonly status: string | null;
  readonly positionId: string | null;
  readonly positionTitle: string | null;
  readonly jobRole: string | null;
  readonly staffGroup: string | null;
  readonly grade: string | null;
  readonly fte: number | null;
  readonly category: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
}

/** What a row about a post says beside. */
export interface AssignmentDetails {
  /** The employer's own word for the status: `Active Assignment`, `Maternity`. */
  readonly userStatus: string | null;
  /** `E` employee, `A` applicant. */
  readonly assignmentType: string | null;
  /** `Full Time`, `Part Time`. */
  readonly employeeCategory: string | null;
  /** What the contract is: the category, else what the position says (`Bank`). */
  readonly contractType: string | null;
  /** NHS occupation code, three characters. */
  readonly occupationCode: string | null;
  /** Area of work, in the employer's words. */
  readonly areaOfWork: string | null;
  /** Of the contract, by week. */
  readonly hours: number | null;
  /** ESR's own numbers of the place and the department. */
  readonly esrLocationId: string | null;
  readonly esrDepartmentId: string | null;
}

/** A place of work. */
export interface LocationRow {
  readonly line: number;
  /** ESR's own number, inside one VPD. */
  readonly esrId: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly town: string | null;
  readonly postcode: string | null;
  /** The day from which it is not used. */
  readonly closedOn: string | null;
}

/** A part of an employer: ESR calls it an organisation. */
export interface DepartmentRow {
  readonly line: number;
  readonly esrId: string;
  readonly name: string;
  readonly type: string | null;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly parentEsrId: string | null;
  /** ODS code, when it has one of its own. */
  readonly odsCode: string | null;
  readonly esrLocationId: string | null;
}

/** A position that people hold. */
export interface PositionRow {
  readonly line: number;
  readonly esrId: string;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly number: string | null;
  readonly title: string | null;
  readonly areaOfWork: string | null;
  readonly staffGroup: string | null;
  readonly jobRole: string | null;
  readonly occupationCode: string | null;
  readonly payscale: string | null;
  readonly esrDepartmentId: string | null;
  readonly hiringStatus: string | null;
  readonly type: string | null;
  /** National post number of a post for a doctor in training. */
  readonly nationalPostNumber: string | null;
  readonly workplaceOdsCode: string | null;
}

/** A number under which a person is reached at work. */
export interface PhoneRow {
  readonly line: number;
  readonly esrId: string;
  readonly esrPersonId: string;
  readonly type: string;
  readonly number: string;
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
}

/** Every standing on a register. The National Workforce Data Set has two of them, active and expired. */
export const REGISTRATION_STATUSES = [
  'REGISTERED',
  'CONDITIONS',
  'INTERIM_CONDITIONS',
  'UNDERTAKINGS',
  'SUSPENDED',
  'INTERIM_SUSPENSION',
  'NO_LICENCE',
  'LAPSED',
  'REMOVED',
  'NOT_FOUND',
  'UNKNOWN',
] as const;

/** Standing on a register. */
export type RegistrationStatus = (typeof REGISTRATION_STATUSES)[number];

/** One row of the registrations feed. */
export interface RegistrationRow {
  readonly line: number;
  readonly employeeNumber: string;
  readonly body: RegistrationBody;
  readonly number: string;
  readonly status: RegistrationStatus;
  readonly type: string | null;
  readonly firstRegistered: string | null;
  readonly expiresOn: string | null;
  /** RFC 3339, UTC. */
  readonly lastCheckedAt: string;
}

/** One row of the training feed. */
export interface TrainingRow {
  readonly line: number;
  readonly employeeNumber: string;
  readonly framework: 'CSTF' | 'LOCAL';
  readonly subject: string;
  readonly level: string | null;
  readonly name: string;
  readonly awardedOn: string;
  readonly expiresOn: string | null;
}

/** One row of the placements feed. */
export interface PlacementRow {
  readonly line: number;
  /** Of the lead employer. */
  readonly employeeNumber: string;
  /** The training record's own. */
  readonly reference: string;
  readonly nationalPostNumber: string;
  readonly specialty: string;
  readonly grade: string;
  readonly hostOdsCode: string;
  readonly site: string;
  readonly startDate: string;
  readonly endDate: string;
  /** The training record has taken it back. */
  readonly withdrawn: boolean;
  /** RFC 3339, UTC. */
  readonly updatedAt: string;
}

/** What became of an organisation. */
export interface OrganisationHistory {
  /** The organisation that took its place; it may be one that is not held. */
  readonly successorOdsCode: string | null;
  readonly openedOn: string | null;
  /** The first day on which it is no more. */
  readonly closedOn: string | null;
}

/** An organisation. */
export interface OrganisationRow extends OrganisationHistory {
  readonly odsCode: string;
  readonly name: string;
  readonly type: 'NHS_TRUST' | 'CARE_TRUST' | 'ICB' | 'OTHER';
  readonly status: 'OPEN' | 'CLOSED';
  readonly vpd: string | null;
}

/** One row of the list of organisations. A list need not say what became of them. */
export type ListedOrganisation = Omit<OrganisationRow, keyof OrganisationHistory> &
  Partial<OrganisationHistory>;

/** The row in force on a day; before the first one, the next to come; after the last one, the last. */
export function inForce<Row extends Effective>(rows: readonly Row[], day: string): Row | undefined {
  const sorted = rows.toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));
  return (
    sorted.findLast(
      (row) => row.effectiveFrom <= day && (row.effectiveTo === null || row.effectiveTo >= day),
    ) ??
    sorted.find((row) => row.effectiveFrom > day) ??
    sorted.at(-1)
  );
}
