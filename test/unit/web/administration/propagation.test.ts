import { describe, expect, it } from '@jest/globals';

import {
  stepsOf,
  stepsOfStop,
  withReceivers,
} from '../../../../web/domain/administration/propagation.ts';
import { stepWords } from '../../../../web/routes/administration/progress.ts';
import { unreachedWords } from '../../../../web/routes/administration/reach.ts';

const CHANGED = '2026-11-21T14:14:03.000Z';
const at = (clock: string): Date => new Date(`2026-11-21T14:${clock}Z`);
const stopped = { state: 'REVOKED', lastStatusChangeAt: CHANGED };

describe('how far a stop has got', () => {
  it.each([
    ['the list still says valid', 0, at('14:02'), ['DONE', 'WAITING', 'WAITING', 'DONE']],
    ['copies from before may be around', 1, at('14:05'), ['DONE', 'DONE', 'WAITING', 'DONE']],
    ['no copy from before can be', 1, at('15:06'), ['DONE', 'DONE', 'DONE', 'DONE']],
  ])('when %s', (_when, status, now, states) => {
    const published = { status, issuedAt: at('14:05'), ttlSeconds: 60 };
    expect(stepsOf(stopped, published, now).map(({ state }) => state)).toEqual(states);
  });

  it('says so when the list could not be read, and nothing more', () => {
    expect(stepsOf(stopped, undefined, at('14:04')).map(({ state }) => state)).toEqual([
      'DONE',
      'UNKNOWN',
      'UNKNOWN',
      'DONE',
    ]);
  });

  it('counts copies from when the list said so at the latest, not from when it was last signed', () => {
    const published = { status: 1, issuedAt: at('50:00'), ttlSeconds: 60 };
    expect(stepsOf(stopped, published, at('50:01'))[2]).toEqual({
      name: 'copies',
      state: 'DONE',
      at: at('16:03'),
    });
  });

  it('has no expectation of a state that is new', () => {
    const published = { status: 1, issuedAt: at('14:05'), ttlSeconds: 60 };
    const steps = stepsOf({ state: 'MISLAID', lastStatusChangeAt: null }, published, at('14:06'));
    expect(steps.map(({ state }) => state)).toEqual(['DONE', 'WAITING', 'WAITING', 'DONE']);
  });

  it('reads as the page words it', () => {
    const published = { status: 1, issuedAt: at('14:05'), ttlSeconds: 60 };
    expect(stepsOf(stopped, published, at('14:06')).map(stepWords)).toEqual([
      { name: 'records', where: 'Our records', status: 'Done', time: '2:14:03pm' },
      { name: 'list', where: 'Status list published', status: 'Done', time: '2:14:05pm' },
      {
        name: 'copies',
        where: 'Copies that trusts keep',
        status: 'Not yet',
        time: 'By 2:15:05pm at the latest',
      },
      { name: 'person', where: 'Their own passport page', status: 'Done', time: '2:14:03pm' },
    ]);
  });

  it.each([
    ['nobody is told', { receivers: 0, reached: 0, failing: 0 }, 'DONE', 'None is registered'],
    ['all were told', { receivers: 2, reached: 2, failing: 0 }, 'DONE', 'Done: 2 of 2'],
    ['one waits', { receivers: 2, reached: 1, failing: 0 }, 'WAITING', 'Not yet: 1 of 2'],
    [
      'one cannot be reached',
      { receivers: 3, reached: 1, failing: 1 },
      'WAITING',
      'Not yet: 1 of 3. Sending to 1 has failed so far',
    ],
    ['nothing has happened yet', null, 'WAITING', 'Not yet'],
    ['it could not be asked', undefined, 'UNKNOWN', 'We could not look'],
  ] as const)('says of systems that %s', (_what, reach, state, status) => {
    const steps = withReceivers(stepsOf(stopped, undefined, at('14:04')), reach);
    expect(steps.map(({ name }) => name)).toEqual([
      'records',
      'list',
      'copies',
      'receivers',
      'person',
    ]);
    const [, , , step] = steps;
    expect(step?.state).toBe(state);
    expect(step && stepWords(step)).toEqual({
      name: 'receivers',
      where: 'Systems that are told',
      status,
      time: '',
    });
  });

  it('names the trust’s own systems that were not reached', () => {
    const waiting = { url: 'https://rz1.example/doors', failures: 0, isParked: false };
    const notReached = [
      waiting,
      { ...waiting, failures: 1 },
      { ...waiting, failures: 9, isParked: true },
    ];
    expect(unreachedWords({ receivers: 9, reached: 0, failing: 2, notReached })).toEqual([
      'https://rz1.example/doors',
      'https://rz1.example/doors, 1 failed attempt',
      'https://rz1.example/doors, 9 failed attempts, not tried any more',
    ]);
    expect(unreachedWords(undefined)).toEqual([]);
  });

  it('is where the slowest credential of a stop is, and nowhere before it is approved', () => {
    const there = { status: 1, issuedAt: at('14:05'), ttlSeconds: 60 };
    const seen = [there, { ...there, status: 0 }].map((published) => ({
      recorded: stopped,
      published,
    }));
    const stop = { state: 'STOPPED', urgent: false, decidedAt: CHANGED };
    const states = (...given: Parameters<typeof stepsOfStop>) =>
      stepsOfStop(...given).map(({ state }) => state);
    expect(states(stop, seen, at('20:00'))).toEqual(['DONE', 'DONE', 'WAITING', 'WAITING', 'DONE']);
    expect(stepsOfStop(stop, seen.slice(0, 1), at('20:00'))[3]).toEqual({
      name: 'copies',
      state: 'DONE',
      at: at('15:05'),
    });
    expect(states({ ...stop, urgent: true }, seen, at('20:00'))).toHaveLength(4);
    expect(states({ state: 'WAITING', urgent: false, decidedAt: null }, [], at('20:00'))).toEqual(
      Array.from({ length: 5 }, () => 'WAITING'),
    );
  });
});
