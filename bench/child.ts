/** A child process that starts something, says where it is, and tells how much processor time it has used. */
import { fork } from 'node:child_process';
import { once } from 'node:events';

import { useOfStarted } from './started-processes.ts';

/** A running child. */
export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  /** Processor time used so far, user and system, in milliseconds, with that of the processes it has started. */
  readonly cpuMs: () => Promise<number>;
  /** Asks for one of the answers that the child was given; only one question at a time. */
  readonly ask: <Answer>(question: string) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

/** Longest wait for a message of the child, in milliseconds. */
const PATIENCE_MS = 300_000;

/** Starts a module in a child process and waits for its first message. */
export async function startChild<Ready>(
  module: URL,
  argument: unknown,
  {
    patienceMs = PATIENCE_MS,
    nodeOptions = [],
    environment = {},
  }: {
    readonly patienceMs?: number;
    readonly nodeOptions?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<Child<Ready>> {
  const child = fork(module, [JSON.stringify(argument)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...nodeOptions],
    env: { ...process.env, ...environment },
  });
  const exited = once(child, 'exit');
  const message = async (): Promise<unknown> => {
    const [value] = (await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(patienceMs) }),
      exited.then(() => {
        throw new Error('the child process ended');
      }),
    ])) as [unknown];
    return value;
  };
  const ask = async <Answer>(question: string): Promise<Answer> => {
    child.send(question);
    return (await message()) as Answer;
  };
  return {
    ready: (await message()) as Ready,
    pid: child.pid ?? 0,
    cpuMs: () => ask<number>('cpu'),
    ask,
    async stop() {
      if (child.exitCode === null) child.send('stop');
      await exited;
    },
  };
}

/** The child's side: says it is ready, then answers questions until told to stop. */
export function serveParent(
  ready: unknown,
  stop: () => Promise<void>,
  answers: Readonly<Record<string, () => unknown>> = {},
): void {
  const all: typeof answers = {
    ...answers,
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000 + useOfStarted().cpuMs;
    },
    rss: () => process.memoryUsage.rss() + useOfStarted().rssBytes,
  };
  process.on('message', (message) => {
    if (message === 'stop') {
      void stop().finally(() => {
        process.exit();
      });
      return;
    }
    const answer = all[String(message)];
    if (answer === undefined) throw new Error(`no answer to ${String(message)}`);
    // A failed answer ends the child, and with it the measurement.
    void Promise.resolve(answer()).then((value) => process.send?.(value ?? null));
  });
  process.send?.(ready);
}
