/**
 * How a directory is read whole in pieces, so that a read that is cut off goes on where it stopped: by the times of
 * change of its entries, from the latest to the earliest. An entry that changes meanwhile moves to what has been read
 * already; the next round of changes finds it there.
 */

/** Entries changed at `from` or later and before `to`. Left out: the first or last of all. */
export interface TimeWindow {
  readonly from?: Date;
  readonly to?: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SHORTEST_MS = 60 * 60 * 1000;
/** What is older than this is read at once. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** Entries that make a window small, and large. */
const SMALL = 5_000;
const LARGE = 50_000;

/**
 * Windows one after the other, each as long as the one before was full or empty.
 *
 * @param position where to go on: what changed then or later is read
 * @param now only for the length of the first window
 */
export function timeWindows(
  position: Date | undefined,
  now: Date,
): {
  readonly first: TimeWindow;
  readonly next: (window: TimeWindow, entries: number) => TimeWindow | undefined;
} {
  let lengthMs = DAY_MS;
  const before = (to: Date): TimeWindow => {
    const from = to.getTime() - lengthMs;
    return from < EARLIEST_MS ? { to } : { from: new Date(from), to };
  };
  return {
    first:
      position === undefined
        ? { from: new Date(wholeSecond(now.getTime() - lengthMs)) }
        : before(position),
    next: ({ from }, entries) => {
      if (from === undefined) return undefined;
      if (entries < SMALL) lengthMs *= 4;
      else if (entries > LARGE) lengthMs = Math.max(SHORTEST_MS, lengthMs / 4);
      return before(from);
    },
  };
}

const wholeSecond = (ms: number): number => ms - (ms % 1000);
