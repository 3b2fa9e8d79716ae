/**
 * Query planning outside of this process, within a bound.
 *
 * How long a plan takes depends on the operation in ways that its size does not tell. So operations are planned one at
 * a time in a process of their own; one that takes too long is refused, and refused at once when it comes again.
 */
import { hash } from 'node:crypto';

import type { QueryPlan } from '@apollo/query-planner';
import { LRUCache } from 'lru-cache';
import { print } from 'graphql';

import { allLeft, type Waiting } from '../../runtime/all-left.ts';
import { inTurn } from '../../runtime/in-turn.ts';
import type { Logger } from '../../runtime/log.ts';
import { OperationTooComplex, type Planner, PlannerUnavailable } from './planner-port.ts';
import { planningProcess } from './planning-process.ts';
import type { PlanTask } from './planning-worker.ts';

/** What makes a planner. */
export interface PlannerOptions {
  /** Without the links and directives that the planner's library does not know. */
  readonly supergraphSdl: string;
  readonly log: Logger;
  /** The module that plans, when it is not the planner. */
  readonly worker?: URL;
}

/** Most operations that wait for their turn: so many come at once where a replica starts. Whoever has no time left leaves. */
const MOST_WAITING = 64;
/** Most of them that one caller has asked for, so that nobody waits for a crowd of somebody else's. */
const MOST_OF_ONE = 4;
/** How long an operation that took too long is refused without trying, in milliseconds. */
const REFUSED_MS = 10 * 60_000;
const REFUSED_KEPT = 1_000;

/** An operation that is being planned, or waits for its turn. */
interface UnderWay {
  readonly planned: Promise<QueryPlan>;
  readonly waiting: Waiting;
}

/** Starts a planner. */
export function startPlanner({ supergraphSdl, log, worker }: PlannerOptions): Planner {
  const planning = planningProcess(supergraphSdl, worker);
  const refused = new LRUCache<string, true>({ max: REFUSED_KEPT, ttl: REFUSED_MS });
  const underWay = new Map<string, UnderWay>();
  const oneAtATime = inTurn({
    atOnce: 1,
    mostWaiting: MOST_WAITING,
    mostOfOne: MOST_OF_ONE,
  });

  const run = async (key: string, task: PlanTask): Promise<QueryPlan> => {
    const end = await planning.run(task);
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

  const begin = (key: string, task: PlanTask, holder: string): UnderWay => {
    const waiting = allLeft();
    let begun = false;
    const planned = oneAtATime(
      () => {
        begun = true;
        return run(key, task);
      },
      { holder, left: waiting.left },
    ).catch((error: unknown) => {
      if (begun) throw error;
      throw new PlannerUnavailable('not planned in time', { cause: error });
    });
    const one: UnderWay = { planned, waiting };
    const end = (): void => {
      if (underWay.get(key) === one) underWay.delete(key);
    };
    planned.then(end, end);
    // At once: whoever comes now does not join what is dropped.
    waiting.left.addEventListener('abort', () => {
      if (!begun) end();
    });
    underWay.set(key, one);
    return one;
  };

  return {
    plan: async (document, operationName, { holder, left }) => {
      const text = print(document);
      const key = hash('sha256', JSON.stringify([text, operationName]));
      if (refused.has(key)) throw tooComplex();
      const task = operationName === undefined ? { text } : { text, operationName };
      const { planned, waiting } = underWay.get(key) ?? begin(key, task, holder);
      waiting.join(left);
      return planned;
    },
    ready: planning.ready,
    stop: planning.stop,
  };
}

const tooComplex = (): OperationTooComplex =>
  new OperationTooComplex('the operation takes too long to plan');
