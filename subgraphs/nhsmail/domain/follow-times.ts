import type { FollowedTimes } from './sync-journal.ts';

/** One second: times of change are told to the second. */
const SECOND_MS = 1000;

/**
 * Where the next round begins to read changes by their time. The two clocks are never compared: from the directory's
 * clock comes the latest change that it told, from ours only how long something took.
 *
 * While a round goes on, what has been passed already can change; so the next begins earlier by as long as the round
 * took, and by the overlap. Once the overlap is over and nothing newer has come, it begins after the latest change.
 */
export function followTimes(
  before: FollowedTimes | undefined,
  round: {
    /** Latest time of change that the round told. */
    readonly latest: Date | undefined;
    readonly startedAt: Date;
    readonly now: Date;
    readonly overlapMs: number;
  },
): FollowedTimes | undefined {
  const { latest, startedAt, now, overlapMs } = round;
  if (latest !== undefined && (before === undefined || latest > before.through)) {
    const tookMs = Math.max(0, now.getTime() - startedAt.getTime());
    return {
      through: latest,
      knownSince: now,
      readFrom: new Date(latest.getTime() - tookMs - overlapMs),
    };
  }
  if (before === undefined) return undefined;
  const settled = startedAt.getTime() - before.knownSince.getTime() >= overlapMs;
  return settled ? { ...before, readFrom: new Date(before.through.getTime() + SECOND_MS) } : before;
}
