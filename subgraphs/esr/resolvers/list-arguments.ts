/** What every list about people takes: a day as of which, and a moment since which something changed. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { parseEsrDate } from '../domain/esr-date.ts';

/** Arguments of a list as they come. */
export interface ListArguments {
  readonly asOf?: string | null;
  readonly changedSince?: string | Date | null;
}

/**
 * Reads the arguments of a list.
 *
 * @throws `INVALID_VALUE`
 */
export const listArguments = ({
  asOf,
  changedSince,
}: ListArguments): { readonly asOf: string | undefined; readonly since: Date | undefined } => ({
  asOf: asOf == null ? undefined : parseDay(asOf, 'asOf'),
  since: changedSince == null ? undefined : parseMoment(changedSince),
});

/**
 * Reads a day, `YYYY-MM-DD`.
 *
 * @throws `INVALID_VALUE`
 */
export function parseDay(value: string, argument: string): string {
  if (parseEsrDate(value) !== value) throw publicError('INVALID_VALUE', { argument });
  return value;
}

/** RFC 3339; years that PostgreSQL and JavaScript both know. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;

/**
 * Reads a moment (RFC 3339).
 *
 * @throws `INVALID_VALUE`
 */
export function parseMoment(value: string | Date): Date {
  const text = value instanceof Date ? value.toISOString() : value;
  const moment = new Date(text);
  if (!MOMENT.test(text) || Number.isNaN(moment.getTime())) {
    throw publicError('INVALID_VALUE', { argument: 'changedSince' });
  }
  return moment;
}
