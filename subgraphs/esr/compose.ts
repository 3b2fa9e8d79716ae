/** The staff records subgraph, put together. The one file that knows every part. */
import { readFile } from 'node:fs/promises';

import type { z } from 'zod';

import type { Clock } from '../../runtime/clock.ts';
import type { Database } from '../../runtime/database.ts';
import { type AskGraph, graphClient } from '../../runtime/graph-client.ts';
import type { Composed } from '../../runtime/http-server.ts';
import { keysById, signerOf } from '../../runtime/jwk-settings.ts';
import type { KeyValue } from '../../runtime/key-value.ts';
import type { Logger } from '../../runtime/log.ts';
import { machineAccessToken } from '../../runtime/machine-client.ts';
import { migrate } from '../../runtime/migrate.ts';
import { tellEdition } from '../../runtime/reference-edition.ts';
import { repeatedly } from '../../runtime/repeatedly.ts';
import { requestBudget } from '../../runtime/request-budget.ts';
import { workFor } from '../../runtime/request-deadline.ts';
import { subgraphRoutes } from '../../runtime/subgraph-server.ts';
import type { EsrSettings } from './config.ts';
import type { EsrContext, ImportDesk } from './context.ts';
import { announceLeavers } from './domain/announce-leavers.ts';
import { today } from './domain/esr-date.ts';
import { type ExportDesk, exportDesk } from './domain/export-desk.ts';
import {
  importFile,
  importOrganisations,
  type ImportProgress,
  resumeImport,
} from './domain/import-file.ts';
import { type FileTurn, inTurns } from './domain/import-files.ts';
import type { ImportOutcome } from './domain/import-outcome.ts';
import type { StaffImports } from './domain/import-ports.ts';
import { DEFAULT_LIMITS, type ImportLimits, type ImportRun } from './domain/import-run.ts';
import type { LeaverReport, leaversInput } from './domain/leavers.ts';
import type { StaffRecords } from './domain/ports.ts';
import type { StaffSearch } from './domain/search.ts';
import { takeAgain } from './domain/take-again.ts';
import { exporting, type ExportWork } from './exporting.ts';
import { openExtract } from './files/open-extract.ts';
import { readOrganisationsFile } from './files/read-organisations.ts';
import { graphCredentialStandings } from './graph/credential-standings.ts';
import { postgresExportedPeople } from './postgres/exported-people.ts';
import { postgresExports } from './postgres/exports.ts';
import type { StaffJoinings } from './domain/staff-joinings.ts';
import { postgresLeavers } from './postgres/leavers.ts';
import { postgresStaffJoinings } from './postgres/staff-joinings.ts';
import { postgresStaffSearch } from './postgres/search.ts';
import { postgresStaffImports } from './postgres/staff-imports.ts';
import { postgresTransfers } from './postgres/transfers.ts';
import { postgresStaffRecords } from './postgres/staff-records.ts';
import { CODE_LISTS_EDITION } from './domain/code-lists/coded-value.ts';
import { referenceEdition } from './postgres/reference-edition.ts';
import type { EsrTables } from './postgres/tables.ts';
import { resolvers } from './resolvers/index.ts';
import { policyRows } from './resolvers/policy-rows.ts';
import { readRest, type RestReading } from './rest/read-rest.ts';
import { readRestSource } from './rest/rest-source.ts';
import { loaders } from './resolvers/loaders.ts';
import { exportRoutes } from './routes/exports.ts';

/** How often employments that ran out and alerts that are due are looked for, in milliseconds. */
const ANNOUNCE_EVERY_MS = 15 * 60 * 1000;

/** How often exports that wait to be worked on are looked for, in milliseconds. */
const EXPORT_EVERY_MS = 2_000;

/** How long after bringing search up to date with the records that is done again, in milliseconds. */
const REFRESH_PAUSE_MS = 2_000;

/** Portions at a time: a process that is told to stop has not long to wait. */
const REFRESH_PORTIONS = 10;

/** Most people listed in one request: as many as one entry of the access log can be about. */
const LISTED_LIMIT = 1_000;

