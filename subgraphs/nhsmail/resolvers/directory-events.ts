import { publicError } from '../../../runtime/graphql-error.ts';
import { findingCursor, parseFindingCursor } from './finding-cursor.ts';
import type { QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 500;

/** What organisations are told, for our own services; to an organisation's own systems, what it is told itself. */
export const directoryEvents: NonNullable<QueryResolvers['directoryEvents']> = async (
  _parent,
  { after, first },
  { caller, lifecycle, disclose },
) => {
  const isService = caller.kind === 'machine' && caller.scopes.has('event:read');
  const odsCode = caller.scopes.has('hr:read') ? caller.odsCode : undefined;
  if (!isService && odsCode === undefined) throw publicError('FORBIDDEN');
  if (!isService && caller.purpose === undefined) throw publicError('PURPOSE_REQUIRED');
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw publicError('INVALID_VALUE', { argument: 'first' });
  }
  const from = after == null ? 0 : parseFindingCursor(after);
  const events = await lifecycle.events({
    odsCode: isService ? undefined : odsCode,
    after: from,
    limit: first,
  });
  if (!isService) {
    for (const { staffId } of events) if (staffId !== undefined) disclose(staffId);
  }
  return {
    events: events.map((event) => ({
      ...event,
      id: `event_${String(event.id)}`,
      kind: event.kind ?? null,
      accountId: event.accountId ?? null,
      staffId: event.staffId ?? null,
      day: event.day ?? null,
      deleteDueAt: event.deleteDueAt ?? null,
    })),
    position: findingCursor(events.at(-1)?.id ?? from),
  };
};
