/** What the generator knows about a person. Dates are `YYYY-MM-DD`. */
import type { RegistrationStatus } from '../../subgraphs/esr/domain/records.ts';
import type { DemoQualification } from './qualifications.ts';
import type { DemoBody, DemoJob } from './staff-groups.ts';

/** A registration with a regulator. */
export interface DemoRegistration {
  readonly body: DemoBody;
  readonly number: string;
  readonly status: RegistrationStatus;
  readonly type: string;
  readonly firstRegistered: string;
  readonly expiresOn: string | null;
}

/** A post from a day until the next such row. */
export interface DemoAssignmentRow {
  readonly from: string;
  readonly job: DemoJob;
  readonly fte: string;
}

/** A post. */
export interface DemoAssignment {
  readonly assignmentId: string;
  readonly number: string;
  readonly primary: boolean;
  readonly contract: 'Permanent' | 'Fixed Term Temp' | 'Bank' | 'Honorary' | 'Locum';
  /** As the employer words it. */
  readonly userStatus: string;
  readonly end: string | null;
  /** Oldest first; the last one is in force. */
  readonly rows: readonly [...earlier: DemoAssignmentRow[], last: DemoAssignmentRow];
}

/** What a person is to one employer. */
export interface DemoEmployment {
  readonly odsCode: string;
  readonly personId: string;
  readonly employeeNumber: string;
  readonly hire: string;
  readonly termination: string | null;
  readonly leavingReason: string | null;
  readonly userType: 'Employee' | 'Bank' | 'Honorary';
  /** As ESR holds it: it may be empty or wrong. */
  readonly workEmail: string;
  /** Family name in earlier dated rows, with the day the present one began. */
  readonly renamed?: { readonly from: string; readonly on: string };
  /** The family name that this employer still holds, where it is not the present one. */
  readonly heldFamily?: string;
  /** As this employer holds it, where that is wrong. */
  readonly heldNiNumber?: string;
  /** The days on which further dated rows of the person begin, which change nothing that is kept. */
  readonly furtherRows?: readonly string[];
  /** How this trust spells the open end of a row. */
  readonly openEnd: '' | '1900-01-01' | '31 Dec 4712';
  readonly assignments: readonly DemoAssignment[];
  /** ESR competence names with the day of award. */
  readonly training: readonly (readonly [name: string, awardedOn: string])[];
  readonly qualifications: readonly DemoQualification[];
  /** Where a doctor in training works for this lead employer. */
  readonly placement?: DemoPlacement;
}

/** A placement of a doctor in training. */
export interface DemoPlacement {
  readonly reference: string;
  readonly nationalPostNumber: string;
  readonly specialty: string;
  readonly hostOdsCode: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** A directory entry. */
export interface DemoAccount {
  readonly uid: string;
  readonly kind: 'USER' | 'SHARED' | 'APPLICATION' | 'CONTACT';
  readonly state: 'ACTIVE' | 'LEAVER';
  readonly given: string | null;
  readonly family: string;
  readonly title: string | null;
  readonly odsCode: string;
  readonly mail: string;
  readonly aliases: readonly string[];
  readonly phone: string | null;
  /** From the joiner, mover and leaver connector, where there is one. */
  readonly employeeNumber: string | null;
}

/** A member of staff. */
export interface DemoPerson {
  readonly key: string;
  /** Name of the golden case, or empty. */
  readonly story: string;
  readonly sex: 'F' | 'M';
  readonly title: string;
  readonly given: string;
  readonly middle: string;
  readonly family: string;
  readonly maiden: string;
  readonly preferred: string;
  readonly birthDate: string;
  readonly niNumber: string;
  readonly nhsEmployeeId: string;
  readonly smartcardUuid: string;
  readonly registrations: readonly DemoRegistration[];
  readonly employments: readonly DemoEmployment[];
  readonly accounts: readonly DemoAccount[];
}
