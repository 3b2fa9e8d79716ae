/** What the roles of people need from the store. */
import type { GrantedRole, RoleGrant } from './roles.ts';

/** Where a grant of a role stands. An approved one holds between its start and its end. */
export type RoleGrantState = 'REQUESTED' | 'APPROVED' | 'REFUSED' | 'ENDED';

/** A grant of a role as it is asked for. */
export interface RequestedRole {
  readonly grantId: string;
  /** The person, when the records say whose address it is; otherwise whoever signs in with it first. */
  readonly staffId: string | undefined;
  /** NHSmail address in lower case. */
  readonly mail: string;
  readonly role: GrantedRole;
  readonly odsCode: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly requestedAt: Date;
  /** A staff id, or `operator:` and a name. */
  readonly requestedBy: string;
}

/** A grant of a role as it is kept. */
export interface StoredRoleGrant extends RequestedRole {
  readonly state: RoleGrantState;
  readonly decidedAt?: Date | undefined;
  readonly decidedBy?: string | undefined;
  readonly endedAt?: Date | undefined;
  readonly endedBy?: string | undefined;
}

/** What a second person does with a grant. */
export interface RoleDecision {
  readonly grantId: string;
  readonly by: string;
  readonly at: Date;
}

/** Grants of roles. */
export interface RoleGrants {
  /** The roles that a person holds at this moment. */
  list(staffId: string): Promise<readonly RoleGrant[]>;
  /**
   * Binds what was granted to an address to the person who has signed in with it, and gives all roles that they hold.
   * A grant is bound once, and not to one of the two people who made it.
   */
  claim(person: { readonly staffId: string; readonly mail: string }): Promise<readonly RoleGrant[]>;
  /** Whether a person holds a role, or is about to: one is asked for, or begins later. */
  isExpected(staffId: string): Promise<boolean>;
  add(grant: RequestedRole): Promise<void>;
  find(grantId: string): Promise<StoredRoleGrant | undefined>;
  /** Approves a grant that waits, in one statement. `false` for anybody but a second person, and when it does not wait. */
  approve(decision: RoleDecision): Promise<boolean>;
  /** Refuses a grant that waits, in one statement. `false` as for {@link RoleGrants.approve}. */
  refuse(decision: RoleDecision): Promise<boolean>;
  /** Ends a grant that waits or holds. One person is enough. */
  end(decision: RoleDecision): Promise<boolean>;
  /** Ends what a person was granted at one organisation, or everywhere, by us or by a provider of others. */
  endAll(leaving: {
    readonly staffId: string;
    /** Everywhere, when left out. */
    readonly odsCode?: string | undefined;
    readonly by: string;
    readonly at: Date;
  }): Promise<void>;
  /** The latest grants, newest first; those of one organisation, or all. */
  latest(filter: {
    readonly odsCode?: string | undefined;
    readonly state?: RoleGrantState | undefined;
    readonly limit: number;
  }): Promise<readonly StoredRoleGrant[]>;
}

/** How long a request waits for a second person, and an address for its owner, in seconds: 30 days. */
export const WAITS_SECONDS = 30 * 86_400;
