/** The worker thread that plans: one operation at a time, as messages. */
import { parentPort, workerData } from 'node:worker_threads';

import type { QueryPlan } from '@apollo/query-planner';
import { parse } from 'graphql';

import { planInThread } from '../execution/plan-in-thread.ts';

/** One operation to plan. */
export interface PlanTask {
  readonly text: string;
  readonly operationName?: string;
}

/** What the worker says: once when it is ready, and once for each task. */
export interface PlanOutcome {
  readonly plan?: QueryPlan;
  /** Why there is no plan. For the log. */
  readonly fault?: string;
  /** Processor time this thread has used so far, in microseconds. */
  readonly cpuMicroseconds: number;
}

if (parentPort === null) throw new Error('runs in a worker thread only');
const port = parentPort;

const tell = (outcome: Omit<PlanOutcome, 'cpuMicroseconds'>): void => {
  const { user, system } = process.threadCpuUsage();
  port.postMessage({ ...outcome, cpuMicroseconds: user + system } satisfies PlanOutcome);
};

const plan = planInThread(workerData as string);
port.on('message', ({ text, operationName }: PlanTask) => {
  plan(parse(text, { noLocation: true }), operationName).then(
    (planned) => {
      tell({ plan: planned });
    },
    (error: unknown) => {
      tell({ fault: error instanceof Error ? error.message : 'unknown' });
    },
  );
});
tell({});
