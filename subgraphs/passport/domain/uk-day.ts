/** Calendar days in the United Kingdom. A last day of work or of a permission is a day there, summer and winter. */

const UK_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const HOUR_MS = 3_600_000;

/** The day in the United Kingdom at a moment, `YYYY-MM-DD`. */
export const ukDay = (at: Date): string => UK_DAY.format(at);

/** 23:59:59 in the United Kingdom on a day, `YYYY-MM-DD`. Its clocks show UTC, or an hour more. */
export function endOfUkDay(day: string): Date {
  const inWinter = new Date(`${day}T23:59:59Z`);
  return ukDay(inWinter) === day ? inWinter : new Date(inWinter.getTime() - HOUR_MS);
}
