/** The operator's functions of the parts, under the names that the command line uses. */
import { basename } from 'node:path';

import type { IdentityOperations } from '../identity/operations.ts';
import { RoleRefused } from '../identity/domain/operator-roles.ts';
import { RegistrationRefused } from '../identity/domain/registration-refused.ts';
import type { EsrImport, FileOutcome, ImportEvent } from '../subgraphs/esr/compose.ts';
import type { ImportRun } from '../subgraphs/esr/domain/import-run.ts';
import type { DirectoryOperations } from '../subgraphs/nhsmail/compose.ts';
import { MatchingRefused } from '../subgraphs/nhsmail/domain/matching-refused.ts';
import { type ExportDesk, ExportRefused } from '../subgraphs/esr/domain/export-desk.ts';
import type { FindDirectoryReport } from '../subgraphs/nhsmail/domain/lifecycle/directory-report.ts';
import {
  IssuerKeyRefused,
  type PassportAdministration,
} from '../subgraphs/passport/domain/administration.ts';
import { AdministrationRefused } from '../subgraphs/passport/domain/issuing-administration.ts';
import { TokenRefused } from '../subgraphs/passport/domain/reconcile-status-lists.ts';
import {
  type OnEvent,
  type OperationName,
  OperationRefused,
  type Operations,
} from './operations.ts';

/** The parts that operations work on. */
export interface OperatedParts {
  readonly esr: EsrImport;
  readonly exports: ExportDesk;
  readonly nhsmail: DirectoryOperations;
  readonly directoryReport: { readonly report: FindDirectoryReport };
  readonly identity: IdentityOperations;
  readonly passport: PassportAdministration;
}

/** Operations on parts. A part that is missing is named when an operation needs it. */
export function partsOperations(parts: Partial<OperatedParts>): Pick<Operations, 'run'> {
  const part = <Name extends keyof OperatedParts>(name: Name): OperatedParts[Name] => {
    const found: OperatedParts[Name] | undefined = parts[name];
    if (found === undefined) {
      throw new OperationRefused('part_missing', `this needs the settings of ${name}`);
    }
    return found;
  };
  const operations: {
    readonly [Name in OperationName]: (
      ...args: Parameters<typeof run<Name>> extends [unknown, infer Input, infer OnEvent]
        ? [Input, OnEvent]
        : never
    ) => Promise<unknown>;
  } = {
    importOrganisations: ({ file }) => part('esr').importOrganisations(file),
    importFiles: async ({ files, ...options }, onEvent) =>
      byName(await part('esr').importFiles(files, named(onEvent), options)),
    resumeImports: async ({ run: id, ...options }, onEvent) => {
      const found = id === undefined ? undefined : await unfinishedRun(part('esr'), id);
      return byName(await part('esr').resumeImports(found, named(onEvent), options));
    },
    importRuns: async (page) => byPath(await part('esr').findRuns(page)),
    importRejects: async ({ run: id, ...page }) => {
      await importRun(part('esr'), id);
      return part('esr').findRejects(id, page);
    },
    importAbsences: async ({ run: id, limit }) => {
      await importRun(part('esr'), id);
      return part('esr').findAbsences(id, limit);
    },
    confirmAbsences: async ({ run: id, by }) => {
      await importRun(part('esr'), id);
      return part('esr').confirmAbsences(id, by);
    },
    readRest: (input, onEvent) =>
      part('esr').readRest(input, (people) => {
        onEvent({ people });
      }),
    startExport: (input) => part('exports').startExport(input),
    showExport: (input) => part('exports').showExport(input),
    exportPiece: (input) => part('exports').exportPiece(input),
    joinStaff: async (input) => ({ outcome: await part('esr').joinings.join(input) }),
    partStaff: async (input) => ({ outcome: await part('esr').joinings.part(input) }),
    staffJoinings: (input) => part('esr').joinings.list(input),
    findLeavers: (input) => part('esr').findLeavers(input),
    matchDirectory: (input) => part('nhsmail').match(input),
    matchRuns: () => part('nhsmail').matchRuns(),
    confirmMatchRun: ({ run: id, by }) => part('nhsmail').confirmMatchRun(id, by),
    ruleSets: () => part('nhsmail').ruleSets(),
    addRuleSet: ({ rules, by }) => part('nhsmail').addRuleSet(rules, by),
    actOnRuleSet: ({ version, act, ...by }) => part('nhsmail').actOnRuleSet(version, act, by),
    simulateRuleSet: ({ version }) => part('nhsmail').simulateRuleSet(version),
    syncDirectory: (input) => part('nhsmail').sync(input),
    directoryStatus: () => part('nhsmail').directoryStatus(),
    directoryReport: (input) => part('directoryReport').report(input),
    addClient: (input) => part('identity').registerClient(input),
    showClient: (input) => part('identity').findClient(input),
    listClients: (input) => part('identity').listClients(input),
    stopClient: (input) => part('identity').stopClient(input),
    clientLog: (input) => part('identity').clientLog(input),
    addApp: (app) => part('identity').registerApp(app),
    addWallet: (wallet) => part('identity').registerWallet(wallet),
    requestRole: ({ role, ...grant }) =>
      part('identity').requestRole({ ...grant, role: role as never }),
    approveRole: (input) => part('identity').approveRole(input),
    refuseRole: (input) => part('identity').refuseRole(input),
    endRole: (input) => part('identity').endRole(input),
    roleGrants: (input) => part('identity').roleGrants(input),
    linkExternal: (input) => part('identity').linkExternal(input),
    publishDocuments: (input) => part('identity').publishDocuments(input),
    listDocuments: (input) => part('identity').listDocuments(input),
    withdrawDocuments: (input) => part('identity').withdrawDocuments(input),
    setDocumentPolicy: (input) => part('identity').setDocumentPolicy(input),
    issueSetupCode: (input) => part('identity').issueSetupCode(input),
    issuerKeys: (input) => part('passport').issuerKeys(input),
    rotateKeys: (input) => part('passport').rotateKeys(input),
    retireKey: (input) => part('passport').retireKey(input),
    compromiseKey: (input) => part('passport').compromiseKey(input),
    stopIssuing: (input) => part('passport').stopIssuing(input),
    startIssuing: (input) => part('passport').startIssuing(input),
    issuingStops: () => part('passport').issuingStops(),
    accreditIssuer: (input) => part('passport').accreditIssuer(input),
    registerContact: (input) => part('passport').registerContact(input),
    withdrawAccreditation: (input) => part('passport').withdrawAccreditation(input),
    accreditations: (input) => part('passport').accreditations(input),
    issuerRegistry: () => part('passport').issuerRegistry(),
    reconcileStatusLists: (input) => part('passport').reconcileStatusLists(input),
    requesterReports: (input) => part('passport').requesterReports(input),
  };
  const run: Operations['run'] = async (name, input, onEvent) => {
    const operation = operations[name] as (input: unknown, onEvent: unknown) => Promise<unknown>;
    return refusing(() => operation(input, onEvent));
  };
  return { run };
}

