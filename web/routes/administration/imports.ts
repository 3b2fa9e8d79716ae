/** Imports of staff records: what came, what was left out, and going on with what was cut off. */
import { z } from 'zod';

import { writeCsv } from '../../domain/csv.ts';
import {
  administrationImport,
  type AdministrationImportQuery,
  administrationImports,
  confirmAbsences as confirmMissing,
  type ImportInListFragment,
  takeImportAgain,
} from '../../operations/operations.generated.ts';
import { IMPORT, IMPORTS } from '../../words/administration/imports.ts';
import { codeWords, stateTag } from '../../words/codes.ts';
import { dayWords, momentWords } from '../../words/dates.ts';
import {
  action,
  definePage,
  goTo,
  invalid,
  notFound,
  type Shown,
  view,
  type Visit,
} from '../page.ts';

const ENTRY = '/admin';
const LIST = '/admin/imports';
/** Rows that were left out which are shown. */
const SHOWN = 20;
/** The same that are downloaded, as many at a time as the graph gives. */
const AT_ONCE = 500;
/** Most times that the graph is asked for one download: all that are kept. */
const MOST_PAGES = 20;
const number = new Intl.NumberFormat('en-GB');

type Import = NonNullable<AdministrationImportQuery['staffImport']>;

const importPath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

/** Refused files stand out; other states have the usual colours. */
export const importTag = (state: string) => ({
  ...stateTag('StaffImportState', state),
  ...(state === 'REFUSED' ? { classes: 'nhsuk-tag--red' } : {}),
});

const whenOf = ({ finishedAt, updatedAt }: ImportInListFragment, now: Date): string =>
  momentWords(finishedAt ?? updatedAt, now);

/** The list. */
export const importsPage = definePage({
  path: LIST,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  query: z.object({ after: z.string().max(64).optional() }),
  show: async ({ ask, query }) => {
    const { data } = await ask(administrationImports, { after: query.after ?? null });
    const now = new Date();
    const files = (data.staffImports?.edges ?? []).map(({ node }) => node);
    const [newest] = query.after === undefined ? files : [];
    return view('administration/imports.njk', {
      title: IMPORTS.title,
      back: { href: ENTRY, text: IMPORTS.back },
      isWide: true,
      admin: IMPORTS,
      isKnown: data.staffImports !== null,
      last: newest === undefined ? undefined : IMPORTS.last(newest.fileName, whenOf(newest, now)),
      head: [IMPORTS.file, IMPORTS.kind, IMPORTS.state, IMPORTS.rows, IMPORTS.failed, IMPORTS.when],
      rows: files.map((one) => [
        { text: one.fileName, href: importPath(one.id) },
        { text: codeWords('StaffImportKind', one.kind) },
        { tag: importTag(one.state) },
        { text: one.rowsRead === null ? IMPORTS.notYet : number.format(one.rowsRead) },
        { text: number.format(one.rowsFailed) },
        { text: whenOf(one, now) },
      ]),
      next:
        data.staffImports?.pageInfo.hasNextPage === true
          ? `${LIST}?after=${encodeURIComponent(data.staffImports.pageInfo.endCursor ?? '')}`
          : undefined,
    });
  },
});

/** One file. */
export const importPage = definePage({
  path: `${LIST}/:id`,
  roles: ['ADMINISTRATOR'],
  entry: ENTRY,
  show: async ({ ask, params }) => {
    const { data } = await ask(administrationImport, {
      id: params['id'] ?? '',
      first: SHOWN,
      after: null,
    });
    const found = data.staffImport;
    if (found === null) return notFound;
    const now = new Date();
    const failed = found.failedRows.edges.map(({ node }) => node);
    return view('administration/import.njk', {
      title: found.fileName,
      back: { href: LIST, text: IMPORT.back },
      isWide: true,
      admin: IMPORT,
      state: importTag(found.state),
      said: IMPORT.said[found.state],
      refusal:
        found.refusal === null
          ? undefined
          : IMPORT.because(found.refusal.rule, found.refusal.line, found.refusal.field),
      facts: factsOf(found, now),
      totalHead: [IMPORT.total, IMPORT.count],
      totals: totalsOf(found),
      records: recordsOf(found),
      hasAbsent: found.absent > 0,
      absences:
        found.absencesWaiting === 0
          ? undefined
          : { text: IMPORT.absencesText(found.absencesWaiting) },
      failedHead: [IMPORT.line, IMPORT.field, IMPORT.rule, IMPORT.code],
      failedRows: failed.map(({ line, field, rule, code }) => [
        { text: String(line) },
        { text: field },
        { text: rule },
        { text: code },
      ]),
      more: found.failedRows.pageInfo.hasNextPage ? IMPORT.more(SHOWN) : undefined,
      canTakeAgain: found.canTakeAgain,
      again:
        found.state === 'REFUSED'
          ? { text: IMPORT.againText, button: IMPORT.again }
          : { text: IMPORT.resumeText, button: IMPORT.resume },
    });
  },
  actions: {
    again: action(z.object({}), takeAgain),
    absences: action(z.object({ people: z.string().trim().max(12) }), confirmAbsences),
    download: action(z.object({}), downloadFailed),
  },
});

