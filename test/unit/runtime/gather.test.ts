import { describe, expect, it } from '@jest/globals';

import { gather } from '../../../runtime/gather.ts';
import { requestSignal, workFor } from '../../../runtime/request-deadline.ts';

describe('looking up together', () => {
  it('asks once for what is asked for in the same moment, and answers each', async () => {
    const asked: (readonly number[])[] = [];
    const find = gather((wanted: readonly number[]) => {
      asked.push(wanted);
      return Promise.resolve(wanted.map((one) => (one === 2 ? undefined : one * 10)));
    });
    expect(await Promise.all([1, 2, 3, 1].map(find))).toEqual([10, undefined, 30, 10]);
    expect(await find(4)).toBe(40);
    expect(asked).toEqual([[1, 2, 3, 1], [4]]);
  });

  it('asks for 500 at a time, and fails only those who were in the failed question', async () => {
    const find = gather((wanted: readonly number[]) =>
      wanted.includes(0) ? Promise.reject(new Error('no answer')) : Promise.resolve(wanted),
    );
    const all = await Promise.allSettled(Array.from({ length: 501 }, (_none, at) => find(at)));
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(500);
    expect(all.at(-1)).toEqual({ status: 'fulfilled', value: 500 });
  });

  it('goes on until the last request that waits is over', async () => {
    const under: (AbortSignal | undefined)[] = [];
    const find = gather((wanted: readonly number[]) => {
      under.push(requestSignal());
      return Promise.resolve(wanted);
    });
    const requests = [new AbortController(), new AbortController()] as const;
    const [one, other] = requests;
    await Promise.all([one, one, other].map(({ signal }) => workFor(signal, () => find(1))));
    one.abort();
    expect(under[0]?.aborted).toBe(false);
    other.abort();
    expect(under[0]?.aborted).toBe(true);
    const third = new AbortController();
    await Promise.all([one, third, other].map(({ signal }) => workFor(signal, () => find(1))));
    expect(under.pop()?.aborted).toBe(false);
    await Promise.all([one, other].map(({ signal }) => workFor(signal, () => find(1))));
    expect(under.pop()?.aborted).toBe(true);
    // Whoever is no request waits as long as it takes.
    await Promise.all([workFor(one.signal, () => find(1)), find(2)]);
    expect(under).toHaveLength(2);
    expect(under[1]).toBeUndefined();
  });
});
