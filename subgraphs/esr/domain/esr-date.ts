/** Dates as ESR extracts write them. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Oracle's last day, `31 Dec 4712`, stands for "no end". */
const END_OF_TIME_YEAR = 4712;
/** The other stand-in for "no end". */
const NO_DATE = '1900-01-01';

/**
 * Reads `yyyyMMdd`, `yyyy-MM-dd` or `dd Mon yyyy`.
 *
 * @returns `YYYY-MM-DD`; `null` for the spellings of "no date" (empty, 1900-01-01, 31 Dec 4712); `undefined` when it is not a date
 */
export function parseEsrDate(text: string): string | null | undefined {
  if (text === '') return null;
  const date = spelledDate(text);
  if (date === undefined) return undefined;
  return date === NO_DATE || Number(date.slice(0, 4)) >= END_OF_TIME_YEAR ? null : date;
}

function spelledDate(text: string): string | undefined {
  // Nearly every date is one of these two: a file of 2 GB has a hundred million.
  if (text.length === 8) return calendarDate(text.slice(0, 4), text.slice(4, 6), text.slice(6));
  if (text.length === 10 && text[4] === '-' && text[7] === '-') {
    return calendarDate(text.slice(0, 4), text.slice(5, 7), text.slice(8));
  }
  const worded = /^(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{4})$/.exec(text);
  if (worded === null) return undefined;
  const [, day = '', word = '', year = ''] = worded;
  const month = MONTHS.indexOf(word.toLowerCase()) + 1;
  return calendarDate(year, String(month).padStart(2, '0'), day.padStart(2, '0'));
}

/** The day, when the calendar has it: 29 February only in leap years. */
function calendarDate(year: string, month: string, day: string): string | undefined {
  const [y, m, d] = [wholeNumber(year), wholeNumber(month), wholeNumber(day)];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const days = m === 2 && leap ? 29 : (DAYS[m - 1] ?? 0);
  return y >= 0 && d >= 1 && d <= days ? `${year}-${month}-${day}` : undefined;
}

/** The number that these digits are; NaN when one of them is none. */
function wholeNumber(digits: string): number {
  let number = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(place) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** The calendar day in the United Kingdom at this moment. */
export const today = (now: Date): string => UK_DAY.format(now);

const UK_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
