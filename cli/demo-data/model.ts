/** What the generator knows about a person. Dates are `YYYY-MM-DD`. */
import type { DemoBody, DemoJob } from './staff-groups.ts';

/** A registration with a regulator. */
export interface DemoRegistration {
  readonly body: DemoBody;
  readonly number: string;
  readonly status: 'REGISTERED' | 'CONDITIONS' | 'SUSPENDED' | 'LAPSED';
  readonly type: string;
  readonly firstRegistered: string;
  readonly expiresOn: string | null;
}

/** A post. */
export interface DemoAssignment {
  readonly assignmentId: string;
  readonly number: string;
  readonly job: DemoJob;
  readonly primary: boolean;
  readonly fte: string;
  readonly start: string;
  readonly end: string | null;
  /** Dated rows before the one in force, oldest first: the job until then. */
  readonly before?: readonly { readonly from: string; readonly job: DemoJob }[];
}

/** What a person is to one trust. */
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
  /** How this trust spells the open end of a row. */
  readonly openEnd: '' | '1900-01-01' | '31 Dec 4712';
  readonly assignments: readonly DemoAssignment[];
  /** ESR competence names with the day of award. */
  readonly training: readonly (readonly [name: string, awardedOn: string])[];
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
