import type { AccountChanges, SourcedEntry } from './account-store.ts';

/** How far the copy follows the directory. */
export interface SyncState {
  /** Where the changes begin that have not been read, in the directory's own words. */
  readonly cookie?: string;
  /** Where they begin by time, by the directory's clock. */
  readonly times?: FollowedTimes;
  /** When the whole directory was last read to the end, whatever came of it. */
  readonly wholeTriedAt?: Date;
}

/** How far changes have been followed by their times. */
export interface FollowedTimes {
  /** Latest time of change that the directory has told, by its clock. */
  readonly through: Date;
  /** When we heard of it, by ours. */
  readonly knownSince: Date;
  /** Changes from this time on are read next, by the directory's clock. */
  readonly readFrom: Date;
}

/** Whether everything is read, or what has changed. */
export type ReadKind = 'WHOLE' | 'CHANGES';

/** A read that goes on. */
export interface DirectoryRead {
  readonly id: string;
  /** When it was begun, before it was cut off. */
  readonly startedAt: Date;
  /** Where it goes on. */
  readonly position?: Date;
}

/** A part of what was read, written at once. */
export interface ReadBatch {
  readonly entries: readonly SourcedEntry[];
  /** Source keys of entries that are there unchanged. */
  readonly unchanged: readonly string[];
  readonly position?: Date;
  readonly at: Date;
}

/** How a read ended. */
export interface ReadEnd {
  /** DONE, or HELD: more is missing than may go without a person. */
  readonly state: 'DONE' | 'HELD';
  readonly missing: number;
  readonly gone: number;
  readonly at: Date;
  /** How far the copy follows the directory now. What is left out stays. */
  readonly follows: SyncState;
  /** The copy is what the directory was at this time, or later. */
  readonly asOf?: Date;
  readonly reason?: string;
}

/** One read, for people. */
export interface ReadSummary {
  readonly kind: ReadKind;
  readonly state: 'RUNNING' | 'DONE' | 'HELD' | 'FAILED';
  readonly startedAt: Date;
  readonly finishedAt?: Date;
  readonly entries: number;
  readonly changed: number;
  readonly refused: number;
  readonly missing: number;
  readonly gone: number;
  readonly reason?: string;
  readonly approvedBy?: string;
}

/** What the copy of a directory is, for people. */
export interface SyncStatus {
  /** Accounts in the copy. */
  readonly accounts: number;
  /** Of these, no longer in the directory. */
  readonly gone: number;
  readonly asOf?: Date;
  readonly wholeAt?: Date;
  /** The latest reads, newest first. */
  readonly reads: readonly ReadSummary[];
}

/**
 * The log of reads of one directory, by which they go on after a stop. Each call throws an error with code
 * `unavailable` when the database does not answer, or another process has taken over.
 */
export interface SyncJournal {
  /** Keeps other processes from reading. `undefined` when one does. */
  hold(): Promise<SyncState | undefined>;
  release(): Promise<void>;
  /** Begins a read; with `resume`, goes on with a whole one that was cut off less than a day ago. */
  begin(
    read: { readonly kind: ReadKind; readonly resume: boolean; readonly approvedBy?: string },
    at: Date,
  ): Promise<DirectoryRead>;
  write(read: DirectoryRead, batch: ReadBatch): Promise<AccountChanges>;
  /** Accounts that are not gone. */
  countKnown(): Promise<number>;
  /** Accounts that are not gone and that this read has not seen: how many, and the first of them. */
  findMissing(
    read: DirectoryRead,
    limit: number,
  ): Promise<{ readonly count: number; readonly ids: readonly string[] }>;
  /** Ids of the accounts that are not gone with these source keys. */
  findBySourceKeys(sourceKeys: readonly string[]): Promise<readonly string[]>;
  end(read: DirectoryRead, end: ReadEnd): Promise<void>;
  /** Notes that a read was cut off. */
  fail(read: DirectoryRead, reason: string, at: Date): Promise<void>;
  status(): Promise<SyncStatus>;
}
