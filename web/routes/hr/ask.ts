/** Asking for a passport: why, when and under which reference. */
import { z } from 'zod';

import { hrAsk } from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { ASK, CHECK_DESK } from '../../words/hr.ts';
import { action, definePage, goTo, invalid, view } from '../page.ts';

/** Questions that are asked often. */
export const TEMPLATES = ['ROTATING_DOCTOR', 'BANK_SHIFT', 'PERMANENT_MOVE'] as const;

/** Somebody who showed a code at the desk. */
export const shownHolder = z.object({ staffId: z.string() });

/** `3`, `2`, `2027` as a day; nothing for three empty fields, `null` for what is no day. */
export function dayOf(day: string, month: string, year: string): string | undefined | null {
  if (`${day}${month}${year}` === '') return undefined;
  const text = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const parsed = z.iso.date().safeParse(text);
  return parsed.success ? parsed.data : null;
}

const part = z.string().trim().max(4).default('');

/** The page. */
export const askPage = definePage({
  path: '/hr/ask',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  query: z.object({ holder: z.uuid().optional() }),
  show: async ({ form, kept, query }) => {
    const holder = shownHolder.safeParse(await kept(query.holder ?? '')).data;
    return view('hr/ask.njk', {
      title: ASK.title,
      back: { href: '/hr', text: 'Back' },
      hr: ASK,
      found: holder === undefined ? undefined : CHECK_DESK.found,
      templates: TEMPLATES.map((value) => ({
        value,
        text: codeWords('PresentationTemplate', value),
        hint: { text: ASK.templates[value] },
        checked: form.values['template'] === value,
      })),
    });
  },
  actions: {
    ask: action(
      z.object({
        template: z.enum(TEMPLATES, ASK.templateMissing),
        'starts[day]': part,
        'starts[month]': part,
        'starts[year]': part,
        reference: z.string().trim().max(60, ASK.referenceLong).default(''),
      }),
      async ({ ask, key, kept, query }, given) => {
        const startsOn = dayOf(given['starts[day]'], given['starts[month]'], given['starts[year]']);
        if (startsOn === null) return invalid({ field: 'starts-day', text: ASK.startsWrong });
        const wish = z.object({ holder: z.uuid().optional() }).safeParse(query).data;
        const holder = shownHolder.safeParse(await kept(wish?.holder ?? '')).data;
        const { data } = await ask(
          hrAsk,
          {
            input: {
              idempotencyKey: key,
              template: given.template,
              ...(given.reference === '' ? {} : { reference: given.reference }),
              ...(startsOn === undefined ? {} : { startsOn }),
              ...(holder === undefined ? {} : { staffId: holder.staffId }),
            },
          },
          given.template === 'ROTATING_DOCTOR'
            ? 'ROTATION'
            : given.template === 'BANK_SHIFT'
              ? 'TEMPORARY_MOVEMENT'
              : 'PRE_EMPLOYMENT',
        );
        const { request } = data.presentationRequest;
        return request == null
          ? invalid({ field: 'template', text: ASK.failed })
          : goTo(`/hr/requests/${request.id}`);
      },
    ),
  },
});
