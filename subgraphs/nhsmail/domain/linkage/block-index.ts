import { gatherKeys, gatherBlockKeys, keySink, type KeySink } from './block-keys.ts';
import type { Cell, CompiledField } from './compile-rules.ts';
import type { LinkageTable } from './linkage-table.ts';

/** Which records of a table have a key. */
export interface BlockIndex {
  /** Place of a key in `start`; below zero when no record has it. */
  readonly placeOf: (key: number) => number;
  /** Where the records of a key begin in `rows`; the next one's begin is their end. */
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

interface KeptIndex {
  readonly records: number;
  readonly refined: ReadonlySet<number>;
  readonly index: BlockIndex;
}

/** The last index of a table: one run asks for it more than once. */
const kept = new WeakMap<LinkageTable, KeptIndex>();

/** Indexes a table by its keys, or gives what was made before. */
export function blockIndexOf(table: LinkageTable, refined: ReadonlySet<number>): BlockIndex {
  const known = kept.get(table);
  if (known?.records === table.ids.length && isSame(known.refined, refined)) return known.index;
  const index = indexBlocks(table, refined);
  kept.set(table, { records: table.ids.length, refined, index });
  return index;
}

const isSame = (a: ReadonlySet<number>, b: ReadonlySet<number>): boolean =>
  a === b || (a.size === b.size && [...a].every((key) => b.has(key)));

/** A growing list of keys. */
export interface KeyList {
  keys: Float64Array;
  count: number;
}

/**
 * Indexes a table by its keys.
 *
 * @param options.block the place of one blocking rule, for its keys alone
 */
export function indexBlocks(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  { block }: { readonly block?: number } = {},
): BlockIndex {
  const records = table.ids.length;
  const ends = new Int32Array(records);
  const list: KeyList = { keys: new Float64Array(Math.max(16, records * 2)), count: 0 };
  const sink = keySink();
  for (let row = 0; row < records; row += 1) {
    keysOfRow(table, refined, { row, block, sink });
    append(list, sink);
    ends[row] = list.count;
  }
  const places = numberKeys(list);
  const start = new Int32Array(places.count + 1);
  for (let entry = 0; entry < list.count; entry += 1) {
    start[(places.ofEntry[entry] as number) + 1] =
      (start[(places.ofEntry[entry] as number) + 1] as number) + 1;
  }
  for (let place = 0; place < places.count; place += 1) {
    start[place + 1] = (start[place + 1] as number) + (start[place] as number);
  }
  const next = start.slice();
  const rows = new Int32Array(list.count);
  for (let row = 0, entry = 0; row < records; row += 1) {
    for (; entry < (ends[row] as number); entry += 1) {
      const place = places.ofEntry[entry] as number;
      rows[next[place] as number] = row;
      next[place] = (next[place] as number) + 1;
    }
  }
  return { placeOf: places.placeOf, start, rows };
}

/** Gathers the keys of one row: all of them, or those of one blocking rule. */
export function keysOfRow(
  table: LinkageTable,
  refined: ReadonlySet<number>,
  {
    row,
    block,
    sink,
  }: { readonly row: number; readonly block?: number | undefined; readonly sink: KeySink },
): void {
  const { rules, cells } = table;
  const { fields } = rules;
  const base = row * fields.length;
  for (let place = 0; place < fields.length; place += 1) {
    scratch[place] = (fields[place] as CompiledField).shared[cells[base + place] as number] as Cell;
  }
  if (block === undefined) {
    gatherKeys(rules, refined, { cells: scratch, sink });
  } else {
    sink.count = 0;
    gatherBlockKeys(rules, refined, { cells: scratch, sink, block });
  }
}

/** The cells of the row at hand. */
const scratch: Cell[] = [];

function append(list: KeyList, { keys, count }: KeySink): void {
  if (list.count + count > list.keys.length) {
    const longer = new Float64Array(list.keys.length * 2 + count);
    longer.set(list.keys.subarray(0, list.count));
    list.keys = longer;
  }
  for (let index = 0; index < count; index += 1)
    list.keys[list.count + index] = keys[index] as number;
  list.count += count;
}

/** Keys by number. */
export interface NumberedKeys {
  /** By entry of the list: the number of its key. */
  readonly ofEntry: Int32Array;
  /** How many keys there are. */
  readonly count: number;
  /** The number of a key; below zero when the list has it not. */
  readonly placeOf: (key: number) => number;
}

/** Numbers the keys of a list from 0, as they come: an open hash table over numbers. */
export function numberKeys({ keys, count }: Readonly<KeyList>): NumberedKeys {
  let size = 64;
  while (size < count * 1.6) size *= 2;
  const slots = new Float64Array(size).fill(-1);
  const numbers = new Int32Array(size);
  const mask = size - 1;
  const slotOf = (key: number): number => {
    let slot = hashOfKey(key) & mask;
    while (slots[slot] !== key && slots[slot] !== -1) slot = (slot + 1) & mask;
    return slot;
  };
  const ofEntry = new Int32Array(count);
  let distinct = 0;
  for (let entry = 0; entry < count; entry += 1) {
    const key = keys[entry] as number;
    const slot = slotOf(key);
    if (slots[slot] === -1) {
      slots[slot] = key;
      numbers[slot] = distinct;
      distinct += 1;
    }
    ofEntry[entry] = numbers[slot] as number;
  }
  return {
    ofEntry,
    count: distinct,
    placeOf: (key: number): number => {
      const slot = slotOf(key);
      return slots[slot] === -1 ? -1 : (numbers[slot] as number);
    },
  };
}

/** The keys are hashes: their high bits are as good as any. */
export const hashOfKey = (key: number): number => Math.floor(key / 0x200000) | 0;
