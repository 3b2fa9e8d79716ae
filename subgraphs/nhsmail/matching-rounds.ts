/** Matching that goes on between requests. */
import type { MatchSummary } from './domain/match-directory.ts';

/** How rounds follow each other, in milliseconds. */
export interface RoundTimes {
  readonly firstAfterMs: number;
  readonly everyMs: number;
  /** Pause after a round that failed: doubles from here up to `everyMs`. */
  readonly retryMs: number;
}

/** Rounds of matching, one at a time. */
export interface MatchingRounds {
  /** A round now, or the one that is going on. */
  readonly match: () => Promise<MatchSummary>;
  /** Starts no more, and waits for the one that is going on. */
  readonly stop: () => Promise<void>;
}

/** Runs rounds until stopped. */
export function matchingRounds(options: {
  readonly round: () => Promise<MatchSummary>;
  /** When rounds run by themselves. Left out, they run when asked only. */
  readonly times?: RoundTimes;
  readonly done: (summary: MatchSummary) => void;
  /** Told of a round that failed by itself, and how many have in a row. */
  readonly failed: (error: unknown, times: number) => void;
}): MatchingRounds {
  const { round, times, done, failed } = options;
  let going: Promise<MatchSummary> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const match = (): Promise<MatchSummary> => {
    going ??= round().finally(() => {
      going = undefined;
    });
    return going;
  };
  const later = (waitMs: number, failures: number): void => {
    if (stopped || times === undefined) return;
    timer = setTimeout(() => {
      match().then(
        (summary) => {
          done(summary);
          later(times.everyMs, 0);
        },
        (error: unknown) => {
          if (!stopped) failed(error, failures + 1);
          later(Math.min(times.retryMs * 2 ** Math.min(failures, 10), times.everyMs), failures + 1);
        },
      );
    }, waitMs);
    timer.unref();
  };
  if (times !== undefined) later(times.firstAfterMs, 0);
  return {
    match,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await going?.catch(() => undefined);
    },
  };
}
