/** Calendar days without a clock: everything is counted from the day the demonstration is set. */

/** The day the extracts were made. */
export const BASE_DAY = '2026-11-01';

const DAY_MS = 86_400_000;

/** The day so many days after the base day; negative for before. */
export const dayAt = (offset: number): string =>
  new Date(Date.parse(`${BASE_DAY}T00:00:00Z`) + offset * DAY_MS).toISOString().slice(0, 10);

/** `20261101`. */
export const compact = (day: string): string => day.replaceAll('-', '');
