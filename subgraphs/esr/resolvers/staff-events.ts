import { publicError } from '../../../runtime/graphql-error.ts';
import type { QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 500;
const POSITION_PREFIX = 'v1:';

/** What happened to people, for the services that act on it. */
export const staffEvents: NonNullable<QueryResolvers['staffEvents']> = async (
  _parent,
  { types, after, first },
  { caller, records },
) => {
  if (caller.kind !== 'machine' || !caller.scopes.has('event:read')) throw publicError('FORBIDDEN');
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw publicError('INVALID_VALUE', { argument: 'first' });
  }
  if (types.length === 0) throw publicError('INVALID_VALUE', { argument: 'types' });
  const page = await records.findEvents({
    types,
    after: after == null ? 0 : parsePosition(after),
    limit: first,
  });
  return {
    events: page.events.map((event) => ({
      ...event,
      registrations: [...event.registrations],
      trainingPlacements: [...event.trainingPlacements],
      worksAt: [...event.worksAt],
      worksThere: event.worksAt.includes(event.odsCode),
      works: event.worksAt.length > 0,
    })),
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
