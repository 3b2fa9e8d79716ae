/** Runs one of the programs in this folder and collects what it says until it ends, one way or another. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { CHILD_ENVIRONMENT } from '../servers/child.ts';

/** One thing a child said. */
export interface Line {
  readonly run: string;
  readonly id?: string;
  readonly did: string;
  readonly [name: string]: unknown;
}

/**
 * Runs a child with a task.
 *
 * @param program a file of this folder
 * @throws when it ended in any way but well or by SIGKILL
 */
export async function runChild(
  program: string,
  task: object,
): Promise<{ readonly lines: readonly Line[]; readonly killed: boolean }> {
  const child = spawn(
    process.execPath,
    [...process.execArgv, fileURLToPath(new URL(program, import.meta.url))],
    {
      env: {
        ...process.env,
        ...CHILD_ENVIRONMENT,
        NODE_NO_WARNINGS: '1',
        ISSUING_TASK: JSON.stringify(task),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the child failed: ${complaints}`);
  return {
    lines: output.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line])),
    killed: signal === 'SIGKILL',
  };
}
