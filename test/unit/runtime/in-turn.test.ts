import { describe, expect, it } from '@jest/globals';

import { inTurn, TooManyWaiting } from '../../../runtime/in-turn.ts';

describe('work in turn', () => {
  it('goes on a few at a time, first come, first served, whatever becomes of it', async () => {
    const turn = inTurn({ atOnce: 2, mostWaiting: 10 });
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const work = (nth: number) =>
      turn(async () => {
        begun.push(nth);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (nth === 0) throw new Error('it failed');
        return nth;
      });
    const all = Promise.allSettled([0, 1, 2, 3].map(work));
    for (let nth = 0; nth < 4; nth += 1) {
      await new Promise(setImmediate);
      expect(begun).toEqual([0, 1, 2, 3].slice(0, nth + 2));
      ends[nth]?.();
    }
    expect((await all).map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
  });

  it('turns away whoever would be one too many', async () => {
    const turn = inTurn({ atOnce: 1, mostWaiting: 1 });
    let end = (): void => undefined;
    const first = turn(() => new Promise<void>((resolve) => (end = resolve)));
    const second = turn(() => Promise.resolve('second'));
    await expect(turn(() => Promise.resolve('third'))).rejects.toMatchObject({
      code: 'unavailable',
    });
    end();
    await first;
    expect(await second).toBe('second');
  });

  it('turns away whoever has enough waiting, and lets others in', async () => {
    const turn = inTurn({ atOnce: 1, mostWaiting: 3, mostOfOne: 1 });
    const { signal: left } = new AbortController();
    const { promise: end, resolve } = Promise.withResolvers<undefined>();
    const done: string[] = [];
    const by = (holder: string) =>
      turn(
        async () => {
          await end;
          done.push(holder);
        },
        { holder, left },
      );
    const all = [by('one'), by('one'), by('one'), by('another')];
    await expect(all[2]).rejects.toBeInstanceOf(TooManyWaiting);
    resolve(undefined);
    await Promise.allSettled(all);
    expect(done).toEqual(['one', 'one', 'another']);
  });

  it('gives the place of whoever leaves to others, and does not stop what has begun', async () => {
    const turn = inTurn({ atOnce: 1, mostWaiting: 1 });
    const leaving = new AbortController();
    const leaver = { holder: 'one', left: leaving.signal };
    const { promise: end, resolve } = Promise.withResolvers<string>();
    const begun = turn(() => end, leaver);
    let isDone = false;
    const waiting = turn(async () => {
      isDone = true;
      return Promise.resolve();
    }, leaver);
    leaving.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const other = turn(() => Promise.resolve('other'));
    resolve('begun');
    expect(await Promise.all([begun, other])).toEqual(['begun', 'other']);
    expect(isDone).toBe(false);
  });
});
