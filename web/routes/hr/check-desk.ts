/** Checking a passport that somebody shows: by camera, pasted link or typed code. */
import { z } from 'zod';

import { CHECK_DESK } from '../../words/hr.ts';
import { action, definePage, goTo, invalid, view } from '../page.ts';

/** The link in the code on somebody's screen, or the code alone. */
const codeIn = (typed: string): string => {
  try {
    return new URL(typed).searchParams.get('code') ?? typed;
  } catch {
    return typed;
  }
};

/** The page. */
export const checkDeskPage = definePage({
  path: '/hr/check',
  roles: ['HR_OFFICER'],
  entry: '/hr/check',
  query: z.object({ code: z.string().max(20).optional() }),
  show: ({ form, query }) =>
    Promise.resolve(
      view('hr/check-desk.njk', {
        title: CHECK_DESK.title,
        hr: CHECK_DESK,
        scripts: ['scan'],
        typed: form.values['typed'] ?? query.code,
      }),
    ),
  actions: {
    check: action(
      z.object({
        typed: z.string().trim().min(1, CHECK_DESK.missing).max(300, CHECK_DESK.unknown),
      }),
      async ({ codes, keep, person }, { typed }) => {
        const found = await codes.find(codeIn(typed), person.staffId);
        if (found?.kind !== 'holder') return invalid({ field: 'typed', text: CHECK_DESK.unknown });
        return goTo(`/hr/ask?holder=${await keep({ staffId: found.staffId })}`);
      },
    ),
  },
});
