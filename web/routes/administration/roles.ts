/** Who has which role at the organisation: asked for by one person, approved by another. */
import { z } from 'zod';

import { ROLES } from '../../words/administration/organisation.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords } from '../../words/dates.ts';
import { action, definePage, goTo, invalid, notFound, view, type Visit } from '../page.ts';
import { problemOf, roleGrants } from './identity-answers.ts';

const ENTRY = '/admin';
const LIST = '/admin/roles';
const PATH = '/administration/role-grants';

/** Where a role of somebody is. */
export const rolePath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

const problemWords = (code: string): string => ROLES.problems[code] ?? ROLES.problem;

/** The list, and asking for one. */
export const rolesPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const grants = await roleGrants(visit);
    const { values } = visit.form;
    return view('administration/roles.njk', {
      title: ROLES.title,
      back: { href: ENTRY, text: ROLES.back },
      isWide: true,
      admin: ROLES,
      head: [ROLES.mail, ROLES.role, ROLES.state, ROLES.until],
      rows: grants.map(({ id, mail, role, state, until }) => [
        { text: mail, href: rolePath(id) },
        { text: codeWords('Role', role) },
        { tag: stateTag('RoleGrantState', state) },
        { text: dayWords(until) },
      ]),
      choices: ['HR_OFFICER', 'ADMINISTRATOR'].map((value) => ({
        value,
        text: codeWords('Role', value),
        checked: values['role'] === value,
      })),
    });
  },
  actions: {
    send: action(
      z.object({
        mail: z.email({ error: ROLES.mailMissing }).max(254, ROLES.mailMissing),
        role: z.enum(['HR_OFFICER', 'ADMINISTRATOR'], { error: ROLES.roleMissing }),
      }),
      async ({ administration }, given) => {
        const answer = await administration('POST', PATH, given);
        const code = problemOf(answer);
        if (code === undefined) return goTo(LIST, { kind: 'success', text: ROLES.asked });
        return invalid({
          field: 'mail',
          text: code === 'person_not_found' ? ROLES.mailUnknown : problemWords(code),
        });
      },
    ),
  },
});

const decide = (act: 'approve' | 'refuse' | 'end', text: string) =>
  action(z.object({}), async ({ administration, params }: Visit) => {
    const id = params['id'] ?? '';
    const path = `${PATH}/${encodeURIComponent(id)}/${act}`;
    const code = problemOf(await administration('POST', path, {}));
    return code === undefined
      ? goTo(rolePath(id), { kind: 'success', text })
      : invalid({ field: act, text: problemWords(code) });
  });

/** One of them. */
export const rolePage = definePage({
  path: `${LIST}/:id`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async (visit) => {
    const grants = await roleGrants(visit);
    const found = grants.find(({ id }) => id === visit.params['id']);
    if (found === undefined) return notFound;
    const isMine = found.requestedBy === visit.person.staffId;
    const isWaiting = found.state === 'REQUESTED';
    return view('administration/role.njk', {
      title: found.mail,
      back: { href: LIST, text: ROLES.backToList },
      admin: ROLES,
      state: stateTag('RoleGrantState', found.state),
      facts: [
        [ROLES.role, codeWords('Role', found.role)],
        [ROLES.until, dayWords(found.until)],
        [ROLES.askedBy, isMine ? ROLES.you : found.requestedBy],
      ],
      canApprove: isWaiting && !isMine,
      isWaiting,
      isMine: isWaiting && isMine,
      canEnd: found.state === 'APPROVED',
    });
  },
  actions: {
    approve: decide('approve', ROLES.approved),
    refuse: decide('refuse', ROLES.refused),
    end: decide('end', ROLES.ended),
  },
});
