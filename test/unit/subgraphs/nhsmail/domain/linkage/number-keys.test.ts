import { expect, it } from '@jest/globals';

import { numberKeys } from '../../../../../../subgraphs/nhsmail/domain/linkage/number-keys.ts';
import { seededRandom } from '../../../../../../subgraphs/nhsmail/domain/linkage/seeded-random.ts';

/** More than are looked up at a time, so that they are parted. */
const KEYS = 40_000;

it('numbers the keys of two lists alike, and knows which the right list has not', () => {
  const random = seededRandom(1);
  const drawn = Array.from({ length: KEYS }, () => Math.floor(random() * 2 ** 53));
  const right = Float64Array.from({ length: KEYS }, (_, at) => drawn[(at * 3) % KEYS] as number);
  const left = Float64Array.from({ length: KEYS }, (_, at) =>
    at % 2 === 0 ? (drawn[at] as number) : Math.floor(random() * 2 ** 53),
  );
  // Keys that come more than once, and nearly alike.
  left.fill(17, 0, 10);
  right.fill(17, 0, 5);
  right.fill(18, 5, 10);
  const numbered = numberKeys(left, right);
  const numbers = new Map<number, number>();
  for (const [at, key] of right.entries()) numbers.set(key, numbered.right[at] as number);
  expect(new Set(numbers.values()).size).toBe(numbers.size);
  expect(numbered.count).toBe(numbers.size);
  expect(Math.max(...numbers.values())).toBe(numbers.size - 1);
  expect([...numbered.right]).toEqual(Array.from(right, (key) => numbers.get(key)));
  expect([...numbered.left]).toEqual(Array.from(left, (key) => numbers.get(key) ?? -1));
  expect([...numberKeys(right, right).left]).toEqual([...numbered.right]);
});
