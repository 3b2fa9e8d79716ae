/**
 * What each organisation's systems asked for, day by day, over all replicas: for whoever runs such a system. A day of UTC, as
 * quotas have it. It is told to people, and decides nothing: what a replica that dies had not reported is missing.
 */
import { hash } from 'node:crypto';

import type { Caller } from '../../runtime/caller-statement.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { KeyValue } from '../../runtime/key-value.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** One day of one client. */
export interface DayOfUse {
  /** A day of UTC, `2026-11-26`. */
  readonly day: string;
  /** Requests as the limits count them: one for each, and one for each further thousand of its cost. */
  readonly requests: number;
  /** Requests that were refused with 429. */
  readonly refused: number;
}

/** Counts and tells. */
export interface ClientUsage {
  readonly note: (caller: Caller, units: number, granted: boolean) => void;
  /** The last seven days, today first. An organisation without such a client has asked for nothing. */
  readonly read: (odsCode: string, clientId: string) => Promise<readonly DayOfUse[]>;
  /** Reports what is left. */
  readonly stop: () => Promise<void>;
}

const DAYS = 7;
const DAY_MS = 86_400_000;
const KEPT_SECONDS = (DAYS + 1) * 86_400;
/** How often a replica reports, in milliseconds. */
const REPORT_MS = 5_000;
/** Counters that wait to be reported: what is past that is not counted. */
const MOST_WAITING = 20_000;

/** What waits to be reported. Its key is made then, for it holds a hash. */
interface Counted {
  /** Days since 1970. */
  readonly day: number;
  readonly odsCode: string;
  readonly clientId: string;
  readonly what: 'requests' | 'refused';
  units: number;
}

/** A day of UTC, `2026-11-26`. */
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

const keyOf = ({ day, odsCode, clientId, what }: Omit<Counted, 'units'>): string =>
  `usage:${dateOf(day)}:${hash('sha256', `${odsCode} ${clientId}`, 'base64url')}:${what}`;

/** Creates it. */
export function clientUsage(keyValue: KeyValue, now: Clock): ClientUsage {
  let waiting = new Map<string, Counted>();
  const report = async (): Promise<void> => {
    const taken = waiting;
    waiting = new Map();
    await Promise.all(
      [...taken].map(([name, counted]) =>
        keyValue.increment(keyOf(counted), KEPT_SECONDS, counted.units).catch(() => {
          const since = waiting.get(name)?.units ?? 0;
          waiting.set(name, { ...counted, units: since + counted.units });
        }),
      ),
    );
  };
  const timer = setInterval(() => void report(), REPORT_MS).unref();

  return {
    note: ({ kind, odsCode, clientId }, units, granted) => {
      // People are many, and what a person asked is nobody's to see.
      if (kind !== 'machine' || odsCode === undefined) return;
      const day = Math.floor(now().getTime() / DAY_MS);
      const what = granted ? 'requests' : 'refused';
      const name = `${String(day)} ${what} ${odsCode} ${clientId}`;
      let counted = waiting.get(name);
      if (counted === undefined) {
        if (waiting.size >= MOST_WAITING) return;
        counted = { day, odsCode, clientId, what, units: 0 };
        waiting.set(name, counted);
      }
      counted.units += granted ? units : 1;
    },
    read: async (odsCode, clientId) => {
      await report();
      const today = Math.floor(now().getTime() / DAY_MS);
      const count = async (day: number, what: Counted['what']): Promise<number> =>
        Number((await keyValue.get(keyOf({ day, odsCode, clientId, what }))) ?? 0);
      return Promise.all(
        Array.from({ length: DAYS }, async (_, back) => ({
          day: dateOf(today - back),
          requests: await count(today - back, 'requests'),
          refused: await count(today - back, 'refused'),
        })),
      );
    },
    stop: async () => {
      clearInterval(timer);
      await report();
    },
  };
}

/** A limiter that notes what clients ask for. */
export const notedLimits = (rates: RateLimiter, usage: Pick<ClientUsage, 'note'>): RateLimiter => ({
  take: async (who, units) => {
    const allowance = await rates.take(who, units);
    if (!('address' in who)) usage.note(who, units, allowance.granted);
    return allowance;
  },
  usedUp: (caller) => {
    const allowance = rates.usedUp(caller);
    if (allowance !== undefined) usage.note(caller, 1, false);
    return allowance;
  },
});
