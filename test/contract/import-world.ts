/** Importing into one database: two trusts without people, files that are sent, and everything that an import can change. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Kysely, sql } from 'kysely';

import {
  type EsrImport,
  type FileOutcome,
  type ImportOptions,
  openEsrImport,
} from '../../subgraphs/esr/compose.ts';
import type { StaffImports } from '../../subgraphs/esr/domain/import-ports.ts';
import { postgresStaffImports } from '../../subgraphs/esr/postgres/staff-imports.ts';
import type { EsrTables } from '../../subgraphs/esr/postgres/tables.ts';
import { ORGANISATIONS_TEXT } from '../unit/subgraphs/esr/extract-files.ts';
import type { Opened } from './databases.ts';

/** The moment of every import. */
export const NOW = new Date('2026-11-22T12:00:00Z');

const RECORDS = [
  'staff',
  'employment',
  'employment_ni_number',
  'employment_name',
  'assignment',
  'assignment_version',
  'work_structure',
  'work_phone',
  'record_deletion',
  'import_absence',
  'registration',
  'competence',
  'import',
  'outbox',
] as const;

/** An import on one database. */
export interface ImportWorld {
  readonly esr: EsrImport;
  readonly imports: StaffImports;
  readonly db: Kysely<EsrTables>;
  /** Takes everything out again but the two trusts. */
  readonly clear: () => Promise<void>;
  readonly write: (name: string, text: string) => Promise<string>;
  readonly send: (text: string, options?: ImportOptions) => Promise<FileOutcome>;
  /** Added, changed, unchanged, ended, rejected; or why it was refused. */
  readonly counts: (outcome: FileOutcome) => readonly number[] | string;
  /** Types of events, in order. */
  readonly events: () => Promise<readonly string[]>;
  /** Everything that an import can change. */
  readonly everything: () => Promise<readonly unknown[]>;
  readonly stop: () => Promise<void>;
}

/** Opens a database for importing. */
export async function startImportWorld(open: () => Promise<Opened>): Promise<ImportWorld> {
  const opened = await open();
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-import-'));
  const esr = await openEsrImport(opened.database, () => NOW);
  const db = opened.database.schema<EsrTables>('esr');
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  return {
    esr,
    imports: postgresStaffImports(db),
    db,
    clear: async () => {
      await sql`truncate ${sql.join(
        [...RECORDS, 'organisation', 'import_run', 'identity_claim'].map((table) =>
          sql.table(`esr.${table}`),
        ),
      )} cascade`.execute(db);
      await esr.importOrganisations(await write('organisations.csv', ORGANISATIONS_TEXT));
    },
    write,
    send: async (text, options) => {
      const [outcome] = await esr.importFiles([await write('extract', text)], undefined, options);
      if (outcome === undefined) throw new Error('no outcome');
      return outcome;
    },
    counts: (outcome) =>
      outcome.kind === 'refused'
        ? outcome.code
        : [outcome.added, outcome.changed, outcome.unchanged, outcome.ended, outcome.rejectedRows],
    events: async () => {
      const rows = await db.selectFrom('outbox').select('type').orderBy('id').execute();
      return rows.map((row) => row.type);
    },
    everything: () =>
      Promise.all(
        RECORDS.map((table) =>
          sql`select * from ${sql.table(`esr.${table}`)} t order by t::text`
            .execute(db)
            .then((result) => result.rows),
        ),
      ),
    stop: async () => {
      await opened.close();
      await rm(folder, { recursive: true });
    },
  };
}
