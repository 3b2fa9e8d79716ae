/** What the import engine needs to know of a kind of file: its staging tables, and the SQL that applies what is in them. */
import type { RawBuilder, Transaction } from 'kysely';

import type { ImportCounts, ImportRun } from '../domain/import-run.ts';
import type { Staging } from './staging.ts';
import type { EsrTables } from './tables.ts';

/** A value of a staged row; `null` is NULL. */
export type StageValue = string | number | boolean | null;

/** A kind of file whose rows go through staging tables. */
export interface FileKindImport<Row> {
  /**
   * Its staging tables: the columns of each, in the order in which {@link FileKindImport.toStage} gives the values. Each run
   * gets tables of its own, made like these, without indexes.
   */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /** Where a row is staged, and its values. */
  readonly toStage: (row: Row) => readonly [table: string, values: readonly StageValue[]];
  /** Brings the staged rows into the records. */
  readonly apply: (context: ApplyContext) => Promise<ImportCounts>;
}

/**
 * What applying works with. Everything is in one transaction, under the lock of the organisation; the sequence was checked.
 * Rows that break a rule go to the temporary table `import_fault (line, field, code, value)`, the value in clear: it is masked when it is read.
 * Events go to `import_event (type, staff_id, assignment_id)`: they are written to the outbox in the order of adding, last of all.
 */
export interface ApplyContext {
  readonly db: Transaction<EsrTables>;
  readonly run: ImportRun;
  /** Today in the United Kingdom. */
  readonly day: string;
  /** The share of an organisation's live people past which absent ones wait for a person. */
  readonly absenceBrake: number;
  readonly staging: Staging;
  /** The run's own staging table that was made like this one, or that one itself, empty, when the file had no such rows. */
  readonly staged: (table: string) => RawBuilder<unknown>;
}
