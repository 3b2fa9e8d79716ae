/**
 * How much of a quota has been used, over all replicas, without asking Redis before every answer.
 *
 * Each replica counts for itself and reports what it counted: as soon as a twentieth of the quota is unreported, and a
 * hundredth of the window after it was counted. Only then does somebody wait for Redis. So in one window all replicas
 * together let through at most the quota and a twentieth of it for each replica. While Redis is away a replica goes by what
 * it knew and what it has counted itself: at most one quota for each replica, never none.
 */
import { hash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import type { Clock } from '../../runtime/clock.ts';
import type { KeyValue } from '../../runtime/key-value.ts';

/** So much in so long. Windows begin at multiples of their length since 1970. */
export interface Quota {
  /** For headers and keys: a short name. */
  readonly name: string;
  readonly units: number;
  readonly windowSeconds: number;
}

/** Where a quota stands after somebody took from it. */
export interface Standing {
  readonly quota: Quota;
  /** Whether it was taken. What was refused is not counted. */
  readonly granted: boolean;
  /** Units left, never below 0. */
  readonly left: number;
  /** Seconds until the window ends, 1 or more. */
  readonly resetSeconds: number;
}

/** Counts of many holders. */
export interface SharedCounts {
  /** Takes units of a holder's quota. The holder is a person's or a client's id. */
  readonly take: (quota: Quota, holder: string, units: number) => Standing | Promise<Standing>;
  /** Where a quota stands that a holder has used up, as far as is known here. Takes nothing, and asks nobody. */
  readonly usedUp: (quota: Quota, holder: string) => Standing | undefined;
  /** Tells where a holder's quota stands, and takes nothing. */
  readonly read: (quota: Quota, holder: string) => Promise<Standing>;
  /** Reports nothing any more. */
  readonly stop: () => void;
}

/** One holder's use in one window. */
interface Count {
  readonly key: string;
  readonly window: number;
  /** Used as far as is known, by all replicas. */
  known: number;
  /** Counted here and not reported yet. */
  unreported: number;
  /** On its way to Redis. */
  reporting: number;
  report: Promise<void> | undefined;
}

/** Holders remembered of each quota: a crowd of addresses makes nobody's use forgotten. */
const MOST_COUNTS = 50_000;
/** The part of a quota that a replica may count before it reports: a twentieth. */
const UNREPORTED_SHARE = 0.05;
/** The part of a window after which it reports what it has: a hundredth. */
const REPORT_SHARE = 0.01;
/** How often it is looked for what is to be reported, in milliseconds. */
const LOOK_MS = 100;
/** After Redis has failed, it is left alone for so many milliseconds. */
const PAUSE_MS = 1_000;

/** Creates the counts. Without a shared store every replica counts for itself. */
export function sharedCounts(shared: KeyValue | undefined, now: Clock): SharedCounts {
  const counts = new Map<string, LRUCache<string, Count>>();
  /** When each is to be reported, in milliseconds since 1970. */
  const due = new Map<Count, { readonly at: number; readonly windowSeconds: number }>();
  let awayUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  const countOf = (quota: Quota, holder: string, milliseconds: number): Count => {
    const window = Math.floor(milliseconds / (quota.windowSeconds * 1_000));
    let ofQuota = counts.get(quota.name);
    if (ofQuota === undefined)
      counts.set(quota.name, (ofQuota = new LRUCache<string, Count>({ max: MOST_COUNTS })));
    const known = ofQuota.get(holder);
    if (known?.window === window) return known;
    const key = `rate:${quota.name}:${String(window)}:${hash('sha256', holder, 'base64url')}`;
    const fresh = { key, window, known: 0, unreported: 0, reporting: 0, report: undefined };
    ofQuota.set(holder, fresh);
    return fresh;
  };

  /** Tells Redis what was counted, until there is nothing more to tell. Never rejects. */
  const report = (count: Count, windowSeconds: number): Promise<void> => {
    count.report ??= (async () => {
      while (count.unreported > 0) {
        count.reporting = count.unreported;
        count.unreported = 0;
        const here = count.known + count.reporting;
        // A Redis that forgot knows less than this replica.
        count.known = Math.max(here, await total(count, windowSeconds));
        count.reporting = 0;
      }
    })().finally(() => {
      count.report = undefined;
    });
    return count.report;
  };
  const total = async (count: Count, windowSeconds: number): Promise<number> => {
    if (shared === undefined || now().getTime() < awayUntil) return 0;
    try {
      return await shared.increment(count.key, 2 * windowSeconds, count.reporting);
    } catch {
      awayUntil = now().getTime() + PAUSE_MS;
      return 0;
    }
  };

  const stored = async (store: KeyValue, key: string): Promise<number> => {
    if (now().getTime() < awayUntil) return 0;
    try {
      return Number((await store.get(key)) ?? 0);
    } catch {
      awayUntil = now().getTime() + PAUSE_MS;
      return 0;
    }
  };

  const look = (): void => {
    timer = undefined;
    const moment = now().getTime();
    for (const [count, { at, windowSeconds }] of due) {
      if (at > moment) continue;
      due.delete(count);
      void report(count, windowSeconds);
    }
    if (due.size > 0) lookLater();
  };
  const lookLater = (): void => {
    timer ??= setTimeout(look, LOOK_MS).unref();
  };

  const usedOf = ({ known, reporting, unreported }: Count): number =>
    known + reporting + unreported;
  const standing = (quota: Quota, count: Count, granted: boolean, moment: number): Standing => ({
    quota,
    granted,
    left: Math.max(0, quota.units - usedOf(count)),
    resetSeconds: Math.max(1, Math.ceil((count.window + 1) * quota.windowSeconds - moment / 1_000)),
  });

  return {
    take: (quota, holder, units) => {
      const moment = now().getTime();
      const count = countOf(quota, holder, moment);
      if (usedOf(count) + units > quota.units) return standing(quota, count, false, moment);
      count.unreported += units;
      const unknown = count.reporting + count.unreported;
      if (shared === undefined || unknown <= Math.max(1, quota.units * UNREPORTED_SHARE)) {
        if (!due.has(count)) {
          const later = Math.min(quota.windowSeconds * 1_000 * REPORT_SHARE, 10_000);
          due.set(count, { at: moment + later, windowSeconds: quota.windowSeconds });
          lookLater();
        }
        return standing(quota, count, true, moment);
      }
      return report(count, quota.windowSeconds).then(() =>
        // What other replicas have used is known now. What was taken past the quota stays counted: they saw it too.
        standing(quota, count, count.known <= quota.units, moment),
      );
    },
    usedUp: (quota, holder) => {
      const moment = now().getTime();
      const count = countOf(quota, holder, moment);
      return usedOf(count) < quota.units ? undefined : standing(quota, count, false, moment);
    },
    read: async (quota, holder) => {
      const moment = now().getTime();
      const count = countOf(quota, holder, moment);
      // What is counted here and not reported yet, in Redis nobody knows of.
      await report(count, quota.windowSeconds);
      const elsewhere = shared === undefined ? 0 : await stored(shared, count.key);
      count.known = Math.max(count.known, elsewhere);
      return standing(quota, count, count.known < quota.units, moment);
    },
    stop: () => {
      clearTimeout(timer);
      due.clear();
    },
  };
}
