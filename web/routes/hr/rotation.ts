/** Rotation day: many requests at once from a list, and how each of them stands. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { writeCsv } from '../../domain/csv.ts';
import { hrAsk, hrRequest } from '../../operations/operations.generated.ts';
import { codeWords } from '../../words/codes.ts';
import { dayWords } from '../../words/dates.ts';
import { ROTATION } from '../../words/hr.ts';
import { action, definePage, goTo, invalid, type Shown, view, type Visit } from '../page.ts';

/** Most lines at once. */
const MOST = 100;
/** How many questions to the graph are under way at a time. */
const AT_ONCE = 5;

const line = z.tuple([
  z.string().trim().min(1).max(60),
  z.union([z.literal(''), z.iso.date()]),
  z.string().trim().max(20),
]);
const asked = z.array(
  z.object({ id: z.string().nullable(), reference: z.string(), startsOn: z.string() }),
);

/** Does something for each, a few at a time; results are in the same order. */
async function forEach<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const some = items.slice(start, start + AT_ONCE);
    results.push(...(await Promise.all(some.map((item, index) => work(item, start + index)))));
  }
  return results;
}

/** The lines; the number of the first that is wrong. */
function linesOf(text: string): readonly z.infer<typeof line>[] | number {
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: true, trim: true });
  } catch {
    return 1;
  }
  const lines: z.infer<typeof line>[] = [];
  for (const [index, [reference = '', starts = '', code = '']] of rows.entries()) {
    // The heading that the downloaded file has.
    if (index === 0 && reference === ROTATION.columns.reference) continue;
    const parsed = line.safeParse([reference, starts, code]);
    if (!parsed.success) return index + 1;
    lines.push(parsed.data);
  }
  return lines;
}

/** The page with the list. */
export const rotationPage = definePage({
  path: '/hr/rotation',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  show: ({ form }) =>
    Promise.resolve(
      view('hr/rotation.njk', {
        title: ROTATION.title,
        back: { href: '/hr', text: 'Back' },
        hr: ROTATION,
        scripts: ['read-file'],
        rows: form.values['rows'],
      }),
    ),
  actions: {
    ask: action(
      z.object({ rows: z.string().trim().min(1, ROTATION.missing).max(20_000, ROTATION.tooMany) }),
      async (visit, { rows }) => {
        const lines = linesOf(rows);
        if (typeof lines === 'number') {
          return invalid({ field: 'rows', text: ROTATION.lineWrong(lines) });
        }
        if (lines.length === 0) return invalid({ field: 'rows', text: ROTATION.missing });
        if (lines.length > MOST) return invalid({ field: 'rows', text: ROTATION.tooMany });
        const list = await forEach(lines, async ([reference, startsOn, code], index) => ({
          id: await askOne(visit, { reference, startsOn, code, index }),
          reference,
          startsOn,
        }));
        return goTo(`/hr/rotation/${await visit.keep(list)}`);
      },
    ),
  },
});

/** One request; null when it could not be made. */
async function askOne(
  { ask, codes, key, person }: Visit,
  given: {
    readonly reference: string;
    readonly startsOn: string;
    readonly code: string;
    readonly index: number;
  },
): Promise<string | null> {
  const { reference, startsOn, code, index } = given;
  const holder = code === '' ? undefined : await codes.find(code, person.staffId);
  if (code !== '' && holder?.kind !== 'holder') return null;
  const { data } = await ask(
    hrAsk,
    {
      input: {
        // The list sent twice asks everybody once.
        idempotencyKey: `${key.slice(0, -4)}${index.toString(16).padStart(4, '0')}`,
        template: 'ROTATING_DOCTOR',
        reference,
        ...(startsOn === '' ? {} : { startsOn }),
        ...(holder?.kind === 'holder' ? { staffId: holder.staffId } : {}),
      },
    },
    'ROTATION',
  );
  return data.presentationRequest.request?.id ?? null;
}

/** How each of them stands, those that need the desk first. */
async function standing({ ask, kept, params }: Visit) {
  const list = asked.safeParse(await kept(params['name'] ?? '')).data;
  if (list === undefined) return undefined;
  const rows = await forEach(list, async ({ id, reference, startsOn }, index) => {
    const { data } =
      id === null ? { data: { presentation: null } } : await ask(hrRequest, { id }, 'ROTATION');
    const request = data.presentation;
    return {
      line: index + 1,
      id,
      reference,
      startsOn,
      link: request?.link ?? '',
      state: request?.state ?? 'NOT_ASKED',
      outcome: request?.result?.outcome,
    };
  });
  const needsYou = (row: (typeof rows)[number]): number =>
    row.state === 'ANSWERED' || row.state === 'NOT_ASKED' ? 0 : 1;
  return rows.toSorted((one, other) => needsYou(one) - needsYou(other) || one.line - other.line);
}

type Rows = NonNullable<Awaited<ReturnType<typeof standing>>>;

const stateOf = ({ state, outcome }: Rows[number]): string =>
  [
    state === 'NOT_ASKED' ? 'You: the code was not right' : codeWords('PresentationState', state),
    ...(outcome === undefined ? [] : [codeWords('VerificationOutcome', outcome)]),
  ].join(', ');

function result(rows: Rows): Shown {
  const done = rows.filter(({ state }) => state === 'ANSWERED').length;
  return view('hr/rotation-result.njk', {
    title: ROTATION.resultTitle,
    isWide: true,
    back: { href: '/hr', text: 'New starters' },
    hr: ROTATION,
    progress: ROTATION.progress(done, rows.length),
    needYou: ROTATION.needYou(
      rows.filter(({ state }) => state === 'ANSWERED' || state === 'NOT_ASKED').length,
    ),
    rows: rows.map((row) => ({ ...row, starts: row.startsOn, state: stateOf(row) })),
  });
}

/** The page with what came of the list. */
export const rotationResultPage = definePage({
  path: '/hr/rotation/:name',
  roles: ['HR_OFFICER'],
  entry: '/hr',
  show: async (visit) => {
    const rows = await standing(visit);
    return rows === undefined
      ? view('stand-in.njk', { title: ROTATION.resultTitle, paragraphs: [ROTATION.gone] })
      : result(rows);
  },
  actions: {
    download: action(z.object({}), async (visit) => {
      const rows = await standing(visit);
      if (rows === undefined) return goTo('/hr');
      const { columns } = ROTATION;
      return {
        kind: 'file',
        name: 'rotation-day.csv',
        type: 'text/csv; charset=utf-8',
        content: writeCsv([
          [columns.reference, columns.starts, columns.state, columns.link],
          ...rows.map((row) => [
            row.reference,
            row.startsOn === '' ? '' : dayWords(row.startsOn),
            stateOf(row),
            row.link,
          ]),
        ]),
      };
    }),
  },
});
