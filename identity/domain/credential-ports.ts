/** What the credential endpoints keep: requests that wait, and what wallets say became of credentials. */
import type { PublicEcJwk } from '../../standards/jwk-thumbprint.ts';

/** A request that could not be answered yet (OpenID4VCI 1.0, section 9). */
export interface DeferredRequest {
  readonly grantId: string;
  readonly offerId: string;
  readonly configurationId: string;
  /** The same as the request's own, so that a wallet that asks twice gets the same credentials. */
  readonly idempotencyKey: string;
  /** The keys that were proved. */
  readonly holderKeys: readonly PublicEcJwk[];
  readonly expiresAt: Date;
}

/** Requests that wait. */
export interface DeferredStore {
  /**
   * Keeps a request. One that waits already goes on under the new transaction id alone.
   *
   * @returns false when too many requests of the grant wait
   */
  add(transactionId: string, request: DeferredRequest): Promise<boolean>;
  /** The request, while it waits. */
  find(transactionId: string): Promise<DeferredRequest | undefined>;
  /** Ends a request. True for exactly one caller, whatever the number that try at once. */
  collect(transactionId: string): Promise<boolean>;
  removeExpired(): Promise<void>;
}

/** What a wallet says became of credentials (section 11.1). */
export const NOTIFICATION_EVENTS = [
  'credential_accepted',
  'credential_failure',
  'credential_deleted',
] as const;

/** One of them. */
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

/** News of credentials, for the issuer's records. */
export interface Notification {
  readonly credentialIds: readonly string[];
  readonly event: NotificationEvent;
  readonly at: Date;
}

/** Answers that wallets can refer to, and what they said of them. */
export interface NotificationStore {
  /** Keeps what a `notification_id` stands for. */
  add(
    notificationId: string,
    about: {
      readonly grantId: string;
      readonly credentialIds: readonly string[];
      readonly expiresAt: Date;
    },
  ): Promise<void>;
  /**
   * Keeps what a wallet said; the same again changes nothing.
   *
   * @returns false when the id is not known, not of this grant, or too old
   */
  record(notificationId: string, grantId: string, event: NotificationEvent): Promise<boolean>;
  /** What the issuer has not been told yet, oldest first. */
  untold(limit: number): Promise<readonly (Notification & { readonly id: string })[]>;
  /** Notes that the issuer was told this; nothing when the wallet has said something else since. */
  told(id: string, event: NotificationEvent): Promise<void>;
  removeExpired(): Promise<void>;
}

/** Learns what became of credentials: the passport subgraph, through the graph. */
export interface CredentialRecords {
  /** @throws {Error} with code `unavailable` when it does not answer */
  note(notification: Notification): Promise<void>;
}
