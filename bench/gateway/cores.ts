/** Keeps processes to one processor core each, so that what is measured has a core to itself. */
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The core of whoever is measured, and the core of the load and the subgraphs. */
export const CORES = { measured: 0, others: 1 } as const;

/** Of the machine, as this process finds it: once it is kept to one core itself, it sees that one alone. */
const CORES_HERE = availableParallelism();

/**
 * Keeps a process, with all its threads and those it starts later, to one core.
 *
 * @returns `false` when the machine has one core only, or cannot do that
 */
export async function keepToCore(pid: number, core: number): Promise<boolean> {
  if (CORES_HERE < 2) return false;
  try {
    await run('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)]);
    return true;
  } catch {
    return false;
  }
}
