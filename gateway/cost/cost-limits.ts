/** What one operation may cost, by who asks, and what those are told who ask for more. */
import { GraphQLError } from 'graphql';

import { publicError } from '../../runtime/graphql-error.ts';
import type { CostEstimate } from './operation-cost.ts';

/** The most that one operation may be estimated at. */
export interface CostLimits {
  readonly person: number;
  readonly machine: number;
}

/** What one operation may cost unless settings say otherwise: a person's page, and a machine's page of 500 people. */
export const USUAL_COSTS: CostLimits = { person: 10_000, machine: 50_000 };

/** An operation counts as one request for each started thousand of its estimated cost, and as one more when it has yet to be planned. */
export const COST_OF_REQUEST = 1_000;

/** The cost as answers tell it, in `extensions.cost`. */
export interface ToldCost {
  readonly estimated: number;
  readonly max: number;
}

/** Holds an estimate against the limit of whoever asks. The fault is what to answer instead. */
export function withinCost(
  { estimated, pageTooLong }: CostEstimate,
  kind: keyof CostLimits | undefined,
  limits: CostLimits,
): { readonly cost: ToldCost; readonly fault?: GraphQLError } {
  const cost = { estimated, max: limits[kind ?? 'person'] };
  const http = { status: 400 };
  if (pageTooLong !== undefined) {
    return { cost, fault: publicError('INVALID_VALUE', { http }, 'A page is too long.') };
  }
  if (estimated <= cost.max) return { cost };
  const extensions = { code: 'COST_EXCEEDED', http };
  return { cost, fault: new GraphQLError('the operation costs too much', { extensions }) };
}
