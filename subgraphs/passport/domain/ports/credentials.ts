/** Where credentials are kept. */
import type { Actor } from '../actor.ts';
import type { AuditActor } from '../audit.ts';
import type {
  CredentialFormat,
  CredentialRecord,
  CredentialType,
  HolderEvent,
  StatusReason,
  StoredState,
} from '../credential.ts';
import type { Placement } from '../placement.ts';
import type { Refusal } from '../user-error.ts';

/** A place in a status list. */
export interface StatusSlot {
  readonly listId: string;
  /** From 0. */
  readonly index: number;
}

/** What is about to be signed. */
export interface PreparedCredential {
  /** The payload as JSON text: exactly the bytes to be signed. */
  readonly payload: string;
  /** The disclosures, sealed. */
  readonly sealedDisclosures: string;
  /** A keyed hash of all claims in clear, base64url. */
  readonly claimsHash: string;
  readonly expiresAt: Date;
}

/** One credential of a batch, before it has a place in a status list. */
export interface IntendedCredential {
  readonly credentialId: string;
  readonly holderThumbprint: string;
}

/** The intention to issue a batch: credentials that differ in key, salts and place alone. */
export interface IssueIntention {
  readonly members: readonly IntendedCredential[];
  readonly offerId: string;
  readonly staffId: string;
  readonly odsCode: string;
  readonly type: CredentialType;
  readonly format: CredentialFormat;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly by: Actor;
  /** It takes the place of earlier ones. */
  readonly renewal: boolean;
  /** Recorded with it; a licence to attend needs an agreement in force. */
  readonly placement?: Placement;
  /** What the credentials are about, hashed, where news of it is followed. */
  readonly sourceHash?: string;
  /** A keyed hash of all claims in clear, base64url. */
  readonly claimsHash: string;
  /** Names of the claims, for the holder's access log. */
  readonly fields: readonly string[];
  readonly now: Date;
  /** Most credentials of one type and format from one offer. */
  readonly limit: number;
}

/** A credential with what is needed to sign it, or to hand it out again. */
export interface IssuedContent {
  readonly credential: CredentialRecord;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly payload: string;
  readonly claimsHash: string;
  /** Missing once the time for repeating a call is over. */
  readonly sealedDisclosures?: string;
  /** The signed token without disclosures; missing while it is being issued. */
  readonly signedJwt?: string;
}

/** A signed credential, about to be recorded as such. */
export interface SignedCredential {
  readonly id: string;
  /** As it is stored: see `storedToken`. */
  readonly signedJwt: string;
  /** See `signedHash`; of the whole token, whatever of it is stored. */
  readonly signedHash: string;
  /** The key that signed it. */
  readonly kid: string;
}

/** What was issued before, in one type and format from one offer. */
export interface EarlierIssue {
  readonly offerId: string;
  readonly type: CredentialType;
  readonly format: CredentialFormat;
}

/** A change of status. */
export interface StatusChange {
  readonly credentialId: string;
  readonly to: 'ACTIVE' | 'SUSPENDED' | 'REVOKED';
  readonly reason: StatusReason;
  readonly expectedVersion?: number;
  /** One person stops it alone: kept with it for somebody else to review. */
  readonly review?: { readonly stopId: string; readonly dueAt: Date };
  readonly by: Actor;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly now: Date;
}

/** What a wallet said became of credentials. */
export interface HolderNews {
  readonly credentialIds: readonly string[];
  readonly event: HolderEvent;
  /** When it said so. */
  readonly at: Date;
  readonly by: AuditActor;
  readonly now: Date;
}

/** Where a page begins and how long it is. */
export interface PageRequest {
  readonly first: number;
  /** Position of the last one already seen. */
  readonly after?: number;
}

/** One change of a status. */
export interface StatusHistoryEntry {
  readonly state: StoredState;
  readonly reason?: StatusReason;
  readonly at: Date;
  /** The organisation that changed it. */
  readonly odsCode: string;
}

/** Keeps credentials. Each function is one transaction or one statement. */
export interface CredentialStore {
  find(id: string): Promise<CredentialRecord | undefined>;
  /** The batch that was recorded under a key; empty when there is none. */
  findBatch(idempotencyKey: string): Promise<readonly IssuedContent[]>;
  /**
   * Records what is about to be signed: takes status slots that were never used, and writes credentials, audit entries,
   * events and access log together. When the same was recorded before, answers that and writes nothing.
   *
   * @param prepare builds the payload for one slot; it does not wait for anything
   */
  begin(
    intention: IssueIntention,
    prepare: (member: IntendedCredential, slot: StatusSlot) => PreparedCredential,
  ): Promise<readonly IssuedContent[] | Refusal>;
  /**
   * Stores the signed tokens of one batch and makes its credentials active, once and together.
   *
   * @returns what is stored; a refusal when issuing was stopped or an agreement ended in the meantime, `key-stopped` when a key that signed was
   * retired or compromised in the meantime, and then nothing has changed
   */
  complete(
    batch: { readonly idempotencyKey: string; readonly odsCode: string },
    signed: readonly SignedCredential[],
    by: AuditActor,
    now: Date,
  ): Promise<readonly IssuedContent[] | Refusal | 'key-stopped'>;
  /** Gives up a batch that cannot be signed. Its slots stay taken. */
  fail(idempotencyKey: string, by: AuditActor, now: Date): Promise<void>;
  /**
   * Idempotency keys of batches whose issuing began before this moment and did not end, oldest first and every trust in
   * turn; without those of an issuer that is stopped.
   */
  findUnfinished(before: Date, limit: number): Promise<readonly string[]>;
  /**
   * Forgets disclosures and answers from before one moment, which nobody may ask for again, and what was stated for
   * offers that expired before another, which nobody can collect any more.
   */
  forget(before: Date, expiredBefore: Date): Promise<void>;
  /** What was issued from one offer in one type and format, newest first; without what was never signed. */
  listIssue(
    issue: EarlierIssue,
  ): Promise<readonly (CredentialRecord & { readonly claimsHash: string })[]>;
  /** Credentials that still count though a newer one took their place since; of one offer, or of all. */
  findSuperseded(
    since: Date,
    limit: number,
    offerId?: string,
  ): Promise<readonly CredentialRecord[]>;
  /** Changes a status: record, history, event and the list's changes in one transaction. */
  changeStatus(change: StatusChange): Promise<CredentialRecord | Refusal>;
  /**
   * Keeps what a wallet said became of credentials, unless it has said the same, or something later.
   *
   * @returns how many credentials were changed by it
   */
  note(news: HolderNews): Promise<number>;
  /** The latest changes of a credential's status, newest first. */
  history(id: string, limit: number): Promise<readonly StatusHistoryEntry[]>;
  /** A person's credentials, newest first; one more than asked for when there are more. */
  list(
    holder: { readonly staffId: string; readonly issuedBy?: string },
    page: PageRequest,
  ): Promise<readonly CredentialRecord[]>;
  /** How many credentials a person could show now, and how many offers wait. */
  standing(
    holder: { readonly staffId: string; readonly issuedBy?: string },
    now: Date,
  ): Promise<{ readonly active: number; readonly any: number; readonly offered: number }>;
  /** Those among these people who hold a credential that runs, be it paused, or whom one is offered. */
  findHolders(staffIds: readonly string[], now: Date): Promise<readonly string[]>;
}
