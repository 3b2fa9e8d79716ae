/** Places of letters that were found in the other word. Longer words are compared by their first 64 letters. */
const LONGEST = 64;
const foundInA = new Uint8Array(LONGEST);
const foundInB = new Uint8Array(LONGEST);
/** Letters at the start that count for more, and how much each does (Winkler 1990). */
const PREFIX = 4;
const PREFIX_SCALE = 0.1;
/** Above what adding in another order is off by. */
const ROUNDING = 1e-9;

/**
 * Likeness of two words after Jaro and Winkler: 1 for equal, 0 for nothing in common. The same whichever comes first.
 *
 * @param least what is below it need not be told, and is 0
 */
export function jaroWinkler(one: string, other: string, least = 0): number {
  if (one === other) return 1;
  // Greedy pairing of letters may depend on the side it starts from: the shorter word first, then by alphabet.
  const swap = one.length > other.length || (one.length === other.length && one > other);
  const a = swap ? other : one;
  const b = swap ? one : other;
  const lengthA = Math.min(a.length, LONGEST);
  const lengthB = Math.min(b.length, LONGEST);
  if (lengthA === 0) return 0;
  let prefix = 0;
  while (prefix < PREFIX && prefix < lengthA && a.charCodeAt(prefix) === b.charCodeAt(prefix)) {
    prefix += 1;
  }
  if (likenessAtMost(a, b, { lengthA, lengthB, prefix }) < least) return 0;
  const reach = Math.max(0, (lengthB >> 1) - 1);
  foundInA.fill(0, 0, lengthA);
  foundInB.fill(0, 0, lengthB);
  let common = 0;
  for (let i = 0; i < lengthA; i += 1) {
    const letter = a.charCodeAt(i);
    const end = Math.min(i + reach + 1, lengthB);
    for (let j = Math.max(0, i - reach); j < end; j += 1) {
      if (foundInB[j] === 0 && b.charCodeAt(j) === letter) {
        foundInA[i] = 1;
        foundInB[j] = 1;
        common += 1;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let outOfOrder = 0;
  for (let i = 0, j = 0; i < lengthA; i += 1) {
    if (foundInA[i] === 0) continue;
    while (foundInB[j] === 0) j += 1;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) outOfOrder += 1;
    j += 1;
  }
  const jaro = (common / lengthA + common / lengthB + (common - (outOfOrder >> 1)) / common) / 3;
  return withPrefix(jaro, prefix);
}

const withPrefix = (jaro: number, prefix: number): number =>
  jaro + prefix * PREFIX_SCALE * (1 - jaro);

/** The most that the letters of two words allow, in whichever order they stand. Most words have too few in common. */
function likenessAtMost(
  a: string,
  b: string,
  {
    lengthA,
    lengthB,
    prefix,
  }: { readonly lengthA: number; readonly lengthB: number; readonly prefix: number },
): number {
  let letters = 0;
  for (let at = 0; at < lengthB; at += 1) letters |= 1 << (b.charCodeAt(at) & 31);
  let common = 0;
  for (let at = 0; at < lengthA; at += 1) common += (letters >>> (a.charCodeAt(at) & 31)) & 1;
  return withPrefix((common / lengthA + common / lengthB + 1) / 3, prefix) + ROUNDING;
}
