/** Query planning as the rest of the gateway sees it. */
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';

/**
 * Plans one operation of a document that is valid for the graph. A plan is plain data and is never changed.
 *
 * @throws {OperationTooComplex} when planning would take too long, or did a short while ago
 * @throws {PlannerUnavailable} when too many operations wait to be planned, or the planner has just been lost
 */
export type PlanQuery = (document: DocumentNode, operationName?: string) => Promise<QueryPlan>;

/** A running planner. */
export interface Planner {
  readonly plan: PlanQuery;
  /** Resolves when the planner can plan. Rejects when the supergraph cannot be planned against. */
  readonly ready: () => Promise<void>;
  /** Ends it. What still waits is rejected. */
  readonly stop: () => Promise<void>;
}

/** An operation that cannot be planned within the bound. */
export class OperationTooComplex extends Error {
  override readonly name = 'OperationTooComplex';
  readonly code = 'OPERATION_TOO_COMPLEX';
}

/** No plan for reasons that have nothing to do with the operation. */
export class PlannerUnavailable extends Error {
  override readonly name = 'PlannerUnavailable';
  readonly code = 'unavailable';
}
