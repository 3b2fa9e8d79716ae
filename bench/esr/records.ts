/** Invented extracts in a folder, and an empty PostgreSQL that knows their organisations. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { generateDemo } from '../../cli/demo-data/generate.ts';
import { openPostgres } from '../../runtime/database.ts';
import { openEsrImport } from '../../subgraphs/esr/compose.ts';
import { serverProgram } from '../../test/servers/programs.ts';
import { DURABLE, startPostgres } from '../../test/servers/postgres.ts';

/** The morning after the extracts were made. */
export const MORNING = (): Date => new Date('2026-11-02T06:00:00Z');

/** What is measured on. */
export interface Records {
  readonly folder: string;
  /** Of the database. */
  readonly url: string;
  /** One GO2 file for each organisation. */
  readonly extracts: readonly string[];
  /** Registrations, training, placements. */
  readonly feeds: readonly string[];
  readonly staff: number;
  /** Another empty database on the same server. */
  readonly createDatabase: (name: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Sized for a machine of 8 GB; what is committed is on disk. */
const SETTINGS = [
  'shared_buffers=1GB',
  'maintenance_work_mem=256MB',
  'work_mem=32MB',
  'max_wal_size=8GB',
  'checkpoint_timeout=15min',
];

/**
 * Writes the files and starts the database.
 *
 * @throws when PostgreSQL is not installed: the embedded engine is another measurement
 */
export async function startRecords(size: {
  readonly staff: number;
  readonly organisations: 'six' | 'nation';
}): Promise<Records> {
  if (serverProgram('postgres') === undefined) throw new Error('PostgreSQL is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-bench-esr-'));
  const demo = await generateDemo({ folder, seed: 1, ...size });
  const server = await startPostgres([...DURABLE, ...SETTINGS]);
  const database = openPostgres(server.url);
  const esr = await openEsrImport(database, MORNING);
  const outcome = await esr.importOrganisations(demo.organisationsFile);
  await database.close();
  if (outcome.kind === 'refused') throw new Error(`organisations refused: ${outcome.code}`);
  return {
    folder,
    url: server.url,
    extracts: demo.recordFiles.filter((file) => file.endsWith('.DAT')),
    feeds: demo.recordFiles.filter((file) => file.endsWith('.csv')),
    staff: demo.staff,
    createDatabase: server.createDatabase,
    stop: server.stop,
  };
}
