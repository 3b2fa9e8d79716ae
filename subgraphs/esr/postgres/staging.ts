/** A run's own staging tables: made with it, without indexes, and dropped when it ends. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import type { ImportRun } from '../domain/import-run.ts';
import { copyRows, type CopyValue } from '../../../runtime/copy-rows.ts';
import type { FileKindImport } from './file-kind-import.ts';
import type { EsrTables } from './tables.ts';

type Staged = Pick<ImportRun, 'number'>;

const nameOf = (run: Staged, table: string): string =>
  `esr.${table.replace(/^stage_/, `stage_${String(run.number)}_`)}`;

/** A run's staging table that was made like this one. */
export const stagingTable =
  (run: Staged) =>
  (table: string): RawBuilder<unknown> =>
    sql.raw(nameOf(run, table));

/** Makes the tables of a run. A crash of the server empties them: the rows are in the file still. */
export async function createStaging(
  db: Kysely<EsrTables>,
  run: Staged,
  kind: FileKindImport<never>,
): Promise<void> {
  for (const table of Object.keys(kind.tables)) {
    await sql`create unlogged table ${stagingTable(run)(table)} (like esr.${sql.raw(table)})`.execute(
      db,
    );
  }
}

/** Drops them, if they are there. */
export async function dropStaging(
  db: Kysely<EsrTables>,
  run: Staged,
  kind: FileKindImport<never>,
): Promise<void> {
  for (const table of Object.keys(kind.tables)) {
    await sql`drop table if exists ${stagingTable(run)(table)}`.execute(db);
  }
}

/** Adds rows. */
export async function stageRows<Row>(
  db: Kysely<EsrTables>,
  run: Staged,
  kind: FileKindImport<Row>,
  rows: readonly Row[],
): Promise<void> {
  const values = new Map<string, (readonly CopyValue[])[]>();
  for (const row of rows) {
    const [table, columns] = kind.toStage(row);
    const before = values.get(table);
    if (before === undefined) values.set(table, [columns]);
    else before.push(columns);
  }
  for (const [table, staged] of values) {
    const columns = kind.tables[table]?.join(', ') ?? '';
    await copyRows(db, `${nameOf(run, table)} (${columns})`, staged);
  }
}

/** How many rows there are. */
export async function countStaged(
  db: Kysely<EsrTables>,
  run: Staged,
  kind: FileKindImport<never>,
): Promise<number> {
  const tables = Object.keys(kind.tables).map(
    (table) => sql`(select count(*) from ${stagingTable(run)(table)})`,
  );
  const { rows } = await sql<{
    count: number;
  }>`select ${sql.join(tables, sql` + `)} as count`.execute(db);
  return rows[0]?.count ?? 0;
}
