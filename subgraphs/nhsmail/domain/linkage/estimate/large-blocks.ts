import { hashOfKey } from '../key-hash.ts';
import type { CompiledRules } from '../compile-rules.ts';
import type { LinkageTable } from '../linkage-table.ts';
import { keepKeys, keysOfTable, partKeys } from '../table-keys.ts';

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
  let lefts = keysOfTable(left, new Set());
  let rights = left === right ? lefts : keysOfTable(right, new Set());
  let large = blocksPast(rules.ruleSet.blockPairs, [lefts.keys, rights.keys]);
  for (let step = 0; step < rules.refine.length && large.size > 0; step += 1) {
    for (const key of large.keys()) refined.add(key);
    const partsOfLeft = partKeys(left, refined, lefts);
    const partsOfRight = left === right ? partsOfLeft : partKeys(right, refined, rights);
    lefts = partsOfLeft.keys;
    rights = partsOfRight.keys;
    // What a part adds is in records that had the whole: the keys of all others are known to be small.
    large = blocksPast(rules.ruleSet.blockPairs, [partsOfLeft.anew, partsOfRight.anew]);
  }
  let leftOutPairs = 0;
  for (const [key, pairs] of large) {
    refined.add(key);
    leftOutPairs += pairs;
  }
  if (large.size > 0) {
    lefts = partKeys(left, refined, lefts).keys;
    if (left !== right) rights = partKeys(right, refined, rights).keys;
  }
  // Finding pairs asks for the same keys.
  keepKeys(left, refined, lefts);
  if (left !== right) keepKeys(right, refined, rights);
  return {
    refined: [...refined].toSorted((a, b) => a - b),
    leftOutBlocks: large.size,
    leftOutPairs,
  };
}

/** Keys of blocks with too many pairs, and how many they have. */
function blocksPast(
  most: number,
  [left, right]: readonly [Float64Array, Float64Array],
): ReadonlyMap<number, number> {
  let size = 1 << 10;
  while (size < right.length) size *= 2;
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

function countSlots(keys: Float64Array, mask: number): Int32Array {
  const counts = new Int32Array(mask + 1);
  for (const key of keys) {
    const slot = hashOfKey(key) & mask;
    counts[slot] = (counts[slot] as number) + 1;
  }
  return counts;
}

function countKeys(
  keys: Float64Array,
  isCounted: (key: number) => boolean,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) {
    if (isCounted(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
