/** One round of matching: both sources are read up to now, and what is new is matched. */
import { randomUUID } from 'node:crypto';

import { readPeople, type ReadPeopleParts } from './read-people.ts';
import {
  isWholeRunDue,
  readyModels,
  runChanges,
  type RunOutcome,
  type RunParts,
  runWhole,
} from './run-matching.ts';

/** What a round rests on. */
export type MatchingParts = RunParts &
  ReadPeopleParts & {
    /** Brings the copy of the directory up to now. */
    readonly followDirectory: () => Promise<unknown>;
    /** After how long everything is read and compared anew, in milliseconds. */
    readonly wholeEveryMs: number;
  };

/** What one round of matching came to. */
export interface MatchSummary {
  /** `done`; `nothing` when nothing had changed; `stopped` or `waiting` when somebody has to look; `busy`. */
  readonly outcome: RunOutcome['kind'];
  /** Accounts compared. */
  readonly accounts: number;
  /** People compared. */
  readonly people: number;
  /** New links. */
  readonly linked: number;
  /** Cases for a person to decide. */
  readonly review: number;
  /** Links that matching would no longer make. */
  readonly lost: number;
}

/** Rounds of matching. Nothing is matched when either source stops answering half way. */
export function directoryMatching(parts: MatchingParts): {
  readonly round: (options?: { readonly whole?: boolean }) => Promise<MatchSummary>;
} {
  const holder = randomUUID();
  const ready = readyModels(parts.ruleSets);
  return {
    round: async ({ whole = false } = {}) => {
      await parts.followDirectory();
      await readPeople(parts, parts);
      const isWhole = whole || (await isWholeRunDue(parts, ready, parts));
      const outcome = await (isWhole ? runWhole(parts, holder) : runChanges(parts, holder, ready));
      return summaryOf(outcome);
    },
  };
}

function summaryOf(outcome: RunOutcome): MatchSummary {
  if (outcome.kind !== 'done' && outcome.kind !== 'stopped') {
    return { outcome: outcome.kind, accounts: 0, people: 0, linked: 0, review: 0, lost: 0 };
  }
  const { accounts, people, linked, queued, lost } = outcome.result;
  return { outcome: outcome.kind, accounts, people, linked, review: queued, lost };
}
