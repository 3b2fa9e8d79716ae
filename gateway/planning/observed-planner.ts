/** A planner whose work is recorded, and counted when anybody counts. */
import { withinSpan } from '../../runtime/tracing/within-span.ts';
import type { GatewayMetrics, PlanningOutcome } from '../metrics/metrics.ts';
import { OperationTooComplex, type Planner, PlannerUnavailable } from './planner-port.ts';

/** Watches a planner. Waiting for its turn is part of the time of a plan. */
export function observedPlanner(
  { plan, ...planner }: Planner,
  metrics: Pick<GatewayMetrics, 'planning'> | undefined,
): Planner {
  const recorded: Planner['plan'] = (document, operationName, waiter) =>
    withinSpan(
      () => ({ name: 'plan', kind: 'internal' }),
      () => plan(document, operationName, waiter),
    );
  if (metrics === undefined) return { ...planner, plan: recorded };
  return {
    ...planner,
    plan: async (document, operationName, waiter) => {
      const ended = metrics.planning();
      let outcome: PlanningOutcome = 'planned';
      try {
        return await recorded(document, operationName, waiter);
      } catch (error) {
        outcome = outcomeOf(error);
        throw error;
      } finally {
        ended(outcome);
      }
    },
  };
}

function outcomeOf(error: unknown): PlanningOutcome {
  if (error instanceof OperationTooComplex) return 'too_complex';
  return error instanceof PlannerUnavailable ? 'unavailable' : 'failed';
}
