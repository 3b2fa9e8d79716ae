/** Where pushed users are kept. */
import type { AttributePath } from '../../../standards/scim/attribute-path.ts';
import type { ScimFilter } from '../../../standards/scim/filter.ts';
import type { ScimResource } from '../../../standards/scim/schema.ts';

/** A user as it is kept. */
export interface StoredUser {
  readonly id: string;
  readonly odsCode: string;
  /** Counts changes, from 1. */
  readonly version: number;
  /** What the organisation says, without the attributes that only we write. */
  readonly resource: ScimResource;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Which users a list holds, and in which order; by id unless it is said. */
export interface UserQuery {
  readonly odsCode: string;
  readonly filter?: ScimFilter;
  readonly sort?: { readonly path: AttributePath; readonly descending: boolean };
  /** Users left out at the beginning. */
  readonly offset: number;
  readonly limit: number;
}

/** Who changes users, and when. */
export interface ScimWriter {
  readonly odsCode: string;
  readonly clientId: string;
  readonly at: Date;
}

/** Why something was not written. */
export type Refused =
  | { readonly kind: 'not-found' }
  /** Another user of the organisation has the name. */
  | { readonly kind: 'user-name-taken' }
  /** The directory, or another organisation, has an account with one of the addresses. */
  | { readonly kind: 'address-taken' }
  /** It names a manager or owner who is no user of the organisation. */
  | { readonly kind: 'unknown-user' }
  /** The organisation has as many users as it may have. */
  | { readonly kind: 'full' };

/** What writing came to. */
export type Written = { readonly kind: 'written'; readonly user: StoredUser } | Refused;

/**
 * Users by organisation: no call reaches those of another one. A deleted user is kept and found by none of them. Every change is
 * one transaction with the change of the account.
 */
export interface ScimUserStore {
  find(odsCode: string, id: string): Promise<StoredUser | undefined>;
  list(
    query: UserQuery,
  ): Promise<{ readonly total: number; readonly users: readonly StoredUser[] }>;
  create(resource: ScimResource, writer: ScimWriter): Promise<Written>;
  /**
   * Changes a user while nobody else does. `change` says what it becomes from what it is; a user that stays the same keeps its
   * version.
   */
  change(
    id: string,
    change: (user: StoredUser) => ScimResource,
    writer: ScimWriter,
  ): Promise<Written>;
  /** Deletes a user, unless `check` throws. The account says so, and stays. */
  remove(
    id: string,
    check: (user: StoredUser) => void,
    writer: ScimWriter,
  ): Promise<'removed' | 'not-found'>;
}
