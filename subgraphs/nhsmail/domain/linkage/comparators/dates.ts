import { type Comparator, type ComparedValue, plainValue, wholeKey } from './comparator.ts';
import { isOneTypo } from './one-typo.ts';

const MS_IN_DAY = 86_400_000;
/** More than there are days from the year 0 to 1970. */
const DAYS_BEFORE = 800_000;
const ISO = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:$|[T ])/;
const BRITISH = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;

/** Days: `2001-12-31`, `20011231`, `31/12/2001`. Day and month the wrong way round, slips of the keyboard, two parts of three. */
export const date: Comparator = {
  levels: ['EXACT', 'ALTERNATIVE', 'SWAPPED', 'TYPO', 'PARTLY', 'DIFFERENT'],
  byFrequency: true,
  read: readDate,
  compare(a, b) {
    if (a.text === b.text) return 0;
    const [yearA, monthA, dayA] = a.parts;
    const [yearB, monthB, dayB] = b.parts;
    if (yearA === yearB && monthA === dayB && dayA === monthB) return 2;
    if (isOneTypo(a.text, b.text)) return 3;
    return Number(yearA === yearB) + Number(monthA === monthB) + Number(dayA === dayB) >= 2 ? 4 : 5;
  },
  keys: {
    value: wholeKey,
    year: ({ text }) => [text.slice(0, 4)],
    month: ({ text }) => [text.slice(0, 6)],
    'month-day': ({ text }) => [text.slice(4)],
  },
};

/** Days of two events that come soon after one another. */
export function nearDate([near, notFar]: readonly [number, number]): Comparator {
  const compareDays = (a: number, b: number): number => {
    const apart = Math.abs(a - b);
    if (apart <= near) return 0;
    return apart <= notFar ? 2 : 3;
  };
  return {
    levels: ['NEAR', 'ALTERNATIVE', 'NOT_FAR', 'DIFFERENT'],
    byFrequency: false,
    read: readDate,
    compare: (a, b) => compareDays(a.day, b.day),
    asNumber: { of: ({ day }) => day + DAYS_BEFORE, compare: compareDays },
    keys: { month: ({ text }) => [text.slice(0, 6)], year: ({ text }) => [text.slice(0, 4)] },
  };
}

/** A day that does not exist is kept as it is written: it may be another's slip of the keyboard. */
function readDate(raw: string): ComparedValue | undefined {
  const trimmed = raw.trim();
  const iso = ISO.exec(trimmed);
  const british = iso === null ? BRITISH.exec(trimmed) : null;
  const [year, month, day] =
    iso === null
      ? [british?.[3], british?.[2]?.padStart(2, '0'), british?.[1]?.padStart(2, '0')]
      : [iso[1], iso[2], iso[3]];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return plainValue(year + month + day, {
    parts: [year, month, day],
    day: Date.UTC(Number(year), Number(month) - 1, Number(day)) / MS_IN_DAY,
  });
}
