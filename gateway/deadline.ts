/** How long one operation may take, from the edge to the database. Whoever goes on after it is over works for nobody. */
import { EventEmitter } from 'node:events';

import { withPatience } from '../runtime/config.ts';

/** The end of an operation's time. */
export interface Deadline {
  /** Aborted when the time is up, or when the client has gone. */
  readonly signal: AbortSignal;
  /** Milliseconds left, rounded down; 0 when there are none. */
  readonly remaining: () => number;
  /** Does work that a client's leaving must not interrupt: a change that has begun runs to its end, or to the deadline. */
  readonly uninterrupted: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** Milliseconds for the subgraphs' answers to one operation. */
const OPERATION_MS = 2_500;
/** Milliseconds more for what has to be written down before the answer leaves. The client waits for 3 s at most. */
const RECORD_MS = 500;

/** The time is up. */
class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** The client did not wait for the answer. */
class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** Whether work ended because nobody waited for it any more: that says nothing about who did it. */
export const isClientGone = ({ reason }: AbortSignal): boolean => reason instanceof ClientGone;

/**
 * Starts the clock of an operation: one timer, whatever it asks of however many subgraphs.
 *
 * @param response the answer to the client: the client has gone when its connection closes before it is sent
 */
export function startDeadline(response: EventEmitter): Deadline {
  const controller = new AbortController();
  const milliseconds = withPatience(OPERATION_MS);
  const endsAt = performance.now() + milliseconds;
  const timer = setTimeout(() => {
    controller.abort(new DeadlinePassed('no answer in time'));
  }, milliseconds);
  let changing = 0;
  let gone = false;
  const cancel = (): void => {
    if (!gone || changing > 0) return;
    // Until then, what cannot be interrupted has its deadline.
    clearTimeout(timer);
    controller.abort(new ClientGone('the client has gone'));
  };
  const leave = (): void => {
    gone = true;
    cancel();
  };
  response.once('close', leave);
  response.once('finish', () => {
    clearTimeout(timer);
    response.off('close', leave);
  });
  return {
    signal: controller.signal,
    remaining: () => Math.max(0, Math.floor(endsAt - performance.now())),
    uninterrupted: async (work) => {
      changing += 1;
      try {
        return await work();
      } finally {
        changing -= 1;
        cancel();
      }
    },
  };
}

/** Does work for a response that stays open after it, as a stream does: the response's close ends it. */
export async function whileOpen<Result>(
  response: EventEmitter & { readonly destroyed: boolean },
  work: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
  const waiting = new EventEmitter();
  const deadline = startDeadline(waiting);
  const leave = (): void => {
    waiting.emit('close');
  };
  response.once('close', leave);
  if (response.destroyed) leave();
  try {
    return await work(deadline);
  } finally {
    response.off('close', leave);
    waiting.emit('finish');
  }
}

/** A deadline of `ms` milliseconds for one question that belongs to no operation. Nobody can leave early. */
export function questionDeadline(ms: number = withPatience(OPERATION_MS)): Deadline {
  const endsAt = performance.now() + ms;
  return {
    signal: AbortSignal.timeout(Math.ceil(ms)),
    remaining: () => Math.max(0, Math.floor(endsAt - performance.now())),
    uninterrupted: (work) => work(),
  };
}

/** What is left for writing down what an operation read: never less than half a second, whoever leaves. */
export const recordDeadline = (operation: Pick<Deadline, 'remaining'>): Deadline =>
  questionDeadline(operation.remaining() + withPatience(RECORD_MS));
