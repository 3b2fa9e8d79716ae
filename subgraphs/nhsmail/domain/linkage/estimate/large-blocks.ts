import { type BlockJoin, joinBlock, keepJoins } from '../block-join.ts';
import type { CompiledRules } from '../compile-rules.ts';
import type { LinkageTable } from '../linkage-table.ts';
import { type NumberedKeys, numberKeys } from '../number-keys.ts';
import { keysOfBlock, partsOfBlock, rowsWith } from '../table-keys.ts';

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
  const joins: BlockJoin[] = [];
  let leftOutBlocks = 0;
  let leftOutPairs = 0;
  for (const block of rules.blocks.keys()) {
    const { join, parted, stillLarge } = partBlock(rules, { left, right, block });
    joins.push(join);
    for (const key of parted) refined.add(key);
    leftOutBlocks += stillLarge.size;
    for (const pairs of stillLarge.values()) leftOutPairs += pairs;
  }
  // Finding pairs asks for the same.
  keepJoins(left, right, { refined, joins });
  return { refined: [...refined].toSorted((a, b) => a - b), leftOutBlocks, leftOutPairs };
}

/** Joins the tables by one rule, and tells the keys of the blocks that had to be parted for it. */
function partBlock(
  rules: CompiledRules,
  {
    left,
    right,
    block,
  }: {
    readonly left: LinkageTable;
    readonly right: LinkageTable;
    readonly block: number;
  },
): {
  readonly join: BlockJoin;
  readonly parted: ReadonlySet<number>;
  readonly stillLarge: ReadonlyMap<number, number>;
} {
  const parted = new Set<number>();
  const lefts = keysOfBlock(left, parted, block);
  const rights = left === right ? lefts : keysOfBlock(right, parted, block);
  const { blockPairs } = rules.ruleSet;
  const numbered = numberKeys(lefts.keys, rights.keys);
  let large = blocksPast(blockPairs, rights.keys, numbered);
  if (large.size === 0) {
    return { join: joinBlock(lefts, rights, numbered), parted, stillLarge: large };
  }
  // Whatever comes of parting a block is of the rows that had the whole.
  const leftRows = rowsWith(lefts, large);
  const rightRows = left === right ? leftRows : rowsWith(rights, large);
  for (let step = 1; step <= rules.refine.length && large.size > 0; step += 1) {
    for (const key of large.keys()) parted.add(key);
    const ofLeft = partsOfBlock(left, parted, { block, times: step, rows: leftRows });
    const ofRight =
      left === right
        ? ofLeft
        : partsOfBlock(right, parted, { block, times: step, rows: rightRows });
    large = blocksPast(blockPairs, ofRight, numberKeys(ofLeft, ofRight));
  }
  for (const key of large.keys()) parted.add(key);
  const leftParts = keysOfBlock(left, parted, block);
  const rightParts = left === right ? leftParts : keysOfBlock(right, parted, block);
  return { join: joinBlock(leftParts, rightParts), parted, stillLarge: large };
}

/** Keys of blocks with too many pairs, and how many they have. */
function blocksPast(
  most: number,
  rightKeys: Float64Array,
  { left, right, count }: NumberedKeys,
): ReadonlyMap<number, number> {
  const lefts = new Int32Array(count);
  const rights = new Int32Array(count);
  for (const number of left) if (number >= 0) lefts[number] = (lefts[number] as number) + 1;
  for (const number of right) rights[number] = (rights[number] as number) + 1;
  const past = new Map<number, number>();
  for (const [entry, number] of right.entries()) {
    const pairs = (lefts[number] as number) * (rights[number] as number);
    if (pairs > most) past.set(rightKeys[entry] as number, pairs);
  }
  return past;
}
