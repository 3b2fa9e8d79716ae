/** Places in lists of findings and events: numbers, and nothing about anybody. */
import { publicError } from '../../../runtime/graphql-error.ts';

const PLACE = /^v1:(\d{1,15})$/;

/** The cursor of a place, base64url. */
export const findingCursor = (place: number): string =>
  Buffer.from(`v1:${String(place)}`).toString('base64url');

/**
 * The place that the argument `after` names.
 *
 * @throws `INVALID_VALUE`
 */
export function parseFindingCursor(cursor: string): number {
  const text = cursor.length > 64 ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const place = PLACE.exec(text)?.[1];
  if (place === undefined) throw publicError('INVALID_VALUE', { argument: 'after' });
  return Number(place);
}
