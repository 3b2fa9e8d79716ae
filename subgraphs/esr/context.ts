/** What a resolver has at hand for one request. */
import type { TakeFromBudget } from '../../runtime/request-budget.ts';
import type { SubgraphRequest } from '../../runtime/subgraph-server.ts';
import type { StaffRecords } from './domain/ports.ts';
import type { Transfers } from './domain/transfer-ports.ts';
import type { Loaders } from './resolvers/loaders.ts';

/** The context of one request. */
export interface EsrContext extends SubgraphRequest {
  readonly records: StaffRecords;
  readonly transfers: Transfers;
  readonly loaders: Loaders;
  /** How many more people may be listed. */
  readonly takeListed: TakeFromBudget;
  /** Today in the United Kingdom, `YYYY-MM-DD`. */
  readonly day: string;
  readonly now: Date;
}
