/** The statuses of a list, packed for its token. */
import { describe, expect, it } from '@jest/globals';

import { decodeStatusList, readStatus } from '../../../../standards/status-list/status-list.ts';
import { BITS, packedStatuses } from '../../../../subgraphs/passport/domain/packed-statuses.ts';

const read = (lst: string) => decodeStatusList({ bits: BITS, lst });

describe('packed statuses', () => {
  it('hold every change, the last one of a place last, in every part of the list', async () => {
    const size = 2 ** 20;
    const statuses = packedStatuses(size);
    const changes = Array.from({ length: 2_000 }, (_, at) => ({
      index: (at * 7_919_333) % size,
      status: at % 3,
    }));
    const first = read(await statuses.apply([...changes, { index: 5, status: 2 }]));
    for (const { index, status } of changes) expect(readStatus(first, index)).toBe(status);
    expect(readStatus(first, 5)).toBe(2);
    const second = read(
      await statuses.apply([
        { index: 5, status: 0 },
        { index: 5, status: 1 },
      ]),
    );
    expect(readStatus(second, 5)).toBe(1);
    expect(await packedStatuses(64).apply([])).toBe(await packedStatuses(64).apply([]));
  });

  it('are compressed on other threads: other work goes on between', async () => {
    const size = 2 ** 20;
    // No two parts of it are alike, so that compressing takes its time.
    const changes = Array.from({ length: 2 ** 16 }, (_, at) => ({
      index: (at * 7_919_333) % size,
      status: (at * at) % 3,
    }));
    let turns = 0;
    let done = false;
    const turn = (): void => {
      turns += 1;
      if (!done) setImmediate(turn);
    };
    setImmediate(turn);
    await packedStatuses(size).apply(changes);
    done = true;
    // One for each of the 32 blocks at least; compressing here would leave as many as there are slices.
    expect(turns).toBeGreaterThan(16);
  });
});
