import { type BlockIndex, indexBlocks, keysOfRow } from './block-index.ts';
import { keySink } from './block-keys.ts';
import { cellBits, type FieldWeights, type Linkage, mostBitsOf } from './compile-linkage.ts';
import { type Cell, NOTHING } from './compile-rules.ts';
import type { ScoredPair } from './evidence.ts';
import type { LinkageTable } from './linkage-table.ts';

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
  /** An index of the right table that is there already. */
  readonly index?: BlockIndex;
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
  { floor, rows, index, itself }: FindOptions,
): FoundPairs {
  const { rules, refined, order, weights, model } = linkage;
  const width = rules.fields.length;
  const blocks = index ?? indexBlocks(right, refined);
  const seen = new Int32Array(right.ids.length).fill(-1);
  const found = growingPairs();
  const sink = keySink();
  // What the fields that are still to come can add at most.
  const rest = new Float64Array(width + 1);
  const cells: Cell[] = Array.from({ length: width }, () => NOTHING);
  let compared = 0;
  let fullestBlock = 0;

  for (const row of rows ?? left.ids.keys()) {
    for (let at = width - 1; at >= 0; at -= 1) {
      const cell = left.cells[row * width + (order[at] as number)] as Cell;
      cells[at] = cell;
      rest[at] =
        (rest[at + 1] as number) +
        (cell === NOTHING ? 0 : mostBitsOf(weights[at] as FieldWeights, cell));
    }
    keysOfRow(left, refined, { row, sink });
    for (let key = 0; key < sink.count; key += 1) {
      const place = blocks.placeOf(sink.keys[key] as number);
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
        let bits = model.priorBits;
        const base = other * width;
        for (let at = 0; at < width; at += 1) {
          if (bits + (rest[at] as number) < floor) break;
          const a = cells[at] as Cell;
          if (a === NOTHING) continue;
          const b = right.cells[base + (order[at] as number)] as Cell;
          if (b !== NOTHING) bits += cellBits(weights[at] as FieldWeights, a, b);
        }
        if (bits >= floor) found.add(row, other, bits);
      }
    }
  }
  return { ...found.columns(), compared, fullestBlock };
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
