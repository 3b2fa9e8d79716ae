import { describe, expect, it } from '@jest/globals';

import {
  type TimeWindow,
  timeWindows,
} from '../../../../../subgraphs/nhsmail/ldap/time-windows.ts';

const now = new Date('2026-11-22T10:00:00.500Z');

/** All windows, when each holds as many entries as `entries` says. */
function all(position: Date | undefined, entries: (window: TimeWindow) => number) {
  const windows = timeWindows(position, now);
  const found: TimeWindow[] = [];
  let window: TimeWindow | undefined = windows.first;
  while (window !== undefined) {
    found.push(window);
    window = windows.next(window, entries(window));
  }
  return found;
}

describe('the windows of a whole read', () => {
  it.each<[string, Date | undefined, number]>([
    ['an empty directory', undefined, 0],
    ['a full one', undefined, 20_000],
    ['a read that goes on', new Date('2024-02-01T00:00:00Z'), 0],
  ])('leave nothing out and read nothing twice: %s', (_name, position, entries) => {
    const found = all(position, () => entries);
    expect(found[0]?.to).toEqual(position);
    expect(found.at(-1)?.from).toBeUndefined();
    expect(found.slice(1).map(({ to }) => to)).toEqual(found.slice(0, -1).map(({ from }) => from));
    // Directories tell times to the second.
    expect(found.filter(({ to }) => (to?.getTime() ?? 0) % 1000 !== 0)).toEqual([]);
  });

  it('are shorter where more has changed', () => {
    const lengths = (entries: number) =>
      all(undefined, () => entries)
        .slice(1, 4)
        .map(({ from, to }) => ((to?.getTime() ?? 0) - (from?.getTime() ?? 0)) / 3_600_000);
    expect(lengths(0)).toEqual([96, 384, 1536]);
    expect(lengths(10_000)).toEqual([24, 24, 24]);
  });
});
