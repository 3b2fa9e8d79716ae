/**
 * One stream of answers: the present one first, then another after each change.
 *
 * Only the latest counts. Changes that come while one is being answered, or while the client does not read, are answered
 * together by what is true then. Source: graphql-sse, distinct connections mode; WHATWG HTML, section 9.2.
 */
import type { ServerResponse } from 'node:http';

/** What a stream goes by. */
export interface EventStreamParts {
  /** The answer as it is now, as JSON text. `undefined` when it has to wait for the next heartbeat. */
  readonly answer: () => Promise<StreamAnswer | undefined>;
  /** Why the caller may no longer be answered, as the body of an answer; `undefined` while they may. */
  readonly fault: () => string | undefined;
  /** Called once, when it is over. */
  readonly ended: () => void;
  readonly failed: (error: unknown) => string;
}

/** One answer. */
export interface StreamAnswer {
  readonly body: string;
  /** Nothing can follow. */
  readonly isLast: boolean;
}

/** A running stream. */
export interface EventStream {
  readonly told: () => void;
  readonly end: () => void;
}

/** How often a silent stream says that it is there, and looks whether it may go on, in milliseconds. */
const HEARTBEAT_MS = 10_000;
/** Longest life of a stream, in milliseconds. The client opens another, which begins with what is true then. */
const LIFETIME_MS = 10 * 60_000;
/** A client waits so long before it opens another, in milliseconds. */
const RETRY_MS = 1_000;
/** Heartbeats without the client reading before it is given up. */
const MOST_UNREAD = 3;

/** Starts a stream on a response whose head has been written. */
export function startEventStream(
  response: ServerResponse,
  first: StreamAnswer,
  parts: EventStreamParts,
): EventStream {
  let last = first.body;
  let changed = false;
  let answering = false;
  let over = false;
  let unread = 0;

  const finish = (): void => {
    if (over) return;
    over = true;
    clearInterval(heartbeat);
    clearTimeout(lifetime);
    parts.ended();
  };
  const send = (event: 'next' | 'complete', data: string): void => {
    response.write(`event: ${event}\ndata: ${data}\n\n`);
  };
  const end = (because?: string): void => {
    if (over) return;
    if (because !== undefined) send('next', because);
    send('complete', '');
    finish();
    response.end();
  };
  const go = async (): Promise<void> => {
    if (answering) return;
    answering = true;
    try {
      while (changed && !response.writableNeedDrain) {
        const fault = parts.fault();
        if (fault !== undefined) {
          end(fault);
          return;
        }
        changed = false;
        const answer = await parts.answer();
        if (over) return;
        if (answer === undefined) {
          changed = true;
          return;
        }
        if (answer.body !== last) send('next', answer.body);
        last = answer.body;
        if (answer.isLast) {
          end();
          return;
        }
      }
    } catch (error) {
      // Whoever has left has ended what was being read, too.
      if (!over) end(parts.failed(error));
    } finally {
      answering = false;
    }
  };
  const heartbeat = setInterval(() => {
    const fault = parts.fault();
    if (fault !== undefined) {
      end(fault);
      return;
    }
    if (response.writableNeedDrain) {
      unread += 1;
      if (unread >= MOST_UNREAD) response.destroy();
      return;
    }
    unread = 0;
    response.write(':\n\n');
    void go();
  }, HEARTBEAT_MS).unref();
  const lifetime = setTimeout(() => {
    end();
  }, LIFETIME_MS).unref();

  response.on('close', finish);
  response.on('error', finish);
  response.on('drain', () => void go());
  response.write(`retry: ${String(RETRY_MS)}\n\n`);
  send('next', first.body);
  if (first.isLast) end();
  return {
    told: () => {
      if (over) return;
      changed = true;
      void go();
    },
    end: () => {
      end();
    },
  };
}