/** The files of a list under their names alone: where they are is nobody's business afterwards. */
const byName = (outcomes: readonly FileOutcome[]): FileOutcome[] =>
  outcomes.map((outcome) => ({ ...outcome, file: basename(outcome.file) }));

const byPath = (runs: readonly ImportRun[]): ImportRun[] =>
  runs.map((run) => ({ ...run, path: basename(run.path) }));

const named =
  (onEvent: OnEvent) =>
  (event: ImportEvent): void => {
    onEvent({ ...event, file: basename(event.file) });
  };

async function importRun(esr: Pick<EsrImport, 'findRun'>, id: string): Promise<ImportRun> {
  const run = await esr.findRun(id);
  if (run === undefined) throw new OperationRefused('run_unknown', `there is no import ${id}`);
  return run;
}

async function unfinishedRun(esr: Pick<EsrImport, 'findRun'>, id: string): Promise<ImportRun> {
  const run = await importRun(esr, id);
  if (run.state === 'READING' || run.state === 'STAGED') return run;
  throw new OperationRefused('run_finished', `${id} has come to its end`);
}

/** What parts throw when they refuse an operation: with a code, and a message for the operator. */
const REFUSALS = [
  AdministrationRefused,
  ExportRefused,
  IssuerKeyRefused,
  MatchingRefused,
  RegistrationRefused,
  RoleRefused,
  TokenRefused,
];

/** A part's refusal, for the operator. */
async function refusing<Answer>(operation: () => Promise<Answer>): Promise<Answer> {
  try {
    return await operation();
  } catch (error) {
    const refusal = REFUSALS.find((kind) => error instanceof kind);
    if (refusal === undefined) throw error;
    const { code, message } = error as InstanceType<typeof refusal>;
    throw new OperationRefused(code, message);
  }
}
