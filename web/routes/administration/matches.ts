/** Cases of which mailbox is whose. */
import { z } from 'zod';

import {
  administrationMatches,
  type CaseInListFragment,
  type MatchingQueue,
} from '../../operations/operations.generated.ts';
import { MATCHES } from '../../words/administration/matches.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { timeWords } from '../../words/dates.ts';
import { definePage, view } from '../page.ts';

const ENTRY = '/admin/matches';

/** Where a case is. */
export const matchPath = (id: string): string => `${ENTRY}/${encodeURIComponent(id)}`;

/** A case as a row of a table. */
export const caseRow = (one: CaseInListFragment) => [
  { text: codeWords('MatchingQueue', one.queue), href: matchPath(one.id) },
  { tag: stateTag('MatchingCaseState', one.state) },
  { text: MATCHES.days(one.ageDays) + (one.overdue ? `, ${MATCHES.overdue}` : '') },
];

/** The list. */
export const matchesPage = definePage({
  path: ENTRY,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z
    .object({
      // A form sends what was left as it is as nothing.
      queue: z
        .string()
        .regex(/^[A-Z_]{2,40}$/)
        .optional()
        .catch(undefined),
      age: z.literal('overdue').optional().catch(undefined),
      after: z.string().max(300),
    })
    .partial(),
  show: async ({ ask, person, query }) => {
    const { data } = await ask(administrationMatches, {
      odsCode: person.odsCode ?? '',
      // Queues may be added; one that is not there is refused by the graph like any other bad page.
      ...(query.queue === undefined ? {} : { queue: query.queue as MatchingQueue }),
      ...(query.age === undefined ? {} : { overdue: true }),
      ...(query.after === undefined ? {} : { after: query.after }),
    });
    const { edges, pageInfo } = data.matchingCases;
    const now = new Date();
    const open = data.matchingQueues.reduce((sum, { open: some }) => sum + some, 0);
    const oldest = data.matchingQueues.map(({ oldestOpenedAt }) => oldestOpenedAt).sort()[0];
    const next = new URLSearchParams({
      ...(query.queue === undefined ? {} : { queue: query.queue }),
      ...(query.age === undefined ? {} : { age: query.age }),
      after: pageInfo.endCursor ?? '',
    });
    return view('administration/matches.njk', {
      title: MATCHES.title,
      isWide: true,
      admin: MATCHES,
      count: MATCHES.count(
        open,
        oldest === undefined
          ? undefined
          : MATCHES.days(Math.floor((now.getTime() - Date.parse(oldest)) / 86_400_000)),
      ),
      empty: MATCHES.empty(timeWords(now)),
      queues: [
        { value: '', text: MATCHES.all, selected: query.queue === undefined },
        ...data.matchingQueues.map(({ queue, open: some }) => ({
          value: queue,
          text: `${codeWords('MatchingQueue', queue)} (${String(some)})`,
          selected: query.queue === queue,
        })),
      ],
      ages: [
        { value: '', text: MATCHES.anyAge, selected: query.age === undefined },
        { value: 'overdue', text: MATCHES.overdueOnly, selected: query.age !== undefined },
      ],
      head: [MATCHES.why, MATCHES.state, MATCHES.age],
      rows: edges.map(({ node }) => caseRow(node)),
      next: pageInfo.hasNextPage ? `${ENTRY}?${next.toString()}` : undefined,
    });
  },
});
