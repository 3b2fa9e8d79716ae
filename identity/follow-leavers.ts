/** Keeps asking who has left, for as long as the process runs. */
import { endAccessOfLeavers, type LeaverParts } from './domain/leavers.ts';
import type { Logger } from '../runtime/log.ts';

/** How often the records are asked, in milliseconds. */
const POLL_MS = 1_500;
/** Failures between two lines in the log: about a minute. */
const FAILURES_A_LINE = 40;

/** Starts asking. The returned function stops it, and waits for what is being done. */
export function followLeavers(parts: LeaverParts, log: Logger): () => Promise<void> {
  let failures = 0;
  let stopped = false;
  let wake = (): void => undefined;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const follow = async (): Promise<void> => {
    // The graph may only answer once this process does.
    await pause();
    while (!stopped) {
      try {
        await endAccessOfLeavers(parts);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures % FAILURES_A_LINE === 3) {
          log.warn({ err: error, failures }, 'the records do not tell who has left');
        }
      }
      await pause();
    }
  };
  const following = follow();
  return () => {
    stopped = true;
    wake();
    return following;
  };
}
