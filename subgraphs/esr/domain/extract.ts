/** A file of records as a stream: what is read of it is checked row by row, and known to hold together at its end. */
import type { PlacementNotificationRow, QualificationRow, TrainingPostRow } from './feed-rows.ts';
import type { ImportFault } from './import-outcome.ts';
import type {
  AssignmentDetails,
  AssignmentRow,
  DepartmentRow,
  LocationRow,
  PersonRow,
  PhoneRow,
  PlacementRow,
  PositionRow,
  RegistrationRow,
  TrainingRow,
} from './records.ts';

/** Where reading goes on. */
export interface ExtractPosition {
  /** The byte after the last line that was read. */
  readonly offset: number;
  /** The number of that line, counted from 1. */
  readonly line: number;
  /** SHA-256 of the bytes before the offset, hex: tells a file that was replaced in between. */
  readonly prefix?: string;
}

/** The next lines of a file, up to 2,000. A row that is not kept, and is right, counts as a line and is nowhere else. */
export interface ExtractBatch<Row> extends Required<ExtractPosition> {
  readonly rows: readonly Row[];
  /** Rows that were left out. */
  readonly faults: readonly ImportFault[];
  /** Whose they were, by ESR's own number; `null` when that could not be read either. Of people and posts only. */
  readonly leftOut: readonly (string | null)[];
}

/** What is known once a file was read to its end. */
export interface ExtractEnd {
  /** Header and trailer not counted. */
  readonly rowsRead: number;
  /** Of the bytes, hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** A file of one kind. */
export interface ExtractOf<Kind extends string, Header, Row> {
  readonly kind: Kind;
  readonly header: Header;
  /** Size of the file in bytes, for telling how far the reading has come. */
  readonly size: number;
  /**
   * Read once, in order; leaving the loop closes the file.
   *
   * @throws {FileRefused} when the file as a whole cannot be trusted: cut short, joined with another, wrong count or layout
   */
  readonly batches: AsyncIterable<ExtractBatch<Row>>;
  /** @throws before the last batch was taken */
  readonly end: () => ExtractEnd;
  /** Lets go of a file whose batches are not read. */
  readonly close: () => Promise<void>;
}

/** What the first row of a GO2 file says. */
export interface Go2Header {
  readonly vpd: string;
  readonly sequence: number;
  /** A full file replaces the history of each record in it; a file of changes adds to it. */
  readonly full: boolean;
  /** The day the file was made. */
  readonly day: string;
}

/** What the first row of a file of the training record says. */
export interface TisHeader {
  /** Of the lead employer. */
  readonly vpd: string;
  readonly sequence: number;
  readonly full: boolean;
  /** The day the file was made. */
  readonly day: string;
}

/** Whose feed it is. */
export interface FeedHeader {
  readonly odsCode: string;
}

interface Added<Record extends string> {
  readonly record: Record;
  readonly action: 'A';
  /** Of all that is kept of the row, line number aside; the same for the same content. 22 characters of base64url. */
  readonly digest: string;
}

/** A record that ESR has taken out. */
export interface DeletedRow {
  readonly record: 'PERSON' | 'ASSIGNMENT' | 'LOCATION' | 'ORGANISATION' | 'POSITION' | 'PHONE';
  readonly action: 'D';
  readonly line: number;
  /** ESR's own number for it, inside one VPD. */
  readonly esrId: string;
}

/** A row of a GO2 file that is kept. */
export type Go2Row =
  | (Added<'PERSON'> & PersonRow)
  | (Added<'ASSIGNMENT'> & AssignmentRow & AssignmentDetails)
  | (Added<'LOCATION'> & LocationRow)
  | (Added<'ORGANISATION'> & DepartmentRow)
  | (Added<'POSITION'> & PositionRow)
  | (Added<'PHONE'> & PhoneRow)
  | DeletedRow;

/** A file that was opened. */
export type OpenExtract =
  | ExtractOf<'GO2', Go2Header, Go2Row>
  | ExtractOf<'REGISTRATIONS', FeedHeader, RegistrationRow>
  | ExtractOf<'TRAINING', FeedHeader, TrainingRow>
  | ExtractOf<'QUALIFICATIONS', FeedHeader, QualificationRow>
  | ExtractOf<'PLACEMENTS', FeedHeader, PlacementRow>
  | ExtractOf<'TRAINING_POSTS', TisHeader, TrainingPostRow>
  | ExtractOf<'PLACEMENT_NOTIFICATIONS', TisHeader, PlacementNotificationRow>;
