/** The embedded directory: an LDAP server in a worker thread, for trying out and for tests. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What it serves and who may ask. */
export interface EmbeddedDirectoryOptions {
  readonly ldifFile: string;
  /** The account that the processes use. */
  readonly serviceDn: string;
  readonly servicePassword: string;
}

/** A running directory. */
export interface EmbeddedDirectory {
  /** `ldap://127.0.0.1:port`. The port stays the same when the worker is started again. */
  readonly url: string;
  /** Ends the worker as a crash would. It comes back by itself, with the file read again. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Wait before a worker that died is started again: doubles from the first to the last, in milliseconds. */
const BACK_OFF_MS = { first: 100, last: 5_000 };

/** Starts the directory on a free port of 127.0.0.1. */
export async function startEmbeddedDirectory(
  options: EmbeddedDirectoryOptions,
): Promise<EmbeddedDirectory> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current = await startWorker(options, 0);
  const { port } = current;

  const watch = (worker: Worker): void => {
    worker.once('exit', () => {
      restart(0);
    });
  };
  const restart = (failures: number): void => {
    if (stopped) return;
    const wait = Math.min(BACK_OFF_MS.first * 2 ** Math.min(failures, 10), BACK_OFF_MS.last);
    timer = setTimeout(() => {
      startWorker(options, port).then(
        (started) => {
          current = started;
          if (stopped) void started.worker.terminate();
          else watch(started.worker);
        },
        () => {
          restart(failures + 1);
        },
      );
    }, wait);
  };
  watch(current.worker);

  return {
    url: `ldap://127.0.0.1:${String(port)}`,
    crash: async () => {
      await current.worker.terminate();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current.worker.terminate();
    },
  };
}

async function startWorker(
  options: EmbeddedDirectoryOptions,
  port: number,
): Promise<{ readonly worker: Worker; readonly port: number }> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: { ...options, port },
    execArgv: [],
  });
  // Without a listener an error in the worker would end the process; `exit` follows and starts another.
  worker.on('error', () => undefined);
  const failed = once(worker, 'exit').then(() => {
    throw new Error('the embedded directory did not start');
  });
  const [listening] = (await Promise.race([once(worker, 'message'), failed])) as [number];
  return { worker, port: listening };
}
