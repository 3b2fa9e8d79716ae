import type { Linkage } from './compile-linkage.ts';
import {
  type Cell,
  type CompiledRules,
  hashesOfField,
  type KeyHashes,
  type KeyPlace,
  keysOfCell,
  NOTHING,
  type PreparedRecord,
} from './compile-rules.ts';
import { keyFilter, keyNumber, mixHalves, slotInFilter } from './key-hash.ts';
import type { LinkageTable } from './linkage-table.ts';

/** Most keys of one record by one blocking rule. A name with four alternatives at four employers has sixteen. */
const MOST_KEYS = 64;

/** Where the keys of a record are gathered. */
export interface KeySink {
  keys: Float64Array;
  count: number;
}

/** A place for the keys of one record after another. */
export const keySink = (): KeySink => ({ keys: new Float64Array(256), count: 0 });

const sink = keySink();

/**
 * The keys of a record: two records are worth comparing when they have one in common. Whole numbers below 2^53, the
 * same in every process, for an index on `bigint[]`.
 */
export function blockKeys(linkage: Linkage, record: PreparedRecord): readonly number[] {
  const { rules, refined } = linkage;
  sink.count = 0;
  walk.table = undefined;
  walk.filter = undefined;
  walk.parted = 0;
  walk.cells = record.cells;
  for (let block = 0; block < rules.blocks.length; block += 1) {
    gatherBlock(rules, refined, { block, target: sink });
  }
  return [...sink.keys.subarray(0, sink.count)];
}

/**
 * Gathers the keys of rows of a table by one blocking rule. Made for the records that the table has now.
 *
 * @param parted how often a block has to be parted for its keys to be told; without it, all are
 */
export function rowKeys(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  { block, parted = 0 }: { readonly block: number; readonly parted?: number },
): (row: number, into: KeySink) => void {
  const { rules } = table;
  const hashes: KeyHashes[][] = rules.fields.map(() => []);
  for (const place of [...(rules.blocks[block] ?? []), ...rules.refine]) {
    (hashes[place.field] as KeyHashes[])[place.key] = hashesOfField(rules, place);
  }
  const filter = keyFilter(refined);
  return (row, into) => {
    into.count = 0;
    walk.table = table;
    walk.filter = filter;
    walk.parted = parted;
    walk.hashes = hashes;
    walk.base = row * rules.fields.length;
    gatherBlock(rules, refined, { block, target: into });
  };
}

/** Gathers the keys by one blocking rule, after those that are there. */
function gatherBlock(
  rules: CompiledRules,
  refined: ReadonlySet<number>,
  { block, target }: { readonly block: number; readonly target: KeySink },
): void {
  const parts = rules.blocks[block] ?? [];
  // No key when a part is not known.
  for (let part = 0; part < parts.length; part += 1) {
    if (!locate(rules, parts[part] as KeyPlace, part)) return;
  }
  walk.rules = rules;
  walk.refined = refined;
  walk.sink = target;
  walk.parts = parts.length;
  walk.first = target.count;
  addParts(0, block + 1, ~block);
}

/** The blocking rule and the record at hand: one place for all, since this is done for every block of every record. */
const walk = {
  rules: undefined as unknown as CompiledRules,
  refined: undefined as unknown as ReadonlySet<number>,
  /** Tells most keys that are not refined without a look at those that are. */
  filter: undefined as Uint8Array | undefined,
  /** The record: its cells, or its place in a table. */
  cells: [] as readonly Cell[],
  table: undefined as LinkageTable | undefined,
  hashes: [] as readonly (readonly KeyHashes[])[],
  base: 0,
  /** How often a block has to be parted for its keys to be told. */
  parted: 0,
  sink,
  /** How many parts the keys of this block have. */
  parts: 0,
  /** Where the keys of this block begin. */
  first: 0,
  /** By part, and after them by step of parting a block: where the hashes are. */
  halves: [] as Int32Array[],
  begin: [] as number[],
  end: [] as number[],
};

/** Finds the hashes of one part of a key; `false` when the record has nothing there. */
function locate(rules: CompiledRules, place: KeyPlace, part: number): boolean {
  if (walk.table === undefined) {
    const cell = walk.cells[place.field] as Cell;
    if (cell === NOTHING) return false;
    const hashes = keysOfCell(rules, place, cell);
    walk.halves[part] = hashes;
    walk.begin[part] = 0;
    walk.end[part] = hashes.length;
    return true;
  }
  const number = walk.table.cells[walk.base + place.field] as number;
  if (number === 0) return false;
  const { halves, start } = walk.hashes[place.field]?.[place.key] as KeyHashes;
  walk.halves[part] = halves;
  walk.begin[part] = start[number] as number;
  walk.end[part] = start[number + 1] as number;
  return true;
}

/** Every combination of the keys of each part. */
function addParts(part: number, high: number, low: number): void {
  const halves = walk.halves[part] as Int32Array;
  const end = walk.end[part] as number;
  const isLast = part + 1 === walk.parts;
  for (let at = walk.begin[part] as number; at < end; at += 2) {
    const nextHigh = mixHalves(high, halves[at] as number);
    const nextLow = mixHalves(low, halves[at + 1] as number);
    if (isLast) addKey(0, nextHigh, nextLow);
    else addParts(part + 1, nextHigh, nextLow);
  }
}

/** Adds a key, or in its place those that part a block which is too large. */
function addKey(depth: number, high: number, low: number): void {
  const { sink: target, rules, refined } = walk;
  const key = keyNumber(high, low);
  if (walk.filter?.[slotInFilter(key)] === 0 || !refined.has(key)) {
    if (depth < walk.parted) return;
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
  const step = walk.parts + depth;
  // A block that stays too large leads nowhere.
  if (place === undefined || !locate(rules, place, step)) return;
  const halves = walk.halves[step] as Int32Array;
  const end = walk.end[step] as number;
  for (let at = walk.begin[step] as number; at < end; at += 2) {
    addKey(
      depth + 1,
      mixHalves(high, halves[at] as number),
      mixHalves(low, halves[at + 1] as number),
    );
  }
}
