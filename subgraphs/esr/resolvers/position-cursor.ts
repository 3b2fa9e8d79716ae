/** Cursors that hold a place in an order and nothing about anybody: they end up in addresses and logs. */
import { publicError } from '../../../runtime/graphql-error.ts';

const PREFIX = 'v1:';

/** The cursor of a place, base64url. */
export const positionCursor = (position: number): string =>
  Buffer.from(`${PREFIX}${String(position)}`).toString('base64url');

/**
 * The place that the argument `after` names.
 *
 * @param digits the most that it has
 * @throws `INVALID_VALUE`
 */
export function parsePositionCursor(cursor: string, digits = 15): number {
  const text = cursor.length > 64 ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const position = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  if (!/^\d+$/.test(position) || position.length > digits) {
    throw publicError('INVALID_VALUE', { argument: 'after' });
  }
  return Number(position);
}
