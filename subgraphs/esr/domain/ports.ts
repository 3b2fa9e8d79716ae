/** The store of staff records, for reading. Each function is one statement under one view, however many people are asked for. */
import type { RecordView } from './access.ts';
import type { RegistrationBody } from './identifiers.ts';
import type { OrganisationRow } from './records.ts';
import type {
  HeldAssignment,
  HeldCompetence,
  HeldRegistration,
  StaffRecord,
} from './staff-record.ts';

/** What can have happened. */
export type StaffEventType = 'STAFF_LEFT' | 'REGISTRATION_CHANGED' | 'PLACEMENT_CHANGED';

/** Something that happened to a person at an organisation, with how things stand now. */
export interface StaffEvent {
  readonly type: StaffEventType;
  readonly staffId: string;
  /** The organisation of the employment, or whose file said it. */
  readonly odsCode: string;
  readonly at: Date;
  /** Organisations at which the person works now. */
  readonly worksAt: readonly string[];
  /** The person died in service, and nobody employs them. */
  readonly deceased: boolean;
  readonly registrations: readonly HeldRegistration[];
  readonly trainingPlacements: readonly TrainingPlacement[];
}

/** A placement as the training record has it now. */
export interface TrainingPlacement {
  readonly reference: string;
  readonly leadOdsCode: string;
  readonly hostOdsCode: string;
  readonly nationalPostNumber: string;
  readonly specialty: string;
  readonly grade: string;
  readonly site: string;
  readonly startDate: string;
  /** `null` while the training record has not said it. */
  readonly endDate: string | null;
  readonly withdrawn: boolean;
}

/** Some of the events. */
export interface StaffEventPage {
  readonly events: readonly StaffEvent[];
  readonly position: number;
}

/** Staff records. Every function rejects with `code: 'unavailable'` when the store does not answer. */
export interface StaffRecords {
  findPeople(staffIds: readonly string[], view: RecordView): Promise<readonly StaffRecord[]>;
  findAssignments(
    staffIds: readonly string[],
    view: RecordView,
  ): Promise<readonly HeldAssignment[]>;
  findRegistrations(
    staffIds: readonly string[],
    view: RecordView,
  ): Promise<readonly HeldRegistration[]>;
  /** The newest award of each subject and level. */
  findCompetences(
    staffIds: readonly string[],
    view: RecordView,
  ): Promise<readonly HeldCompetence[]>;
  findOrganisations(odsCodes: readonly string[]): Promise<readonly OrganisationRow[]>;
  /** Whose assignments these are, by assignment id. */
  findAssignmentOwners(
    assignmentIds: readonly string[],
    view: RecordView,
  ): Promise<ReadonlyMap<string, string>>;
  findStaffId(
    by:
      | { readonly odsCode: string; readonly employeeNumber: string }
      | { readonly body: RegistrationBody; readonly number: string },
    view: RecordView,
  ): Promise<string | undefined>;
  /** Events after a position in the order of their writing, and the position after them. */
  findEvents(page: {
    readonly types: readonly StaffEventType[];
    readonly after: number;
    readonly limit: number;
  }): Promise<StaffEventPage>;
  /** Ids of people with a live employment, in order, after `after`. */
  findStaffIdsAt(
    page: {
      readonly odsCode: string;
      readonly day: string;
      readonly after: string | undefined;
      readonly limit: number;
    },
    view: RecordView,
  ): Promise<readonly string[]>;
}
