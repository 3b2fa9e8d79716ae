/** Dates as ESR extracts write them. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
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
  const numeric = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(text);
  if (numeric !== null) return calendarDate(numeric[1], numeric[3], numeric[4]);
  const worded = /^(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{4})$/.exec(text);
  if (worded === null) return undefined;
  const month = MONTHS.indexOf((worded[2] ?? '').toLowerCase()) + 1;
  return calendarDate(worded[3], String(month), worded[1]);
}

/** The day, when the calendar has it: 29 February only in leap years. */
function calendarDate(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): string | undefined {
  const text = `${year ?? ''}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined;
}

/** The calendar day in the United Kingdom at this moment. */
export const today = (now: Date): string => UK_DAY.format(now);

const UK_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
