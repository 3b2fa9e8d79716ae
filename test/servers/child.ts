/** Starting a server as a child process, and stopping just that one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * Environment of child processes of the project: they are as patient as the tests, and what the first of them compiled
 * serves the others.
 */
export const CHILD_ENVIRONMENT = {
  LANYARD_PATIENCE: process.env['LANYARD_PATIENCE'],
  NODE_COMPILE_CACHE: fileURLToPath(
    new URL('../../node_modules/.cache/lanyard/compiled', import.meta.url),
  ),
};

/** A free TCP port on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  server.close();
  await once(server, 'close');
  return address.port;
}

/** How long something may take before it is given up on, in milliseconds. No measure of speed: it ends what hangs. */
const PATIENCE_MS = 240_000;

/** A started program. */
export interface Started {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  readonly output: () => string;
  /** Asks it to stop, and insists when it does not. */
  readonly stop: () => Promise<void>;
}

/** Starts a program. Its output is kept, the last 64 kB of it. */
export function startProgram(
  program: string,
  args: readonly string[],
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly cwd?: string;
    readonly uid?: number;
    readonly gid?: number;
    readonly signal?: NodeJS.Signals;
  } = {},
): Started {
  const { signal = 'SIGTERM', env = process.env, ...spawnOptions } = options;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...CHILD_ENVIRONMENT, ...env },
    ...spawnOptions,
  });
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-65_536);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  // A test that fails to stop it must not keep the run from ending.
  child.unref();
  for (const stream of [child.stdout, child.stderr]) {
    (stream as unknown as { readonly unref: () => void }).unref();
  }
  child.on('error', (error) => {
    text += error.message;
  });
  return {
    child,
    output: () => text,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      const insist = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await exited;
      clearTimeout(insist);
    },
  };
}

/** Tries until it works, or clearly hangs. The last failure is thrown with what the program printed. */
export async function eventually<Result>(
  attempt: () => Promise<Result>,
  { output }: { readonly output?: () => string } = {},
): Promise<Result> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (Date.now() > deadline) {
        throw new Error(`did not come up\n${output?.() ?? ''}`, { cause });
      }
      await delay(50);
    }
  }
}
