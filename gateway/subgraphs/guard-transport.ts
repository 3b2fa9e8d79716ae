/** What stands between the gateway and one subgraph: limited places, a breaker, and one more try for a read. */
import { setTimeout as delay } from 'node:timers/promises';

import { withPatience } from '../../runtime/config.ts';
import type { Logger } from '../../runtime/log.ts';
import { isClientGone } from '../deadline.ts';
import { createBreaker, type Outcome } from './breaker.ts';
import { createPlaces } from './places.ts';
import {
  NotConnected,
  type SubgraphMessage,
  type SubgraphTransport,
  type TransportAnswer,
} from './transport.ts';

/** Requests to one subgraph under way at once: as many as there are connections. */
const MOST_UNDER_WAY = 50;
/** Requests that may wait for one of them to end. */
const MOST_WAITING = 200;
/** The part of all requests that may be tried again: one in ten. */
const RETRY_SHARE = 0.1;
/** Tries that can be saved up. */
const MOST_RETRIES = 10;
/** Shortest and longest pause before the second try, in milliseconds. */
const PAUSE_MS = [10, 50] as const;

/** A subgraph that had this long and did not answer has failed, in milliseconds. */
const FAIR_MS = 1_000;

/** The subgraph was not asked: it has failed too often just now, or too many wait for it. */
class NotAsked extends Error {
  override readonly name = 'NotAsked';
}

/** What a guard runs on. */
export interface GuardOptions {
  /** The subgraph's name, for the log. */
  readonly name: string;
  readonly log: Logger;
  /** Milliseconds that only go forward. */
  readonly clock?: () => number;
  /** Told when the breaker opens and closes. */
  readonly onBreaker?: ((state: 'open' | 'closed') => void) | undefined;
}

/** Guards the way to one subgraph. Whoever shares the returned way shares its places and its breaker. */
export function guardTransport(
  transport: SubgraphTransport,
  { name, log, clock = () => performance.now(), onBreaker }: GuardOptions,
): SubgraphTransport {
  const places = createPlaces(MOST_UNDER_WAY, MOST_WAITING);
  const breaker = createBreaker(clock, (state) => {
    log.warn({ source: name, breaker: state }, 'the breaker of a subgraph changed');
    onBreaker?.(state);
  });
  let retries = MOST_RETRIES;

  const attempt = async (message: SubgraphMessage): Promise<TransportAnswer> => {
    const { signal } = message.deadline;
    if (signal.aborted) throw signal.reason;
    if (!breaker.admits()) throw new NotAsked('the breaker is open');
    let outcome: Outcome = 'unknown';
    try {
      const taken = places.take(signal);
      if (!(taken === true || (await taken))) throw new NotAsked('too many wait');
      const askedAt = clock();
      try {
        const answer = await transport(message);
        if (answer.status < 500) outcome = 'good';
        return answer;
      } finally {
        places.leave();
        if (outcome !== 'good' && isFair(signal, clock() - askedAt)) outcome = 'bad';
      }
    } finally {
      breaker.report(outcome);
    }
  };

  return async (message) => {
    retries = Math.min(MOST_RETRIES, retries + RETRY_SHARE);
    try {
      return await attempt(message);
    } catch (error) {
      if (!message.repeatable || !(error instanceof NotConnected) || retries < 1) throw error;
      retries -= 1;
      const [shortest, longest] = PAUSE_MS;
      const pause = shortest + Math.random() * (longest - shortest);
      await delay(pause, undefined, { signal: message.deadline.signal });
      return attempt(message);
    }
  };
}

/** Whether a failure is the subgraph's own: cut short by others, or by the client, it says nothing. */
const isFair = (signal: AbortSignal, had: number): boolean =>
  !signal.aborted || (!isClientGone(signal) && had >= withPatience(FAIR_MS));
