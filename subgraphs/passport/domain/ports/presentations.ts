/** Where presentation requests and their outcomes are kept. */
import type { Actor } from '../actor.ts';
import type { CredentialType } from '../credential.ts';
import type { StoredResult } from '../verification-result.ts';
import type { AccessLogRecord } from './access-log.ts';

/** A request as it is stored. */
export interface StoredPresentation {
  readonly id: string;
  /** The verifier. */
  readonly odsCode: string;
  readonly type: CredentialType;
  readonly claims: readonly string[];
  readonly nonce: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly answeredAt?: Date;
  readonly result?: StoredResult;
}

/** Keeps requests. */
export interface PresentationStore {
  /** Stores a request and its idempotency key in one transaction. Answers the earlier one of a repeat. */
  add(
    request: StoredPresentation,
    by: Actor,
    idempotency: { readonly key: string; readonly requestHash: string },
  ): Promise<StoredPresentation | 'reused'>;
  find(id: string): Promise<StoredPresentation | undefined>;
  /**
   * Takes the one answer that a request of this organisation allows: one atomic statement.
   *
   * @returns `undefined` when it was answered before, has expired, or is not there
   */
  take(id: string, odsCode: string, now: Date): Promise<StoredPresentation | undefined>;
  /** Keeps the outcome, and tells the holder, in one transaction. */
  conclude(id: string, result: StoredResult, disclosed: AccessLogRecord | undefined): Promise<void>;
}
