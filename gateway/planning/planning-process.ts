/**
 * The process that plans. V8 cannot be held to a thread's memory: a map that grows past it ends the whole process, so
 * the thread that plans is in a process which has nothing else to lose.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

import { withPatience } from '../../runtime/config.ts';
import type { Planning, TaskEnd } from './planning-thread.ts';
import type { PlanTask } from './planning-worker.ts';

/** What the process is told first. */
export interface PlanningStart {
  readonly supergraphSdl: string;
  /** Address of the module that its thread runs, when that is not the planner. */
  readonly module?: string;
  /** Processor time for one plan, in milliseconds. */
  readonly cpuBoundMs: number;
}

/** What it says: once when it can plan, or cannot, and once for each task. */
export type PlanningAnswer = TaskEnd | { readonly kind: 'ready' };

/** Processor time for one plan, in milliseconds. What a busy machine takes away does not count against the operation. */
const CPU_BOUND_MS = 200;
/** Longest time for one plan by the clock, in milliseconds. */
const CLOCK_BOUND_MS = 10_000;
/** Longest time until it can plan, in milliseconds. */
const START_BOUND_MS = 60_000;
/** How V8 ends a process without memory. */
const OUT_OF_MEMORY = 'SIGABRT';

const PLANNING_MAIN = new URL('planning-main.ts', import.meta.url);
/** All that it knows of what this process was started with. */
const KNOWN_SETTINGS = ['NODE_ENV', 'NODE_COMPILE_CACHE'];

interface Child {
  readonly process: ChildProcess;
  /** What it says next. */
  answer: PromiseWithResolvers<PlanningAnswer>;
  /** What it said first. */
  readonly started: Promise<PlanningAnswer>;
}

/** Starts it. `module` is what its thread runs, when that is not the planner. */
export function planningProcess(supergraphSdl: string, module?: URL): Planning {
  let current: Child | undefined;
  let stopped = false;

  const open = (): Child => {
    const child = fork(PLANNING_MAIN, {
      env: Object.fromEntries(KNOWN_SETTINGS.map((name) => [name, process.env[name]])),
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const answer = Promise.withResolvers<PlanningAnswer>();
    const one: Child = { process: child, answer, started: answer.promise };
    let begun = false;
    child.on('message', (said: PlanningAnswer) => {
      begun = true;
      one.answer.resolve(said);
    });
    child.on('error', (cause) => {
      one.answer.resolve({ kind: 'unavailable', cause });
      lose(one);
    });
    child.on('exit', (code, signal) => {
      one.answer.resolve(
        signal === OUT_OF_MEMORY && begun
          ? { kind: 'too-complex', fault: 'it took too much memory' }
          : { kind: 'unavailable', cause: `the planning process ended: ${String(signal ?? code)}` },
      );
      lose(one);
      if (!begun || stopped) return;
      try {
        // The next one is ready when it is needed.
        current ??= open();
      } catch {
        // The system gives no process now: whoever needs one tries again, and is told.
      }
    });
    // A process that has nothing else to do may end.
    child.unref();
    child.channel?.unref();
    tell(one, {
      supergraphSdl,
      ...(module === undefined ? {} : { module: module.href }),
      cpuBoundMs: withPatience(CPU_BOUND_MS),
    });
    return one;
  };

  const lose = (child: Child): void => {
    if (current === child) current = undefined;
    child.process.kill('SIGKILL');
  };

  /** What it says, or that it says nothing. */
  const heard = async (
    child: Child,
    answer: Promise<PlanningAnswer>,
    boundMs: number,
  ): Promise<PlanningAnswer> => {
    const timer = setTimeout(() => {
      child.answer.resolve({ kind: 'unavailable', cause: 'the planning process says nothing' });
      lose(child);
    }, withPatience(boundMs));
    return answer.finally(() => {
      clearTimeout(timer);
    });
  };

  /** The process, able to plan. */
  const start = async (): Promise<Child> => {
    if (stopped) throw new Error('the planner has stopped');
    const child = (current ??= open());
    const said = await heard(child, child.started, START_BOUND_MS);
    if (said.kind === 'ready') return child;
    lose(child);
    throw new Error('the planner cannot start', 'cause' in said ? { cause: said.cause } : {});
  };

  return {
    async run(task) {
      let child: Child;
      try {
        child = await start();
      } catch (cause) {
        return { kind: 'unavailable', cause };
      }
      child.answer = Promise.withResolvers();
      tell(child, task);
      const said = await heard(child, child.answer.promise, CLOCK_BOUND_MS);
      return said.kind === 'ready' ? { kind: 'unavailable', cause: 'it said nothing new' } : said;
    },
    async ready() {
      await start();
    },
    async stop() {
      stopped = true;
      if (current === undefined) return;
      const ended = once(current.process, 'exit');
      // Nothing else may be left to wait for.
      current.process.ref();
      lose(current);
      await ended;
    },
  };
}

function tell({ process: child, answer }: Child, said: PlanningStart | PlanTask): void {
  child.send(said, (cause) => {
    if (cause !== null) answer.resolve({ kind: 'unavailable', cause });
  });
}
