import { type Comparator, plainValue, wholeKey } from './comparator.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { isOneTypo } from './one-typo.ts';

/** Last digits of a telephone number that tell subscribers apart, with and without the area. */
const WITH_AREA = 9;
const WITHOUT_AREA = 6;
const LAST_DIGITS = 10 ** WITHOUT_AREA;
/** Likeness from which local parts of addresses are close. */
const CLOSE = 0.92;

/** Telephone numbers: the last nine digits, which `+44` and a leading zero do not change; an extension is left out. */
export const phone: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'LAST_SIX', 'TYPO', 'DIFFERENT'],
  byFrequency: true,
  read(raw) {
    const digits = raw.replace(/(?:ext|x).*$/i, '').replaceAll(/\D/g, '');
    return plainValue(digits.length < WITHOUT_AREA ? '' : digits.slice(-WITH_AREA));
  },
  compare(a, b) {
    if (a.text === b.text) return 0;
    if (endsAlike(a.text, b.text)) return 2;
    return isOneTypo(a.text, b.text) ? 3 : 4;
  },
  // A digit before the others keeps zeros.
  asNumber: { of: ({ text }) => Number(`1${text}`), compare: comparePhones },
  keys: {
    value: wholeKey,
    'last-six': ({ text }) => [text.slice(-WITHOUT_AREA)],
  },
};

function comparePhones(a: number, b: number): number {
  if (a % LAST_DIGITS === b % LAST_DIGITS) return 2;
  // Both begin with 1, so one is of more digits if it is twice the other. That is seldom, and the digits are written out.
  if (a >= b * 2 || b >= a * 2) {
    return isOneTypo(String(a).slice(1), String(b).slice(1)) ? 3 : 4;
  }
  let one = a;
  let other = b;
  while (one % 10 === other % 10) {
    one = Math.trunc(one / 10);
    other = Math.trunc(other / 10);
  }
  const before = Math.trunc(one / 10);
  const otherBefore = Math.trunc(other / 10);
  if (before === otherBefore) return 3;
  const isSwapped =
    before % 10 === other % 10 &&
    otherBefore % 10 === one % 10 &&
    Math.trunc(before / 10) === Math.trunc(otherBefore / 10);
  return isSwapped ? 3 : 4;
}

function endsAlike(a: string, b: string): boolean {
  for (let back = 1; back <= WITHOUT_AREA; back += 1) {
    if (a.charCodeAt(a.length - back) !== b.charCodeAt(b.length - back)) return false;
  }
  return true;
}

/** E-mail addresses: the whole, or what stands before the @. */
export const email: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'LOCAL_PART', 'CLOSE', 'DIFFERENT'],
  byFrequency: true,
  read(raw) {
    const address = raw.trim().toLowerCase();
    const local = address.slice(0, address.lastIndexOf('@')).replace(/\+.*$/, '');
    return plainValue(local === '' ? '' : address, { parts: [local] });
  },
  compare(a, b) {
    if (a.text === b.text) return 0;
    const [localA = ''] = a.parts;
    const [localB = ''] = b.parts;
    if (localA === localB) return 2;
    return jaroWinkler(localA, localB, CLOSE) >= CLOSE ? 3 : 4;
  },
  keys: { value: wholeKey, 'local-part': ({ parts }) => parts },
};

/** Numbers that belong to one person, letters among the digits included: one slip of the keyboard. */
export const number: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'TYPO', 'DIFFERENT'],
  byFrequency: true,
  read: (raw) => plainValue(raw.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')),
  compare(a, b) {
    if (a.text === b.text) return 0;
    return isOneTypo(a.text, b.text) ? 2 : 3;
  },
  keys: { value: wholeKey, start: ({ text }) => [text.slice(0, 3)] },
};

/** Codes: equal or not, but for letter case and outer spaces. */
export const code: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'DIFFERENT'],
  byFrequency: true,
  read: (raw) => plainValue(raw.trim().replaceAll(/\s+/g, ' ').toUpperCase()),
  compare: (a, b) => (a.text === b.text ? 0 : 2),
  asNumber: { of: () => 0, compare: () => 2 },
  keys: { value: wholeKey },
};
