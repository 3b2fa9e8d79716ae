/** The store of staff records, for reading. Each function is one statement under one view, however many people are asked for. */
import type { RecordView } from './access.ts';
import type { RegistrationBody } from './identifiers.ts';
import type { OrganisationRow } from './records.ts';
import type {
  HeldAssignment,
  HeldCompetence,
  HeldQualification,
  HeldRegistration,
  HeldTrainingPlacement,
  HeldRemoval,
  HeldWorkPhone,
  StaffRecord,
} from './staff-record.ts';

/** What can have happened. */
export type StaffEventType =
  | 'STAFF_JOINED'
  | 'STAFF_LEFT'
  | 'REGISTRATION_CHANGED'
  | 'PLACEMENT_CHANGED';

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
  readonly trainingPlacements: readonly Omit<HeldTrainingPlacement, 'staffId' | 'changedAt'>[];
}

/** Some of the events. */
export interface StaffEventPage {
  readonly events: readonly StaffEvent[];
  readonly position: number;
}

/** Somebody in an organisation's list. */
export interface ListedStaff {
  readonly id: string;
  /** Whether the organisation sees the person under this id; otherwise it did, and no longer does. */
  readonly there: boolean;
}

/** Staff records. Every function rejects with `code: 'unavailable'` when the store does not answer. */
export interface StaffRecords {
  findPeople(staffIds: readonly string[], view: RecordView): Promise<readonly StaffRecord[]>;
  findAssignments(
    staffIds: readonly string[],
    view: RecordView,
  ): Promise<readonly HeldAssignment[]>;
  /** As they are; with a day, as they were known at its end. */
  findRegistrations(
    staffIds: readonly string[],
    view: RecordView,
    asOf?: string,
  ): Promise<readonly HeldRegistration[]>;
  /** The newest award of each subject and level; with a day, the newest by then. */
  findCompetences(
    staffIds: readonly string[],
    view: RecordView,
    asOf?: string,
  ): Promise<readonly HeldCompetence[]>;
  /** Newest first; with a day, those awarded by then. */
  findQualifications(
    staffIds: readonly string[],
    view: RecordView,
    asOf?: string,
  ): Promise<readonly HeldQualification[]>;
  /** Newest first; with a day, those of which it is one. */
  findTrainingPlacements(
    staffIds: readonly string[],
    view: RecordView,
    asOf?: string,
  ): Promise<readonly HeldTrainingPlacement[]>;
  /** Telephone numbers at work on a day, each once. */
  findWorkPhones(
    staffIds: readonly string[],
    view: RecordView,
    day: string,
  ): Promise<readonly HeldWorkPhone[]>;
  /** What was taken out since a moment, newest first. */
  findRemovals(
    staffIds: readonly string[],
    view: RecordView,
    since: Date,
  ): Promise<readonly HeldRemoval[]>;
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
  /** People with a live employment, each once, in order of their ids, after `after`. */
  findStaffAt(
    page: {
      readonly odsCode: string;
      /** Today. */
      readonly day: string;
      /** People with an employment on this day instead. */
      readonly asOf?: string | undefined;
      /** Of those only who are seen now: an organisation sees people with a live employment. */
      readonly onlySeenNow?: boolean;
      /** People of whom something changed, and ids that are not shown any more. */
      readonly changedSince?: Date | undefined;
      readonly after: string | undefined;
      readonly limit: number;
    },
    view: RecordView,
  ): Promise<readonly ListedStaff[]>;
}
