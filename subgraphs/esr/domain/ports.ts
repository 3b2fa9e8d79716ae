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
  /** Ids of people with a live employment, in order, after `after`. */
  findStaffIdsAt(page: {
    readonly odsCode: string;
    readonly day: string;
    readonly after: string | undefined;
    readonly limit: number;
  }): Promise<readonly string[]>;
}
