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

/** One place and how it stands. */
export interface PlacedStatus {
  /** From 0. */
  readonly index: number;
  /** Token Status List, section 7.1. */
  readonly status: number;
}

/** How far a list has been read: what was read before goes on from here. */
export interface ReadSoFar {
  readonly epoch: number;
  readonly changes: number;
}

/** What a list is made of. */
export interface ListSource extends ReadSoFar {
  readonly id: string;
  readonly odsCode: string;
  readonly size: number;
  readonly version: number;
  /** The changes that the published token holds; -1 when there is none. */
  readonly publishedChanges: number;
  readonly signedAt?: Date;
  /** A newer version that is live although the record does not know it. Nothing is published then. */
  readonly liveVersion?: number;
  /** Whether `statuses` is every place that was ever changed, not only what changed since. */
  readonly whole: boolean;
  readonly statuses: readonly PlacedStatus[];
}

/** A list as the record knows it, without its contents. */
export interface ListSummary {
  readonly id: string;
  readonly odsCode: string;
  /** 0 until it is published. */
  readonly version: number;
  readonly open: boolean;
  /** A newer version that is live although the record does not know it. */
  readonly liveVersion?: number;
}

/** What a list was at a moment. */
export interface PastList {
  readonly odsCode: string;
  readonly size: number;
  /** The first moment from which it was so. */
  readonly from: Date;
  /** The moment at which it changed again; missing when it has not. */
  readonly until?: Date;
  /** The last change it held. */
  readonly change: number;
}

/** Keeps status lists. */
export interface StatusListStore {
  /** Sees to it that a trust has two open lists with room, and closes those that are nearly full. */
  tend(odsCode: string, now: Date): Promise<void>;
  /** A trust's lists; every trust's when none is named. */
  summaries(odsCode?: string): Promise<readonly ListSummary[]>;
  /** Lists that changed since their last publication, or were signed before this moment. */
  findDue(signedBefore: Date): Promise<readonly string[]>;
  /** A list with what changed since, or whole when that cannot be told. */
  read(id: string, since?: ReadSoFar): Promise<ListSource | undefined>;
  /** Replaces the published token when its version is still `replaces`. False when another was faster. */
  publish(
    list: PublishedList,
    replaces: number,
    /** The source's `changes`. */
    changes: number,
  ): Promise<boolean>;
  findPublished(id: string): Promise<PublishedList | undefined>;
  /**
   * Notes that a newer version is live than the record knows. Such a record does not know which places it gave out either:
   * every list opened before a moment is closed for new credentials. False, and nothing is noted, when the record knows
   * that version.
   */
  hold(id: string, liveVersion: number, openedBefore: Date): Promise<boolean>;
  /** A list at a moment; `undefined` before it existed, and while the record is behind what is live. */
  findPast(id: string, at: Date): Promise<PastList | undefined>;
  /** Every place that had been changed when the list held this change. */
  readPast(id: string, change: number): Promise<readonly PlacedStatus[]>;
}

/** What carrying statuses back changed. */
export interface CarriedBack {
  /** Credentials that were stopped again. */
  readonly credentials: number;
  /** Places without a credential in the record: they stay taken, and stay as they were. */
  readonly places: number;
}

/** Mends a record that is behind what is live. */
export interface StatusListRepair {
  /**
   * Takes over, in one transaction, what a list that is or was live says and the record lacks: every revoked place, and
   * when the list is newer than the record, every suspended place and the version too. The list then takes no new
   * credentials any more, and is due.
   *
   * @returns `undefined` when the record lacks nothing
   */
  carryBack(
    live: PublishedList & {
      readonly size: number;
      /** The places that are not valid. */
      readonly statuses: readonly PlacedStatus[];
    },
    now: Date,
  ): Promise<CarriedBack | undefined>;
}

/** Tells other replicas that a list was published. Hints can be lost: polling makes up for it. */
export interface StatusHints {
  announce(listId: string): Promise<void>;
}

/** A token that was noted as live. Not to be believed before its signature has been checked. */
export interface NotedList {
  readonly odsCode: string;
  readonly version: number;
  readonly token: string;
}

/** The public address did not say what it serves: that is not the same as nothing. */
export class PublicListUnreachable extends Error {
  override readonly name = 'PublicListUnreachable';
  readonly code = 'public_list_unreachable';
}

/** What is known outside the store of the newest token of each list: it outlives a store that goes back in time. */
export interface LiveLists {
  /** The newest token that any replica noted; `undefined` when there is none, or nobody can say. */
  find(listId: string): Promise<NotedList | undefined>;
  /** Notes a token unless a newer one is noted. */
  note(list: PublishedList): Promise<void>;
  /** Every list that was ever noted. */
  ids(): Promise<readonly string[]>;
  /**
   * What the public address serves, from any replica's memory.
   *
   * @returns `undefined` when there is nothing
   * @throws {PublicListUnreachable} when it does not say in time
   */
  fetch(listId: string): Promise<string | undefined>;
}

/** A request for a list with this header is answered from memory alone: a replica that asks must not be asked back. */
export const FROM_MEMORY = 'lanyard-from-memory';
