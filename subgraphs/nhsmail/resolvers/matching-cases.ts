/** Cases, for the people of the organisation that decides them. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { NhsmailContext } from '../context.ts';
import type { MatchingCase } from '../domain/cases.ts';
import { reviewerOf } from './case-reviewer.ts';
import { shownCase } from './matching-case.ts';
import type { QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 100;
const CURSOR = /^v1:(\d{1,15})$/;

/** Queries about cases. */
export const matchingCaseQueries: Pick<
  QueryResolvers,
  'matchingCase' | 'matchingCases' | 'matchingQueues' | 'matchingOrigins'
> = {
  matchingCase: async (_parent, { id }, context) => {
    const { odsCode } = reader(context);
    const found = await context.cases.find(id, odsCode);
    return found === undefined ? null : shownCase(found, context);
  },

  matchingCases: async (_parent, { first, after, ...wanted }, context) => {
    const { odsCode } = reader(context);
    if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
      throw publicError('INVALID_VALUE', { argument: 'first' });
    }
    const position = after == null ? undefined : parseCursor(after);
    const found =
      wanted.odsCode === odsCode
        ? await context.cases.list({
            odsCode,
            queue: wanted.queue ?? undefined,
            state: wanted.state ?? undefined,
            assignedTo: wanted.assignedTo ?? undefined,
            dueBefore: wanted.overdue ? context.now : undefined,
            origin: wanted.origin ?? undefined,
            score: wanted.score ?? undefined,
            after: position,
            limit: first + 1,
          })
        : [];
    const page = found.slice(0, first);
    const last = page.at(-1);
    return {
      edges: page.map((one) => ({ cursor: cursorOf(one), node: shownCase(one, context) })),
      pageInfo: {
        hasNextPage: found.length > first,
        endCursor: last === undefined ? null : cursorOf(last),
      },
    };
  },

  matchingQueues: async (_parent, args, context) => {
    const { odsCode } = reader(context);
    return args.odsCode === odsCode ? [...(await context.cases.count(odsCode, context.now))] : [];
  },

  matchingOrigins: async (_parent, args, context) => {
    const { odsCode } = reader(context);
    const found = args.odsCode === odsCode ? await context.cases.countOrigins(odsCode) : [];
    return found.map(({ odsCode: origin, open }) => ({ organisation: { odsCode: origin }, open }));
  },
};

const reader = (context: NhsmailContext) => reviewerOf(context, 'match:review', 'match:manage');

const cursorOf = ({ position }: MatchingCase): string =>
  Buffer.from(`v1:${String(position)}`).toString('base64url');

function parseCursor(cursor: string): number {
  const text = cursor.length > 64 ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const position = CURSOR.exec(text)?.[1];
  if (position === undefined) throw publicError('INVALID_VALUE', { argument: 'after' });
  return Number(position);
}
