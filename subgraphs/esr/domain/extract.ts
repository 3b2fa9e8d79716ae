/** An extract that was read to its end and holds together. */
import type { ImportFault } from './import-outcome.ts';
import type {
  AssignmentRow,
  PersonRow,
  PlacementRow,
  RegistrationRow,
  TrainingRow,
} from './records.ts';

/** What a GO2 file says. */
export interface Go2File {
  readonly kind: 'GO2';
  readonly vpd: string;
  readonly sequence: number;
  /** A full file replaces the history of each record in it; a file of changes adds to it. */
  readonly full: boolean;
  /** The day the file was made. */
  readonly day: string;
  readonly rowsRead: number;
  readonly people: readonly PersonRow[];
  readonly assignments: readonly AssignmentRow[];
  readonly deletedPeople: readonly string[];
  readonly deletedAssignments: readonly string[];
  readonly rejected: readonly ImportFault[];
}

/** What a feed of one organisation says. */
export interface FeedFile<Kind extends string, Row> {
  readonly kind: Kind;
  readonly odsCode: string;
  readonly rowsRead: number;
  readonly rows: readonly Row[];
  readonly rejected: readonly ImportFault[];
}

/** What one file says. */
export type FileContent =
  | Go2File
  | FeedFile<'REGISTRATIONS', RegistrationRow>
  | FeedFile<'TRAINING', TrainingRow>
  | FeedFile<'PLACEMENTS', PlacementRow>;

/** A file that was read to its end. */
export interface ReadFile<Content> {
  readonly content: Content;
  /** Of the bytes, hex. */
  readonly sha256: string;
}
