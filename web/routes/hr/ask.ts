/** Asking for a passport: why, when, under which reference, and how the link gets there. */
import { z } from 'zod';

import { hrAsk, hrClose, hrRequest } from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { ASK, CHECK_DESK } from '../../words/hr.ts';
import { action, definePage, type Fields, goTo, invalid, view, type Visit } from '../page.ts';

/** Questions that are asked often. */
export const TEMPLATES = ['ROTATING_DOCTOR', 'BANK_SHIFT', 'PERMANENT_MOVE'] as const;

/** How long a request can be answered, in minutes, by how it gets to the person: at the desk, or as a link for 14 days. */
const WITHIN_MINUTES = { here: 10, link: 20_160 } as const;
const WAYS = ['link', 'here'] as const;

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
const askQuery = z.object({
  holder: z.uuid().optional(),
  /** A request that came to nothing, to be made once more. */
  again: z
    .string()
    .regex(/^prq_[\w-]{22}$/)
    .optional(),
});

/** What was asked before: nobody enters it twice. */
async function earlier({ ask }: Pick<Visit, 'ask'>, id: string | undefined) {
  if (id === undefined) return {};
  const { presentation } = (await ask(hrRequest, { id }, 'PRE_EMPLOYMENT')).data;
  const [year = '', month = '', day = ''] = presentation?.startsOn?.split('-') ?? [];
  return {
    template: presentation?.template ?? undefined,
    reference: presentation?.reference ?? undefined,
    'starts[day]': day.replace(/^0/, ''),
    'starts[month]': month.replace(/^0/, ''),
    'starts[year]': year,
  };
}

/** The page. */
export const askPage = definePage({
  path: '/hr/ask',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  query: askQuery,
  show: async ({ ask, form, kept, query }) => {
    const holder = shownHolder.safeParse(await kept(query.holder ?? '')).data;
    const values: Fields =
      Object.keys(form.values).length > 0
        ? form.values
        : Object.fromEntries(
            Object.entries(await earlier({ ask }, query.again)).filter(
              (pair): pair is [string, string] => pair[1] !== undefined,
            ),
          );
    return view('hr/ask.njk', {
      title: ASK.title,
      back: { href: '/hr', text: 'Back' },
      hr: ASK,
      found: holder === undefined ? undefined : CHECK_DESK.found,
      values,
      ways:
        holder === undefined
          ? WAYS.map((value) => ({
              value,
              text: ASK.ways[value],
              hint: { text: ASK.wayHints[value] },
              checked: (values['way'] ?? 'link') === value,
            }))
          : undefined,
      templates: TEMPLATES.map((value) => ({
        value,
        text: codeWords('PresentationTemplate', value),
        hint: { text: ASK.templates[value] },
        checked: values['template'] === value,
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
        way: z.enum(WAYS).default('link'),
      }),
      async ({ ask, key, kept, query }, given) => {
        const startsOn = dayOf(given['starts[day]'], given['starts[month]'], given['starts[year]']);
        if (startsOn === null) return invalid({ field: 'starts-day', text: ASK.startsWrong });
        const wish = askQuery.safeParse(query).data;
        const holder = shownHolder.safeParse(await kept(wish?.holder ?? '')).data;
        const { data } = await ask(
          hrAsk,
          {
            input: {
              idempotencyKey: key,
              template: given.template,
              answerWithinMinutes: WITHIN_MINUTES[given.way],
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
        if (request == null) return invalid({ field: 'template', text: ASK.failed });
        if (wish?.again !== undefined) {
          // The earlier one has nothing left to do; that it cannot be said changes nothing.
          await ask(hrClose, { input: { idempotencyKey: key, presentationId: wish.again } });
        }
        return goTo(`/hr/requests/${request.id}`);
      },
    ),
  },
});
