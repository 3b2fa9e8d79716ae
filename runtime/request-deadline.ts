/**
 * The time that a request to a subgraph has, and whoever works for it: past it, nobody waits for the answer.
 *
 * The gateway says how many milliseconds are left. The subgraph takes its word for less than its own maximum, never for
 * more, so the header need not be signed. The signal goes with the request wherever its work goes (`AsyncLocalStorage`),
 * because the ports of the domain know nothing of requests: {@link requestSignal} is for what keeps a port.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';

import { withPatience } from './config.ts';

/** The request header with the milliseconds that are left, a decimal number. */
export const REMAINING_HEADER = 'lanyard-deadline';

/** Longest that a subgraph works on one request, in milliseconds. */
const LONGEST_MS = 2_500;

/** A request's time is up, or whoever asked has gone. */
export class RequestOver extends Error {
  override readonly name = 'RequestOver';
  readonly code = 'unavailable';
  readonly statusCode = 503;
}

const signals = new AsyncLocalStorage<AbortSignal>();

/** The signal of the request that is being worked on. `undefined` for work that no request has asked for. */
export const requestSignal = (): AbortSignal | undefined => signals.getStore();

/** Does work that belongs to `signal` instead of the request that is being worked on; to none when there is none. */
export const workFor = <Result>(signal: AbortSignal | undefined, work: () => Result): Result =>
  signal === undefined ? signals.exit(work) : signals.run(signal, work);

/**
 * The same port, whose work belongs to no request: for what several requests share, and for what outlives the one that
 * happened to begin it.
 */
export const ofNoRequest = <Port extends object>(port: Port): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function'
        ? (...given: unknown[]) =>
            workFor(undefined, (): unknown => Reflect.apply(member, target, given))
        : member;
    },
  });

/**
 * Works on a request until its time is up or its connection is closed.
 *
 * @param remaining the header's value
 * @param response the answer: whoever asked has gone when its connection closes before it is sent
 * @throws {RequestOver} at that moment, whether or not the work has ended
 */
export function withinDeadline<Result>(
  remaining: unknown,
  response: EventEmitter,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const { signal } = controller;
  return new Promise((resolve, reject) => {
    const over = (): void => {
      end();
      const error = new RequestOver('the time of a request is up');
      controller.abort(error);
      reject(error);
    };
    const timer = setTimeout(over, millisecondsOf(remaining));
    response.once('close', over);
    const end = (): void => {
      clearTimeout(timer);
      response.off('close', over);
    };
    signals
      .run(signal, () => work(signal))
      .then(resolve, reject)
      .finally(end);
  });
}

/** Milliseconds for a request: what is asked for, or the most there is. */
function millisecondsOf(remaining: unknown): number {
  const longest = withPatience(LONGEST_MS);
  if (typeof remaining !== 'string' || !/^\d{1,7}$/.test(remaining)) return longest;
  return Math.min(Number(remaining), longest);
}
