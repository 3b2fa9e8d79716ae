/** Query planning in this thread. */
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';

import type { PlanQuery } from './ports.ts';

/** Ways through the subgraphs that are compared for one operation; past that many the best so far is taken. */
const MOST_PLANS_COMPARED = 500;

/** Builds a planner for a supergraph that has been checked. */
export function planInThread(sdl: string): PlanQuery {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false });
  const planner = new QueryPlanner(supergraph, {
    debug: { maxEvaluatedPlans: MOST_PLANS_COMPARED },
  });
  const schema = supergraph.apiSchema();
  return (document, operationName) =>
    new Promise((resolve) => {
      const named = operationName === undefined ? {} : { operationName };
      resolve(planner.buildQueryPlan(operationFromDocument(schema, document, named)));
    });
}
