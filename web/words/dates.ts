/** Dates and times as the NHS content guide writes them. */

const LONDON = 'Europe/London';
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: LONDON });
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  hour12: true,
  timeZone: LONDON,
});
const exactClock = new Intl.DateTimeFormat('en-GB', {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  hour12: true,
  timeZone: LONDON,
});

/** `2027-02-03` reads `3 February 2027`; nothing reads "Not known". */
export const dayWords = (date: string | null | undefined): string =>
  date == null ? 'Not known' : day.format(new Date(date));

const closed = (text: string): string => text.replace(/[\s\u202f]+(?=[ap]m)/i, '').toLowerCase();

/** `2:11pm`. */
export const timeWords = (at: string | Date): string => closed(clock.format(new Date(at)));

/** `2:14:03pm`. */
export const exactTimeWords = (at: string | Date): string =>
  closed(exactClock.format(new Date(at)));

/** What follows "until", "by" or "since": `2:11pm` of today, or `3 August 2026 at 2:11pm`. */
export function untilWords(at: string | null, now: Date): string {
  if (at === null) return 'a time that is not known';
  const isToday = day.format(new Date(at)) === day.format(now);
  return isToday ? timeWords(at) : `${day.format(new Date(at))} at ${timeWords(at)}`;
}

/** `today at 2:11pm`, or `on 3 August 2026 at 2:11pm`. */
export function momentWords(at: string | null | undefined, now: Date): string {
  if (at == null) return 'at a time that is not known';
  const then = new Date(at);
  const isToday = day.format(then) === day.format(now);
  return `${isToday ? 'today' : `on ${day.format(then)}`} at ${timeWords(then)}`;
}
