/**
 * Query planning off the main thread, within a bound.
 *
 * How long a plan takes depends on the operation in ways that its size does not tell. So operations are planned one at
 * a time in a thread of their own; one that takes too long is refused, and refused at once when it comes again.
 */
import { hash } from 'node:crypto';

import type { QueryPlan } from '@apollo/query-planner';
import { LRUCache } from 'lru-cache';
import { print } from 'graphql';

import { inTurn, TooManyWaiting } from '../../runtime/in-turn.ts';
import type { Logger } from '../../runtime/log.ts';
import { OperationTooComplex, type Planner, PlannerUnavailable } from './planner-port.ts';
import { planningThread } from './planning-thread.ts';
import type { PlanTask } from './planning-worker.ts';

/** What makes a planner. */
export interface PlannerOptions {
  /** Without the links and directives that the planner's library does not know. */
  readonly supergraphSdl: string;
  readonly log: Logger;
  /** The module that plans, when it is not the planner. */
  readonly worker?: URL;
}

/** Most operations that wait for their turn. */
const MOST_WAITING = 64;
/** How long an operation that took too long is refused without trying, in milliseconds. */
const REFUSED_MS = 10 * 60_000;
const REFUSED_KEPT = 1_000;

/** Starts a planner. */
export function startPlanner({ supergraphSdl, log, worker }: PlannerOptions): Planner {
  const thread = planningThread(supergraphSdl, worker);
  const refused = new LRUCache<string, true>({ max: REFUSED_KEPT, ttl: REFUSED_MS });
  const underWay = new Map<string, Promise<QueryPlan>>();
  const oneAtATime = inTurn(1, MOST_WAITING);

  const run = async (key: string, task: PlanTask): Promise<QueryPlan> => {
    const end = await thread.run(task);
    switch (end.kind) {
      case 'planned':
        return end.plan;
      case 'too-complex':
        refused.set(key, true);
        log.warn(
          { operation: key, fault: end.fault.slice(0, 200) },
          'an operation was not planned',
        );
        throw tooComplex();
      case 'unavailable':
        log.error({ err: end.cause }, 'the planner is not there');
        throw new PlannerUnavailable('no planner', { cause: end.cause });
    }
  };

  return {
    plan: async (document, operationName) => {
      const text = print(document);
      const key = hash('sha256', JSON.stringify([text, operationName]));
      if (refused.has(key)) throw tooComplex();
      const same = underWay.get(key);
      if (same !== undefined) return same;
      const task = operationName === undefined ? { text } : { text, operationName };
      const planned = oneAtATime(() => run(key, task))
        .catch((error: unknown) => {
          if (error instanceof TooManyWaiting)
            throw new PlannerUnavailable('too many wait for a plan', { cause: error });
          throw error;
        })
        .finally(() => underWay.delete(key));
      underWay.set(key, planned);
      return planned;
    },
    ready: thread.ready,
    stop: thread.stop,
  };
}

const tooComplex = (): OperationTooComplex =>
  new OperationTooComplex('the operation takes too long to plan');
