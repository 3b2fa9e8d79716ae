/** What the fault test tells its child. */
import type { KeptSettings } from '../unit/subgraphs/passport/passport-bench.ts';

/** One member of staff on the way from an offer to a revocation. */
export interface Journey {
  readonly id: string;
  readonly staffId: string;
  readonly odsCode: string;
  readonly holderKey: object;
}

/** What a child is to do. */
export interface ChildTask {
  readonly store: { readonly url: string } | { readonly folder: string };
  readonly settings: KeptSettings;
  /** A journey that an earlier child may have left half done. */
  readonly recover?: Journey;
  readonly next?: Journey;
  /** The step of `next` at which the child ends itself. */
  readonly killAt: number;
}

/** One offer, the batch that is collected from it, and whether it is revoked afterwards. */
export interface Batch {
  readonly id: string;
  readonly staffId: string;
  readonly odsCode: string;
  readonly holderKeys: readonly object[];
  readonly revoke: boolean;
}

/** What a writer is to do: batches, several at a time, until it ends itself. */
export interface WriterTask {
  readonly url: string;
  readonly settings: KeptSettings;
  readonly batches: readonly Batch[];
  /** How many batches are under way at one time. */
  readonly atOnce: number;
  /** The step at which the child ends itself; 0 when it is to finish. */
  readonly killAt: number;
}
