/** Where offers are kept. */
import type { Actor } from '../actor.ts';
import type { AuditActor } from '../audit.ts';
import type { CredentialType } from '../credential.ts';

/** An offer as it is stored. */
export interface StoredOffer {
  readonly id: string;
  readonly staffId: string;
  readonly odsCode: string;
  readonly types: readonly CredentialType[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Until when a wallet that came in time may come back; missing when none had to. */
  readonly deferredUntil?: Date;
  /** It waits, for its person or for the record. */
  readonly deferred: boolean;
  /** Since when nobody can collect it, because of too many wrong transaction codes. */
  readonly deadAt?: Date;
  /** What HR stated, sealed; missing when it stated nothing, and once nobody can collect the offer. */
  readonly sealedAttestations?: string;
  /** What the desk answered, sealed; missing until it did. */
  readonly sealedAnswer?: string;
}

/** An offer in a list. */
export interface ListedOffer extends StoredOffer {
  /** A credential was issued from it. */
  readonly collected: boolean;
}

/** Keeps offers. */
export interface OfferStore {
  find(id: string): Promise<StoredOffer | undefined>;
  /** The offer made earlier under this key: `reused` when the request was another one. */
  findRepeat(
    actor: string,
    key: string,
    requestHash: string,
    now: Date,
  ): Promise<StoredOffer | 'reused' | undefined>;
  /** Stores an offer and its idempotency key in one transaction. Answers the earlier one of a repeat. */
  add(
    offer: StoredOffer,
    by: Actor,
    idempotency: { readonly key: string; readonly requestHash: string },
  ): Promise<StoredOffer | 'reused'>;
  /** Lets a wallet that came in time come back until then. The first moment set is the one that counts. */
  defer(id: string, until: Date): Promise<void>;
  /** The latest offers to a person, newest first. */
  list(
    holder: { readonly staffId: string; readonly issuedBy?: string },
    limit: number,
  ): Promise<readonly ListedOffer[]>;
  /**
   * Records that nobody can collect an offer any more: offer, audit entry and event in one transaction. A repeated call
   * changes nothing. False when there is no such offer.
   */
  end(id: string, deadAt: Date, by: AuditActor): Promise<boolean>;
  /** Keeps what the desk answered, unless an answer is there already. */
  answer(id: string, sealedAnswer: string, expiresAt: Date): Promise<void>;
}
