/** Generalized time, as directories write moments (RFC 4517, section 3.3.13). */

const FORM =
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?:(?<minute>\d\d)(?<second>\d\d)?)?(?:[.,](?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d\d(?:\d\d)?)$/;

/** The moment that is meant, to the millisecond. `undefined` for anything that is not one. */
export function parseGeneralizedTime(text: string): Date | undefined {
  const parts = FORM.exec(text)?.groups;
  if (parts === undefined) return undefined;
  const { year = '', month = '', day = '', hour = '', minute, second, fraction, zone = '' } = parts;
  const wall = `${year}-${month}-${day}T${hour}:${minute ?? '00'}:${second ?? '00'}Z`;
  const at = Date.parse(wall);
  // A day that the month does not have would be taken for one of the next month.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== wall.slice(0, 10)) {
    return undefined;
  }
  // A fraction is of the smallest part that is given.
  const unitMs = minute === undefined ? 3_600_000 : second === undefined ? 60_000 : 1000;
  const fractionMs = Math.trunc(Number(`0.${fraction ?? '0'}`) * unitMs);
  return new Date(at + fractionMs - offsetMs(zone));
}

/** A moment as directories write it, to the second: `20261122100000Z`. */
export const formatGeneralizedTime = (at: Date): string =>
  `${at.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;

function offsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5) || '0');
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
