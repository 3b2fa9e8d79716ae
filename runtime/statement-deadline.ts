/** Statements end when nobody waits for their request any more. */
import { requestSignal, RequestOver } from './request-deadline.ts';

/** What ends a transaction is let through, so that a connection is never given back with one that is open. */
const ENDS_TRANSACTION = /^(?:commit|rollback)\b/i;

/**
 * Runs one statement for the request that is being worked on, if there is one.
 *
 * @param cancel makes the running statement fail, and resolves when it can no longer hit another one; left out where a
 *   statement cannot be cancelled
 * @throws {RequestOver} instead of beginning a statement that nobody waits for
 */
export async function withinRequest<Result>(
  statement: string,
  run: () => Promise<Result>,
  cancel?: () => Promise<void>,
): Promise<Result> {
  const signal = requestSignal();
  if (signal === undefined || ENDS_TRANSACTION.test(statement)) return run();
  if (signal.aborted) throw new RequestOver('nobody waits for this statement');
  if (cancel === undefined) return run();
  let cancelling: Promise<void> | undefined;
  const end = (): void => {
    cancelling = cancel();
  };
  signal.addEventListener('abort', end);
  try {
    return await run();
  } finally {
    signal.removeEventListener('abort', end);
    await cancelling;
  }
}
