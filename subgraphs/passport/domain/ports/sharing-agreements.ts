/** Where agreements on sharing staff are kept. */
import type { Actor } from '../actor.ts';
import type { AgreementTerms, SharingAgreement } from '../sharing-agreement.ts';
import type { Refusal } from '../user-error.ts';
import type { PageRequest } from './credentials.ts';

/** A client's key, and a hash of what it asked for under it. */
export interface RepeatKey {
  readonly key: string;
  readonly requestHash: string;
}

/** A proposal. */
export interface ProposedAgreement extends AgreementTerms {
  readonly id: string;
  readonly proposerOds: string;
  readonly partnerOds: string;
  readonly proposedAt: Date;
}

/** What is done with an agreement. */
export interface AgreementDecision {
  readonly agreementId: string;
  readonly by: Actor;
  /** Today in the United Kingdom. */
  readonly day: string;
  readonly now: Date;
}

/** Keeps agreements. Each function is one transaction or one statement. Another's agreement reads the same as none. */
export interface SharingAgreements {
  propose(
    proposal: ProposedAgreement,
    by: Actor,
    repeat: RepeatKey,
  ): Promise<SharingAgreement | Refusal>;
  /** Accepts a proposal that was made to the organisation. */
  accept(decision: AgreementDecision, repeat: RepeatKey): Promise<SharingAgreement | Refusal>;
  /** Ends what either of the two organisations is part of. */
  end(decision: AgreementDecision, repeat: RepeatKey): Promise<SharingAgreement | Refusal>;
  /** An organisation's agreements, newest first; one more than asked for when there are more. */
  list(odsCode: string, page: PageRequest): Promise<readonly SharingAgreement[]>;
  /** The agreement that two organisations have accepted and call by a reference, if it has this day. */
  findInForce(
    between: readonly [string, string],
    reference: string,
    day: string,
  ): Promise<SharingAgreement | undefined>;
}
