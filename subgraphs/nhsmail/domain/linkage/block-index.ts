import { hashOfKey } from './key-hash.ts';
import type { LinkageTable } from './linkage-table.ts';
import { isSame, keysOfTable, type TableKeys } from './table-keys.ts';

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
  const index = indexBlocks(keysOfTable(table, refined));
  kept.set(table, { records: table.ids.length, refined, index });
  return index;
}

/** Indexes the records of a table by these keys of theirs. */
export function indexBlocks({ keys, start: ends }: TableKeys): BlockIndex {
  const places = numberKeys(keys);
  const start = new Int32Array(places.count + 1);
  for (let entry = 0; entry < keys.length; entry += 1) {
    const next = (places.ofEntry[entry] as number) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let place = 0; place < places.count; place += 1) {
    start[place + 1] = (start[place + 1] as number) + (start[place] as number);
  }
  const next = start.slice();
  const rows = new Int32Array(keys.length);
  for (let row = 0, entry = 0; row + 1 < ends.length; row += 1) {
    for (; entry < (ends[row + 1] as number); entry += 1) {
      const place = places.ofEntry[entry] as number;
      rows[next[place] as number] = row;
      next[place] = (next[place] as number) + 1;
    }
  }
  return { placeOf: places.placeOf, start, rows };
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
export function numberKeys(keys: Float64Array): NumberedKeys {
  const count = keys.length;
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
