import { afterEach, describe, expect, it } from '@jest/globals';

import { type FollowedChanges, followChanges } from '../../../../gateway/stream/follow-changes.ts';
import type { NumberedChange } from '../../../../runtime/change-feed.ts';
import { createLog } from '../../../../runtime/log.ts';

const log = createLog({ name: 'test', level: 'silent' });
const AT = '2026-11-22T12:00:00Z';

interface Asked {
  readonly after?: number;
  readonly missing: readonly number[];
  readonly since?: string;
}

let followed: FollowedChanges | undefined;
afterEach(() => followed?.stop());

/** Follows a subgraph that has these pages to tell, the first being where it stands. */
const follow = (pages: readonly (readonly number[])[], expired: readonly string[] = []) => {
  const asked: Asked[] = [];
  const heard: string[] = [];
  const time = { now: 0 };
  const left = [...pages];
  followed = followChanges({
    ask: (_path, body) => {
      const question = JSON.parse(body) as Asked;
      asked.push(question);
      const numbers = left.shift();
      if (numbers === undefined) return Promise.reject(new Error('away'));
      const changes =
        question.after === undefined
          ? []
          : numbers.map((number): NumberedChange => ({
              number,
              ...(number % 10 === 0
                ? {}
                : { change: { kind: 'case', id: `case_${String(number)}` } }),
            }));
      return Promise.resolve(
        JSON.stringify({
          changes,
          expired: expired.map((id) => ({ kind: 'presentation', id })),
          last: Math.max(question.after ?? 0, ...numbers),
          at: AT,
        }),
      );
    },
    heard: ({ id }) => heard.push(id),
    log,
    clock: () => time.now,
  });
  return { asked, heard, time, look: followed.look };
};

describe('following what has changed', () => {
  it('begins where the subgraph stands, and hears of every change after it', async () => {
    const { asked, heard, look } = follow([[7], [8, 9, 10], [11]], ['prs_1']);
    await look();
    await look();
    expect(asked).toEqual([
      { missing: [] },
      { after: 7, since: AT, missing: [] },
      { after: 10, since: AT, missing: [] },
    ]);
    expect(heard).toEqual(['case_8', 'case_9', 'prs_1', 'case_11', 'prs_1']);
  });

  it('asks again for a number that turns up late, for a minute', async () => {
    const { asked, heard, time, look } = follow([[7], [8, 11], [9, 12], [13], [14], [15]]);
    await look();
    await look();
    await look();
    time.now = 60_001;
    await look();
    await look();
    expect(asked.map(({ missing }) => missing)).toEqual([[], [], [9, 10], [10], [10], []]);
    expect(heard).toEqual([
      'case_8',
      'case_11',
      'case_9',
      'case_12',
      'case_13',
      'case_14',
      'case_15',
    ]);
  });

  it('asks for no more late numbers than one question may name', async () => {
    const { asked, look } = follow([[0], [5_000], [10_000], []]);
    await look();
    await look();
    await look();
    expect(asked.at(-1)?.missing).toHaveLength(200);
    expect(asked.at(-1)?.missing[0]).toBe(9_800);
  });

  it('goes on from where it was when the subgraph was away', async () => {
    const { asked, look } = follow([[7]]);
    await expect(look()).rejects.toThrow('away');
    expect(asked.at(-1)).toMatchObject({ after: 7 });
  });
});
