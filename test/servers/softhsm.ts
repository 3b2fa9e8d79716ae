/** A SoftHSM2 token of one test's own, in a folder of its own. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { serverProgram } from './programs.ts';

/** A token. */
export interface SoftToken {
  readonly module: string;
  /** Its label. */
  readonly token: string;
  readonly pin: string;
  /** The environment of whoever loads the module. */
  readonly environment: NodeJS.ProcessEnv;
  readonly remove: () => Promise<void>;
}

const MODULES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
];

/** Makes a token. */
export async function makeSoftToken(): Promise<SoftToken> {
  const program = serverProgram('softhsm');
  const module = MODULES.find((file) => existsSync(file));
  if (program === undefined || module === undefined) throw new Error('softhsm2 is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-softhsm-'));
  const conf = join(folder, 'softhsm2.conf');
  await writeFile(conf, `directories.tokendir = ${folder}\nobjectstore.backend = file\n`);
  const environment = { PATH: process.env['PATH'], SOFTHSM2_CONF: conf };
  const pin = randomBytes(8).toString('hex');
  const token = 'lanyard-test';
  const setting = ['--label', token, '--so-pin', randomBytes(8).toString('hex'), '--pin', pin];
  await promisify(execFile)(program, ['--init-token', '--free', ...setting], { env: environment });
  return {
    module,
    token,
    pin,
    environment,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
