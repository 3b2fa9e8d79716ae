/** Sets the stage for the story on a local system: everything embedded, in one process. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { JWK } from 'jose';

import type { LocalSystem } from '../../local/start.ts';
import { CHILD_ENVIRONMENT } from '../servers/child.ts';
import type { HrSystem } from './clients.ts';
import type { Stage, Trust } from './story.ts';

const run = promisify(execFile);
const COMMAND_LINE = fileURLToPath(new URL('../../cli/lanyard.mjs', import.meta.url));

/** Runs `lanyard` as an operator would, from another process. Returns what it printed, progress included. */
export async function lanyard(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [COMMAND_LINE, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...CHILD_ENVIRONMENT, ...env },
    timeout: 220_000,
  });
  return stderr + stdout;
}

/** Gets a setup code as an operator does, from another process. */
export async function setupCode(
  mail: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const printed = await lanyard(['authenticator', 'code', '--mail', mail, '--by', 'test'], env);
  return printed.split('\n')[0] ?? '';
}

/** The stage on a running local system. */
export function localStage(system: LocalSystem, dataFolder: string): Stage {
  const { demonstration, url } = system;
  const env = { LANYARD_DATA: dataFolder };
  const trust = (odsCode: string): Trust => {
    const hrSystem = demonstration.hrSystems.find((one) => one.odsCode === odsCode);
    if (hrSystem === undefined) throw new Error(`no HR system of ${odsCode}`);
    return {
      odsCode,
      hrSystem: { clientId: hrSystem.clientId, key: hrSystem.privateKey },
      hrOfficerMail: demonstration.person('HR_OFFICER', odsCode).mail,
      administratorMail: demonstration.person('ADMINISTRATOR', odsCode).mail,
    };
  };
  return {
    graph: `${url}/graphql`,
    issuer: url,
    app: { clientId: 'lanyard-explorer', redirectUri: `${url}/explorer/callback` },
    password: demonstration.password,
    setupCode: async (mail) => {
      const made = await system.operations.run(
        'issueSetupCode',
        { mail, by: 'test' },
        () => undefined,
      );
      return (made as { code: string }).code;
    },
    trustA: trust('RZ1'),
    trustB: trust('RZ2'),
    nurse: demonstration.nurse,
    importExtracts: () =>
      lanyard(['esr', 'import', ...demonstration.extractsOf(['RZ1', 'RZ2'])], env),
    matchDirectory: () => lanyard(['directory', 'match'], env),
  };
}

/** An HR system of the demonstration, from the key file that the first start wrote. */
export async function readKeyFile(dataFolder: string, clientId: string): Promise<HrSystem> {
  const { privateKey } = JSON.parse(
    await readFile(join(dataFolder, `${clientId}.json`), 'utf8'),
  ) as { privateKey: JWK };
  return { clientId, key: privateKey };
}
