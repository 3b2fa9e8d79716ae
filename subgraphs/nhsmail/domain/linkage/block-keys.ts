import type { Linkage } from './compile-linkage.ts';
import {
  type Cell,
  type CompiledRules,
  type KeyPlace,
  keysOfCell,
  NOTHING,
  type PreparedRecord,
} from './compile-rules.ts';
import { keyNumber, mixHalves } from './key-hash.ts';

/** Most keys of one record by one blocking rule. A name with four alternatives at four employers has sixteen. */
const MOST_KEYS = 64;

/** Where the keys of a record are gathered. */
export interface KeySink {
  keys: Float64Array;
  count: number;
  /** Keys of blocks that stay too large, which lead nowhere. */
  leftOut: number;
}

/** A place for the keys of one record after another. */
export const keySink = (): KeySink => ({ keys: new Float64Array(256), count: 0, leftOut: 0 });

const sink = keySink();

/**
 * The keys of a record: two records are worth comparing when they have one in common. Whole numbers below 2^53, the
 * same in every process, for an index on `bigint[]`.
 */
export function blockKeys(linkage: Linkage, record: PreparedRecord): readonly number[] {
  gatherKeys(linkage.rules, linkage.refined, { cells: record.cells, sink });
  return [...sink.keys.subarray(0, sink.count)];
}

/** Gathers the keys of a record with these cells. */
export function gatherKeys(
  rules: CompiledRules,
  refined: ReadonlySet<number>,
  { cells, sink: target }: { readonly cells: readonly Cell[]; readonly sink: KeySink },
): void {
  target.count = 0;
  for (let block = 0; block < rules.blocks.length; block += 1) {
    gatherBlockKeys(rules, refined, { cells, sink: target, block });
  }
}

/** Gathers the keys by one blocking rule, after those that are there. */
export function gatherBlockKeys(
  rules: CompiledRules,
  refined: ReadonlySet<number>,
  from: {
    readonly cells: readonly Cell[];
    readonly block: number;
    readonly sink: KeySink;
  },
): void {
  walk.rules = rules;
  walk.refined = refined;
  walk.cells = from.cells;
  walk.sink = from.sink;
  walk.parts = rules.blocks[from.block] ?? [];
  walk.first = from.sink.count;
  addParts(0, from.block + 1, ~from.block);
}

/** The blocking rule and the record at hand: one place for all, since this is done for every block of every record. */
const walk = {
  rules: undefined as unknown as CompiledRules,
  refined: undefined as unknown as ReadonlySet<number>,
  cells: [] as readonly Cell[],
  sink,
  parts: [] as CompiledRules['refine'],
  /** Where the keys of this block begin. */
  first: 0,
};

/** Every combination of the keys of each part; none when a part is not known. */
function addParts(part: number, high: number, low: number): void {
  if (part === walk.parts.length) {
    addKey(0, high, low);
    return;
  }
  const place = walk.parts[part] as KeyPlace;
  const cell = walk.cells[place.field] as Cell;
  if (cell === NOTHING) return;
  const hashes = cell.keys[place.key] ?? keysOfCell(walk.rules, place, cell);
  for (let index = 0; index < hashes.length; index += 2) {
    addParts(
      part + 1,
      mixHalves(high, hashes[index] as number),
      mixHalves(low, hashes[index + 1] as number),
    );
  }
}

/** Adds a key, or in its place those that part a block which is too large. */
function addKey(depth: number, high: number, low: number): void {
  const { sink: target, rules, refined } = walk;
  const key = keyNumber(high, low);
  if (!refined.has(key)) {
    for (let index = walk.first; index < target.count; index += 1) {
      if (target.keys[index] === key) return;
    }
    if (target.count - walk.first >= MOST_KEYS) return;
    if (target.count === target.keys.length) {
      const longer = new Float64Array(target.keys.length * 2);
      longer.set(target.keys);
      target.keys = longer;
    }
    target.keys[target.count] = key;
    target.count += 1;
    return;
  }
  const place = rules.refine[depth];
  const cell = place === undefined ? undefined : walk.cells[place.field];
  if (place === undefined || cell === undefined || cell === NOTHING) {
    target.leftOut += 1;
    return;
  }
  const hashes = keysOfCell(rules, place, cell);
  for (let index = 0; index < hashes.length; index += 2) {
    addKey(
      depth + 1,
      mixHalves(high, hashes[index] as number),
      mixHalves(low, hashes[index + 1] as number),
    );
  }
}
