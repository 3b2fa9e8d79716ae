/** The person's record: who looked at it, and what to do when something in it is wrong. */
import { z } from 'zod';

import { staffAccessLog } from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { momentWords } from '../../words/dates.ts';
import { spokenName } from '../../words/names.ts';
import { ACCESS, readInWords, WRONG } from '../../words/staff/passport.ts';
import { definePage, view } from '../page.ts';

const back = { href: '/passport', text: 'Back' } as const;

/** Who looked, newest first. */
export const accessPage = definePage({
  path: '/passport/access',
  roles: ['STAFF'],
  entry: '/passport',
  query: z.object({ after: z.string().max(200) }).partial(),
  show: async ({ ask, query }) => {
    const { data } = await ask(
      staffAccessLog,
      query.after === undefined ? {} : { after: query.after },
    );
    const now = new Date();
    const { edges = [], pageInfo } = data.me?.accessLog ?? {};
    return view('staff/access.njk', {
      title: ACCESS.title,
      back,
      staff: ACCESS,
      readings: edges.map(({ node }) => ({
        who: ACCESS.sentence(
          spokenName(node.actorName),
          node.actorOrganisation?.name ?? node.actorOrganisation?.odsCode,
        ),
        when: momentWords(node.at, now),
        what: readInWords(node.fields),
        why: codeWords('PurposeOfUse', node.purpose),
        contact: node.actorContact ?? undefined,
        flagged: (node.flags ?? []).length > 0,
      })),
      isKnown: data.me?.accessLog != null,
      after: pageInfo?.hasNextPage === true ? pageInfo.endCursor : undefined,
    });
  },
});

/** Whom to ask. */
export const wrongPage = definePage({
  path: '/passport/wrong',
  roles: ['STAFF'],
  entry: '/passport',
  show: () => Promise.resolve(view('staff/wrong.njk', { title: WRONG.title, back, staff: WRONG })),
});
