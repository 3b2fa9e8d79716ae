/** The table of what the desk asked for: in three groups with how many there are, in an order of one's choice, in pages. */
import { z } from 'zod';

import { hrRequests, type HrRequestsQuery } from '../../operations/operations.generated.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords, timeWords } from '../../words/dates.ts';
import { STARTERS } from '../../words/hr.ts';
import type { Visit } from '../page.ts';

const GROUPS = ['TO_DO', 'OPEN', 'DONE'] as const;
const FIELDS = ['REFERENCE', 'STARTS_ON', 'ASKED_AT'] as const;
/** How far requests are counted by the graph. */
const COUNTED_TO = 1_000;

/** What an address says about the table. */
export const tableQuery = z.object({
  show: z.enum(GROUPS).optional(),
  sort: z.enum(FIELDS).optional(),
  way: z.enum(['ASC', 'DESC']).optional(),
  after: z.string().max(100).optional(),
  search: z.uuid().optional(),
});

type TableQuery = z.infer<typeof tableQuery>;

/** Which requests. */
export interface Asked {
  /** Address of the page. */
  readonly path: string;
  readonly listId?: string;
  readonly reference?: string | undefined;
}

/** What `hr/asked-table.njk` needs, and how many there are. */
export async function askedTable(
  { ask, query }: Pick<Visit, 'ask'> & { readonly query: TableQuery },
  { path, listId, reference }: Asked,
) {
  const { show: group = 'TO_DO', sort: field = 'ASKED_AT', way: direction = 'DESC' } = query;
  const { data } = await ask(
    hrRequests,
    {
      group,
      orderBy: { field, direction },
      ...(listId === undefined ? {} : { listId }),
      ...(reference === undefined ? {} : { reference }),
      ...(query.after === undefined ? {} : { after: query.after }),
    },
    'PRE_EMPLOYMENT',
  );
  const { edges, pageInfo } = data.presentationRequests;
  const to = (more: Partial<TableQuery>): string => {
    const { show, search, sort, way } = query;
    const wanted = Object.entries({ show, search, sort, way, ...more });
    return `${path}?${new URLSearchParams(wanted.filter((pair): pair is [string, string] => pair[1] !== undefined)).toString()}`;
  };
  const counts = {
    TO_DO: data.toDo.totalCount,
    OPEN: data.open.totalCount,
    DONE: data.done.totalCount,
  };
  return {
    counts,
    answered: data.answered.totalCount,
    all: counts.TO_DO + counts.OPEN + counts.DONE,
    table: {
      caption: STARTERS.tabs[group],
      tabs: GROUPS.map((name) => ({
        href: to({ show: name }),
        text: STARTERS.tab(STARTERS.tabs[name], counts[name], COUNTED_TO),
        current: name === group,
      })),
      head: [
        ...FIELDS.slice(0, 2).map((name) => heading(name, { field, direction }, to)),
        { text: STARTERS.columns.why },
        { text: STARTERS.columns.who },
        heading('ASKED_AT', { field, direction }, to),
      ],
      rows: edges.map(({ node }) => ({
        href: `/hr/requests/${node.id}`,
        reference: node.reference ?? STARTERS.noReference,
        starts: node.startsOn === null ? '' : dayWords(node.startsOn),
        why: codeWords('PresentationTemplate', node.template),
        who: group === 'DONE' ? STARTERS.nobody : codeWords('PresentationState', node.state),
        verdict: verdictOf(node),
        asked: `${dayWords(node.createdAt)}, ${timeWords(node.createdAt)}`,
      })),
      empty: reference === undefined ? STARTERS.empty[group] : STARTERS.notFound,
      next: pageInfo.hasNextPage ? to({ after: pageInfo.endCursor ?? '' }) : undefined,
    },
  };
}

type Node = HrRequestsQuery['presentationRequests']['edges'][number]['node'];

const verdictOf = ({ result }: Node) =>
  result === null ? undefined : stateTag('VerificationOutcome', result.outcome);

/** A heading that puts the table in its order, and the other way round when it is. */
function heading(
  name: (typeof FIELDS)[number],
  now: { readonly field: string; readonly direction: 'ASC' | 'DESC' },
  to: (more: Partial<TableQuery>) => string,
) {
  const isNow = name === now.field;
  const ascends = now.direction === 'ASC';
  return {
    text: STARTERS.sorted[name],
    href: to({ sort: name, way: isNow && ascends ? 'DESC' : 'ASC' }),
    sort: isNow ? (ascends ? 'ascending' : 'descending') : 'none',
  };
}
