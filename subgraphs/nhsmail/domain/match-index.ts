import type { Candidate } from './compare-pair.ts';

/** Which list a record is in. */
export type MatchSide = 'PERSON' | 'ACCOUNT';

/** A record that has to be matched again. */
export interface NotedRecord {
  readonly side: MatchSide;
  readonly id: string;
  /** Stays as it is until the record is noted once more. */
  readonly notedAt: string;
}

/** Keys of a record, as hashes: whole numbers below 2^53. */
export interface KeyedRecord {
  readonly id: string;
  readonly keys: readonly number[];
}

/** People and accounts, by id. */
export interface RecordIds {
  readonly staffIds: Iterable<string>;
  readonly accountIds: Iterable<string>;
}

/**
 * What is kept so that one changed record finds its counterparts at once: keys of every record that is matched, and the
 * candidate pairs. Each call throws an error with code `unavailable` when the database does not answer.
 */
export interface MatchIndex {
  /** Takes the accounts as they are now for followed: a whole run reads all of them. */
  skipAccountChanges(): Promise<void>;
  /** How many records wait. */
  countNoted(): Promise<number>;

  /** Candidates with one of these people or accounts. */
  findCandidates(ids: RecordIds): Promise<readonly Candidate[]>;

  /** Begins anew beside what there is, which is used until {@link MatchIndexDraft.publish}. */
  draft(): Promise<MatchIndexDraft>;
  /** What the keys and candidates of now are of. */
  readMatchedWith(): Promise<MatchedWith | undefined>;
}

/** What an index is of. */
export interface MatchedWith {
  readonly modelId: number;
  readonly run: string;
  /** Changes that were noted from this moment on are matched one by one. */
  readonly at: Date;
}

/** An index that is being built. */
export interface MatchIndexDraft {
  addKeys(side: MatchSide, records: readonly KeyedRecord[]): Promise<void>;
  addCandidates(candidates: readonly Candidate[]): Promise<void>;
  /** Says that everything has been added. */
  complete(): Promise<void>;
  /** Once complete: candidates with one of these people or accounts. */
  findCandidates(ids: RecordIds): Promise<readonly Candidate[]>;
  /** Puts it in the place of the one before. Records that were noted before it was begun are matched by it. */
  publish(by: Omit<MatchedWith, 'at'>): Promise<void>;
  /** Throws it away. */
  discard(): Promise<void>;
}
