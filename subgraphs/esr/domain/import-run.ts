/** An import as it is kept while it goes on and afterwards: how far it has come, and what came of it. */
import { z } from 'zod';

import type { FileKind } from './import-outcome.ts';

/** Where an import is. READING and STAGED can be gone on with; the others are final. */
export const RUN_STATES = ['READING', 'STAGED', 'APPLIED', 'REFUSED', 'ALREADY_IMPORTED'] as const;

/** Where an import is. */
export type RunState = (typeof RUN_STATES)[number];

/** Records by what an import did to them: people, posts, places, phones, registrations, awards. */
export interface ImportCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Employments that ended, and records that were taken out. */
  readonly ended: number;
  /** Employments that a full file did not have, past the brake: they wait for a person to confirm. */
  readonly absent: number;
}

/** One import. */
export interface ImportRun extends ImportCounts {
  /** `imp_` and 22 characters. */
  readonly id: string;
  /** Names its staging tables. */
  readonly number: number;
  /** Where the file is. */
  readonly path: string;
  readonly kind: Exclude<FileKind, 'ORGANISATIONS'>;
  readonly odsCode: string;
  /** Of a GO2 file; `null` of a feed. */
  readonly sequence: number | null;
  readonly full: boolean;
  /** The day the file was made; of a feed, the day of the import. */
  readonly fileDay: string;
  readonly state: RunState;
  /** The byte after the last line that was staged. */
  readonly offset: number;
  /** The number of that line. */
  readonly line: number;
  /** SHA-256 of the bytes before the offset, hex; `null` before the first batch. */
  readonly prefix: string | null;
  /** SHA-256 of the file, hex; `null` until it was read. */
  readonly sha256: string | null;
  /** Header and trailer not counted; `null` until the file was read. */
  readonly rowsRead: number | null;
  readonly staged: number;
  readonly rejected: number;
  readonly refusal: {
    readonly code: string;
    readonly field: string;
    readonly line: number;
  } | null;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

/** A share of something, as a fraction. */
const share = z.number().min(0).max(1);

/** How much an import lets pass. */
export const importLimits = z.strictObject({
  /** Rejected rows among those read, past which the file is refused whole. One rejected row is always allowed. */
  maxRejectedShare: share,
  /** Absent people among an organisation's live ones, past which they wait for a person. */
  absenceBrake: share,
});

/** How much an import lets pass. */
export type ImportLimits = z.infer<typeof importLimits>;

/** One in a thousand rows may be rejected; one in fifty people may be missing from a full file. */
export const DEFAULT_LIMITS: ImportLimits = { maxRejectedShare: 0.001, absenceBrake: 0.02 };

/** How many of the rows that were read may be rejected: the share rounded down, and at least one. */
export const rejectsAllowed = (rowsRead: number, maxRejectedShare: number): number =>
  Math.max(1, Math.floor(maxRejectedShare * rowsRead));

/** Somebody whom a full file did not have. */
export interface Absence {
  readonly staffId: string;
  readonly employeeNumber: string;
  /** The day of the first file without them. */
  readonly absentFrom: string;
  readonly state: 'WAITING' | 'CONFIRMED';
}

/** Another process has gone on with a run meanwhile, or taken it away. */
export class RunTakenOver extends Error {
  override readonly name = 'RunTakenOver';
  readonly code = 'run_taken_over';
  constructor(id: string) {
    super(`another process goes on with ${id}`);
  }
}

/** A run's staged rows are not all there: the database server has been restarted. It starts over. */
export class StagingLost extends Error {
  override readonly name = 'StagingLost';
  readonly code = 'staging_lost';
  constructor(id: string) {
    super(`the staged rows of ${id} are lost`);
  }
}
