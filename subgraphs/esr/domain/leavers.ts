/** Employments that ended, of people who are still at work: what somebody has to look at. */
import { z } from 'zod';

/** Whose leavers are listed. */
export const leaversInput = z.strictObject({
  /** The organisation that they left; every organisation when left out. */
  odsCode: z
    .string()
    .regex(/^[A-Z0-9]{3,6}$/)
    .optional(),
  /** How far back, in days. */
  days: z.int().min(1).max(3_660).default(90),
  limit: z.int().min(1).max(10_000).default(1_000),
});

/** Why somebody who left is listed. */
export type LeaverFinding =
  /** The termination date has passed, and a post at the same organisation is open: a bank post, or a mistake. */
  | 'POST_STILL_OPEN'
  /** The employment ended, and another organisation employs the person. */
  | 'WORKS_ELSEWHERE'
  /** The reason was death in service, and an organisation employs the person. One of the two is wrong. */
  | 'DECEASED_AND_EMPLOYED';

/** One employment that ended. It holds no name: whoever has to act finds the person by the number. */
export interface Leaver {
  readonly staffId: string;
  readonly odsCode: string;
  readonly employeeNumber: string;
  /** `YYYY-MM-DD`. */
  readonly endedOn: string;
  readonly leavingReason: string | null;
  readonly finding: LeaverFinding;
  /** ODS codes of the organisations at which the person works, in order. */
  readonly worksAt: readonly string[];
}

/** The leavers who were asked for, most urgent first, and how many there are in all. */
export interface LeaverReport {
  readonly leavers: readonly Leaver[];
  readonly count: number;
}

/** Reads the report. Rejects with `code: 'unavailable'` when the store does not answer. */
export type FindLeavers = (
  page: z.output<typeof leaversInput> & { readonly day: string },
) => Promise<LeaverReport>;
