/** The process that plans: gives its thread one operation at a time, and says what became of it. */
import type { PlanningAnswer, PlanningStart } from './planning-process.ts';
import { planningThread } from './planning-thread.ts';
import type { PlanTask } from './planning-worker.ts';

if (process.send === undefined) throw new Error('is started by the gateway only');
const send = process.send.bind(process);

const tell = (answer: PlanningAnswer): void => {
  send(answer);
};

// Whoever started it ends it, also when both of them are told to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
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
