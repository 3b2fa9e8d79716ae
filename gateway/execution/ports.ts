/** What the execution of query plans needs from outside. */
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';

import type { GatewayContext } from '../context.ts';
import type { JsonObject } from './own-properties.ts';

/**
 * Plans an operation that has been found valid and bounded. The plan is never changed.
 *
 * Rejects when there is no plan, or none in time.
 */
export type PlanQuery = (document: DocumentNode, operationName?: string) => Promise<QueryPlan>;

/** One error in a subgraph's answer. */
export interface SubgraphError {
  readonly message: string;
  /** In the subgraph's own answer. */
  readonly path?: readonly (string | number)[];
  readonly extensions?: JsonObject;
}

/** A subgraph's answer to one request. */
export interface SubgraphAnswer {
  /** Changed in place by whoever asked: it belongs to one operation. */
  readonly data: JsonObject | null;
  readonly errors?: readonly SubgraphError[];
}

/** One request to a subgraph. */
export interface SubgraphRequest {
  /** The request as JSON text: `query`, `operationName` and `variables`. */
  readonly body: string;
  /** A mutation is never sent twice, and never shared. */
  readonly mutation: boolean;
  /** It asks for reference data alone: the answer is the same for everybody. */
  readonly reference: boolean;
}

/**
 * Asks a subgraph.
 *
 * Rejects with `SubgraphUnavailable` when there is no answer that can be used.
 */
export type AskSubgraph = (
  subgraph: string,
  request: SubgraphRequest,
  context: GatewayContext,
) => Promise<SubgraphAnswer>;
