/** The planner itself, in whichever thread this runs. */
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';

/**
 * Plans of one root-to-leaf choice are compared until there are this many; the best so far is taken then. Ours have one
 * to four.
 */
const MOST_PLANS_COMPARED = 500;

/**
 * Builds a planner for a supergraph.
 *
 * @returns a function of a valid document's text and an operation's name
 * @throws when the supergraph cannot be used, or when the library finds an operation too large
 */
export function inThreadPlanner(
  supergraphSdl: string,
): (text: string, operationName?: string) => QueryPlan {
  // The gateway has refused a supergraph with features it does not know before this one is built.
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: false });
  const planner = new QueryPlanner(supergraph, {
    debug: { maxEvaluatedPlans: MOST_PLANS_COMPARED },
  });
  const schema = supergraph.apiSchema();
  return (text, operationName) =>
    planner.buildQueryPlan(
      operationFromDocument(
        schema,
        parse(text, { noLocation: true }),
        operationName === undefined ? {} : { operationName },
      ),
    );
}
