/** A query plan made into a function. */
import type { PlanNode, QueryPlan } from '@apollo/query-planner';

import { compileFetch, type PlanEnvironment, type RunStep } from './compile-fetch.ts';
import { clientVariable } from './own-names.ts';
import type { PlanPath } from './positions.ts';

/**
 * Compiles a plan.
 *
 * @returns a function that fills the state's data, or `undefined` when no subgraph has to be asked
 * @throws for subscriptions and deferred parts, which no valid operation of this graph has
 */
export function compilePlan(environment: PlanEnvironment, plan: QueryPlan): RunStep | undefined {
  if (plan.node === undefined) return undefined;
  if (plan.node.kind === 'Subscription') throw unsupported(plan.node.kind);
  return compileNode(environment, plan.node, []);
}

function compileNode(environment: PlanEnvironment, node: PlanNode, path: PlanPath): RunStep {
  switch (node.kind) {
    case 'Fetch':
      return compileFetch(environment, node, path);
    case 'Flatten':
      return compileNode(environment, node.node, [...path, ...node.path.map(String)]);
    case 'Sequence': {
      const steps = node.nodes.map((one) => compileNode(environment, one, path));
      return async (state) => {
        for (const step of steps) await step(state);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((one) => compileNode(environment, one, path));
      return async (state) => {
        await Promise.all(steps.map((step) => step(state)));
      };
    }
    case 'Condition': {
      const condition = clientVariable(node.condition);
      const branch = (one: PlanNode | undefined) =>
        one === undefined ? undefined : compileNode(environment, one, path);
      const whenTrue = branch(node.ifClause);
      const whenFalse = branch(node.elseClause);
      return async (state) => {
        await (state.coerced[condition] === true ? whenTrue : whenFalse)?.(state);
      };
    }
    case 'Defer':
      throw unsupported(node.kind);
  }
}

const unsupported = (kind: string): Error => new Error(`a query plan with a ${kind} node`);
