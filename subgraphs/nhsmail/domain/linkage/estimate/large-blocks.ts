import { indexBlocks, keysOfRow } from '../block-index.ts';
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
  let large = blocksPast(rules, { left, right, refined });
  for (let step = 0; step < rules.refine.length && large.size > 0; step += 1) {
    for (const key of large.keys()) refined.add(key);
    large = blocksPast(rules, { left, right, refined });
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

/** Keys of blocks with too many pairs, and how many they have. */
function blocksPast(
  rules: CompiledRules,
  {
    left,
    right,
    refined,
  }: {
    readonly left: LinkageTable;
    readonly right: LinkageTable;
    readonly refined: ReadonlySet<number>;
  },
): ReadonlyMap<number, number> {
  const { placeOf, start } = indexBlocks(right, refined);
  const lefts = new Int32Array(start.length);
  const past = new Map<number, number>();
  const sink = keySink();
  for (let row = 0; row < left.ids.length; row += 1) {
    keysOfRow(left, refined, { row, sink });
    for (let index = 0; index < sink.count; index += 1) {
      const key = sink.keys[index] as number;
      const place = placeOf(key);
      if (place < 0) continue;
      const count = (lefts[place] as number) + 1;
      lefts[place] = count;
      const pairs = count * ((start[place + 1] as number) - (start[place] as number));
      if (pairs > rules.ruleSet.blockPairs) past.set(key, pairs);
    }
  }
  return past;
}