const factsOf = (one: Import, now: Date) =>
  [
    [
      IMPORT.kind,
      `${codeWords('StaffImportKind', one.kind)}. ${one.full ? IMPORT.full : IMPORT.changes}`,
    ],
    [IMPORT.sequence, one.sequence === null ? undefined : String(one.sequence)],
    [IMPORT.fileDay, dayWords(one.fileDay)],
    [IMPORT.started, momentWords(one.startedAt, now)],
    one.finishedAt === null
      ? [IMPORT.updated, momentWords(one.updatedAt, now)]
      : [IMPORT.finished, momentWords(one.finishedAt, now)],
  ].filter(([, value]) => value !== undefined);

const counted = (rows: readonly (readonly [string, number])[]) =>
  rows.map(([text, value]) => [{ text }, { text: number.format(value) }]);

const totalsOf = ({ rowsRead, rowsFailed, state }: Import) =>
  rowsRead === null
    ? []
    : counted([
        [IMPORT.read, rowsRead],
        [IMPORT.taken, state === 'APPLIED' ? rowsRead - rowsFailed : 0],
        [IMPORT.left, state === 'APPLIED' ? rowsFailed : rowsRead],
      ]);

const recordsOf = ({ state, added, changed, unchanged, ended, absent }: Import) =>
  state === 'APPLIED'
    ? counted([
        [IMPORT.added, added],
        [IMPORT.changed, changed],
        [IMPORT.unchanged, unchanged],
        [IMPORT.ended, ended],
        [IMPORT.absent, absent],
      ])
    : [];

/** Says that as many people have left as were seen to be missing, and typed. */
async function confirmAbsences(
  { ask, key, params }: Visit,
  { people }: { readonly people: string },
): Promise<Shown> {
  const id = params['id'] ?? '';
  const { data } = await ask(administrationImport, { id, first: 1, after: null });
  const waiting = data.staffImport?.absencesWaiting;
  if (waiting === undefined) return notFound;
  const typed = people.replaceAll(',', '');
  if (waiting > 0 && typed !== String(waiting)) {
    return invalid({ field: 'people', text: IMPORT.absencesMissing(waiting) });
  }
  // When none wait any more, a form that is sent again gets the answer of the first time.
  if (!/^[1-9]\d{0,8}$/.test(typed)) return nobodyWaits(id);
  const answer = await ask(confirmMissing, {
    input: { idempotencyKey: key, importId: id, people: Number(typed) },
  });
  const { ended, errors } = answer.data.staffImportConfirmAbsences;
  const [error] = errors;
  if (error === undefined) {
    return goTo(importPath(id), { kind: 'success', text: IMPORT.absencesEnded(ended ?? 0) });
  }
  return waiting === 0
    ? nobodyWaits(id)
    : invalid({ field: 'people', text: codeWords('StaffImportErrorCode', error.code) });
}

/** The form is gone from the page by now. */
const nobodyWaits = (id: string): Shown =>
  goTo(importPath(id), {
    kind: 'information',
    text: codeWords('StaffImportErrorCode', 'ABSENCES_CHANGED'),
  });

async function takeAgain({ ask, key, params }: Visit): Promise<Shown> {
  const id = params['id'] ?? '';
  const input = { idempotencyKey: key, importId: id };
  const { data } = await ask(takeImportAgain, { input });
  const { staffImport, errors } = data.staffImportTakeAgain;
  const [error] = errors;
  if (error === undefined) {
    return goTo(importPath(staffImport?.id ?? id), { kind: 'information', text: IMPORT.going });
  }
  const { fault } = error;
  return invalid({
    field: 'again',
    text:
      fault === null
        ? codeWords('StaffImportErrorCode', error.code)
        : IMPORT.stillRefused(fault.code, fault.field, fault.line),
  });
}

async function downloadFailed({ ask, params }: Visit): Promise<Shown> {
  const id = params['id'] ?? '';
  const rows: string[][] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: { readonly data: AdministrationImportQuery } = await ask(administrationImport, {
      id,
      first: AT_ONCE,
      after,
    });
    const found = answer.data.staffImport;
    if (found === null) return notFound;
    const { edges, pageInfo } = found.failedRows;
    rows.push(
      ...edges.map(({ node: { line, field, rule, code } }) => [String(line), field, rule, code]),
    );
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return {
    kind: 'file',
    name: IMPORT.fileName,
    type: 'text/csv; charset=utf-8',
    content: writeCsv([[IMPORT.line, IMPORT.field, IMPORT.rule, IMPORT.code], ...rows]),
  };
}
