/** Runs of imports: how far each has come, and the rows that it left out. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import { importFault, type ImportFault } from '../domain/import-outcome.ts';
import { REJECTS_KEPT, type RunStart, type StaffImports } from '../domain/import-ports.ts';
import { type ImportRun, RunTakenOver } from '../domain/import-run.ts';
import { inChunks, recordSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

type RunRow = EsrTables['import_run'] & {
  readonly number: number;
  readonly started_at: Date;
  readonly updated_at: Date;
};

/** Adds a run in its first state. */
export async function insertRun(db: Kysely<EsrTables>, start: RunStart): Promise<ImportRun> {
  const { rows } = await sql<RunRow>`
    insert into esr.import_run (id, path, kind, ods_code, sequence, is_full, file_day, state)
    values (${start.id}, ${start.path}, ${start.kind}, ${start.odsCode}, ${start.sequence},
      ${start.full}, ${start.fileDay}, 'READING')
    returning *`.execute(db);
  return first(rows, start.id);
}

/**
 * Moves a run on, when it is still where it was.
 *
 * @param change SQL of ours: the columns to set
 * @throws {RunTakenOver}
 */
export async function moveRun(
  db: Kysely<EsrTables>,
  run: ImportRun,
  change: RawBuilder<unknown>,
): Promise<ImportRun> {
  const { rows } = await sql<RunRow>`
    update esr.import_run set updated_at = now(), ${change}
    where id = ${run.id} and state = ${run.state} and read_offset = ${run.offset} and staged = ${run.staged}
    returning *`.execute(db);
  return first(rows, run.id);
}

/** Keeps rejected rows, as many as are kept of one run. */
export async function insertRejects(
  db: Kysely<EsrTables>,
  run: ImportRun,
  faults: readonly ImportFault[],
): Promise<void> {
  const room = REJECTS_KEPT - Math.min(REJECTS_KEPT, run.rejected);
  for (const chunk of inChunks(faults.slice(0, room))) {
    await sql`
      insert into esr.import_reject (run_id, line, field, code, value)
      select ${run.id}, line, field, code, value
      from ${recordSet('x', 'line bigint, field text, code text, value text', chunk)}`.execute(db);
  }
}

/** Reading of runs. */
export const importRuns = (
  db: Kysely<EsrTables>,
): Pick<StaffImports, 'findRun' | 'findRuns' | 'findRejects'> => ({
  findRun: async (id) => {
    const { rows } = await sql<RunRow>`select * from esr.import_run where id = ${id}`.execute(db);
    return rows[0] && runOf(rows[0]);
  },
  findRuns: async ({ odsCode, unfinished = false, before, limit }) => {
    const { rows } = await sql<RunRow>`
      select * from esr.import_run
      where (${odsCode ?? null}::text is null or ods_code = ${odsCode ?? null}::text)
        ${unfinished ? sql`and finished_at is null` : sql``}
        ${before === undefined ? sql`` : sql`and number < ${before}`}
      order by number ${unfinished ? sql`asc` : sql`desc`} limit ${limit}`.execute(db);
    return rows.map(runOf);
  },
  findRejects: async (runId, { after, limit }) => {
    const { rows } = await sql<{
      line: number;
      field: string;
      code: string;
      value: string;
      place: number;
    }>`
      select line, field, code, value, place
      from (select r.*, row_number() over (order by line, id) as place
        from esr.import_reject r where run_id = ${runId}) r
      where place > ${after} order by place limit ${limit}`.execute(db);
    return {
      faults: rows.map((row) => ({
        ...importFault(row.line, row.field, row.code as ImportFault['code']),
        value: row.value,
      })),
      position: rows.at(-1)?.place ?? after,
    };
  },
});

function first(rows: readonly RunRow[], id: string): ImportRun {
  const [row] = rows;
  if (row === undefined) throw new RunTakenOver(id);
  return runOf(row);
}

const runOf = (row: RunRow): ImportRun => ({
  id: row.id,
  number: row.number,
  path: row.path,
  kind: row.kind,
  odsCode: row.ods_code,
  sequence: row.sequence,
  full: row.is_full,
  fileDay: row.file_day,
  state: row.state,
  offset: row.read_offset,
  line: row.line,
  prefix: row.prefix_sha256,
  sha256: row.sha256,
  rowsRead: row.rows_read,
  staged: row.staged,
  rejected: row.rejected,
  added: row.added,
  changed: row.changed,
  unchanged: row.unchanged,
  ended: row.ended,
  absent: row.absent,
  refusal:
    row.refusal_code === null
      ? null
      : {
          code: row.refusal_code,
          field: row.refusal_field ?? '',
          line: row.refusal_line ?? 0,
        },
  startedAt: row.started_at,
  updatedAt: row.updated_at,
  finishedAt: row.finished_at,
});
