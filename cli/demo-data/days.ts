/** Calendar days without a clock: everything is counted from the day the demonstration is set. */

/** The day the extracts were made. */
export const BASE_DAY = '2026-11-01';

const DAY_MS = 86_400_000;
const BASE_MS = Date.parse(`${BASE_DAY}T00:00:00Z`);

/** Days are asked for millions of times and are few: each is written once. */
const written = new Map<number, string>();

/** The day so many days after the base day; negative for before. */
export function dayAt(offset: number): string {
  let day = written.get(offset);
  if (day === undefined) {
    day = new Date(BASE_MS + offset * DAY_MS).toISOString().slice(0, 10);
    written.set(offset, day);
  }
  return day;
}

/** How many days a day is after the base day: the opposite of `dayAt`. */
export const offsetOf = (day: string): number =>
  (Date.parse(`${day}T00:00:00Z`) - BASE_MS) / DAY_MS;

/** The day before. */
export const dayBefore = (day: string): string => dayAt(offsetOf(day) - 1);

/** `20261101`. */
export const compact = (day: string): string => day.replaceAll('-', '');
