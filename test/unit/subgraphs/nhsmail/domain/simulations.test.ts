import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Simulation } from '../../../../../subgraphs/nhsmail/domain/simulate-matching.ts';
import {
  simulations,
  type Simulations,
} from '../../../../../subgraphs/nhsmail/domain/simulations.ts';

const START = new Date('2026-11-26T10:00:00Z');
const MINUTE_MS = 60_000;

interface Begun {
  readonly ruleSet: number;
  readonly read: (records: number) => void;
  readonly end: (simulation: Simulation | undefined) => void;
  readonly fail: (error: Error) => void;
}

const came = (ruleSet: number): Simulation => ({
  ruleSet,
  people: 3,
  accounts: 4,
  linksBefore: 2,
  linked: 1,
  lost: 0,
  queued: 0,
  organisations: {},
});

let now: Date;
let begun: Begun[];
let failures: unknown[];
let all: Simulations;
/** What was begun last. */
const last = (): Begun => {
  const found = begun.at(-1);
  if (found === undefined) throw new Error('nothing was begun');
  return found;
};
const settled = () => new Promise((resolve) => setImmediate(resolve));
const pass = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};

beforeEach(() => {
  now = START;
  begun = [];
  failures = [];
  all = simulations({
    begin: (ruleSet, read) => {
      const { promise, resolve, reject } = Promise.withResolvers<Simulation | undefined>();
      begun.push({ ruleSet, read, end: resolve, fail: reject });
      return {
        result: promise,
        stop: () => {
          reject(new Error('broken off'));
          return Promise.resolve();
        },
      };
    },
    now: () => now,
    failed: (error) => failures.push(error),
  });
});

describe('simulations', () => {
  it('are begun by asking, one at a time, and tell how far they are', async () => {
    const running = { state: 'RUNNING', ruleSet: 2, startedAt: START, recordsRead: 0 };
    expect(all.ask(2)).toEqual(running);
    last().read(3);
    last().read(4);
    expect(all.ask(2)).toEqual({ ...running, recordsRead: 7 });
    expect(all.ask(3)).toEqual({ state: 'WAITING', ruleSet: 3 });
    expect(begun).toHaveLength(1);
    last().end(came(2));
    await settled();
    expect(all.ask(2)).toEqual({ ...running, state: 'DONE', recordsRead: 7, result: came(2) });
    expect(all.ask(3)).toMatchObject({ state: 'RUNNING', ruleSet: 3 });
    expect(begun.map(({ ruleSet }) => ruleSet)).toEqual([2, 3]);
  });

  it.each([
    ['what came of it for a quarter of an hour', 'DONE', 15 * MINUTE_MS],
    ['a failure for a minute', 'FAILED', MINUTE_MS],
  ])('keep %s', async (_name, state, forMs) => {
    all.ask(2);
    if (state === 'DONE') last().end(came(2));
    else last().fail(new Error('no database'));
    await settled();
    pass(forMs - 1);
    expect(all.ask(2)).toMatchObject({ state, startedAt: START });
    pass(1);
    expect(all.ask(2)).toMatchObject({ state: 'RUNNING', startedAt: now });
    expect(failures).toHaveLength(state === 'DONE' ? 0 : 1);
  });

  it('keep no more than the newest twenty', async () => {
    for (let version = 1; version <= 21; version += 1) {
      all.ask(version);
      last().end(came(version));
      await settled();
    }
    expect(all.ask(2).state).toBe('DONE');
    expect(all.ask(1).state).toBe('RUNNING');
  });

  it('run for an operator after the one that is going on', async () => {
    all.ask(2);
    const run = all.run(3);
    await settled();
    expect(begun).toHaveLength(1);
    last().fail(new Error('no database'));
    await settled();
    expect(begun.map(({ ruleSet }) => ruleSet)).toEqual([2, 3]);
    last().end(undefined);
    await expect(run).resolves.toBeUndefined();
  });

  it('are broken off, and begin no more, when stopped', async () => {
    all.ask(2);
    await all.stop();
    expect(failures).toEqual([]);
    expect(all.ask(2)).toEqual({ state: 'WAITING', ruleSet: 2 });
    expect(begun).toHaveLength(1);
  });
});
