/** Claims as people read them. */

/** Most elements of a list that are told one by one. */
const MOST_TOLD = 3;

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
  const text = String(value);
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(T|$)/.exec(text) ?? [];
  if (year === undefined) return text;
  const moment = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(moment);
}