/** What the subgraph runs on. */
export interface EsrRuntime {
  readonly log: Logger;
  readonly now: Clock;
  readonly database: Database;
  /** The gateway's store, where it is told which organisations are current. Closed when the subgraph stops. */
  readonly keyValue?: KeyValue;
  /** Wraps the store, for tests that count statements or make it fail. */
  readonly wrap?: (records: StaffRecords) => StaffRecords;
  /** In place of the graph, for tests. */
  readonly askGraph?: AskGraph;
  /** Whether exports are worked on between requests; tests of one moment turn it off. */
  readonly background?: boolean;
  /** People read at once by an export; for tests. */
  readonly exportBatch?: number;
}

/** Where the import of a list of files is. */
export interface ImportEvent extends ImportProgress {
  readonly file: string;
}

/** What became of one file. */
export type FileOutcome = ImportOutcome & { readonly file: string };

/** How to import. Limits that are left out are those of the settings. */
export interface ImportOptions extends Partial<ImportLimits> {
  readonly dryRun?: boolean;
}

/** Bringing files into the records, and seeing what came of it. */
export interface EsrImport extends Pick<
  StaffImports,
  'findRun' | 'findRuns' | 'findRejects' | 'findAbsences'
> {
  /** Imports GO2 files and feeds in the order given. Each is kept whole or not at all; a refused one does not stop the rest. */
  readonly importFiles: (
    paths: readonly string[],
    onEvent?: (event: ImportEvent) => void,
    options?: ImportOptions,
  ) => Promise<FileOutcome[]>;
  /** Goes on with imports that were cut off: one, or all of them, oldest first. */
  readonly resumeImports: (
    run: ImportRun | undefined,
    onEvent?: (event: ImportEvent) => void,
    options?: Omit<ImportOptions, 'dryRun'>,
  ) => Promise<FileOutcome[]>;
  /** Confirms that the people whom a full file did not have left. Returns how many employments ended. */
  readonly confirmAbsences: (runId: string, by: string) => Promise<number>;
  readonly importOrganisations: (path: string) => Promise<ImportOutcome>;
  /**
   * Reads the records of an organisation's people from a staff-record service into feeds, which are then imported like others.
   *
   * @param request where the service is described, and where the feeds are written
   * @throws {RestFailed}
   */
  readonly readRest: (
    request: { readonly source: string; readonly odsCode: string; readonly folder: string },
    onProgress?: (people: number) => void,
  ) => Promise<RestReading>;
  readonly joinings: StaffJoinings;
  /** People who have left an organisation and are still at work. */
  readonly findLeavers: (page: z.output<typeof leaversInput>) => Promise<LeaverReport>;
}

/** Opens the records for importing only, bringing the schema up to date first. Closes nothing. */
export async function openEsrImport(
  database: Database,
  now: Clock,
  limits: ImportLimits = DEFAULT_LIMITS,
): Promise<EsrImport> {
  await migrateEsr(database);
  return esrImport(database, now, limits);
}

/** Opens the operator's side of bulk exports, bringing the schema up to date first. Closes nothing. */
export async function openExportDesk(database: Database, now: Clock): Promise<ExportDesk> {
  await migrateEsr(database);
  return openDesk(database, now);
}

/** Puts the subgraph together. Closes the database when stopped. */
export async function composeEsr(
  settings: EsrSettings,
  runtime: EsrRuntime,
): Promise<
  Composed &
    EsrImport & { readonly exports: ExportDesk; readonly exportWork: ExportWork | undefined }
