/** What one operation carries through the gateway. */
import type { Caller } from '../runtime/caller-statement.ts';
import type { Deadline } from './deadline.ts';
import type { Allowance } from './rate-limits/rate-limiter.ts';
import type { Scenario } from './scenario.ts';

/** Names of the subgraphs, as in the supergraph. */
export const SUBGRAPHS = ['esr', 'nhsmail', 'passport'] as const;

/** A subgraph's name. */
export type SubgraphName = (typeof SUBGRAPHS)[number];

/** The context of one operation. */
export interface GatewayContext {
  readonly requestId: string;
  /** `undefined` when nobody has signed in. */
  readonly caller?: Caller;
  /** Hash of the transaction that the caller has approved a short while ago. */
  readonly approved?: string;
  /** Ids of the people whose records the subgraphs gave out. Grows while the operation runs. */
  readonly people: Set<string>;
  readonly deadline: Deadline;
  /** What is to go wrong, see `scenario.ts`. */
  readonly scenario?: Scenario;
  /** SHA-256 of the operation's text in hex, when it is one that has been registered. */
  trusted?: string;
  /**
   * Counts what the operation is estimated to cost towards the caller's limits, beyond the one request that it is. Left out
   * where nothing is counted.
   */
  readonly charge?: (cost: number) => Promise<Allowance>;
}
