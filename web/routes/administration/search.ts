/** Finding whose passport it is. What was typed is kept, since it is about a person: addresses do not have it. */
import { z } from 'zod';

import { readSearch } from '../../domain/administration/search-text.ts';
import { GraphRefused } from '../../domain/graph.ts';
import {
  administrationCredentialHolder,
  administrationSearch,
  type AdministrationSearchQuery,
  administrationStop,
} from '../../operations/operations.generated.ts';
import { MORE_PAGES, SEARCH } from '../../words/administration/passports.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { action, definePage, goTo, invalid, type Shown, view, type Visit } from '../page.ts';
import { credentialPath, nameOf, passportPath } from './held-passport.ts';
import { stopPath } from './stop-record.ts';

const ENTRY = '/admin';
const STATUSES = ['ACTIVE', 'OFFERED', 'EMPTY'] as const;

/** Where a reference leads; `undefined` when there is nothing of it that the caller may see. */
async function findReference(
  kind: 'credential' | 'stop',
  id: string,
  { ask }: Pick<Visit, 'ask'>,
): Promise<string | undefined> {
  if (kind === 'stop') {
    const { data } = await ask(administrationStop, { id });
    return data.passportStop === null ? undefined : stopPath(id);
  }
  const { data } = await ask(administrationCredentialHolder, { id });
  return data.credential === null ? undefined : credentialPath(data.credential.staff.id, id);
}

const searched = action(
  z.object({ text: z.string().trim().min(1, SEARCH.missing).max(100, SEARCH.notAllowed) }),
  async (visit: Visit, { text }) => {
    const search = readSearch(text);
    if ('id' in search) {
      const found = await findReference(search.kind, search.id, visit);
      return found === undefined
        ? invalid({ field: 'text', text: SEARCH.noReference })
        : goTo(found);
    }
    try {
      await visit.ask(administrationSearch, { text: search.words });
    } catch (error) {
      if (error instanceof GraphRefused && error.code === 'INVALID_VALUE') {
        return invalid({ field: 'text', text: SEARCH.notAllowed });
      }
      throw error;
    }
    return goTo(`/admin/search/${await visit.keep(text)}`);
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
  const { assignments, registrations, employments, passport } = person;
  const post = assignments?.find(({ primary }) => primary) ?? assignments?.[0];
  return [
    { text: nameOf(person), href: passportPath(person.id) },
    { text: post?.positionTitle ?? '' },
    {
      text: (registrations ?? []).map(({ body, number }) => `${body} ${number}`).join(', '),
    },
    { text: employments?.[0]?.employeeNumber ?? '' },
    passport === null ? { text: '' } : { tag: stateTag('PassportStatus', passport.status) },
  ];
};

/** What was found. */
export const resultsPage = definePage({
  path: '/admin/search/:kept',
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(300), status: z.enum(STATUSES) }).partial(),
  show: async ({ ask, kept, params, query, form }): Promise<Shown> => {
    const name = params['kept'] ?? '';
    const text = z.string().safeParse(await kept(name)).data;
    if (text === undefined) return goTo(ENTRY, { kind: 'information', text: SEARCH.gone });
    const search = readSearch(text);
    const { data } = await ask(administrationSearch, {
      text: 'words' in search ? search.words : text,
      ...(query.after === undefined ? {} : { after: query.after }),
    });
    const { edges, pageInfo, found, truncated } = data.staffSearch;
    const people = edges.map(({ node }) => node);
    // An address is somebody's own; where nobody has it, those with its names are shown.
    const addressed =
      search.kind === 'mail'
        ? people.filter(({ mailboxes }) =>
            mailboxes?.some(({ mail }) => mail.toLowerCase() === search.mail),
          )
        : [];
    const meant = addressed.length > 0 ? addressed : people;
    const shown = meant.filter(
      ({ passport }) => query.status === undefined || passport?.status === query.status,
    );
    const here = `/admin/search/${name}`;
    const address = (given: Readonly<Record<string, string | undefined>>): string => {
      const set = Object.entries(given).filter(
        (one): one is [string, string] => one[1] !== undefined,
      );
      return set.length === 0 ? here : `${here}?${new URLSearchParams(set).toString()}`;
    };
    return view('administration/results.njk', {
      title: SEARCH.results,
      back: { href: ENTRY, text: SEARCH.again },
      isWide: true,
      admin: SEARCH,
      text: form.values['text'] ?? text,
      found:
        shown.length < meant.length
          ? SEARCH.onThisPage(shown.length, meant.length)
          : addressed.length > 0
            ? SEARCH.found(addressed.length, false)
            : SEARCH.found(found, truncated),
      filters: [undefined, ...STATUSES].map((status) => ({
        text: status === undefined ? SEARCH.everybody : codeWords('PassportStatus', status),
        href: query.status === status ? undefined : address({ after: query.after, status }),
      })),
      isNobody: people.length === 0,
      head: [SEARCH.name, SEARCH.job, SEARCH.registration, SEARCH.employeeNumber, SEARCH.passport],
      rows: shown.map(rowOf),
      next:
        pageInfo.hasNextPage && addressed.length === 0
          ? address({ after: pageInfo.endCursor ?? '', status: query.status })
          : undefined,
    });
  },
  actions: { send: searched },
});
