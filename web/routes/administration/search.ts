/** Finding whose passport it is. What was typed is kept, since it is about a person: addresses do not have it. */
import { z } from 'zod';

import { GraphRefused } from '../../domain/graph.ts';
import {
  administrationSearch,
  type AdministrationSearchQuery,
} from '../../operations/operations.generated.ts';
import { MORE_PAGES, SEARCH } from '../../words/administration/passports.ts';
import { action, definePage, goTo, invalid, type Shown, view, type Visit } from '../page.ts';
import { nameOf, passportPath } from './held-passport.ts';

const ENTRY = '/admin';

const searched = action(
  z.object({ text: z.string().trim().min(1, SEARCH.missing).max(100, SEARCH.notAllowed) }),
  async ({ ask, keep }: Visit, { text }) => {
    try {
      await ask(administrationSearch, { text });
    } catch (error) {
      if (error instanceof GraphRefused && error.code === 'INVALID_VALUE') {
        return invalid({ field: 'text', text: SEARCH.notAllowed });
      }
      throw error;
    }
    return goTo(`/admin/search/${await keep(text)}`);
  },
);

/** Where a search begins. */
export const searchPage = definePage({
  path: ENTRY,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: () =>
    Promise.resolve(
      view('administration/search.njk', {
        title: SEARCH.title,
        admin: SEARCH,
        morePages: MORE_PAGES,
      }),
    ),
  actions: { send: searched },
});

type Found = AdministrationSearchQuery['staffSearch']['edges'][number]['node'];

const rowOf = (person: Found) => {
  const { assignments, registrations, employments } = person;
  const post = assignments?.find(({ primary }) => primary) ?? assignments?.[0];
  return [
    { text: nameOf(person), href: passportPath(person.id) },
    { text: post?.positionTitle ?? '' },
    {
      text: (registrations ?? []).map(({ body, number }) => `${body} ${number}`).join(', '),
    },
    { text: employments?.[0]?.employeeNumber ?? '' },
  ];
};

/** What was found. */
export const resultsPage = definePage({
  path: '/admin/search/:kept',
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(300) }).partial(),
  show: async ({ ask, kept, params, query, form }): Promise<Shown> => {
    const name = params['kept'] ?? '';
    const text = z.string().safeParse(await kept(name)).data;
    if (text === undefined) return goTo(ENTRY, { kind: 'information', text: SEARCH.gone });
    const { data } = await ask(administrationSearch, {
      text,
      ...(query.after === undefined ? {} : { after: query.after }),
    });
    const { edges, pageInfo, found, truncated } = data.staffSearch;
    return view('administration/results.njk', {
      title: SEARCH.results,
      back: { href: ENTRY, text: SEARCH.again },
      isWide: true,
      admin: SEARCH,
      text: form.values['text'] ?? text,
      found: SEARCH.found(found, truncated),
      head: [SEARCH.name, SEARCH.job, SEARCH.registration, SEARCH.employeeNumber],
      rows: edges.map(({ node }) => rowOf(node)),
      next: pageInfo.hasNextPage
        ? `/admin/search/${name}?after=${encodeURIComponent(pageInfo.endCursor ?? '')}`
        : undefined,
    });
  },
  actions: { send: searched },
});
