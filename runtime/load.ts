/**
 * How busy this process is, and what it lets go first when it is too busy: rather a quick "not now" for some than a slow
 * answer for all.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { withPatience } from './config.ts';

/**
 * Kinds of work and how busy the process may be before they are let go, as a part of what it can bear: what goes first
 * stands first. Past 1 the process is overloaded; the last ones are kept for when it is far past that.
 */
const KEPT_UNTIL = {
  /** Long lists, exports, and what nobody has asked before. */
  bulk: 0.5,
  search: 0.6,
  /** One record, and whatever has no kind of its own. */
  read: 0.7,
  issue: 0.8,
  login: 0.9,
  verify: 1,
  revoke: 1.25,
  'status-list': 1.5,
} as const;

/** A kind of work. */
export type Work = keyof typeof KEPT_UNTIL;

/** Kinds of work, what is let go first standing first. */
export const WORK = Object.keys(KEPT_UNTIL) as readonly Work[];

/** What is let go first of some kinds of work. */
export function leastOf(works: readonly Work[]): Work | undefined {
  return WORK.find((work) => works.includes(work));
}

/** Measures how busy the process is. */
export interface LoadMeter {
  /** Whether work of this kind is let go now. */
  readonly sheds: (work: Work) => boolean;
  /** A request has come. */
  readonly enter: () => void;
  /** A request is over. */
  readonly leave: () => void;
  readonly stop: () => void;
}

/** Requests of a process that are under way at once, unless a setting says otherwise. */
const MOST_IN_FLIGHT = 400;
/** How late the event loop may be, in milliseconds. */
const MOST_LATE_MS = 100;
/** How often it is looked at, in milliseconds. */
const LOOK_MS = 100;
/** Precision of the measurement, in milliseconds. */
const RESOLUTION_MS = 10;

/** Starts to measure. What it can bear: so many requests, and the event loop so many milliseconds late. */
export function measureLoad({
  mostInFlight = MOST_IN_FLIGHT,
  mostLate = withPatience(MOST_LATE_MS),
} = {}): LoadMeter {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let inFlight = 0;
  let lateness = 0;
  const timer = setInterval(() => {
    const late = Math.max(0, delays.mean / 1e6 - RESOLUTION_MS);
    // NaN when nothing was measured. One long pause is no overload: half of what was counts on.
    lateness = Number.isNaN(late) ? lateness : (lateness + late) / 2;
    delays.reset();
  }, LOOK_MS);
  timer.unref();
  return {
    sheds: (work) => Math.max(lateness / mostLate, inFlight / mostInFlight) > KEPT_UNTIL[work],
    enter: () => {
      inFlight += 1;
    },
    leave: () => {
      inFlight -= 1;
    },
    stop: () => {
      clearInterval(timer);
      delays.disable();
    },
  };
}

/** The process has too much to do for this request. Another try in a moment may work. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
  readonly code = 'overloaded';
  readonly statusCode = 503;
}
