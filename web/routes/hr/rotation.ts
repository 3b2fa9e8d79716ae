/** Rotation day: many requests at once from a list, and how far it has got. The list is kept, so one can come back to it. */
import { z } from 'zod';

import { writeCsv } from '../../domain/csv.ts';
import { type GivenLine, rotationLines } from './rotation-lines.ts';
import {
  hrAskList,
  hrListLines,
  type HrListLinesQuery,
  hrLists,
} from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { momentWords, untilWords } from '../../words/dates.ts';
import { ROTATION } from '../../words/hr.ts';
import { action, definePage, goTo, invalid, notFound, view, type Visit } from '../page.ts';
import { askedTable, tableQuery } from './asked-table.ts';

/** Most lines at once, and most characters of all of them. */
const MOST = 500;
const MOST_CHARACTERS = 40_000;
/** A link that is sent can be answered for this long: 14 days. */
const ANSWER_WITHIN_MINUTES = 20_160;
/** Most lines that are named when something is wrong with them. */
const MOST_NAMED = 10;

const linesIn = (rows: string) => rotationLines(rows, Object.values(ROTATION.columns));

const rowsField = z
  .string()
  .trim()
  .min(1, ROTATION.missing)
  .max(MOST_CHARACTERS, ROTATION.tooMany(MOST));

/** The page with the list. */
export const rotationPage = definePage({
  path: '/hr/rotation',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  show: async ({ ask, form }) => {
    const { data } = await ask(hrLists, {}, 'ROTATION');
    const now = new Date();
    const { right, wrong } = linesIn(String(form.values['rows'] ?? ''));
    return view('hr/rotation.njk', {
      title: ROTATION.title,
      back: { href: '/hr', text: 'Back' },
      hr: ROTATION,
      scripts: ['read-file'],
      rows: form.values['rows'],
      others:
        wrong.length > 0 && right.length > 0 && right.length <= MOST
          ? ROTATION.others(right.length)
          : undefined,
      lists: data.presentationLists.map(({ id, createdAt, requests }) => ({
        href: `/hr/rotation/${id}`,
        text: ROTATION.list(momentWords(createdAt, now), requests),
      })),
    });
  },
  actions: {
    ask: action(z.object({ rows: rowsField }), (visit, { rows }) => {
      const { right, wrong } = linesIn(rows);
      if (wrong.length === 0) return askAll(visit, right, []);
      const named = wrong.slice(0, MOST_NAMED).map(({ line }) => String(line));
      return Promise.resolve(
        invalid({ field: 'rows', text: ROTATION.linesWrong(named, wrong.length) }),
      );
    }),
    others: action(z.object({ rows: rowsField }), (visit, { rows }) => {
      const { right, wrong } = linesIn(rows);
      return askAll(visit, right, wrong);
    }),
  },
});

/** Asks everybody in one step, and leads to the list. */
async function askAll(
  { ask, keep, key }: Visit,
  right: readonly GivenLine[],
  wrong: readonly GivenLine[],
) {
  if (right.length === 0) return invalid({ field: 'rows', text: ROTATION.missing });
  if (right.length > MOST) return invalid({ field: 'rows', text: ROTATION.tooMany(MOST) });
  const { data } = await ask(
    hrAskList,
    {
      input: {
        idempotencyKey: key,
        template: 'ROTATING_DOCTOR',
        answerWithinMinutes: ANSWER_WITHIN_MINUTES,
        lines: right.map(({ reference, startsOn }) => ({
          reference,
          ...(startsOn === '' ? {} : { startsOn }),
        })),
      },
    },
    'ROTATION',
  );
  const { listId } = data.presentationListRequest;
  if (listId === null) return invalid({ field: 'rows', text: ROTATION.failed });
  const left = wrong.length === 0 ? '' : `?left=${await keep(wrong)}`;
  return goTo(`/hr/rotation/${listId}${left}`, {
    kind: 'success',
    text: ROTATION.asked(right.length),
  });
}

const leftLines = z.array(
  z.object({ line: z.number(), reference: z.string(), startsOn: z.string() }),
);
const listQuery = tableQuery.extend({ left: z.uuid().optional() });

/** Lines that were not asked, while this browser has them. */
async function leftOf({ kept, query }: Visit) {
  const { left } = listQuery.safeParse(query).data ?? {};
  return left === undefined ? undefined : leftLines.safeParse(await kept(left)).data;
}

/** How far a list has got, those that need the desk first. */
export const rotationResultPage = definePage({
  path: '/hr/rotation/:id',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  query: listQuery,
  show: async (visit) => {
    const listId = visit.params['id'] ?? '';
    const { all, answered, counts, table } = await askedTable(visit, {
      path: `/hr/rotation/${listId}`,
      listId,
    });
    if (all === 0) return notFound;
    const left = await leftOf(visit);
    return view('hr/rotation-result.njk', {
      title: ROTATION.resultTitle,
      isWide: true,
      back: { href: '/hr/rotation', text: ROTATION.title },
      hr: ROTATION,
      scripts: ['list'],
      progress: ROTATION.progress(answered, all, counts.TO_DO),
      left: left === undefined ? undefined : ROTATION.left(left.length),
      table,
    });
  },
  actions: {
    download: action(z.object({}), async (visit) => {
      const lines = await linesOf(visit);
      if (lines.length === 0) return notFound;
      const { columns } = ROTATION;
      const now = new Date();
      return csv('rotation-day.csv', [
        [
          columns.reference,
          columns.starts,
          columns.state,
          columns.verdict,
          columns.link,
          columns.until,
        ],
        ...lines.map(({ reference, startsOn, state, closedAt, result, link, expiresAt }) => [
          reference ?? '',
          startsOn ?? '',
          closedAt === null ? codeWords('PresentationState', state) : ROTATION.done,
          result === null ? '' : codeWords('VerificationOutcome', result.outcome),
          link,
          untilWords(expiresAt, now),
        ]),
      ]);
    }),
    left: action(z.object({}), async (visit) => {
      const left = await leftOf(visit);
      if (left === undefined) {
        return goTo(`/hr/rotation/${visit.params['id'] ?? ''}`, {
          kind: 'information',
          text: ROTATION.leftGone,
        });
      }
      const { columns } = ROTATION;
      return csv('rotation-day-not-asked.csv', [
        [columns.reference, columns.starts, columns.line, columns.problem],
        ...left.map(({ line, reference, startsOn }) => [
          reference,
          startsOn,
          String(line),
          reference === '' || reference.length > 60
            ? ROTATION.problems.reference
            : ROTATION.problems.starts,
        ]),
      ]);
    }),
  },
});

const csv = (name: string, rows: readonly (readonly string[])[]) => ({
  kind: 'file' as const,
  name,
  type: 'text/csv; charset=utf-8',
  content: writeCsv(rows),
});

type Line = HrListLinesQuery['presentationRequests']['edges'][number]['node'];

/** Every line of a list, in its order. */
async function linesOf({ ask, params }: Visit): Promise<readonly Line[]> {
  const lines: Line[] = [];
  let after: string | null = null;
  do {
    const answer: { readonly data: HrListLinesQuery } = await ask(
      hrListLines,
      { listId: params['id'] ?? '', after },
      'ROTATION',
    );
    const { edges, pageInfo } = answer.data.presentationRequests;
    lines.push(...edges.map(({ node }) => node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null && lines.length < MOST);
  return lines;
}
