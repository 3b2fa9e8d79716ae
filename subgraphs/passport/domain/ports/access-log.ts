/** The log of who read a person's record, which that person can see. */
import type { PageRequest } from './credentials.ts';

/** One reading. */
export interface AccessLogRecord {
  readonly staffId: string;
  readonly at: Date;
  readonly actor: string;
  readonly actorName: string;
  readonly actorOdsCode?: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly requestId: string;
}

/** One reading with its place in the log. */
export interface AccessLogRow extends AccessLogRecord {
  readonly position: number;
}

/** Keeps the log. */
export interface AccessLog {
  /** Writes one entry for each person, in one statement. */
  write(entry: Omit<AccessLogRecord, 'staffId'>, staffIds: readonly string[]): Promise<void>;
  /** A person's entries, newest first; one more than asked for when there are more. */
  list(staffId: string, page: PageRequest): Promise<readonly AccessLogRow[]>;
}