> {
  const {
    log,
    now,
    database,
    wrap = (records: StaffRecords) => records,
    background = true,
  } = runtime;
  await migrateEsr(database);
  const db = database.schema<EsrTables>('esr');
  const records = wrap(postgresStaffRecords(db));
  const imports = postgresStaffImports(db);
  const transfers = postgresTransfers(db);
  const search = postgresStaffSearch(db);
  const importDesk = openImportDesk(imports, runtime);
  const exportWork = openExports(settings, runtime, records);
  const callerKeys = keysById(settings.ESR_CALLER_KEYS);
  const stopExporting =
    exportWork === undefined || !background
      ? () => Promise.resolve()
      : repeatedly(exportWork.run, EXPORT_EVERY_MS, (error) => {
          log.warn({ err: error }, 'an export could not go on; trying again later');
        });
  const stopRefreshing = background
    ? repeatedly(
        () => refreshSearch(search),
        REFRESH_PAUSE_MS,
        (error) => {
          log.warn({ err: error }, 'search could not be brought up to date; trying again later');
        },
      )
    : () => Promise.resolve();
  const { keyValue } = runtime;
  const stopTelling =
    keyValue === undefined
      ? undefined
      : tellEdition(keyValue, () => referenceEdition(db, CODE_LISTS_EDITION), log);
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

  const graphql = subgraphRoutes<EsrContext>({
    name: 'esr',
    sdl,
    resolvers,
    rows: policyRows,
    callerKeys,
    now,
    log,
    context: (request) => {
      const moment = now();
      const day = today(moment);
      return {
        ...request,
        records,
        transfers,
        search,
        exporting: exportWork,
        importDesk,
        day,
        now: moment,
        loaders: loaders(request.caller, records, transfers, day),
        takeListed: requestBudget(LISTED_LIMIT),
      };
    },
  });

  return {
    ...esrImport(database, now, DEFAULT_LIMITS),
    routes: () => Promise.resolve(),
    exports: openDesk(database, now),
    exportWork,
    privateRoutes: async (app) => {
      await app.register(graphql);
      if (exportWork !== undefined) {
        await app.register(exportRoutes({ exports: exportWork.exports, callerKeys, now }));
      }
    },
    checks: { postgres: () => database.check() },
    stop: async () => {
      clearInterval(announcing);
      exportWork?.stop();
      await stopExporting();
      await stopRefreshing();
      await stopTelling?.();
      await keyValue?.close();
      await database.close();
    },
  };
}

/** What administrators see of imports, and going on with them while the process serves. */
const openImportDesk = (imports: StaffImports, { log, now }: EsrRuntime): ImportDesk => ({
  findRun: (id) => imports.findRun(id),
  findRuns: (page) => imports.findRuns(page),
  findRejects: (runId, page) => imports.findRejects(runId, page),
  countAbsences: (runId) => imports.countAbsences(runId),
  confirmAbsences: (runId, confirmation) => imports.confirmAbsences(runId, confirmation),
  // It goes on when whoever asked has been answered, or has left.
  takeAgain: (run, asked) =>
    workFor(undefined, () =>
      takeAgain(run, asked, {
        imports,
        open: openExtract,
        now,
        ...DEFAULT_LIMITS,
        goOn: (work) => {
          work.catch((error: unknown) => {
            log.warn({ err: error, run: run.id }, 'an import was cut off');
          });
        },
      }),
    ),
});

async function refreshSearch(search: StaffSearch): Promise<void> {
  let portions = 0;
  while (portions < REFRESH_PORTIONS && (await search.refresh())) portions += 1;
}

const migrateEsr = (database: Database): Promise<void> =>
  migrate(database, 'esr', new URL('./postgres/migrations', import.meta.url));

/** Bulk exports, when the settings have what they take. */
function openExports(
  settings: EsrSettings,
  { log, now, database, askGraph, exportBatch }: EsrRuntime,
  records: StaffRecords,
): ExportWork | undefined {
  const {
    ESR_EXPORT_KEY: key,
    ESR_GRAPH_URL: url,
    ESR_GRAPH_RESOURCE: graph,
    ESR_ISSUER: issuer,
    ESR_TOKEN_URL: tokenUrl,
    ESR_CLIENT_KEY: clientKey,
  } = settings;
  if (
    key === undefined ||
    url === undefined ||
    graph === undefined ||
    issuer === undefined ||
    tokenUrl === undefined ||
    clientKey === undefined
  ) {
    return undefined;
  }
  const db = database.schema<EsrTables>('esr');
  const ask =
    askGraph ??
    graphClient({
      url,
      accessToken: machineAccessToken({
        clientId: 'lanyard-esr',
        signer: signerOf(clientKey),
        issuer,
        tokenUrl,
        resource: graph,
        scope: 'record:export',
        now,
      }),
    });
  return exporting({
    exports: postgresExports(db),
    people: postgresExportedPeople(db),
    records,
    standings: graphCredentialStandings(ask),
    key,
    graph,
    log,
    now,
    ...(exportBatch === undefined ? {} : { batch: exportBatch }),
  });
}

