import { blockIndexOf } from './block-index.ts';
import {
  type FieldWeights,
  type Linkage,
  mostBitsOf,
  numberedBits,
  weighCells,
} from './compile-linkage.ts';
import type { Cell } from './compile-rules.ts';
import type { ScoredPair } from './evidence.ts';
import type { LinkageTable } from './linkage-table.ts';
import { keysOfTable } from './table-keys.ts';

/** The pairs of two tables that score enough. Columns: one pair has one place in each. */
export interface FoundPairs {
  readonly count: number;
  /** Rows of the left table. */
  readonly left: Int32Array;
  /** Rows of the right table. */
  readonly right: Int32Array;
  readonly bits: Float64Array;
  /** Pairs of records that had a key in common and were compared. */
  readonly compared: number;
  /** Records of the right table in the fullest block that was met. */
  readonly fullestBlock: number;
}

/** What to look for. */
export interface FindOptions {
  /** Lowest score that is of interest, in bits. */
  readonly floor: number;
  /** Rows of the left table; without it, all. */
  readonly rows?: Iterable<number>;
  /**
   * For a table against itself: whether each pair is told once, or from both sides. A record is never compared with
   * itself.
   */
  readonly itself?: 'once' | 'from-both';
}

/** Compares every two records of two tables that have a key in common. One thread, typed columns. */
export function findPairs(
  linkage: Linkage,
  left: LinkageTable,
  right: LinkageTable,
  { floor, rows, itself }: FindOptions,
): FoundPairs {
  const { rules, refined, order, weights, model } = linkage;
  const width = rules.fields.length;
  const blocks = blockIndexOf(right, refined);
  const seen = new Int32Array(right.ids.length).fill(-1);
  const found = growingPairs();
  const keys = keysOfTable(left, refined);
  // What the fields that are still to come can add at most.
  const rest = new Float64Array(width + 1);
  const mine = new Int32Array(width);
  const own = new Float64Array(width);
  const limits = weights.map(selfLimits);
  const theirs = right.cells;
  const { priorBits } = model;
  let compared = 0;
  let fullestBlock = 0;

  for (const row of rows ?? left.ids.keys()) {
    for (let at = width - 1; at >= 0; at -= 1) {
      const number = left.cells[row * width + (order[at] as number)] as number;
      const limit = limits[at] as SelfLimits;
      limit.know(number);
      mine[at] = number;
      own[at] = limit.own[number] as number;
      rest[at] = (rest[at + 1] as number) + (limit.most[number] as number);
    }
    const lastKey = keys.start[row + 1] as number;
    for (let key = keys.start[row] as number; key < lastKey; key += 1) {
      const place = blocks.placeOf(keys.keys[key] as number);
      if (place < 0) continue;
      const end = blocks.start[place + 1] as number;
      const begin = blocks.start[place] as number;
      if (end - begin > fullestBlock) fullestBlock = end - begin;
      for (let member = begin; member < end; member += 1) {
        const other = blocks.rows[member] as number;
        if (seen[other] === row) continue;
        seen[other] = row;
        if (itself !== undefined && (other === row || (itself === 'once' && other < row))) continue;
        compared += 1;
        let bits = priorBits;
        const base = other * width;
        for (let at = 0; at < width; at += 1) {
          if (bits + (rest[at] as number) < floor) break;
          const a = mine[at] as number;
          if (a === 0) continue;
          const b = theirs[base + (order[at] as number)] as number;
          if (b === 0) continue;
          bits += a === b ? (own[at] as number) : numberedBits(weights[at] as FieldWeights, a, b);
        }
        if (bits >= floor) found.add(row, other, bits);
      }
    }
  }
  return { ...found.columns(), compared, fullestBlock };
}

/** By number of a content: what it scores with itself, and at most with any other. */
interface SelfLimits {
  readonly own: Float64Array;
  readonly most: Float64Array;
  /** Has to be asked before a number is looked up. */
  readonly know: (number: number) => void;
}

function selfLimits(weights: FieldWeights): SelfLimits {
  const { shared } = weights.field;
  const own = new Float64Array(shared.length);
  const most = new Float64Array(shared.length).fill(-1);
  most[0] = 0;
  return {
    own,
    most,
    know(number) {
      if (most[number] !== -1) return;
      const cell = shared[number] as Cell;
      own[number] = weighCells(weights, cell, cell).bits;
      most[number] = mostBitsOf(weights, cell);
    },
  };
}

/** Pairs by the ids of their records. */
export function* namedPairs(
  { count, left, right, bits }: FoundPairs,
  leftTable: LinkageTable,
  rightTable: LinkageTable,
): Generator<ScoredPair> {
  for (let at = 0; at < count; at += 1) {
    yield {
      left: leftTable.ids[left[at] as number] as string,
      right: rightTable.ids[right[at] as number] as string,
      bits: bits[at] as number,
    };
  }
}

function growingPairs() {
  let size = 1 << 16;
  let left = new Int32Array(size);
  let right = new Int32Array(size);
  let bits = new Float64Array(size);
  let count = 0;
  const grow = (): void => {
    size *= 2;
    left = copyInto(new Int32Array(size), left);
    right = copyInto(new Int32Array(size), right);
    bits = copyInto(new Float64Array(size), bits);
  };
  return {
    add(leftRow: number, rightRow: number, score: number): void {
      if (count === size) grow();
      left[count] = leftRow;
      right[count] = rightRow;
      bits[count] = score;
      count += 1;
    },
    columns: () => ({ count, left, right, bits }),
  };
}

function copyInto<List extends Int32Array | Float64Array>(longer: List, list: List): List {
  longer.set(list);
  return longer;
}
