import { publicError } from '../../../runtime/graphql-error.ts';
import type { EsrContext } from '../context.ts';
import { accessToStaffOf } from '../domain/access.ts';
import { identifierFault } from '../domain/identifiers.ts';
import type { OrganisationRow } from '../domain/records.ts';
import { allows, findStaff } from './find-staff.ts';
import type { OrganisationResolvers } from './types.generated.ts';

const PAGE_LIMIT = 100;
const CURSOR_PREFIX = 'v1:';

/** Fields of an organisation. */
export const Organisation: OrganisationResolvers = {
  staff: async ({ odsCode }, { first, after }, context) => {
    if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
      throw publicError('INVALID_VALUE', { argument: 'first' });
    }
    const position = after == null ? undefined : parseCursor(after);
    const access = accessToStaffOf(context.caller, odsCode);
    if (!allows(access)) return null;
    if (!context.takeListed(first)) throw publicError('INVALID_VALUE', { argument: 'first' });
    const ids = await context.records.findStaffIdsAt(
      { odsCode, day: context.day, after: position, limit: first + 1 },
      access.view,
    );
    const page = ids.slice(0, first);
    const people = await Promise.all(page.map((id) => findStaff(id, context)));
    const last = page.at(-1);
    return {
      edges: people
        .filter((person) => person !== null)
        .map((node) => ({ cursor: cursorOf(node.id), node })),
      pageInfo: {
        hasNextPage: ids.length > first,
        endCursor: last === undefined ? null : cursorOf(last),
      },
    };
  },
};

/** Finds an organisation that another subgraph named. */
export async function resolveOrganisation(
  odsCode: string,
  { loaders }: EsrContext,
): Promise<OrganisationRow | null> {
  return (await loaders.organisations.load(odsCode)) ?? null;
}

const cursorOf = (staffId: string): string =>
  Buffer.from(`${CURSOR_PREFIX}${staffId}`).toString('base64url');

function parseCursor(cursor: string): string {
  const text = cursor.length > 100 ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const staffId = text.slice(CURSOR_PREFIX.length);
  if (!text.startsWith(CURSOR_PREFIX) || identifierFault('staffId', staffId) !== undefined) {
    throw publicError('INVALID_VALUE', { argument: 'after' });
  }
  return staffId;
}
