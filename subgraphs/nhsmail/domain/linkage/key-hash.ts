/** Hashes of block keys: 53 bits, the same in every process and for good, because they are stored. */

/** Mixes the characters of a text into one half of a hash (FNV-1a, finished as in MurmurHash3). */
export function mixKey(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return scramble(hash);
}

/** A whole key of a text: both halves of its hash, each from a seed of its own, in one go. */
export function keyOfText([seed, otherSeed]: readonly [number, number], text: string): number {
  let high = 0x811c9dc5 ^ seed;
  let low = 0x811c9dc5 ^ otherSeed;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x01000193);
  }
  return keyNumber(scramble(high), scramble(low));
}

/** Mixes one half of a hash into another. Their order counts. */
export const mixHalves = (hash: number, next: number): number =>
  scramble(Math.imul(hash, 0x9e3779b1) ^ next);

function scramble(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** A whole number from 0 to 2^53 - 1, made of both halves. */
export const keyNumber = (high: number, low: number): number =>
  (high >>> 0) * 0x200000 + (low >>> 11);

/** Bits of a key to find its slot in a table by: keys are hashes, and their high bits are as good as any. */
export const hashOfKey = (key: number): number => Math.floor(key / 0x200000) | 0;

/** Slots of a filter: a power of two. */
const FILTER_SIZE = 1 << 18;

/** Marks the slots of some keys. A key whose slot ({@link slotInFilter}) has no mark is none of them. */
export function keyFilter(keys: Iterable<number>): Uint8Array {
  const marks = new Uint8Array(FILTER_SIZE);
  for (const key of keys) marks[slotInFilter(key)] = 1;
  return marks;
}

/** Where a filter has the mark of a key. */
export const slotInFilter = (key: number): number => hashOfKey(key) & (FILTER_SIZE - 1);
