/**
 * Whether two surnames can be one person's: the rule of the doctors-in-training identity check. Similarity of 0.8, or
 * of 0.5 when both sound alike; the whole name or any of its parts.
 */
import { soundsAlike } from './double-metaphone.ts';

/** What came of comparing two surnames. */
export type NameOutcome = 'equal' | 'similar' | 'different';

const CLOSE = 0.8;
const CLOSE_WHEN_ALIKE = 0.5;
/** Shortest part that is compared with some tolerance. Shorter ones must be equal. */
const TOLERANT_LENGTH = 4;
/** Parts that many surnames share and that say nothing alone. */
export const PARTICLES: ReadonlySet<string> = new Set(
  'a ab abu al ap ben bin bint binti da dal das de del della den der di dos du el ibn la le li lo mac mc o st ter ten van von y'.split(
    ' ',
  ),
);
const ENGLISH = /^[A-Za-z]+$/;
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Lower case, no accents, no apostrophes; one space for anything that parts a name. */
export function plainName(name: string): string {
  // Most names are of nothing but letters of English.
  if (ENGLISH.test(name)) return name.toLowerCase();
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøđðłþı]/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/['’‘`.]/g, '')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();
}

/** Compares two surnames. */
export function compareSurnames(a: string, b: string): NameOutcome {
  const one = plainName(a);
  const other = plainName(b);
  if (one === '' || other === '') return 'different';
  if (one === other) return 'equal';
  if (isClose(one.replaceAll(' ', ''), other.replaceAll(' ', ''))) return 'similar';
  const parts = parted(other);
  return parted(one).some((part) => parts.some((candidate) => isClosePart(part, candidate)))
    ? 'similar'
    : 'different';
}

const parted = (name: string): readonly string[] =>
  name.split(' ').filter((part) => part.length > 1 && !PARTICLES.has(part));

const isClosePart = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) >= TOLERANT_LENGTH && isClose(a, b));

function isClose(a: string, b: string): boolean {
  const likeness = similarity(a, b);
  return likeness >= CLOSE || (likeness >= CLOSE_WHEN_ALIKE && soundsAlike(a, b));
}

/** 1 for equal, 0 for nothing in common: Levenshtein distance against the longer length. */
export function similarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - distance(a.slice(0, 100), b.slice(0, 100)) / longer;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
