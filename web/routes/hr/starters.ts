/** New starters: what waits for the desk, what waits for them, and what is done. */
import { z } from 'zod';

import { STARTERS } from '../../words/hr.ts';
import { action, definePage, goTo, view } from '../page.ts';
import { askedTable, tableQuery } from './asked-table.ts';

const kept = z.object({ reference: z.string() });

/** The page. What was searched for may be what it should not be, a name: so the address has a word that stands for it. */
export const startersPage = definePage({
  path: '/hr',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  query: tableQuery,
  show: async (visit) => {
    const { form, query } = visit;
    const search = kept.safeParse(await visit.kept(query.search ?? '')).data;
    const { table } = await askedTable(visit, { path: '/hr', reference: search?.reference });
    return view('hr/starters.njk', {
      title: STARTERS.title,
      isWide: true,
      hr: STARTERS,
      table,
      searched: form.values['reference'] ?? search?.reference,
      isSearched: search !== undefined,
    });
  },
  actions: {
    search: action(
      z.object({
        reference: z.string().trim().min(1, STARTERS.searchMissing).max(60, STARTERS.searchMissing),
      }),
      async ({ keep }, { reference }) => goTo(`/hr?search=${await keep({ reference })}`),
    ),
  },
});
