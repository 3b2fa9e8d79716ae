/** A child process that starts something, says where it is, and tells how much processor time it has used. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A running child. */
export interface Child<Ready> {
  readonly ready: Ready;
  /** Processor time used so far, user and system, in milliseconds. */
  readonly cpuMs: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Longest wait for the child to be ready, in milliseconds. */
const PATIENCE_MS = 300_000;

/** Starts a module in a child process and waits for its first message. */
export async function startChild<Ready>(module: URL, argument: unknown): Promise<Child<Ready>> {
  const child = fork(module, [JSON.stringify(argument)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const message = async (): Promise<unknown> => {
    const [value] = (await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) }),
      exited.then(() => {
        throw new Error('the child process ended');
      }),
    ])) as [unknown];
    return value;
  };
  return {
    ready: (await message()) as Ready,
    async cpuMs() {
      child.send('cpu');
      return (await message()) as number;
    },
    async stop() {
      if (child.exitCode === null) child.send('stop');
      await exited;
    },
  };
}

/** The child's side: says it is ready, then answers until told to stop. */
export function serveParent(ready: unknown, stop: () => Promise<void>): void {
  process.on('message', (message) => {
    if (message === 'cpu') {
      const { user, system } = process.cpuUsage();
      process.send?.((user + system) / 1000);
    }
    if (message === 'stop') {
      void stop().finally(() => {
        process.exit();
      });
    }
  });
  process.send?.(ready);
}
