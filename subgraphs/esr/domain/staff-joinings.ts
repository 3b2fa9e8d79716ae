/** Ids that turn out to be one human being's are joined, and can be parted again. Nothing else of the records changes. */

/** What came of joining two ids. */
export type JoinOutcome =
  | 'joined'
  | 'already-joined'
  | 'same-id'
  /** One of the ids is nobody's. */
  | 'not-found'
  /** The records were born on different days: only somebody who says so joins them. */
  | 'birth-date-differs'
  /** Somebody has parted the two: no import joins them again. */
  | 'parted-before';

/** Two ids that were joined. */
export interface StaffJoining {
  readonly staffId: string;
  readonly withStaffId: string;
  /** `undefined` when an import found it out. */
  readonly joinedBy: string | undefined;
  readonly joinedAt: Date;
  readonly reason: string;
  readonly parted: { readonly by: string; readonly at: Date; readonly reason: string } | undefined;
}

/** Keeps which ids are one person's. Every function rejects with `code: 'unavailable'` when the store does not answer. */
export interface StaffJoinings {
  /** Joins the person of `staffId` into the person of `into`, whose id lists show from then on. */
  join(joining: {
    readonly staffId: string;
    readonly into: string;
    readonly by: string;
    readonly reason: string;
    /** Also when the records were born on different days. */
    readonly whateverBirthDate: boolean;
  }): Promise<JoinOutcome>;
  /** Takes back the joining of two ids. */
  part(parting: {
    readonly staffId: string;
    readonly from: string;
    readonly by: string;
    readonly reason: string;
  }): Promise<'parted' | 'not-joined'>;
  /** Joinings of one person, or of everybody, newest first. */
  list(page: {
    readonly staffId: string | undefined;
    readonly limit: number;
  }): Promise<readonly StaffJoining[]>;
}
