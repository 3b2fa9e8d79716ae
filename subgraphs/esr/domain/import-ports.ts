/** What an import needs of the store: a run that is staged in batches and applied in one transaction. */
import type { ExtractBatch, ExtractEnd, Go2Row } from './extract.ts';
import type { PlacementNotificationRow, QualificationRow, TrainingPostRow } from './feed-rows.ts';
import type { FileKind, ImportFault } from './import-outcome.ts';
import type { Absence, ImportLimits, ImportRun } from './import-run.ts';
import type { ListedOrganisation, PlacementRow, RegistrationRow, TrainingRow } from './records.ts';

/** A new run. */
export interface RunStart extends Pick<
  ImportRun,
  'path' | 'kind' | 'odsCode' | 'sequence' | 'full' | 'fileDay'
> {
  readonly id: string;
}

/** Lines that were read and checked, to be staged together with the position after them. */
export type StageBatch = ExtractBatch<StagedRow>;

/** A row of a file that goes through the staging tables. */
export type StagedRow =
  | Go2Row
  | RegistrationRow
  | TrainingRow
  | QualificationRow
  | PlacementRow
  | TrainingPostRow
  | PlacementNotificationRow;

/** What applying takes. */
export interface ApplyOptions extends ImportLimits {
  /** Today in the United Kingdom. */
  readonly day: string;
  /** Everything is worked out and written, and then taken back: the counts are those of an import. */
  readonly dryRun: boolean;
}

/** What came of applying. The rejected rows are those of the reading as well; the faults only those found now. */
export type ApplyOutcome =
  | {
      readonly kind: 'applied';
      readonly run: ImportRun;
      readonly rejected: number;
      readonly faults: readonly ImportFault[];
    }
  /** The same file had been imported before. */
  | { readonly kind: 'already-imported'; readonly run: ImportRun }
  | {
      readonly kind: 'refused';
      readonly run: ImportRun;
      readonly fault: ImportFault;
      readonly rejected: number;
      readonly faults: readonly ImportFault[];
    };

/** How a run ends without changing anything. */
export type RunEnd =
  | {
      readonly state: 'REFUSED';
      readonly fault: ImportFault;
      readonly rejected: number;
      /** Rejected rows that the run does not have yet. */
      readonly faults: readonly ImportFault[];
    }
  | { readonly state: 'ALREADY_IMPORTED' };

/** What came of confirming that people left. */
export type ConfirmedAbsences =
  /** How many employments ended; a repeat under the same key answers the same. */
  | { readonly kind: 'confirmed'; readonly ended: number }
  /** Others wait than were seen. */
  | { readonly kind: 'changed' }
  /** The key was used for something else. */
  | { readonly kind: 'reused' };

/** How many rejected rows of one run are kept; the rest are counted. */
export const REJECTS_KEPT = 10_000;

/** The store of staff records, for writing. */
export interface StaffImports {
  findOrganisation(
    by: { readonly vpd: string } | { readonly odsCode: string },
  ): Promise<{ readonly odsCode: string } | undefined>;
  writeOrganisations(
    rows: readonly ListedOrganisation[],
  ): Promise<{ added: number; changed: number }>;
  /** The import of the highest sequence. */
  findLastImport(
    odsCode: string,
    kind: FileKind,
  ): Promise<{ readonly sequence: number; readonly sha256: string } | undefined>;

  /** Begins a run, with staging tables of its own. Runs that nobody has gone on with for a day are forgotten. */
  startRun(start: RunStart): Promise<ImportRun>;
  /**
   * Keeps rows and faults together with the position after them, all or nothing.
   *
   * @param run as it was returned last
   * @throws {RunTakenOver} when it has come further meanwhile, or is gone
   */
  stage(run: ImportRun, batch: StageBatch): Promise<ImportRun>;
  /**
   * Says that the file was read to its end.
   *
   * @throws {RunTakenOver}
   */
  finishReading(run: ImportRun, end: ExtractEnd): Promise<ImportRun>;
  /** Empties the staging tables and begins at the first line again. */
  restartRun(run: ImportRun): Promise<ImportRun>;
  /**
   * Brings a run that was read whole into the records, in one transaction, and drops its staging tables.
   *
   * @throws {StagingLost} when rows that were staged are no longer there
   */
  apply(run: ImportRun, options: ApplyOptions): Promise<ApplyOutcome>;
  /** Ends a run without changing anything. */
  endRun(run: ImportRun, end: RunEnd): Promise<ImportRun>;
  /** Takes a run away, as if it had not been. */
  forgetRun(run: ImportRun): Promise<void>;

  findRun(id: string): Promise<ImportRun | undefined>;
  /** The newest first; of an organisation, or those that can be gone on with, oldest first. */
  findRuns(page: {
    readonly odsCode?: string;
    readonly unfinished?: boolean;
    /** Only runs begun before the one of this number. */
    readonly before?: number;
    readonly limit: number;
  }): Promise<readonly ImportRun[]>;
  /** Rejected rows in order of line; `after` is a position that an earlier page ended at, 0 for the first page. */
  findRejects(
    runId: string,
    page: { readonly after: number; readonly limit: number },
  ): Promise<{ readonly faults: readonly ImportFault[]; readonly position: number }>;

  /** People whom the full file of a run did not have, and who wait for somebody to confirm it. */
  findAbsences(runId: string, limit: number): Promise<readonly Absence[]>;
  /** How many of them wait. */
  countAbsences(runId: string): Promise<number>;
  /**
   * Confirms them: the employments ended before the day of the file.
   *
   * @param confirmation `asked`: how many the person saw, and under which key; as many as there are when left out
   */
  confirmAbsences(
    runId: string,
    confirmation: {
      readonly by: string;
      readonly day: string;
      readonly now: Date;
      readonly asked?: { readonly people: number; readonly idempotencyKey: string };
    },
  ): Promise<ConfirmedAbsences>;

  /** Employee numbers of an organisation's people who have not left, in order, after one of them; from the first without. */
  findEmployeeNumbers(page: {
    readonly odsCode: string;
    readonly day: string;
    readonly after: string | undefined;
    readonly limit: number;
  }): Promise<readonly string[]>;

  /** Organisations with an employment that began or ended unannounced. */
  organisationsToSettle(day: string): Promise<readonly string[]>;
  /** Writes events for employments of an organisation that began or ended since this was last asked. */
  announceEmployments(odsCode: string, day: string): Promise<void>;
}

/** Somebody who may be the person in the file. */
export interface Candidate {
  readonly staffId: string;
  /** The same for all ids of one person. */
  readonly personId: string;
  readonly nhsEmployeeId: string | null;
  readonly birthDate: string;
  /** Of the employments: another employer may have another one. */
  readonly niNumbers: readonly string[];
  readonly familyNames: readonly string[];
  /** Of the person, by whichever id. */
  readonly employers: readonly string[];
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
