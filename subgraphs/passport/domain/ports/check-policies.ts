/** Where policies for employment checks are kept. */
import type { Actor } from '../actor.ts';
import type { CheckPolicy, PolicyContent } from '../policy.ts';
import type { StaffGroup } from '../staff-groups.ts';
import type { PageRequest } from './credentials.ts';

/** A client's key, and what was asked under it. */
export interface Repeatable {
  readonly key: string;
  readonly requestHash: string;
}

/** A version to be made. Its number is given by the store. */
export interface NewPolicy {
  readonly id: string;
  readonly staffGroup?: StaffGroup | undefined;
  readonly content: PolicyContent;
  readonly copiedFrom?: string;
}

/** A policy with its place in the list. */
export interface ListedPolicy extends CheckPolicy {
  readonly position: number;
}

/** For how long a status counts away from the network. */
export interface OfflineLimit {
  readonly odsCode: string;
  /** The shortest of the trust's policies in force, in seconds. */
  readonly seconds: number;
  /** Whether one of them is for everybody; where none is, the usual policy holds beside them. */
  readonly forEverybody: boolean;
}

/** Keeps policies. What changes is one transaction with its idempotency key and its audit entry. */
export interface CheckPolicies {
  find(id: string): Promise<CheckPolicy | undefined>;
  /** The trust's policy in force for a group, or else for everybody; `undefined` when it has neither. */
  inForce(odsCode: string, staffGroup: StaffGroup | undefined): Promise<CheckPolicy | undefined>;
  /** Of every trust with a policy in force: for how long a status counts away from the network. */
  offlineLimits(): Promise<readonly OfflineLimit[]>;
  /** Versions of a trust, newest first; one more than asked for when there are more. */
  list(odsCode: string, page: PageRequest): Promise<readonly ListedPolicy[]>;
  /** Makes drafts. Answers the earlier ones of a repeat. */
  add(
    policies: readonly NewPolicy[],
    by: Actor,
    idempotency: Repeatable,
    now: Date,
  ): Promise<readonly CheckPolicy[] | 'reused'>;
  /**
   * Puts a draft in force in the place of the one that is. Answers the earlier outcome of a repeat.
   *
   * @returns `undefined` when the trust has no draft of this id
   */
  activate(
    id: string,
    by: Actor,
    idempotency: Repeatable,
    now: Date,
  ): Promise<CheckPolicy | 'reused' | undefined>;
}
