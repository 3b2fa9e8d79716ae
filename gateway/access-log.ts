/**
 * Every reading of a person's record is in that person's access log before the answer goes out.
 *
 * Under load, one request to the log carries the readings of some milliseconds. Each still waits for its own entry.
 */
import { GraphQLError } from 'graphql';
import { z } from 'zod';

import type { Caller } from '../runtime/caller-statement.ts';
import { publicError } from '../runtime/graphql-error.ts';
import type { GatewayContext } from './context.ts';
import { recordDeadline } from './deadline.ts';
import { ownCaller } from './own-caller.ts';
import { type AskOptions, askSubgraph } from './subgraphs/ask-subgraph.ts';

/** Records what one operation read of people, other than their own record by `me`: that is named by no subgraph. */
export type RecordAccess = (context: GatewayContext, fields: readonly string[]) => Promise<void>;

/** An entry that is not written yet. */
interface Waiting {
  readonly text: string;
  readonly requestId: string;
  /** Milliseconds that are left of its operation. */
  readonly remaining: () => number;
  readonly written: () => void;
  readonly failed: (cause: unknown) => void;
}

/** The least between two requests to the log, in milliseconds. */
const EVERY_MS = 3;
/** Most entries in one request, and most characters of them before the last. */
const MOST = { entries: 50, characters: 60_000 } as const;

const answer = z.object({ written: z.array(z.boolean()) });

/**
 * Creates the writer of the access log, which the passport subgraph keeps.
 *
 * The writer throws `SERVICE_UNAVAILABLE` when an entry cannot be written: then nothing that was read goes out.
 *
 * @param clock milliseconds that only go forward
 */
export function accessLog(
  passport: AskOptions,
  clock: () => number = () => performance.now(),
): RecordAccess {
  let waiting: Waiting[] = [];
  let characters = 0;
  let timer: NodeJS.Timeout | undefined;
  let sentAt = -Infinity;

  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    sentAt = clock();
    const entries = waiting;
    waiting = [];
    characters = 0;
    void write(passport, entries);
  };
  const add = (entry: Waiting): void => {
    waiting.push(entry);
    characters += entry.text.length;
    const isFull = waiting.length >= MOST.entries || characters >= MOST.characters;
    // Alone, nobody waits for others.
    if (isFull || clock() - sentAt >= EVERY_MS) send();
    else timer ??= setTimeout(send, EVERY_MS);
  };

  return ({ caller, people, deadline }, fields) => {
    if (caller === undefined || people.size === 0) return Promise.resolve();
    const { requestId } = caller;
    return new Promise((resolve, reject) => {
      add({
        text: entryText(caller, people, fields),
        requestId,
        remaining: deadline.remaining,
        written: resolve,
        failed: (cause) => {
          reject(unavailable(passport.name, cause));
        },
      });
    });
  };
}

/** One entry as JSON. */
function entryText(
  { subject, name, odsCode, purpose, requestId }: Caller,
  people: ReadonlySet<string>,
  fields: readonly string[],
): string {
  const reader = { subject, name, odsCode, purpose, requestId };
  return JSON.stringify({ reader, people: [...people], fields });
}

/** Writes entries and tells each what has become of it. Never rejects. */
async function write(passport: AskOptions, entries: readonly Waiting[]): Promise<void> {
  try {
    const [{ requestId } = { requestId: '' }] = entries;
    const body = `{"entries":[${entries.map(({ text }) => text).join(',')}]}`;
    // Whoever has the least time decides, which is half a second when there is none.
    const remaining = (): number => Math.min(...entries.map((entry) => entry.remaining()));
    const deadline = recordDeadline({ remaining });
    const told = await askSubgraph(
      passport,
      ownCaller(requestId),
      { path: '/access-log', body, deadline },
      200,
    );
    const { written } = answer.parse(JSON.parse(told));
    if (written.length !== entries.length) throw new Error('the log answered about other entries');
    for (const [index, entry] of entries.entries()) {
      if (written[index] === true) entry.written();
      else entry.failed(new Error('the log did not take the entry'));
    }
  } catch (cause) {
    for (const entry of entries) entry.failed(cause);
  }
}

function unavailable(source: string, cause: unknown): GraphQLError {
  const { message, extensions } = publicError('SERVICE_UNAVAILABLE', {
    source,
    retryable: true,
    http: { status: 503 },
  });
  return new GraphQLError(message, { extensions, originalError: cause as Error });
}
