/** The process that plans: gives its thread one operation at a time, and says what became of it. */
import { writeFile } from 'node:fs/promises';

import type { PlanningAnswer, PlanningStart } from './planning-process.ts';
import { planningThread } from './planning-thread.ts';
import type { PlanTask } from './planning-worker.ts';

if (process.send === undefined) throw new Error('is started by the gateway only');
const send = process.send.bind(process);

const tell = (answer: PlanningAnswer): void => {
  send(answer);
};

// Whoever started it ends it, also when both of them are told something.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
// Where memory is short, the system ends this process before that of the gateway (proc_pid_oom_score_adj(5)).
writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined);
process.on('disconnect', () => {
  process.exit();
});

process.once('message', (start: PlanningStart) => {
  const thread = planningThread(start);
  process.on('message', (task: PlanTask) => {
    void thread.run(task).then(tell);
  });
  thread.ready().then(
    () => {
      tell({ kind: 'ready' });
    },
    (cause: unknown) => {
      tell({ kind: 'unavailable', cause });
    },
  );
});
