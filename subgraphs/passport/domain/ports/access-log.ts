/** The log of who read a person's record, which that person can see. */
import type { PageRequest } from './credentials.ts';

/** Why somebody should look at a reading. */
export type AccessFlag = 'OWN_RECORD' | 'CLOSE_COLLEAGUE';

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
  /** Left out until it has been looked at. */
  readonly flags?: readonly AccessFlag[];
}

/** A reading by a person that has not been looked at. */
export type UnreviewedAccess = Pick<AccessLogRow, 'position' | 'staffId' | 'at' | 'actor'>;

/** Keeps the log. */
export interface AccessLog {
  /** Writes entries in their order, all or none. They are there for good when it resolves. */
  write(records: readonly AccessLogRecord[]): Promise<void>;
  /** A person's entries, newest first; one more than asked for when there are more. */
  list(staffId: string, page: PageRequest): Promise<readonly AccessLogRow[]>;
  /** Flagged entries of people who acted for an organisation, newest first; one more than asked for when there are more. */
  listFlagged(odsCode: string, page: PageRequest): Promise<readonly AccessLogRow[]>;
  /** Entries that have not been looked at, oldest first. */
  findUnreviewed(limit: number): Promise<readonly UnreviewedAccess[]>;
  /** Notes what was found in entries. */
  review(
    found: readonly { readonly position: number; readonly flags: readonly AccessFlag[] }[],
  ): Promise<void>;
}
