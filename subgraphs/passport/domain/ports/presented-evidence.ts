/** What people presented to a trust, as employment checks need it. */
import type { StatusReason, StoredState } from '../credential.ts';
import type { DisclosedClaims, StoredResult } from '../verification-result.ts';

/** An answered request whose result the trust may see. */
export interface SeenPresentation {
  readonly id: string;
  /** The one person whose credentials all of them are. */
  readonly staffId?: string;
  readonly result: StoredResult;
  /** What was disclosed; `undefined` once it is erased. */
  readonly claims: DisclosedClaims | undefined;
}

/** How a credential stands in its issuer's record. */
export interface CredentialStanding {
  readonly id: string;
  readonly state: StoredState;
  readonly reason?: StatusReason;
  readonly statusChangedAt?: Date;
  readonly listId: string;
  readonly statusIndex: number;
}

/** Reads presentations. Nothing of another trust's is ever among them. */
export interface PresentedEvidence {
  findPresentation(id: string, odsCode: string): Promise<SeenPresentation | undefined>;
  /**
   * The newest presentations of each of these people to a trust, without answers that were invalid. People without any are
   * not in the answer.
   */
  ofPeople(
    staffIds: readonly string[],
    odsCode: string,
  ): Promise<ReadonlyMap<string, readonly SeenPresentation[]>>;
  /** People who presented something to a trust, in the order of their ids, after one of them. */
  people(odsCode: string, after: string | undefined, limit: number): Promise<readonly string[]>;
  /** How credentials stand, by id. */
  standings(credentialIds: readonly string[]): Promise<ReadonlyMap<string, CredentialStanding>>;
}
