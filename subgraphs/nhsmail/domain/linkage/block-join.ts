import type { LinkageTable } from './linkage-table.ts';
import { type NumberedKeys, numberKeys } from './number-keys.ts';
import { keysOfBlock, type TableKeys } from './table-keys.ts';

/** Which records of two tables have a key of one blocking rule in common. */
export interface BlockJoin {
  /** Where the blocks of a left row begin in `blocks`; the next one's begin is their end. */
  readonly blocksStart: Int32Array;
  /** Blocks of the left rows, one row after another: those that have a right row. */
  readonly blocks: Int32Array;
  /** Where the right rows of a block begin in `rows`; the next one's begin is their end. */
  readonly rowsStart: Int32Array;
  readonly rows: Int32Array;
}

interface KeptJoins {
  readonly right: LinkageTable;
  readonly lefts: number;
  readonly rights: number;
  readonly refined: ReadonlySet<number>;
  readonly joins: readonly BlockJoin[];
}

/** The last joins of a left table: learning a model and finding pairs by it ask for the same. */
const kept = new WeakMap<LinkageTable, KeptJoins>();

/** Joins two tables by each blocking rule, in their order, or gives what was made before. */
export function blockJoinsOf(
  left: LinkageTable,
  right: LinkageTable,
  refined: ReadonlySet<number>,
): readonly BlockJoin[] {
  const known = kept.get(left);
  if (
    known?.right === right &&
    known.lefts === left.ids.length &&
    known.rights === right.ids.length &&
    isSame(known.refined, refined)
  ) {
    return known.joins;
  }
  const joins = left.rules.blocks.map((_, block) => {
    const lefts = keysOfBlock(left, refined, block);
    return joinBlock(lefts, left === right ? lefts : keysOfBlock(right, refined, block));
  });
  return keepJoins(left, right, { refined, joins });
}

/** Keeps the joins of two tables for whoever asks next. */
export function keepJoins(
  left: LinkageTable,
  right: LinkageTable,
  { refined, joins }: Pick<KeptJoins, 'refined' | 'joins'>,
): readonly BlockJoin[] {
  kept.set(left, { right, lefts: left.ids.length, rights: right.ids.length, refined, joins });
  return joins;
}

const isSame = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a === b || (a.size === b.size && [...a].every((key) => b.has(key)));

/** Joins two tables by these keys of theirs. */
export function joinBlock(
  left: TableKeys,
  right: TableKeys,
  numbered: NumberedKeys = numberKeys(left.keys, right.keys),
): BlockJoin {
  const { blocksStart, blocks, renumbered, count } = blocksOfRows(left, numbered);
  return {
    blocksStart,
    blocks,
    ...rowsOfBlocks(right, { numbers: numbered.right, renumbered, count }),
  };
}

/** Numbers the blocks as the left rows come by them: so whoever goes through those goes through memory in order. */
function blocksOfRows({ start }: TableKeys, { left, count }: NumberedKeys) {
  const renumbered = new Int32Array(count).fill(-1);
  const blocksStart = new Int32Array(start.length);
  const blocks = new Int32Array(left.length);
  let length = 0;
  let met = 0;
  for (let row = 0, entry = 0; row + 1 < start.length; row += 1) {
    for (const end = start[row + 1] as number; entry < end; entry += 1) {
      const number = left[entry] as number;
      if (number < 0) continue;
      if (renumbered[number] === -1) {
        renumbered[number] = met;
        met += 1;
      }
      blocks[length] = renumbered[number] as number;
      length += 1;
    }
    blocksStart[row + 1] = length;
  }
  return { blocksStart, blocks: blocks.slice(0, length), renumbered, count: met };
}

function rowsOfBlocks(
  { start }: TableKeys,
  {
    numbers,
    renumbered,
    count,
  }: { readonly numbers: Int32Array; readonly renumbered: Int32Array; readonly count: number },
) {
  const rowsStart = new Int32Array(count + 1);
  for (const number of numbers) {
    const block = renumbered[number] as number;
    if (block >= 0) rowsStart[block + 1] = (rowsStart[block + 1] as number) + 1;
  }
  for (let block = 0; block < count; block += 1) {
    rowsStart[block + 1] = (rowsStart[block + 1] as number) + (rowsStart[block] as number);
  }
  const next = rowsStart.slice();
  const rows = new Int32Array(rowsStart[count] as number);
  for (let row = 0, entry = 0; row + 1 < start.length; row += 1) {
    for (const end = start[row + 1] as number; entry < end; entry += 1) {
      const block = renumbered[numbers[entry] as number] as number;
      if (block < 0) continue;
      const at = next[block] as number;
      rows[at] = row;
      next[block] = at + 1;
    }
  }
  return { rowsStart, rows };
}
