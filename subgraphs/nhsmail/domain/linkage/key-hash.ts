/** Hashes of block keys: 53 bits, the same in every process and for good, because they are stored. */

/** Mixes the characters of a text into one half of a hash (FNV-1a, finished as in MurmurHash3). */
export function mixKey(seed: number, text: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return scramble(hash);
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
