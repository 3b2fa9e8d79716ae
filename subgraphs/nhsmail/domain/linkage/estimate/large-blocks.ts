import { hashOfKey, keysOfRow } from '../block-index.ts';
import { keySink } from '../block-keys.ts';
import type { CompiledRules } from '../compile-rules.ts';
import type { LinkageTable } from '../linkage-table.ts';

/** Blocks that are too large to compare whole. */
export interface LargeBlocks {
  readonly refined: readonly number[];
  readonly leftOutBlocks: number;
  readonly leftOutPairs: number;
}

/**
 * Which blocks hold more pairs than the rules allow, however they are parted: those are parted by the keys of
 * `refine`, one after another, and what is still too large at the end is left out and counted.
 */
export function findLargeBlocks(
  rules: CompiledRules,
  left: LinkageTable,
  right: LinkageTable,
): LargeBlocks {
  const refined = new Set<number>();
  let sides = [gather(left, refined), gather(right, refined)] as const;
  let large = blocksPast(rules.ruleSet.blockPairs, sides);
  for (let step = 0; step < rules.refine.length && large.size > 0; step += 1) {
    for (const key of large.keys()) refined.add(key);
    // What a part adds is in records that had the whole: the keys of all others are known to be small.
    const [lefts, rights] = sides;
    sides = [
      gather(left, refined, rowsWith(lefts, large)),
      gather(right, refined, rowsWith(rights, large)),
    ];
    large = blocksPast(rules.ruleSet.blockPairs, sides);
  }
  let leftOutPairs = 0;
  for (const [key, pairs] of large) {
    refined.add(key);
    leftOutPairs += pairs;
  }
  return {
    refined: [...refined].toSorted((a, b) => a - b),
    leftOutBlocks: large.size,
    leftOutPairs,
  };
}

/** Keys of some rows, one after another. */
interface GatheredKeys {
  readonly keys: Float64Array;
  readonly rows: Int32Array;
}

function gather(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  rows: Iterable<number> = table.ids.keys(),
): GatheredKeys {
  const sink = keySink();
  let keys = new Float64Array(1 << 16);
  let owners = new Int32Array(1 << 16);
  let count = 0;
  for (const row of rows) {
    keysOfRow(table, refined, { row, sink });
    if (count + sink.count > keys.length) {
      const size = keys.length * 2 + sink.count;
      const longer = new Float64Array(size);
      longer.set(keys);
      keys = longer;
      const longerOwners = new Int32Array(size);
      longerOwners.set(owners);
      owners = longerOwners;
    }
    for (let index = 0; index < sink.count; index += 1) {
      keys[count] = sink.keys[index] as number;
      owners[count] = row;
      count += 1;
    }
  }
  return { keys: keys.subarray(0, count), rows: owners.subarray(0, count) };
}

function rowsWith(
  { keys, rows }: GatheredKeys,
  wanted: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at = 0; at < keys.length; at += 1) {
    if (wanted.has(keys[at] as number)) found.add(rows[at] as number);
  }
  return found;
}

/** Keys of blocks with too many pairs, and how many they have. */
function blocksPast(
  most: number,
  [left, right]: readonly [GatheredKeys, GatheredKeys],
): ReadonlyMap<number, number> {
  let size = 1 << 10;
  while (size < right.keys.length) size *= 2;
  // Keys that fall together count together, so that none that is too large is missed. Then they are counted apart.
  const mask = size - 1;
  const lefts = countSlots(left, mask);
  const rights = countSlots(right, mask);
  const isSuspect = (key: number): boolean => {
    const slot = hashOfKey(key) & mask;
    return (lefts[slot] as number) * (rights[slot] as number) > most;
  };
  const inRight = countKeys(right, isSuspect);
  const past = new Map<number, number>();
  for (const [key, count] of countKeys(left, isSuspect)) {
    const pairs = count * (inRight.get(key) ?? 0);
    if (pairs > most) past.set(key, pairs);
  }
  return past;
}

function countSlots({ keys }: GatheredKeys, mask: number): Int32Array {
  const counts = new Int32Array(mask + 1);
  for (const key of keys) {
    const slot = hashOfKey(key) & mask;
    counts[slot] = (counts[slot] as number) + 1;
  }
  return counts;
}

function countKeys(
  { keys }: GatheredKeys,
  isCounted: (key: number) => boolean,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) {
    if (isCounted(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
