/** Keeps asking who has left, for as long as the process runs. */
import { endAccessOfLeavers, type LeaverParts } from './domain/leavers.ts';
import type { Logger } from '../runtime/log.ts';
import { repeatedly } from '../runtime/repeatedly.ts';

/** How often the records are asked, in milliseconds. The first pause lets this process answer the graph before it asks. */
const POLL_MS = 1_500;
/** Failures between two lines in the log: about a minute. */
const FAILURES_A_LINE = 40;

/** Starts asking. The returned function stops it, and waits for what is being done. */
export function followLeavers(parts: LeaverParts, log: Logger): () => Promise<void> {
  let failures = 0;
  return repeatedly(
    async () => {
      await endAccessOfLeavers(parts);
      failures = 0;
    },
    POLL_MS,
    (error) => {
      failures += 1;
      if (failures % FAILURES_A_LINE === 3) {
        log.warn(
          { err: error, failures, feed: parts.feedName },
          'the records do not tell who has left',
        );
      }
    },
  );
}
