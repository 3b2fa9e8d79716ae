/** Ids that turn out to be one human being's are joined, and can be parted again. Nothing else of the records changes. */
import { z } from 'zod';

const staffId = z.string().regex(/^stf_[A-Za-z0-9_-]{22}$/);
/** One line, without control characters; it is kept, so it holds nothing about the person. */
const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u);

/** What it takes to join two ids: the person of `staffId` is shown under the id of the person of `into` from then on. */
export const joinStaffInput = z.strictObject({
  staffId,
  into: staffId,
  by: line,
  reason: line,
  /** Also when the records were born on different days. */
  whateverBirthDate: z.boolean().default(false),
});

/** What it takes to part two ids that were joined. */
export const partStaffInput = z.strictObject({ staffId, from: staffId, by: line, reason: line });

/** Whose joinings are listed: one person's, or everybody's, newest first. */
export const staffJoiningsInput = z.strictObject({
  staffId: staffId.optional(),
  limit: z.int().min(1).max(1_000).default(100),
});

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
  join(joining: z.output<typeof joinStaffInput>): Promise<JoinOutcome>;
  part(parting: z.output<typeof partStaffInput>): Promise<'parted' | 'not-joined'>;
  list(page: z.output<typeof staffJoiningsInput>): Promise<readonly StaffJoining[]>;
}
