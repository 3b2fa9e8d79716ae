/** Where a trust's own checks and decisions are kept. */
import type { Actor } from '../actor.ts';
import type { LocalDecision } from '../employment-checks/evidence.ts';
import type { Repeatable } from './check-policies.ts';

/** Keeps decisions. What changes is one transaction with its idempotency key and its audit entry. */
export interface CheckDecisions {
  /** The latest of each kind that a trust decided about each check of a person, of what it has not taken back. */
  about(staffId: string, odsCode: string): Promise<readonly LocalDecision[]>;
  /** Keeps a decision. Answers the earlier one of a repeat. */
  add(
    decision: LocalDecision,
    staffId: string,
    by: Actor,
    idempotency: Repeatable,
  ): Promise<LocalDecision | 'reused'>;
  /**
   * Takes a decision of the trust back, once.
   *
   * @returns whose it was; `undefined` when the trust has none of this id that counts
   */
  withdraw(
    id: string,
    by: Actor,
    idempotency: Repeatable,
    now: Date,
  ): Promise<{ readonly staffId: string } | 'reused' | undefined>;
}
