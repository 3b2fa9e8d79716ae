/** What is told of many people at once, to the service that exports records. */
import type { CredentialType, StatusReason } from '../credential.ts';
import type { IdempotencyRequest } from '../disclose-records.ts';
import type { AccessLogRecord } from './access-log.ts';

/** How one kind of credential stands for one person, by state. */
export interface CredentialStanding {
  readonly staffId: string;
  readonly type: CredentialType;
  readonly state: 'ACTIVE' | 'SUSPENDED' | 'REVOKED' | 'EXPIRED';
  /** How many say different things: copies, one for each key of a wallet, count as one. */
  readonly credentials: number;
  /** Of the one that changed last. */
  readonly reason: StatusReason | null;
  /** Of the latest. */
  readonly issuedAt: Date | null;
  /** Of the first to run out. */
  readonly expiresAt: Date;
  readonly statusChangedAt: Date | null;
}

/** People whose credentials changed. */
export interface ChangedHolders {
  readonly odsCode: string;
  readonly since: Date;
  readonly after: string | undefined;
  readonly limit: number;
}

/** The store of what is disclosed. */
export interface Disclosures {
  /**
   * Writes one entry for each person and reads how the credentials of the reader's organisation stand, in one
   * transaction. Under a key that was used for the same before it writes nothing.
   *
   * @returns `undefined` when the key was used for something else
   */
  disclose(
    entry: Omit<AccessLogRecord, 'staffId'> & { readonly actorOdsCode: string },
    staffIds: readonly string[],
    request: IdempotencyRequest,
  ): Promise<readonly CredentialStanding[] | undefined>;
  /** Ids in order, after `after`. */
  findChangedHolders(wanted: ChangedHolders, now: Date): Promise<readonly string[]>;
}
