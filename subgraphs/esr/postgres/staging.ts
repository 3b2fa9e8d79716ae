/** A run's own staging tables: made when there is something for them, without indexes, and dropped when it ends. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import type { ImportRun } from '../domain/import-run.ts';
import { copyRows, type CopyValue } from '../../../runtime/copy-rows.ts';
import type { FileKindImport } from './file-kind-import.ts';
import type { EsrTables } from './tables.ts';

type Staged = Pick<ImportRun, 'number'>;

/** The tables that a run has, by the one that each was made like. */
export interface Staging {
  readonly has: (table: string) => boolean;
  /** The run's own table, or the empty one that it would have been made like. */
  readonly table: (table: string) => RawBuilder<unknown>;
}

const nameOf = (run: Staged, table: string): string =>
  table.replace(/^stage_/, `stage_${String(run.number)}_`);

/** Finds the tables of a run. */
export async function findStaging(
  db: Kysely<EsrTables>,
  run: Staged,
  kind: FileKindImport<never>,
): Promise<Staging> {
  const { rows } = await sql<{ relname: string }>`
    select relname from pg_class where relnamespace = 'esr'::regnamespace and relkind = 'r'
      and relname = any (${Object.keys(kind.tables).map((table) => nameOf(run, table))})`.execute(
    db,
  );
  const held = new Set(rows.map((row) => row.relname));
  const has = (table: string): boolean => held.has(nameOf(run, table));
  return {
    has,
    table: (table) => sql.raw(`esr.${has(table) ? nameOf(run, table) : table}`),
  };
}

/** Drops them, if they are there. */
export async function dropStaging(
  db: Kysely<EsrTables>,
  run: Staged,
  kind: FileKindImport<never>,
): Promise<void> {
  const staging = await findStaging(db, run, kind);
  for (const table of Object.keys(kind.tables)) {
    if (staging.has(table)) await sql`drop table ${staging.table(table)}`.execute(db);
  }
}

/** Adds rows. The tables are unlogged: a crash of the server empties them, and the rows are in the file still. */
export async function stageRows<Row>(
  db: Kysely<EsrTables>,
  run: Staged,
  kind: FileKindImport<Row>,
  rows: readonly (readonly [table: string, values: readonly CopyValue[]])[],
): Promise<void> {
  const values = new Map<string, (readonly CopyValue[])[]>();
  for (const [table, columns] of rows) {
    const before = values.get(table);
    if (before === undefined) values.set(table, [columns]);
    else before.push(columns);
  }
  for (const [table, staged] of values) {
    const name = `esr.${nameOf(run, table)}`;
    await sql`create unlogged table if not exists ${sql.raw(name)} (like esr.${sql.raw(table)})`.execute(
      db,
    );
    await copyRows(db, `${name} (${kind.tables[table]?.join(', ') ?? ''})`, staged);
  }
}

/** How many rows there are. */
export async function countStaged(
  db: Kysely<EsrTables>,
  kind: FileKindImport<never>,
  staging: Staging,
): Promise<number> {
  const counts = Object.keys(kind.tables)
    .filter((table) => staging.has(table))
    .map((table) => sql`(select count(*) from ${staging.table(table)})`);
  if (counts.length === 0) return 0;
  const { rows } = await sql<{
    count: number;
  }>`select ${sql.join(counts, sql` + `)} as count`.execute(db);
  return rows[0]?.count ?? 0;
}
