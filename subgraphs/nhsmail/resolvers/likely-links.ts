/** `matchingLikelyLinks`: links by likeness alone, for the people of the organisation that confirms them. */
import { publicError } from '../../../runtime/graphql-error.ts';
import type { LinkStatement } from '../domain/links.ts';
import { reviewerOf } from './case-reviewer.ts';
import type { QueryResolvers } from './types.generated.ts';

const PAGE_LIMIT = 100;
const CURSOR_LIMIT = 64;
const CURSOR = /^v1:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Queries about likely links. */
export const likelyLinkQueries: Pick<QueryResolvers, 'matchingLikelyLinks'> = {
  matchingLikelyLinks: async (_parent, { odsCode, first, after }, context) => {
    const by = reviewerOf(context, 'match:review');
    if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
      throw publicError('INVALID_VALUE', { argument: 'first' });
    }
    const last = after == null ? undefined : parseCursor(after);
    const found =
      odsCode === by.odsCode
        ? await context.cases.listLikely({ odsCode, after: last, limit: first + 1 })
        : [];
    const page = found.slice(0, first);
    for (const { staffId } of page) context.disclose(staffId);
    const end = page.at(-1);
    return {
      edges: page.map((link) => ({
        cursor: cursorOf(link),
        node: {
          ...link,
          // One's own: whose mailbox it is, is for somebody else to say.
          view:
            link.staffId === by.staffId
              ? { kind: 'self', staffId: by.staffId }
              : { kind: 'organisation', odsCode },
        },
      })),
      pageInfo: {
        hasNextPage: found.length > first,
        endCursor: end === undefined ? null : cursorOf(end),
      },
    };
  },
};

const cursorOf = ({ id }: LinkStatement): string => Buffer.from(`v1:${id}`).toString('base64url');

function parseCursor(cursor: string): string {
  const text =
    cursor.length > CURSOR_LIMIT ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const id = CURSOR.exec(text)?.[1];
  if (id === undefined) throw publicError('INVALID_VALUE', { argument: 'after' });
  return id;
}
