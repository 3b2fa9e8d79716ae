/** What was shared, as answers for the new starter form: compared with the trust's own record, to copy or to download. */
import { z } from 'zod';

import { writeCsv } from '../../domain/csv.ts';
import { hrRecord, hrRequest, type HrRequestQuery } from '../../operations/operations.generated.ts';
import { claimLabels, valueLines } from '../../words/claims.ts';
import { codeWords } from '../../words/codes.ts';
import { ANSWERS } from '../../words/hr.ts';
import { action, definePage, invalid, notFound, type Shown, view, type Visit } from '../page.ts';
import { sharedName } from './request.ts';

type Request = NonNullable<HrRequestQuery['presentation']>;
interface Answer {
  readonly key: string;
  /** Its name in the form: of one credential among several. */
  readonly use: string;
  readonly field: string;
  /** As other systems take it. */
  readonly value: string;
  /** The same for somebody to read. */
  readonly lines: readonly string[];
  readonly from: string;
}

/** Names of the answers that are ticked. */
const used = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((given) => [given].flat());

const claims = z.record(z.string(), z.unknown());

/** A disclosed value as text, whatever it is made of. */
function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (Array.isArray(value)) return value.map(textOf).join('; ');
  return Object.values(value ?? {})
    .map(textOf)
    .join(', ');
}

const answersOf = ({ result }: Request): readonly Answer[] =>
  (result?.credentials ?? []).flatMap(({ type, disclosed, claims: given }) => {
    const values = claims.safeParse(given).data ?? {};
    return disclosed.flatMap((name) =>
      values[name] === undefined
        ? []
        : [
            {
              key: name,
              use: `${type ?? ''}.${name}`,
              field: claimLabels(type ?? '')[name] ?? name,
              value: textOf(values[name]),
              lines: valueLines(values[name]),
              from: codeWords('CredentialType', type),
            },
          ],
    );
  });

const found = async ({ ask, params }: Visit): Promise<Request | undefined> => {
  const { data } = await ask(hrRequest, { id: params['id'] ?? '' }, 'PRE_EMPLOYMENT');
  return data.presentation?.state === 'ANSWERED' ? data.presentation : undefined;
};

/** What the trust's own record has under the same names. */
async function recordOf(
  { ask, person }: Visit,
  employeeNumber: string,
): Promise<ReadonlyMap<string, string | undefined> | undefined> {
  const { data } = await ask(
    hrRecord,
    { by: { employee: { odsCode: person.odsCode ?? '', employeeNumber } } },
    'PRE_EMPLOYMENT',
  );
  const { staff } = data;
  if (staff == null) return undefined;
  const [post] = staff.assignments ?? [];
  return new Map([
    ['given_name', staff.name?.given ?? undefined],
    ['family_name', staff.name?.family],
    ['registration_number', staff.registrations?.[0]?.number],
    ['position_title', post?.positionTitle ?? undefined],
    ['job_role', post?.jobRole ?? undefined],
    ['staff_group', post?.staffGroup ?? undefined],
  ]);
}

function show(request: Request, record?: ReadonlyMap<string, string | undefined>): Shown {
  const answers = answersOf(request);
  return view('hr/answers.njk', {
    title: ANSWERS.title,
    isWide: true,
    back: { href: `/hr/requests/${request.id}`, text: 'Back' },
    hr: ANSWERS,
    scripts: ['copy'],
    caption: sharedName(request.result),
    compared: record !== undefined,
    answers: answers.map((answer) => {
      const ours = record?.get(answer.key);
      const same =
        record === undefined || !record.has(answer.key)
          ? ''
          : ours === undefined
            ? ANSWERS.missing
            : ours.toLowerCase() === answer.value.toLowerCase()
              ? ANSWERS.same
              : ANSWERS.different;
      return { ...answer, ours: ours ?? '', same };
    }),
  });
}

/** The page. */
export const answersPage = definePage({
  path: '/hr/requests/:id/answers',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  show: async (visit) => {
    const request = await found(visit);
    return request === undefined ? notFound : show(request);
  },
  actions: {
    compare: action(
      z.object({
        number: z
          .string()
          .trim()
          .regex(/^\d{1,10}$/, ANSWERS.numberUnknown),
      }),
      async (visit, { number }) => {
        const request = await found(visit);
        if (request === undefined) return notFound;
        const record = await recordOf(visit, number);
        return record === undefined
          ? invalid({ field: 'number', text: ANSWERS.numberUnknown })
          : show(request, record);
      },
    ),
    download: action(z.object({ use: used }), async (visit, { use }) => {
      const request = await found(visit);
      if (request === undefined) return notFound;
      const answers = answersOf(request).filter((answer) => use.includes(answer.use));
      if (answers.length === 0) return invalid({ field: 'use', text: ANSWERS.useMissing });
      return {
        kind: 'file',
        name: `answers-${request.id}.csv`,
        type: 'text/csv; charset=utf-8',
        content: writeCsv([
          [ANSWERS.columns.field, ANSWERS.columns.passport],
          ...answers.map(({ field, value }) => [field, value]),
        ]),
      };
    }),
  },
});
