/** The thread that plans, watched: what uses too much processor time ends with its thread, and another takes its place. */
import { Worker } from 'node:worker_threads';

import type { QueryPlan } from '@apollo/query-planner';

import type { PlanningStart } from './planning-process.ts';
import type { PlanOutcome, PlanTask } from './planning-worker.ts';

/** What became of a task. */
export type TaskEnd =
  | { readonly kind: 'planned'; readonly plan: QueryPlan }
  /** It used up its processor time or its memory, or the library gave up on it. */
  | { readonly kind: 'too-complex'; readonly fault: string }
  /** There is nothing that plans, or it said nothing. */
  | { readonly kind: 'unavailable'; readonly cause: unknown };

/** What plans one task at a time: whoever calls waits for the end of one before giving it the next. */
export interface Planning {
  readonly run: (task: PlanTask) => Promise<TaskEnd>;
  /** Rejects when it cannot start. */
  readonly ready: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** How often a thread at work is looked at while it has its time. */
const LOOKS = 4;
/** Memory of the thread, in megabytes. The planner itself takes 60. */
const MEMORY_MB = 256;

const PLANNING_WORKER = new URL('planning-worker.ts', import.meta.url).href;

interface Thread {
  readonly worker: Worker;
  /** What it says next. */
  answer: PromiseWithResolvers<PlanOutcome>;
  /** Processor time it had used by its last answer, in microseconds. `undefined` until it can plan. */
  cpu?: number;
}

/** Starts a thread. */
export function planningThread(start: PlanningStart): Omit<Planning, 'stop'> {
  const { supergraphSdl, module = PLANNING_WORKER, cpuBoundMs } = start;
  let current: Thread | undefined;

  const open = (): Thread => {
    const worker = new Worker(new URL(module), {
      workerData: supergraphSdl,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const thread: Thread = { worker, answer: nextAnswer() };
    worker.on('message', (outcome: PlanOutcome) => {
      thread.answer.resolve(outcome);
    });
    worker.on('error', (error) => {
      thread.answer.reject(error);
    });
    worker.on('exit', () => {
      thread.answer.reject(new Error('the planning thread ended'));
    });
    return thread;
  };

  /** The thread, able to plan. */
  const begin = async (): Promise<Thread> => {
    const thread = (current ??= open());
    try {
      thread.cpu ??= (await thread.answer.promise).cpuMicroseconds;
      return thread;
    } catch (error) {
      await lose(thread);
      throw error;
    }
  };

  const lose = async (thread: Thread): Promise<void> => {
    if (current === thread) current = undefined;
    await thread.worker.terminate();
  };

  /** Loses the thread, and has the next one ready when it is needed. Until it has ended, it can end the process. */
  const replace = async (thread: Thread): Promise<void> => {
    await lose(thread);
    current ??= open();
  };

  /** Looks at a thread at work until it has had its time. Returns how to stop looking. */
  const watch = ({ worker, cpu = 0 }: Thread, over: () => void): (() => void) => {
    const timer = setInterval(() => {
      worker.cpuUsage().then(
        ({ user, system }) => {
          if (user + system - cpu > cpuBoundMs * 1_000) over();
        },
        () => undefined,
      );
    }, cpuBoundMs / LOOKS);
    return () => {
      clearInterval(timer);
    };
  };

  const run = async (task: PlanTask): Promise<TaskEnd> => {
    let thread: Thread;
    try {
      thread = await begin();
    } catch (cause) {
      return { kind: 'unavailable', cause };
    }
    thread.answer = nextAnswer();
    thread.worker.postMessage(task);
    const late = Promise.withResolvers<TaskEnd>();
    const unwatch = watch(thread, () => {
      late.resolve({ kind: 'too-complex', fault: 'it took too long' });
    });
    const lost = thread.answer.promise.then(() => undefined, lostWith);
    const ended = await Promise.race([lost, late.promise]);
    unwatch();
    if (ended !== undefined) {
      await replace(thread);
      return ended;
    }
    const { plan, fault = '', cpuMicroseconds } = await thread.answer.promise;
    thread.cpu = cpuMicroseconds;
    return plan === undefined ? { kind: 'too-complex', fault } : { kind: 'planned', plan };
  };

  return {
    run,
    ready: async () => {
      await begin();
    },
  };
}

function nextAnswer(): PromiseWithResolvers<PlanOutcome> {
  const answer = Promise.withResolvers<PlanOutcome>();
  // A thread that ends between two tasks is noticed with the next.
  answer.promise.catch(() => undefined);
  return answer;
}

/** A thread without memory was given too much; any other end is not the operation's doing. */
function lostWith(error: unknown): TaskEnd {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? { kind: 'too-complex', fault: 'it took too much memory' }
    : { kind: 'unavailable', cause: error };
}
