/** What an import needs of the store. Everything inside one `inTransaction` is kept or none of it is. */
import type { RegistrationBody } from './identifiers.ts';
import type { FileKind } from './import-outcome.ts';
import type {
  AssignmentRow,
  OrganisationRow,
  PersonRow,
  PersonType,
  PlacementRow,
  RegistrationRow,
  RegistrationStatus,
  TrainingRow,
} from './records.ts';

/** The store of staff records, for writing. */
export interface StaffImports {
  inTransaction<Result>(work: (records: ImportRecords) => Promise<Result>): Promise<Result>;
}

/** An employment as it was before the import. */
export interface KnownEmployment {
  readonly esrPersonId: string;
  readonly staffId: string;
  /** Of the rows it was made from. */
  readonly digest: string;
  readonly names: string;
}

/** An assignment as it was before the import. */
export interface KnownAssignment {
  readonly esrAssignmentId: string;
  readonly esrPersonId: string;
  readonly digest: string;
  /** Position and job, for telling a move from a correction. */
  readonly post: string;
}

/** Somebody who may be the person in the file. */
export interface Candidate {
  readonly staffId: string;
  readonly nhsEmployeeId: string | null;
  readonly birthDate: string;
  readonly niNumber: string | null;
  readonly familyNames: readonly string[];
  readonly employers: readonly string[];
}

/** An employment to be written, made from all its rows. */
export interface EmploymentRecord {
  readonly staffId: string;
  readonly digest: string;
  readonly names: string;
  /** The row in force. */
  readonly head: PersonRow;
  readonly terminationDate: string | null;
  readonly personType: PersonType;
  readonly rows: readonly PersonRow[];
}

/** An assignment to be written, made from all its rows. */
export interface AssignmentRecord {
  /** Id in the graph. */
  readonly id: string;
  readonly digest: string;
  readonly post: string;
  readonly esrPersonId: string;
  readonly rows: readonly AssignmentRow[];
}

/** A registration as it was before the import. */
export interface KnownRegistration {
  readonly body: RegistrationBody;
  readonly number: string;
  readonly staffId: string;
  readonly status: RegistrationStatus;
  readonly content: string;
  readonly lastCheckedAt: Date;
}

/** A placement as it was before the import. */
export interface KnownPlacement {
  readonly reference: string;
  readonly staffId: string;
  readonly odsCode: string;
  readonly content: string;
  readonly updatedAt: Date;
}

/** Something that happened to a person at an organisation. No personal data. */
export interface StaffEvent {
  readonly type:
    | 'staff-joined-1'
    | 'staff-moved-1'
    | 'staff-left-1'
    | 'staff-name-changed-1'
    | 'registration-status-changed-1'
    | 'training-awarded-1'
    | 'placement-changed-1';
  readonly staffId: string;
  readonly odsCode: string;
  /** The assignment in the graph that it is about. */
  readonly assignmentId?: string;
}

/** Reading and writing inside one transaction. */
export interface ImportRecords {
  /** Waits until no other import of this organisation runs, and keeps others out until the end. */
  lockOrganisation(odsCode: string): Promise<void>;
  /** The same for deciding who is who across organisations. */
  lockIdentities(): Promise<void>;
  findOrganisation(
    by: { readonly vpd: string } | { readonly odsCode: string },
  ): Promise<{ readonly odsCode: string } | undefined>;
  writeOrganisations(rows: readonly OrganisationRow[]): Promise<{ added: number; changed: number }>;
  /** The import of the highest sequence. */
  findLastImport(
    odsCode: string,
    kind: FileKind,
  ): Promise<{ readonly sequence: number; readonly sha256: string } | undefined>;
  hasImport(odsCode: string, kind: FileKind, sha256: string): Promise<boolean>;
  writeImport(entry: {
    readonly odsCode: string;
    readonly kind: FileKind;
    readonly sequence: number;
    readonly sha256: string;
    readonly rowsRead: number;
    readonly rejected: number;
  }): Promise<void>;

  knownEmployments(odsCode: string): Promise<readonly KnownEmployment[]>;
  knownAssignments(odsCode: string): Promise<readonly KnownAssignment[]>;
  findCandidates(keys: {
    readonly nhsEmployeeIds: readonly string[];
    readonly niNumbers: readonly string[];
  }): Promise<readonly Candidate[]>;
  writeEmployments(
    odsCode: string,
    employments: readonly EmploymentRecord[],
    options: { readonly replaceHistory: boolean },
  ): Promise<void>;
  writeAssignments(
    odsCode: string,
    assignments: readonly AssignmentRecord[],
    options: { readonly replaceHistory: boolean },
  ): Promise<void>;
  /** Returns how many there were. */
  deleteAssignments(odsCode: string, esrAssignmentIds: readonly string[]): Promise<number>;
  /** Takes employments out, assignments included, and returns whose they were if they were live. */
  deleteEmployments(odsCode: string, esrPersonIds: readonly string[]): Promise<readonly string[]>;
  /** Works out when employments end, and returns those that began or ended since this was last asked. */
  settleEmployments(
    odsCode: string,
    day: string,
  ): Promise<readonly { readonly staffId: string; readonly live: boolean }[]>;

  /** Organisations with an employment that began or ended unannounced. */
  organisationsToSettle(day: string): Promise<readonly string[]>;

  /** Staff ids by employee number at one organisation. */
  staffByEmployeeNumber(odsCode: string): Promise<ReadonlyMap<string, string>>;
  knownRegistrations(rows: readonly RegistrationRow[]): Promise<readonly KnownRegistration[]>;
  writeRegistrations(
    rows: readonly (RegistrationRow & { readonly staffId: string; readonly content: string })[],
  ): Promise<void>;
  knownPlacements(references: readonly string[]): Promise<readonly KnownPlacement[]>;
  writePlacements(
    odsCode: string,
    rows: readonly (PlacementRow & { readonly staffId: string; readonly content: string })[],
  ): Promise<void>;
  /** Expiry by staff id, competence name and day of award. */
  knownAwards(odsCode: string): Promise<ReadonlyMap<string, string | null>>;
  writeAwards(
    odsCode: string,
    rows: readonly (TrainingRow & { readonly staffId: string })[],
  ): Promise<void>;

  writeEvents(events: readonly StaffEvent[]): Promise<void>;
}

/** The key of {@link ImportRecords.knownAwards}. */
export const awardKey = (staffId: string, name: string, awardedOn: string): string =>
  `${staffId} ${awardedOn} ${name}`;
