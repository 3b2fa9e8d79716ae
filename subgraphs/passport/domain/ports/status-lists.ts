/** Where status lists are kept, and how replicas hear of a new one. */

/** A published list. */
export interface PublishedList {
  readonly id: string;
  readonly odsCode: string;
  /** Rises with every publication. */
  readonly version: number;
  /** The signed status list token. */
  readonly token: string;
  readonly signedAt: Date;
  readonly expiresAt: Date;
}

/** What a list is made of. */
export interface ListSource {
  readonly id: string;
  readonly odsCode: string;
  readonly size: number;
  readonly version: number;
  readonly changes: number;
  /** Every place that is not valid. */
  readonly statuses: readonly { readonly index: number; readonly status: number }[];
}

/** Keeps status lists. */
export interface StatusListStore {
  /** Makes sure that a trust has a list for new credentials. Answers its id. */
  ensureOpen(odsCode: string): Promise<string>;
  /** Lists that changed since their last publication, or were signed before this moment. */
  findDue(signedBefore: Date): Promise<readonly string[]>;
  read(id: string): Promise<ListSource | undefined>;
  /** Replaces the published token when its version is still `replaces`. False when another was faster. */
  publish(
    list: PublishedList,
    replaces: number,
    /** The source's `changes`. */
    changes: number,
  ): Promise<boolean>;
  findPublished(id: string): Promise<PublishedList | undefined>;
  /** The version of every published list. */
  versions(): Promise<readonly { readonly id: string; readonly version: number }[]>;
}

/** Tells other replicas that a list was published. Hints can be lost: polling makes up for it. */
export interface StatusHints {
  announce(listId: string): Promise<void>;
}
