/** Claims as people read them. */

/** Most elements of a list that are told one by one. */
const MOST_TOLD = 3;
/** A code such as REGISTERED, and no abbreviation such as HCPC. */
const CODE = /^[A-Z][A-Z_]{4,}$/;

/**
 * Values with their labels, one after another.
 *
 * @param labels what people call the claims, by name; those without a label are left out
 * @param isShown whether a claim is told
 */
export const claimWords = (
  claims: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, string>>,
  isShown: (name: string) => boolean,
): string =>
  Object.entries(labels)
    .filter(([name]) => isShown(name) && Object.hasOwn(claims, name))
    .map(([name, label]) => `${label}: ${valueWords(claims[name])}`)
    .join('. ');

function valueWords(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length > MOST_TOLD
      ? `${String(value.length)} entries`
      : value.map(valueWords).join(', ');
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).map(valueWords).join(', ');
  }
  // ESR joins a code's parts; the last one is for people.
  const text = String(value).split('|').at(-1) ?? '';
  if (CODE.test(text)) return text.charAt(0) + text.slice(1).toLowerCase().replaceAll('_', ' ');
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(T|$)/.exec(text) ?? [];
  if (year === undefined) return text;
  const moment = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(moment);
}
