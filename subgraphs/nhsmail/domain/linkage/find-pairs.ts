import { blockJoinsOf } from './block-join.ts';
import { type FieldWeights, type Linkage, numberedBits } from './compile-linkage.ts';
import type { ScoredPair } from './evidence.ts';
import { type FieldBounds, fieldBounds } from './field-bounds.ts';
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

/** What a bound may be off by from adding the same numbers in another order, in bits. */
const ROUNDING = 1e-6;

/** Compares every two records of two tables that have a key in common. One thread, typed columns. */
export function findPairs(
  linkage: Linkage,
  left: LinkageTable,
  right: LinkageTable,
  { floor, rows, itself }: FindOptions,
): FoundPairs {
  const { rules, refined } = linkage;
  const width = rules.fields.length;
  const joins = blockJoinsOf(left, right, refined);
  const met = metRows(right.ids.length);
  const found = growingPairs();
  const compare = pairComparison(linkage, right, floor);
  let compared = 0;
  for (const row of rows ?? left.ids.keys()) {
    compare.begin(left.cells, row * width);
    for (const join of joins) {
      const lastBlock = join.blocksStart[row + 1] as number;
      for (let entry = join.blocksStart[row] as number; entry < lastBlock; entry += 1) {
        const block = join.blocks[entry] as number;
        const end = join.rowsStart[block + 1] as number;
        for (let member = join.rowsStart[block] as number; member < end; member += 1) {
          const other = join.rows[member] as number;
          if (!met.isNew(other)) continue;
          if (itself !== undefined && (other === row || (itself === 'once' && other < row)))
            continue;
          compared += 1;
          const bits = compare.with(other);
          if (bits >= floor) found.add(row, other, bits);
        }
      }
    }
    met.forget();
  }
  return { ...found.columns(), compared };
}

/** Compares one left record after another with right ones. */
function pairComparison(linkage: Linkage, right: LinkageTable, floor: number) {
  const { order, weights, model } = linkage;
  const width = weights.length;
  const bounds = weights.map(fieldBounds);
  const theirs = right.cells;
  const { priorBits } = model;
  const mine = new Int32Array(width);
  const own = new Float64Array(width);
  const most = new Float64Array(width);
  const isPlain = new Uint8Array(width);
  /** By field: what it says, or at most. */
  const said = new Float64Array(width);
  /** Fields of which only the most is known. */
  const open = new Int32Array(width);
  const least = floor - ROUNDING;
  /** What all fields can say at most. */
  let together = 0;

  return {
    begin(cells: Int32Array, base: number): void {
      together = priorBits;
      for (let at = 0; at < width; at += 1) {
        const number = cells[base + (order[at] as number)] as number;
        const field = bounds[at] as FieldBounds;
        field.know(number);
        mine[at] = number;
        own[at] = field.own[number] as number;
        most[at] = field.most[number] as number;
        isPlain[at] = field.isPlain[number] as number;
        together += most[at] as number;
      }
    },
    /** What the pair scores, or negative infinity for a score below the floor. */
    with(row: number): number {
      const base = row * width;
      let bound = together;
      let opened = 0;
      for (let at = 0; at < width; at += 1) {
        const a = mine[at] as number;
        const b = theirs[base + (order[at] as number)] as number;
        let bits = 0;
        if (a !== 0 && b !== 0) {
          if (a === b) bits = own[at] as number;
          else {
            const field = bounds[at] as FieldBounds;
            const arePlain = isPlain[at] === 1 && field.isPlain[b] === 1;
            if (field.quick === 'any' || (arePlain && field.quick === 'plain')) {
              bits = numberedBits(weights[at] as FieldWeights, a, b);
            } else {
              bits = arePlain ? field.different : (most[at] as number);
              open[opened] = at;
              opened += 1;
            }
          }
        }
        said[at] = bits;
        bound += bits - (most[at] as number);
        if (bound < least) return Number.NEGATIVE_INFINITY;
      }
      for (let place = 0; place < opened; place += 1) {
        const at = open[place] as number;
        const b = theirs[base + (order[at] as number)] as number;
        const bits = numberedBits(weights[at] as FieldWeights, mine[at] as number, b);
        bound += bits - (said[at] as number);
        said[at] = bits;
        if (bound < least) return Number.NEGATIVE_INFINITY;
      }
      // Added in the order in which two records alone are scored: the same to the last digit.
      let bits = priorBits;
      for (let at = 0; at < width; at += 1) bits += said[at] as number;
      return bits;
    },
  };
}

/** Rows that a record was compared with: a bit for each, so that they stay in the cache of a processor. */
function metRows(rows: number) {
  const bits = new Uint8Array((rows >> 3) + 1);
  let touched = new Int32Array(1 << 10);
  let count = 0;
  return {
    isNew(row: number): boolean {
      const place = row >> 3;
      const bit = 1 << (row & 7);
      const byte = bits[place] as number;
      if ((byte & bit) !== 0) return false;
      bits[place] = byte | bit;
      if (count === touched.length) touched = copyInto(new Int32Array(count * 2), touched);
      touched[count] = place;
      count += 1;
      return true;
    },
    forget(): void {
      for (let at = 0; at < count; at += 1) bits[touched[at] as number] = 0;
      count = 0;
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
