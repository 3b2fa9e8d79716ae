/** A planner's thread that does what an operation's name says. */
import { parentPort } from 'node:worker_threads';

import type { PlanOutcome, PlanTask } from '../../../../gateway/planning/planning-worker.ts';

const tell = (outcome: Omit<PlanOutcome, 'cpuMicroseconds'>): void => {
  const { user, system } = process.threadCpuUsage();
  parentPort?.postMessage({ ...outcome, cpuMicroseconds: user + system });
};

parentPort?.on('message', ({ operationName }: PlanTask) => {
  if (operationName?.startsWith('Spin') === true) for (;;);
  if (operationName?.startsWith('End') === true) process.exit(0);
  if (operationName?.startsWith('Kill') === true) process.kill(process.pid, 'SIGKILL');
  if (operationName?.startsWith('Stop') === true) process.kill(process.pid, 'SIGSTOP');
  if (operationName?.startsWith('Map') === true) {
    const kept = new Map<string, unknown>();
    for (let nth = 0; ; nth += 1) kept.set(`key ${String(nth)}`, { nth });
  }
  if (operationName?.startsWith('Hoard') === true) {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => String(index)));
  }
  tell(
    operationName?.startsWith('Throw') === true
      ? { fault: 'too many selections' }
      : { plan: { kind: 'QueryPlan' } },
  );
});
tell({});
