/** The store of staff records, for reading. Each function is one statement, however many people are asked for. */
import type { RecordView } from './access.ts';
import type { RegistrationBody } from './identifiers.ts';
import type { OrganisationRow } from './records.ts';
import type {
  HeldAssignment,
  HeldCompetence,
  HeldRegistration,
  StaffRecord,
} from './staff-record.ts';

/** The end of an employment, with how things stand now. */
export interface Leaver {
  readonly staffId: string;
  readonly odsCode: string;
  readonly at: Date;
  /** Whether the person works at that organisation now. */
  readonly worksThere: boolean;
  /** Whether the person works at any organisation now. */
  readonly works: boolean;
}

/** Some ends of employments. */
export interface LeaverPage {
  readonly leavers: readonly Leaver[];
  readonly position: number;
}

/** Staff records. Every function rejects with `code: 'unavailable'` when the store does not answer. */
export interface StaffRecords {
  findPeople(staffIds: readonly string[], view: RecordView): Promise<readonly StaffRecord[]>;
  findAssignments(
    staffIds: readonly string[],
    view: RecordView,
  ): Promise<readonly HeldAssignment[]>;
  findRegistrations(staffIds: readonly string[]): Promise<readonly HeldRegistration[]>;
  /** The newest award of each subject and level. */
  findCompetences(
    staffIds: readonly string[],
    view: RecordView,
  ): Promise<readonly HeldCompetence[]>;
  findOrganisations(odsCodes: readonly string[]): Promise<readonly OrganisationRow[]>;
  /** Whose assignments these are, by assignment id. */
  findAssignmentOwners(assignmentIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  findStaffId(
    by:
      | { readonly odsCode: string; readonly employeeNumber: string }
      | { readonly body: RegistrationBody; readonly number: string },
  ): Promise<string | undefined>;
  /** Ends of employments after a position in the order of their writing, and the position after them. */
  findLeavers(page: { readonly after: number; readonly limit: number }): Promise<LeaverPage>;
  /** Ids of people with a live employment, in order, after `after`. */
  findStaffIdsAt(page: {
    readonly odsCode: string;
    readonly day: string;
    readonly after: string | undefined;
    readonly limit: number;
  }): Promise<readonly string[]>;
}
