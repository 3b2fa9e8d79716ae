/** The operator's command line: `npx lanyard COMMAND`. */
import { ConfigError } from '../runtime/config.ts';
import { OperationRefused } from '../local/operations.ts';
import { VERSION } from '../runtime/version.ts';
import { type Command, type CommandIo, UsageError } from './command.ts';
import {
  accreditIssuer,
  listAccreditations,
  registerContact,
  withdrawAccreditation,
} from './commands/accreditations.ts';
import {
  addApp,
  addClient,
  clientLog,
  listClients,
  showClient,
  stopClient,
} from './commands/clients.ts';
import {
  listOperations,
  publishOperations,
  setOperationPolicy,
  withdrawOperations,
} from './commands/documents.ts';
import { generateDemoData } from './commands/demo.ts';
import { listLeavers } from './commands/leavers.ts';
import { matchDirectory } from './commands/directory.ts';
import { directoryStatus, syncDirectory } from './commands/directory-sync.ts';
import { reportDirectory } from './commands/directory-report.ts';
import { exportRecords } from './commands/esr-export.ts';
import { importEsr, importOrganisations, resumeEsr } from './commands/esr.ts';
import { readEsrRest } from './commands/esr-rest.ts';
import { joinedStaff, joinStaff, partStaff } from './commands/esr-joinings.ts';
import { esrAbsences, esrRejects, esrStatus } from './commands/esr-runs.ts';
import { exportAnchor } from './commands/anchor.ts';
import { issueSetupCode } from './commands/authenticators.ts';
import { fetchBundle } from './commands/bundle.ts';
import {
  compromiseIssuerKey,
  listIssuerKeys,
  retireIssuerKey,
  rotateIssuerKeys,
} from './commands/issuers.ts';
import { issuingStatus, startIssuing, stopIssuing } from './commands/issuing.ts';
import { exportIssuerRegistry } from './commands/issuer-registry.ts';
import { generateKeys } from './commands/keys.ts';
import { linkExternal } from './commands/providers.ts';
import { approveRole, endRole, grantRole, listRoles, refuseRole } from './commands/roles.ts';
import { reportedRequesters } from './commands/requesters.ts';
import { reconcileStatus } from './commands/status.ts';
import { getToken } from './commands/token.ts';
import { verifyPresentationOffline } from './commands/verify.ts';
import { matchRecords } from './commands/match-records.ts';
import {
  addRuleSet,
  approveRuleSet,
  confirmMatchRun,
  listRuleSets,
  matchRuns,
  proposeRuleSet,
  rejectRuleSet,
  simulateRuleSet,
} from './commands/matching.ts';
import { addWallet } from './commands/wallets.ts';
import { listenToWebhooks } from './commands/webhooks.ts';

const COMMANDS: readonly Command[] = [
  importOrganisations,
  importEsr,
  exportRecords,
  resumeEsr,
  esrStatus,
  esrRejects,
  esrAbsences,
  readEsrRest,
  joinStaff,
  partStaff,
  joinedStaff,
  listLeavers,
  matchDirectory,
  syncDirectory,
  directoryStatus,
  matchRecords,
  matchRuns,
  confirmMatchRun,
  listRuleSets,
  addRuleSet,
  simulateRuleSet,
  proposeRuleSet,
  approveRuleSet,
  rejectRuleSet,
  reportDirectory,
  addClient,
  showClient,
  listClients,
  stopClient,
  clientLog,
  addApp,
  addWallet,
  grantRole,
  approveRole,
  refuseRole,
  endRole,
  listRoles,
  linkExternal,
  publishOperations,
  listOperations,
  withdrawOperations,
  setOperationPolicy,
  issueSetupCode,
  listIssuerKeys,
  rotateIssuerKeys,
  retireIssuerKey,
  compromiseIssuerKey,
  accreditIssuer,
  withdrawAccreditation,
  listAccreditations,
  registerContact,
  exportIssuerRegistry,
  exportAnchor,
  fetchBundle,
  verifyPresentationOffline,
  stopIssuing,
  startIssuing,
  issuingStatus,
  reconcileStatus,
  reportedRequesters,
  getToken,
  listenToWebhooks,
  generateKeys,
  generateDemoData,
];

/** Exit codes of sysexits.h. */
const EXIT = { usage: 64, config: 78, refused: 65, failed: 1 } as const;

/** Runs one command and returns its exit code. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  if (args.length === 0 || args[0] === '--help' || args[0] === 'help') {
    io.out(help());
    return args.length === 0 ? EXIT.usage : 0;
  }
  if (args[0] === '--version') {
    io.out(`lanyard ${VERSION}\n`);
    return 0;
  }
  const command = COMMANDS.find((candidate) => matches(candidate, args));
  if (command === undefined) {
    io.err(`There is no command "${args.slice(0, 2).join(' ')}".\n\n${help()}`);
    return EXIT.usage;
  }
  const rest = args.slice(wordsOf(command).length);
  if (rest.includes('--help')) {
    io.out(`lanyard ${command.usage}\n\n${command.summary}\n`);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nUsage: lanyard ${command.usage}\n`);
      return EXIT.usage;
    }
    io.err(`${error instanceof Error ? error.message : 'failed'}\n`);
    if (error instanceof ConfigError) return EXIT.config;
    return error instanceof OperationRefused ? EXIT.refused : EXIT.failed;
  }
}

/** The words that call a command: those of its usage before the first operand or option. */
const wordsOf = (command: Command): readonly string[] =>
  command.usage
    .split(' ')
    .slice(
      0,
      command.usage.split(' ').findIndex((word) => !/^[a-z]+(?:-[a-z]+)*$/.test(word)) >>> 0,
    );

const matches = (command: Command, args: readonly string[]): boolean =>
  wordsOf(command).every((word, index) => args[index] === word);

function help(): string {
  const lines = COMMANDS.map(({ usage, summary }) => `  lanyard ${usage}\n      ${summary}`);
  return `Lanyard: identity and staff passport gateway for the NHS in England

${lines.join('\n')}

Commands work on the servers named by the settings (ESR_DATABASE_URL and so on) when those are given.
Otherwise they work on the embedded system in ./data (LANYARD_DATA), running or not.
`;
}

if (import.meta.main) {
  process.exitCode = await runCommand(process.argv.slice(2), {
    env: process.env,
    out: (line) => process.stdout.write(line),
    err: (line) => process.stderr.write(line),
    terminal: process.stderr.isTTY,
  });
}
