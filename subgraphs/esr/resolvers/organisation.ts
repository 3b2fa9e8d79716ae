import { publicError } from '../../../runtime/graphql-error.ts';
import type { EsrContext } from '../context.ts';
import { accessToStaffOf, readsAllRecords } from '../domain/access.ts';
import { identifierFault } from '../domain/identifiers.ts';
import type { OrganisationRow } from '../domain/records.ts';
import { allows, findStaff } from './find-staff.ts';
import { listArguments } from './list-arguments.ts';
import type { OrganisationResolvers } from './types.generated.ts';

/** People on a page: for an organisation's own HR, and for the services that read the records of many. */
const PAGE_LIMIT = 100;
const SERVICE_PAGE_LIMIT = 500;
const CURSOR_PREFIX = 'v1:';

/** Fields of an organisation. */
export const Organisation: OrganisationResolvers = {
  status: ({ status, closedOn }, args, { day }) => {
    const { asOf } = listArguments(args);
    if (asOf === undefined || closedOn === null) return status;
    return closedOn <= asOf && closedOn <= day ? 'CLOSED' : 'OPEN';
  },
  successor: async ({ successorOdsCode }, _args, { loaders }) =>
    successorOdsCode === null
      ? null
      : ((await loaders.organisations.load(successorOdsCode)) ?? null),
  staff: async ({ odsCode }, { first, after, ...args }, context) => {
    const limit = readsAllRecords(context.caller) ? SERVICE_PAGE_LIMIT : PAGE_LIMIT;
    if (!Number.isInteger(first) || first < 1 || first > limit) {
      throw publicError('INVALID_VALUE', { argument: 'first' });
    }
    const position = after == null ? undefined : parseCursor(after);
    const { asOf, since } = listArguments(args);
    const access = accessToStaffOf(context.caller, odsCode);
    if (!allows(access)) return null;
    if (!context.takeListed(first)) throw publicError('INVALID_VALUE', { argument: 'first' });
    const listed = await context.records.findStaffAt(
      {
        odsCode,
        day: context.day,
        asOf,
        onlySeenNow: access.view !== 'everything' && asOf !== undefined,
        changedSince: since,
        after: position,
        limit: first + 1,
      },
      access.view,
    );
    const page = listed.slice(0, first);
    const people = await Promise.all(
      page.filter(({ there }) => there).map(({ id }) => findStaff(id, context)),
    );
    const last = page.at(-1);
    return {
      edges: people
        .filter((person) => person !== null)
        .map((node) => ({ cursor: cursorOf(node.id), node })),
      removedIds: page.filter(({ there }) => !there).map(({ id }) => id),
      pageInfo: {
        hasNextPage: listed.length > first,
        endCursor: last === undefined ? null : cursorOf(last.id),
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
