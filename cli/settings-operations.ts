/**
 * Operations on real servers, opened by the same settings that the processes have. A command loads the process that it
 * works on and no other.
 */
import { OperationRefused, type Operations } from '../local/operations.ts';
import { partsOperations } from '../local/parts-operations.ts';
import { systemClock } from '../runtime/clock.ts';
import { openPostgres } from '../runtime/database.ts';
import type { Logger } from '../runtime/log.ts';

/** How long one statement of an operator's command may take, in milliseconds. An import is one long transaction. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** Opens only what the operation needs, and closes it again. */
export function settingsOperations(env: NodeJS.ProcessEnv, log: Logger): Operations {
  const closing: (() => Promise<void>)[] = [];
  const database = (name: string) => {
    const url = env[name];
    if (url === undefined) throw new OperationRefused('setting_missing', `${name} is missing`);
    const opened = openPostgres(url, { connections: 4, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    closing.push(() => opened.close());
    return opened;
  };
  return {
    run: async (name, input, onEvent) => {
      switch (name) {
        case 'importFiles':
        case 'importOrganisations':
        case 'resumeImports':
        case 'importRuns':
        case 'importRejects':
        case 'importAbsences':
        case 'confirmAbsences':
        case 'readRest':
        case 'joinStaff':
        case 'partStaff':
        case 'staffJoinings':
        case 'findLeavers': {
          const { readImportLimits } = await import('../subgraphs/esr/config.ts');
          const limits = readImportLimits(env);
          const { openEsrImport } = await import('../subgraphs/esr/compose.ts');
          const esr = await openEsrImport(database('ESR_DATABASE_URL'), systemClock, limits);
          return partsOperations({ esr }).run(name, input, onEvent);
        }
        case 'startExport':
        case 'showExport':
        case 'exportPiece': {
          const { openExportDesk } = await import('../subgraphs/esr/compose.ts');
          const exports = await openExportDesk(database('ESR_DATABASE_URL'), systemClock);
          return partsOperations({ exports }).run(name, input, onEvent);
        }
        case 'directoryReport': {
          const { openDirectoryReport } = await import('../subgraphs/nhsmail/compose.ts');
          const directoryReport = await openDirectoryReport(
            database('NHSMAIL_DATABASE_URL'),
            systemClock,
          );
          return partsOperations({ directoryReport }).run(name, input, onEvent);
        }
        case 'matchDirectory':
        case 'matchRuns':
        case 'confirmMatchRun':
        case 'ruleSets':
        case 'addRuleSet':
        case 'actOnRuleSet':
        case 'simulateRuleSet':
        case 'syncDirectory':
        case 'directoryStatus': {
          const { readNhsmailConfig } = await import('../subgraphs/nhsmail/config.ts');
          const { openMatching } = await import('../subgraphs/nhsmail/compose.ts');
          const config = readNhsmailConfig(env);
          const matching = await openMatching(config, {
            log,
            now: systemClock,
            database: database('NHSMAIL_DATABASE_URL'),
          });
          closing.push(() => matching.close());
          return partsOperations({ nhsmail: matching }).run(name, input, onEvent);
        }
        case 'stopIssuing':
        case 'startIssuing':
        case 'issuingStops':
        case 'accreditIssuer':
        case 'registerContact':
        case 'withdrawAccreditation':
        case 'accreditations':
        case 'issuerRegistry':
        case 'issuerKeys':
        case 'rotateKeys':
        case 'retireKey':
        case 'compromiseKey':
        case 'reconcileStatusLists':
        case 'requesterReports': {
          const { readPassportConfig } = await import('../subgraphs/passport/config.ts');
          const { openPassportAdministration } = await import('../subgraphs/passport/compose.ts');
          const { redisKeyValue } = await import('../runtime/redis-key-value.ts');
          const config = readPassportConfig(env);
          const keyValue = await redisKeyValue(
            { url: config.PASSPORT_REDIS_URL, prefix: 'passport' },
            log,
          );
          closing.push(() => keyValue.close());
          const passport = await openPassportAdministration(config, {
            log,
            now: systemClock,
            database: database('PASSPORT_DATABASE_URL'),
            keyValue,
            environment: env,
          });
          closing.push(() => passport.close());
          return partsOperations({ passport }).run(name, input, onEvent);
        }
        default: {
          const { openIdentityAdministration } = await import('../identity/operations.ts');
          const identity = await openIdentityAdministration(
            database('IDENTITY_DATABASE_URL'),
            systemClock,
          );
          return partsOperations({ identity }).run(name, input, onEvent);
        }
      }
    },
    close: async () => {
      for (const close of closing.splice(0).reverse()) await close();
    },
  };
}
