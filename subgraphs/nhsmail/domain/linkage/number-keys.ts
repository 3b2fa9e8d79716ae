import { hashOfKey } from './key-hash.ts';

/** Keys of two lists by number: the same number for the same key. */
export interface NumberedKeys {
  /** By entry of the left list: the number of its key; below zero when the right list has it not. */
  readonly left: Int32Array;
  /** By entry of the right list. */
  readonly right: Int32Array;
  /** How many keys the right list has. */
  readonly count: number;
}

/** Keys of the right list that are looked up at a time: as many as stay in the cache of a processor. */
const AT_A_TIME = 1 << 14;
const MOST_PARTS = 1 << 10;

/**
 * Numbers the keys of two lists. Both are parted by some bits of the keys, and each part has an open hash table of its
 * own: one table for everything is slower by far, since nearly every look at it is one at memory.
 */
export function numberKeys(left: Float64Array, right: Float64Array): NumberedKeys {
  let bits = 0;
  while (right.length >> bits > AT_A_TIME && 1 << bits < MOST_PARTS) bits += 1;
  const lefts = partKeys(left, bits);
  const rights = left === right ? lefts : partKeys(right, bits);
  const ofLeft = new Int32Array(left.length);
  const ofRight = left === right ? ofLeft : new Int32Array(right.length);
  let slots = new Float64Array(0);
  let numbers = new Int32Array(0);
  let count = 0;
  for (let part = 0; part < 1 << bits; part += 1) {
    const begin = rights.start[part] as number;
    const end = rights.start[part + 1] as number;
    let size = 64;
    while (size < (end - begin) * 1.6) size *= 2;
    if (size > slots.length) {
      slots = new Float64Array(size);
      numbers = new Int32Array(size);
    }
    slots.fill(-1, 0, size);
    const mask = size - 1;
    for (let at = begin; at < end; at += 1) {
      const key = rights.keys[at] as number;
      let slot = hashOfKey(key) & mask;
      while (slots[slot] !== key && slots[slot] !== -1) slot = (slot + 1) & mask;
      if (slots[slot] === -1) {
        slots[slot] = key;
        numbers[slot] = count;
        count += 1;
      }
      ofRight[rights.entries[at] as number] = numbers[slot] as number;
    }
    if (left === right) continue;
    const leftEnd = lefts.start[part + 1] as number;
    for (let at = lefts.start[part] as number; at < leftEnd; at += 1) {
      const key = lefts.keys[at] as number;
      let slot = hashOfKey(key) & mask;
      while (slots[slot] !== key && slots[slot] !== -1) slot = (slot + 1) & mask;
      ofLeft[lefts.entries[at] as number] = slots[slot] === -1 ? -1 : (numbers[slot] as number);
    }
  }
  return { left: ofLeft, right: ofRight, count };
}

/** Keys part by part, with the entry that each was. */
function partKeys(
  keys: Float64Array,
  bits: number,
): { readonly keys: Float64Array; readonly entries: Int32Array; readonly start: Int32Array } {
  // The low bits find a slot in the table of a part.
  const shift = 32 - bits;
  const start = new Int32Array((1 << bits) + 1);
  const partOf = (key: number): number => (bits === 0 ? 0 : hashOfKey(key) >>> shift);
  for (const key of keys) {
    const next = partOf(key) + 1;
    start[next] = (start[next] as number) + 1;
  }
  for (let part = 0; part < 1 << bits; part += 1) {
    start[part + 1] = (start[part + 1] as number) + (start[part] as number);
  }
  const next = start.slice();
  const parted = new Float64Array(keys.length);
  const entries = new Int32Array(keys.length);
  for (let entry = 0; entry < keys.length; entry += 1) {
    const key = keys[entry] as number;
    const part = partOf(key);
    const at = next[part] as number;
    parted[at] = key;
    entries[at] = entry;
    next[part] = at + 1;
  }
  return { keys: parted, entries, start };
}
