import { describe, expect, it } from '@jest/globals';

import { inTurn } from '../../../runtime/in-turn.ts';

describe('work in turn', () => {
  it('goes on a few at a time, first come, first served, whatever becomes of it', async () => {
    const turn = inTurn(2, 10);
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
    const turn = inTurn(1, 1);
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
});
