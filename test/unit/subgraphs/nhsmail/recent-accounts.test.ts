import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Caller } from '../../../../runtime/caller-statement.ts';
import { nhsmailContext } from '../../../../subgraphs/nhsmail/context.ts';
import type { DirectoryEntry } from '../../../../subgraphs/nhsmail/domain/directory-entry.ts';
import {
  askDirectory,
  type FindAccounts,
} from '../../../../subgraphs/nhsmail/domain/find-accounts.ts';
import { recentAccounts } from '../../../../subgraphs/nhsmail/recent-accounts.ts';

const START = Date.parse('2026-11-22T10:00:00Z');
const AGE_MS = 30_000;
const away = Object.assign(new Error('away'), { code: 'unavailable' });

/** A directory whose accounts, state and clock the test sets. */
function world() {
  const state = { nowMs: START, isAway: false, statusOf: new Map([['a', 'ACTIVE']]) };
  const questions: (readonly string[])[] = [];
  const now = () => new Date(state.nowMs);
  const findByIds = async (ids: readonly string[]) => {
    questions.push(ids);
    const readAt = now();
    await Promise.resolve();
    if (state.isAway) throw away;
    return new Map(
      ids.flatMap((id) => {
        const status = state.statusOf.get(id);
        return status === undefined ? [] : [[id, { id, status, readAt } as DirectoryEntry]];
      }),
    );
  };
  return { state, questions, now, directory: { findByIds } };
}

describe('accounts as the directory said a short while ago', () => {
  let { state, questions, now, directory } = world();
  let find: FindAccounts;
  const said = async (...ids: readonly string[]) =>
    (await find(ids)).map((found) =>
      found === undefined || found instanceof Error
        ? found
        : `${found.status} ${String((state.nowMs - found.readAt.getTime()) / 1000)} s`,
    );

  beforeEach(() => {
    ({ state, questions, now, directory } = world());
    find = recentAccounts(directory, { ageMs: AGE_MS, now, kept: 2 });
  });

  it('are given out up to the age, as of when they were read', async () => {
    expect(await said('a')).toEqual(['ACTIVE 0 s']);
    state.statusOf.set('a', 'DISABLED');
    state.nowMs = START + AGE_MS - 1_000;
    expect(await said('a')).toEqual(['ACTIVE 29 s']);
    state.nowMs = START + AGE_MS;
    expect(await said('a')).toEqual(['DISABLED 0 s']);
    expect(questions).toHaveLength(2);
  });

  it('are given out while the directory is away, and nothing older', async () => {
    await said('a');
    state.isAway = true;
    state.nowMs = START + 20_000;
    expect(await said('b', 'a')).toEqual([away, 'ACTIVE 20 s']);
    state.nowMs = START + AGE_MS;
    expect(await said('a')).toEqual([away]);
    state.isAway = false;
    expect(await said('a')).toEqual(['ACTIVE 0 s']);
  });

  it('are asked for once by all who wait', async () => {
    const answers = await Promise.all([said('a', 'a'), said('a', 'b'), said('b')]);
    expect(answers.flat()).toEqual([
      'ACTIVE 0 s',
      'ACTIVE 0 s',
      'ACTIVE 0 s',
      undefined,
      undefined,
    ]);
    expect(questions).toEqual([['a'], ['b']]);
  });

  it('are there as soon as the directory has them', async () => {
    expect(await said('new')).toEqual([undefined]);
    state.statusOf.set('new', 'PENDING');
    expect(await said('new')).toEqual(['PENDING 0 s']);
  });

  it('are not given out when the clock went back', async () => {
    await said('a');
    state.nowMs = START - 1;
    await said('a');
    expect(questions).toHaveLength(2);
  });

  it('are so many at most', async () => {
    state.statusOf = new Map(['a', 'b', 'c'].map((id) => [id, 'ACTIVE']));
    await said('a', 'b', 'c');
    await said('b', 'c');
    expect(questions).toHaveLength(1);
    await said('a');
    expect(questions).toHaveLength(2);
  });

  it.each<[string, Partial<Caller>, number]>([
    [
      'every time for who signs people in',
      { kind: 'machine', scopes: scopes('account:resolve') },
      2,
    ],
    ['every time for who issues passports', { kind: 'machine', scopes: scopes('record:read') }, 2],
    ['once for a person, whatever their scopes', { scopes: scopes('account:resolve') }, 1],
  ])('are asked for %s', async (_name, who, times) => {
    const caller = { kind: 'person', subject: 'x', ...who } as Caller;
    const findAccounts = { fresh: askDirectory(directory), recent: find };
    const request = () =>
      nhsmailContext(
        { caller, disclose: () => undefined, now: now(), passportsUnknown: () => undefined },
        { findAccounts } as never,
      );
    await request().loaders.account.load('a');
    await request().loaders.account.load('a');
    expect(questions).toHaveLength(times);
  });
});

function scopes(...names: readonly string[]): ReadonlySet<string> {
  return new Set(names);
}
