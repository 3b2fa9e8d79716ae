/** A planner as the rest of the gateway sees it. */
import { GraphQLError } from 'graphql';

import { publicError } from '../../runtime/graphql-error.ts';
import type { Waiter } from '../../runtime/in-turn.ts';
import type { PlanQuery } from '../execution/ports.ts';

/** A running planner. */
export interface Planner {
  /**
   * Plans an operation. What nobody waits for any more is dropped before its turn; once begun, it is planned all the same.
   *
   * @param waiter who asks, and until when
   * @throws {OperationTooComplex} when planning would take too long, or did a short while ago
   * @throws {PlannerUnavailable} when too many operations wait to be planned, of this holder or of all, when nobody waits any
   * more, or when the planner has just been lost
   */
  readonly plan: (
    document: Parameters<PlanQuery>[0],
    operationName: string | undefined,
    waiter: Waiter,
  ) => ReturnType<PlanQuery>;
  /** Rejects when the planner cannot start. */
  readonly ready: () => Promise<void>;
  /** Ends it. */
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

/** What a client is told when there is no plan. Errors of other kinds are thrown again. */
export function planFault(error: unknown): GraphQLError {
  if (error instanceof OperationTooComplex) {
    return new GraphQLError(error.message, {
      extensions: { code: error.code, http: { status: 400 } },
    });
  }
  if (error instanceof PlannerUnavailable) {
    return publicError('SERVICE_UNAVAILABLE', { retryable: true, http: { status: 503 } });
  }
  throw error;
}
