/** Cases of which mailbox is whose. */
import { z } from 'zod';

import {
  administrationMatches,
  type CaseInListFragment,
  type MatchingQueue,
  type MatchingScore,
} from '../../operations/operations.generated.ts';
import { MATCHES } from '../../words/administration/matches.ts';
import { CODE_WORDS, codeWords, stateTag } from '../../words/codes.ts';
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

/** A choice among what a list is narrowed by. The first item stands for all. */
const filterOf = (
  name: string,
  label: string,
  given: string | undefined,
  [all, ...others]: readonly (readonly [string, string])[],
) => ({
  name,
  label,
  items: [
    { value: '', text: all?.[1], selected: given === undefined },
    ...others.map(([value, text]) => ({ value, text, selected: value === given })),
  ],
});

const SCORES = Object.keys(CODE_WORDS.MatchingScore) as readonly MatchingScore[];

// A form sends what was left as it is as nothing; what cannot be is read as nothing too.
const filters = z.object({
  queue: z
    .string()
    .regex(/^[A-Z_]{2,40}$/)
    .optional()
    .catch(undefined),
  trust: z
    .string()
    .regex(/^[A-Z0-9]{3,10}$/)
    .optional()
    .catch(undefined),
  score: z.enum(SCORES).optional().catch(undefined),
  age: z.literal('overdue').optional().catch(undefined),
});

/** The list. */
export const matchesPage = definePage({
  path: ENTRY,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: filters.extend({ after: z.string().max(300).optional() }),
  show: async ({ ask, person, query }) => {
    const { queue, trust, score, age, after } = query;
    const { data } = await ask(administrationMatches, {
      odsCode: person.odsCode ?? '',
      // Queues may be added; one that is not there is refused by the graph like any other bad page.
      ...(queue === undefined ? {} : { queue: queue as MatchingQueue }),
      ...(trust === undefined ? {} : { origin: trust }),
      ...(score === undefined ? {} : { score }),
      ...(age === undefined ? {} : { overdue: true }),
      ...(after === undefined ? {} : { after }),
    });
    const { edges, pageInfo } = data.matchingCases;
    const now = new Date();
    const open = data.matchingQueues.reduce((sum, { open: some }) => sum + some, 0);
    const oldest = data.matchingQueues.map(({ oldestOpenedAt }) => oldestOpenedAt).sort()[0];
    const isNarrowed = [queue, trust, score, age].some((given) => given !== undefined);
    const next = new URLSearchParams({
      ...(queue === undefined ? {} : { queue }),
      ...(trust === undefined ? {} : { trust }),
      ...(score === undefined ? {} : { score }),
      ...(age === undefined ? {} : { age }),
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
      empty: isNarrowed ? MATCHES.noneOfThese : MATCHES.empty(timeWords(now)),
      filters:
        open === 0 && !isNarrowed
          ? []
          : [
              filterOf('queue', MATCHES.filter, queue, [
                ['', MATCHES.all],
                ...data.matchingQueues.map(
                  ({ queue: one, open: some }) =>
                    [one, `${codeWords('MatchingQueue', one)} (${String(some)})`] as const,
                ),
              ]),
              filterOf('trust', MATCHES.trustFilter, trust, [
                ['', MATCHES.anyTrust],
                ...data.matchingOrigins.map(
                  ({ organisation: { odsCode, name }, open: some }) =>
                    [odsCode, `${name ?? odsCode} (${String(some)})`] as const,
                ),
              ]),
              filterOf('score', MATCHES.scoreFilter, score, [
                ['', MATCHES.anyScore],
                ...SCORES.map((one) => [one, codeWords('MatchingScore', one)] as const),
              ]),
              filterOf('age', MATCHES.ageFilter, age, [
                ['', MATCHES.anyAge],
                ['overdue', MATCHES.overdueOnly],
              ]),
            ],
      head: [MATCHES.why, MATCHES.state, MATCHES.age],
      rows: edges.map(({ node }) => caseRow(node)),
      next: pageInfo.hasNextPage ? `${ENTRY}?${next.toString()}` : undefined,
    });
  },
});
