/** Everything was compared, or what changed. */
export type MatchRunKind = 'WHOLE' | 'CHANGES';

/**
 * Where a run stands. `STOPPED` wrote nothing because it would have lost too many links: it waits for a named person.
 * `CONFIRMED` is a stopped run that somebody let go on; the run after it writes.
 */
export type MatchRunState = 'RUNNING' | 'DONE' | 'STOPPED' | 'CONFIRMED' | 'FAILED';

/** What matching came to at one organisation, or at all of them. */
export interface MatchCounts {
  /** Pairs that are newly linked. */
  readonly linked: number;
  /** Links that matching would no longer make: withdrawn, or contradicted and handed to a person. */
  readonly lost: number;
  /** Cases for a person to decide. */
  readonly queued: number;
}

/** One run of matching. */
export interface MatchRun extends MatchCounts {
  readonly id: string;
  /** Counts runs. */
  readonly number: number;
  readonly kind: MatchRunKind;
  readonly ruleSet: number;
  readonly state: MatchRunState;
  readonly startedAt: Date;
  readonly finishedAt?: Date;
  /** Records that were compared. */
  readonly people: number;
  readonly accounts: number;
  /** Links there were before. */
  readonly linksBefore: number;
  /** Links that stand and that matching would not make, both sides being there. */
  readonly unsupported: number;
  readonly organisations: Readonly<Record<string, MatchCounts>>;
  /** Who let a stopped run go on. */
  readonly confirmedBy?: string;
  readonly confirmedAt?: Date;
}
