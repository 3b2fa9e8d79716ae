import { publicError } from '../../../runtime/graphql-error.ts';
import { parsePositionCursor, positionCursor } from './position-cursor.ts';
import type { QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 500;

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
    after: after == null ? 0 : parsePositionCursor(after),
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
    position: positionCursor(page.position),
  };
};
