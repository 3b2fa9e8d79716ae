/** Searching people: the row rule and the purpose come first, and whoever is shown is in the access log. */
import { publicError } from '../../../runtime/graphql-error.ts';
import { isOfOrganisation } from '../domain/access.ts';
import { accessToSearch, searchFault, SEARCH_LIMIT } from '../domain/search.ts';
import { allows, findStaff } from './find-staff.ts';
import { parsePositionCursor, positionCursor } from './position-cursor.ts';
import type { QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 100;

/** An organisation that nobody works at looks like one that the caller may not search. */
const NOBODY = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  found: 0,
  truncated: false,
};

/** People by name, number or registration. */
export const staffSearch: NonNullable<QueryResolvers['staffSearch']> = async (
  _parent,
  { text, odsCode, jobRole, first, after },
  context,
) => {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw publicError('INVALID_VALUE', { argument: 'first' });
  }
  const query = {
    text: text ?? '',
    odsCode: odsCode ?? undefined,
    jobRole: jobRole ?? undefined,
  };
  const fault = searchFault(query);
  if (fault !== undefined) throw publicError('INVALID_VALUE', { argument: fault });
  const skip = after == null ? 0 : parseCursor(after);
  const access = accessToSearch(context.caller);
  if (!allows(access) || !(access.view === 'everything' || isOfOrganisation(access.view))) {
    return NOBODY;
  }
  if (!context.takeListed(first)) throw publicError('INVALID_VALUE', { argument: 'first' });
  const { staffIds, found, truncated } = await context.search.search(
    query,
    { day: context.day, skip, limit: first },
    access.view,
  );
  const people = await Promise.all(staffIds.map((id) => findStaff(id, context)));
  const end = skip + staffIds.length;
  return {
    edges: people.flatMap((node, at) =>
      node === null ? [] : [{ cursor: positionCursor(skip + at + 1), node }],
    ),
    pageInfo: {
      hasNextPage: end < found,
      endCursor: staffIds.length === 0 ? null : positionCursor(end),
    },
    found,
    truncated,
  };
};

/** How many people came before. */
function parseCursor(cursor: string): number {
  const place = parsePositionCursor(cursor, String(SEARCH_LIMIT).length);
  if (place > SEARCH_LIMIT) throw publicError('INVALID_VALUE', { argument: 'after' });
  return place;
}
