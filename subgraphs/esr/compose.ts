/** The staff records subgraph, put together. The one file that knows every part. */
import { readFile } from 'node:fs/promises';

import type { Clock } from '../../runtime/clock.ts';
import type { Database } from '../../runtime/database.ts';
import type { Composed } from '../../runtime/http-server.ts';
import { keysById } from '../../runtime/jwk-settings.ts';
import type { Logger } from '../../runtime/log.ts';
import { migrate } from '../../runtime/migrate.ts';
import { requestBudget } from '../../runtime/request-budget.ts';
import { subgraphRoutes } from '../../runtime/subgraph-server.ts';
import type { EsrSettings } from './config.ts';
import type { EsrContext } from './context.ts';
import { announceLeavers } from './domain/announce-leavers.ts';
import { today } from './domain/esr-date.ts';
import { importFile, importOrganisations } from './domain/import-file.ts';
import type { ImportOutcome } from './domain/import-outcome.ts';
import type { StaffRecords } from './domain/ports.ts';
import { readOrganisationsFile, readRecordsFile } from './files/read-file.ts';
import { postgresStaffImports } from './postgres/staff-imports.ts';
import { postgresTransfers } from './postgres/transfers.ts';
import { postgresStaffRecords } from './postgres/staff-records.ts';
import type { EsrTables } from './postgres/tables.ts';
import { resolvers } from './resolvers/index.ts';
import { loaders } from './resolvers/loaders.ts';

/** How often employments that ran out and alerts that are due are looked for, in milliseconds. */
const ANNOUNCE_EVERY_MS = 15 * 60 * 1000;

/** Most people listed in one request: as many as one entry of the access log can be about. */
const LISTED_LIMIT = 1_000;

/** What the subgraph runs on. */
export interface EsrRuntime {
  readonly log: Logger;
  readonly now: Clock;
  readonly database: Database;
  /** Wraps the store, for tests that count statements or make it fail. */
  readonly wrap?: (records: StaffRecords) => StaffRecords;
}

/** Where the import of a list of files is. */
export interface ImportEvent {
  readonly file: string;
  readonly stage: 'read' | 'kept';
  /** Rows kept so far: none of them, or all. */
  readonly rows: number;
  readonly total: number;
}

/** What became of one file. */
export type FileOutcome = ImportOutcome & { readonly file: string };

/** Bringing files into the records. */
export interface EsrImport {
  /** Imports GO2 files and feeds in the order given. Each is kept whole or not at all; a refused one does not stop the rest. */
  readonly importFiles: (
    paths: readonly string[],
    onEvent?: (event: ImportEvent) => void,
  ) => Promise<FileOutcome[]>;
  readonly importOrganisations: (path: string) => Promise<ImportOutcome>;
}

/** Opens the records for importing only, bringing the schema up to date first. Closes nothing. */
export async function openEsrImport(database: Database, now: Clock): Promise<EsrImport> {
  await migrateEsr(database);
  return esrImport(database, now);
}

/** Puts the subgraph together. Closes the database when stopped. */
export async function composeEsr(
  settings: EsrSettings,
  { log, now, database, wrap = (records) => records }: EsrRuntime,
): Promise<Composed & EsrImport> {
  await migrateEsr(database);
  const db = database.schema<EsrTables>('esr');
  const records = wrap(postgresStaffRecords(db));
  const imports = postgresStaffImports(db);
  const transfers = postgresTransfers(db);
  const sdl = await readFile(new URL('../../schema/esr.graphql', import.meta.url), 'utf8');
  const announcing = setInterval(() => {
    announceLeavers(imports, today(now())).catch((error: unknown) => {
      log.warn({ err: error }, 'leavers could not be announced; trying again later');
    });
    transfers.raiseAlerts(today(now()), now()).catch((error: unknown) => {
      log.warn({ err: error }, 'alerts of transfers could not be raised; trying again later');
    });
  }, ANNOUNCE_EVERY_MS);
  announcing.unref();

  return {
    ...esrImport(database, now),
    routes: () => Promise.resolve(),
    privateRoutes: subgraphRoutes<EsrContext>({
      name: 'esr',
      sdl,
      resolvers,
      callerKeys: keysById(settings.ESR_CALLER_KEYS),
      now,
      log,
      context: (request) => {
        const moment = now();
        const day = today(moment);
        return {
          ...request,
          records,
          transfers,
          day,
          now: moment,
          loaders: loaders(request.caller, records, day),
          takeListed: requestBudget(LISTED_LIMIT),
        };
      },
    }),
    checks: { postgres: () => database.check() },
    stop: async () => {
      clearInterval(announcing);
      await database.close();
    },
  };
}

const migrateEsr = (database: Database): Promise<void> =>
  migrate(database, 'esr', new URL('./postgres/migrations', import.meta.url));

function esrImport(database: Database, now: Clock): EsrImport {
  const imports = postgresStaffImports(database.schema<EsrTables>('esr'));
  return {
    importFiles: async (paths, onEvent = () => undefined) => {
      const outcomes: FileOutcome[] = [];
      for (const file of paths) {
        const outcome = await importFile(() => readRecordsFile(file), {
          imports,
          now,
          onProgress: ({ stage, rowsRead }) => {
            onEvent({ file, stage, rows: stage === 'kept' ? rowsRead : 0, total: rowsRead });
          },
        });
        outcomes.push({ ...outcome, file });
      }
      return outcomes;
    },
    importOrganisations: (path) =>
      importOrganisations(() => readOrganisationsFile(path), { imports }),
  };
}
