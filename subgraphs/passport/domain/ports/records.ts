/** The way to verified records: the graph. */
import type { VerifiedRecord } from '../verified-record.ts';

/** Reads records. */
export interface VerifiedRecords {
  /**
   * Reads one person's record. Never called inside a database transaction.
   *
   * @returns `undefined` when there is no such person
   * @throws an error with `code: 'unavailable'` when any source behind it does not answer
   */
  find(staffId: string, requestId: string): Promise<VerifiedRecord | undefined>;
}
