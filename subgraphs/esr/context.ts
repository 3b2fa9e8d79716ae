/** What a resolver has at hand for one request. */
import type { TakeFromBudget } from '../../runtime/request-budget.ts';
import type { SubgraphRequest } from '../../runtime/subgraph-server.ts';
import type { RecordExports } from './domain/export-ports.ts';
import type { StaffImports } from './domain/import-ports.ts';
import type { ImportRun } from './domain/import-run.ts';
import type { StaffRecords } from './domain/ports.ts';
import type { StaffSearch } from './domain/search.ts';
import type { Asked, TakenAgain } from './domain/take-again.ts';
import type { Transfers } from './domain/transfer-ports.ts';
import type { Loaders } from './resolvers/loaders.ts';

/** Bulk exports, as requests need them. */
export interface Exporting {
  readonly exports: RecordExports;
  /** Where parts are found: an address that ends in a slash. */
  readonly address: string;
  /** The JWK Set with the key that signs manifests, in JSON. */
  readonly manifestKeys: string;
}

/** Imports, as administrators look after them. */
export interface ImportDesk extends Pick<
  StaffImports,
  'findRun' | 'findRuns' | 'findRejects' | 'countAbsences' | 'confirmAbsences'
> {
  readonly takeAgain: (run: ImportRun, asked: Asked) => Promise<TakenAgain>;
}

/** The context of one request. */
export interface EsrContext extends SubgraphRequest {
  readonly records: StaffRecords;
  readonly search: StaffSearch;
  readonly transfers: Transfers;
  /** `undefined` where exports are not set up. */
  readonly exporting: Exporting | undefined;
  readonly importDesk: ImportDesk;
  readonly loaders: Loaders;
  /** How many more people may be listed. */
  readonly takeListed: TakeFromBudget;
  /** Today in the United Kingdom, `YYYY-MM-DD`. */
  readonly day: string;
  readonly now: Date;
}