function openDesk(database: Database, now: Clock): ExportDesk {
  const db = database.schema<EsrTables>('esr');
  const records = postgresStaffRecords(db);
  return exportDesk(postgresExports(db), {
    isOrganisation: async (odsCode) => (await records.findOrganisations([odsCode])).length > 0,
    now,
  });
}

/** Employee numbers that are looked up together. */
const NUMBERS = 500;

/** The employee numbers of an organisation, some at a time. */
async function* numberPages(
  imports: Pick<StaffImports, 'findEmployeeNumbers'>,
  odsCode: string,
  day: string,
): AsyncIterable<readonly string[]> {
  let after: string | undefined;
  for (;;) {
    const numbers = await imports.findEmployeeNumbers({ odsCode, day, after, limit: NUMBERS });
    if (numbers.length > 0) yield numbers;
    if (numbers.length < NUMBERS) return;
    after = numbers.at(-1);
  }
}

/** Most imports that are gone on with at once. */
const MOST_RESUMED = 1_000;

function esrImport(database: Database, now: Clock, limits: ImportLimits): EsrImport {
  const imports = postgresStaffImports(database.schema<EsrTables>('esr'));
  const parts = (file: string, onEvent: (event: ImportEvent) => void, options: ImportOptions) => ({
    imports,
    open: openExtract,
    now,
    ...limits,
    ...options,
    onProgress: (progress: ImportProgress) => {
      onEvent({ file, ...progress });
    },
  });
  return {
    findRun: (id) => imports.findRun(id),
    findRuns: (page) => imports.findRuns(page),
    findRejects: (runId, page) => imports.findRejects(runId, page),
    findAbsences: (runId, limit) => imports.findAbsences(runId, limit),
    importFiles: async (paths, onEvent = () => undefined, options = {}) => {
      const importOne = async (file: string, { ready, onProgress }: FileTurn) => {
        const one = parts(file, onEvent, options);
        const outcome = await importFile(file, {
          ...one,
          ready,
          onProgress: (progress) => {
            one.onProgress(progress);
            onProgress(progress);
          },
        });
        return { ...outcome, file };
      };
      return inTurns(paths, importOne, Math.min(2, database.connections));
    },
    readRest: async ({ source, odsCode, folder }, onProgress) =>
      readRest({
        source: await readRestSource(source, now),
        odsCode,
        people: numberPages(imports, odsCode, today(now())),
        folder,
        ...(onProgress === undefined ? {} : { onProgress }),
      }),
    joinings: postgresStaffJoinings(database.schema<EsrTables>('esr')),
    findLeavers: (page) =>
      postgresLeavers(database.schema<EsrTables>('esr'))({ ...page, day: today(now()) }),
    resumeImports: async (run, onEvent = () => undefined, options = {}) => {
      const runs =
        run === undefined
          ? await imports.findRuns({ unfinished: true, limit: MOST_RESUMED })
          : [run];
      const outcomes: FileOutcome[] = [];
      for (const one of runs) {
        const outcome = await resumeImport(one, parts(one.path, onEvent, options));
        outcomes.push({ ...outcome, file: one.path });
      }
      return outcomes;
    },
    confirmAbsences: async (runId, by) => {
      const outcome = await imports.confirmAbsences(runId, { by, day: today(now()), now: now() });
      return outcome.kind === 'confirmed' ? outcome.ended : 0;
    },
    importOrganisations: (path) => importOrganisations(() => readOrganisationsFile(path), imports),
  };
}
