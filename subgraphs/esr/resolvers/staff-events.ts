import { publicError } from '../../../runtime/graphql-error.ts';
import type { QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 500;
const POSITION_PREFIX = 'v1:';

/** Ends of employments, for the one service that may take access back for them. */
export const staffEvents: NonNullable<QueryResolvers['staffEvents']> = async (
  _parent,
  { after, first },
  { caller, records },
) => {
  if (caller.kind !== 'machine' || !caller.scopes.has('event:read')) throw publicError('FORBIDDEN');
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw publicError('INVALID_VALUE', { argument: 'first' });
  }
  const page = await records.findLeavers({
    after: after == null ? 0 : parsePosition(after),
    limit: first,
  });
  return {
    events: page.leavers.map((leaver) => ({ type: 'STAFF_LEFT', ...leaver })),
    position: Buffer.from(`${POSITION_PREFIX}${String(page.position)}`).toString('base64url'),
  };
};

function parsePosition(position: string): number {
  const text = position.length > 64 ? '' : Buffer.from(position, 'base64url').toString('utf8');
  const digits = text.startsWith(POSITION_PREFIX) ? text.slice(POSITION_PREFIX.length) : '';
  const value = /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
  if (value === undefined) throw publicError('INVALID_VALUE', { argument: 'after' });
  return value;
}
