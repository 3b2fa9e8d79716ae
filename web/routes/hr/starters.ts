/** New starters: what waits for the desk, what waits for them, and what has ended. */
import { z } from 'zod';

import { hrRequests } from '../../operations/operations.generated.ts';
import { STARTERS } from '../../words/hr.ts';
import { definePage, view } from '../page.ts';

const GROUPS = ['ANSWERED', 'OPEN', 'ENDED'] as const;

/** The page. */
export const startersPage = definePage({
  path: '/hr',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  query: z.object({
    show: z.enum(GROUPS).optional(),
    after: z.string().max(100).optional(),
  }),
  show: async ({ ask, query }) => {
    const group = query.show ?? 'ANSWERED';
    const { data } = await ask(
      hrRequests,
      { group, ...(query.after === undefined ? {} : { after: query.after }) },
      'PRE_EMPLOYMENT',
    );
    const { edges, pageInfo } = data.presentationRequests;
    return view('hr/starters.njk', {
      title: STARTERS.title,
      isWide: true,
      hr: STARTERS,
      group,
      tabs: GROUPS.map((name) => ({
        href: `/hr?show=${name}`,
        text: STARTERS.tabs[name],
        current: name === group,
      })),
      requests: edges.map(({ node }) => node),
      next: pageInfo.hasNextPage
        ? `/hr?show=${group}&after=${pageInfo.endCursor ?? ''}`
        : undefined,
    });
  },
});
