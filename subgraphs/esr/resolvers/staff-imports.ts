/** Imports of an organisation's files, for its administrators. What a row says stays where it is. */
import { posix, win32 } from 'node:path';

import type { Caller } from '../../../runtime/caller-statement.ts';
import { publicError } from '../../../runtime/graphql-error.ts';
import { type ImportFault, importFault, type ImportRule } from '../domain/import-outcome.ts';
import type { ImportRun } from '../domain/import-run.ts';
import { canTakeAgain, type TakenAgain } from '../domain/take-again.ts';
import { parsePositionCursor, positionCursor } from './position-cursor.ts';
import type {
  MutationResolvers,
  QueryResolvers,
  StaffImportErrorCode,
  StaffImportFault,
  StaffImportResolvers,
} from './types.generated.ts';

const PAGE_LIMIT = 100;
const ROWS_LIMIT = 500;
const KEY = /^[\w-]{1,100}$/;

/** Their queries. */
export const importQueries: Pick<QueryResolvers, 'staffImports' | 'staffImport'> = {
  async staffImports(_parent, { first, after }, { caller, importDesk }) {
    const odsCode = looksAfterImportsOf(caller);
    checkPage(first, PAGE_LIMIT);
    const runs = await importDesk.findRuns({
      odsCode,
      ...(after == null ? {} : { before: parsePositionCursor(after) }),
      limit: first + 1,
    });
    const edges = runs
      .slice(0, first)
      .map((run) => ({ cursor: positionCursor(run.number), node: run }));
    return { edges, pageInfo: pageInfo(edges, runs.length > first) };
  },

  staffImport: async (_parent, { id }, { caller, importDesk }) =>
    (await ownRun(id, looksAfterImportsOf(caller), importDesk)) ?? null,
};

/** Their mutations. */
export const importMutations: Pick<
  MutationResolvers,
  'staffImportTakeAgain' | 'staffImportConfirmAbsences'
> = {
  async staffImportTakeAgain(_parent, { input }, { caller, importDesk }) {
    const odsCode = looksAfterImportsOf(caller);
    const { idempotencyKey: key, importId } = input;
    if (!KEY.test(key)) return refusal('INVALID_VALUE', 'idempotencyKey');
    const run = await ownRun(importId, odsCode, importDesk);
    if (run === undefined) return refusal('NOT_FOUND', 'importId');
    const taken = await importDesk.takeAgain(run, { subject: caller.subject, key });
    if (taken.kind === 'begun') return { staffImport: taken.run, errors: [] };
    return taken.kind === 'file-refused'
      ? refusal('FILE_REFUSED', 'importId', faultShape(taken.fault))
      : refusal(CODES[taken.kind], taken.kind === 'reused' ? 'idempotencyKey' : 'importId');
  },
  async staffImportConfirmAbsences(_parent, { input }, { caller, importDesk, day, now }) {
    const odsCode = looksAfterImportsOf(caller);
    const { idempotencyKey, importId, people } = input;
    if (!KEY.test(idempotencyKey)) {
      return { ...refusal('INVALID_VALUE', 'idempotencyKey'), ended: null };
    }
    if (people < 1) return { ...refusal('INVALID_VALUE', 'people'), ended: null };
    const run = await ownRun(importId, odsCode, importDesk);
    if (run === undefined) return { ...refusal('NOT_FOUND', 'importId'), ended: null };
    const outcome = await importDesk.confirmAbsences(run.id, {
      by: caller.subject,
      day,
      now,
      asked: { people, idempotencyKey },
    });
    switch (outcome.kind) {
      case 'confirmed':
        return { staffImport: run, ended: outcome.ended, errors: [] };
      case 'changed':
        return { ...refusal('ABSENCES_CHANGED', 'people'), ended: null };
      case 'reused':
        return { ...refusal('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey'), ended: null };
    }
  },
};

/** Fields of an import. */
export const StaffImport: StaffImportResolvers = {
  // The path says how the operator's machine is laid out. It may have been written on another system.
  fileName: ({ path }) => win32.basename(posix.basename(path)),
  rowsFailed: ({ rejected }) => rejected,
  canTakeAgain,
  absencesWaiting: ({ id }, _args, { importDesk }) => importDesk.countAbsences(id),
  refusal: ({ refusal: found }) =>
    found === null
      ? null
      : faultShape(importFault(found.line, found.field, found.code as ImportRule)),
  async failedRows({ id }, { first, after }, { importDesk }) {
    checkPage(first, ROWS_LIMIT);
    const from = after == null ? 0 : parsePositionCursor(after);
    const { faults } = await importDesk.findRejects(id, { after: from, limit: first + 1 });
    const edges = faults.slice(0, first).map((fault, index) => ({
      cursor: positionCursor(from + index + 1),
      node: faultShape(fault),
    }));
    return { edges, pageInfo: pageInfo(edges, faults.length > first) };
  },
};

function looksAfterImportsOf({ kind, scopes, odsCode }: Caller): string {
  const may = kind === 'person' && scopes.has('import:manage');
  if (!may || odsCode === undefined) throw publicError('FORBIDDEN');
  return odsCode;
}

async function ownRun(
  id: string,
  odsCode: string,
  { findRun }: { readonly findRun: (id: string) => Promise<ImportRun | undefined> },
): Promise<ImportRun | undefined> {
  const run = await findRun(id);
  return run?.odsCode === odsCode ? run : undefined;
}

function checkPage(first: number, most: number): void {
  if (!Number.isInteger(first) || first < 1 || first > most) {
    throw publicError('INVALID_VALUE', { argument: 'first' });
  }
}

const pageInfo = (edges: readonly { readonly cursor: string }[], hasNextPage: boolean) => ({
  hasNextPage,
  endCursor: edges.at(-1)?.cursor ?? null,
});

/** Without the value, masked though it is. */
const faultShape = ({ line, field, code, rule }: ImportFault): StaffImportFault => ({
  line,
  field,
  code,
  rule,
});

const CODES = {
  reused: 'IDEMPOTENCY_KEY_REUSED',
  'already-finished': 'ALREADY_FINISHED',
  'file-not-found': 'FILE_NOT_FOUND',
} as const satisfies Readonly<
  Record<Exclude<TakenAgain['kind'], 'begun' | 'file-refused'>, StaffImportErrorCode>
>;

const MESSAGES: Readonly<Record<StaffImportErrorCode, string>> = {
  INVALID_VALUE: 'This value is not allowed.',
  NOT_FOUND: 'There is no such import, or you may not see it.',
  IDEMPOTENCY_KEY_REUSED: 'This key was used for something else. Use a new one.',
  ALREADY_FINISHED: 'This import is finished. There is nothing to go on with.',
  FILE_NOT_FOUND: 'The file is not where it was.',
  FILE_REFUSED: 'The file was refused again, before an import of it began.',
  ABSENCES_CHANGED: 'Not so many wait as were seen. Look again.',
};

const refusal = (code: StaffImportErrorCode, field: string, fault?: StaffImportFault) => ({
  staffImport: null,
  errors: [{ code, message: MESSAGES[code], path: ['input', field], fault: fault ?? null }],
});
