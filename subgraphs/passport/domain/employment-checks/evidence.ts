/** What employment checks are worked out from: what was presented, what registers say, and what people decided. */
import type { z } from 'zod';

import type { CredentialType, StatusReason } from '../credential.ts';
import type { PolicyContent } from '../policy.ts';
import type { PartialProvenance } from '../provenance.ts';
import type { verificationOutcome } from '../verification-result.ts';
import type { EmploymentCheck } from './outcome.ts';

/** One credential that was presented, as it stands now. */
export interface Evidence {
  readonly presentationId: string;
  readonly type: CredentialType;
  /** What the check said, or what its status says by now. */
  readonly outcome: z.infer<typeof verificationOutcome>;
  /** Why its issuer changed its status, when the issuer's record is at hand. */
  readonly statusReason?: StatusReason;
  /** Since when its status is what it is. */
  readonly statusChangedAt?: Date;
  /** What the holder disclosed; `undefined` once it has been erased. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly provenance: PartialProvenance | undefined;
  readonly issuerOds: string | undefined;
  readonly credentialId: string | undefined;
  readonly issuedAt: Date | undefined;
  readonly expiresAt: Date | undefined;
  /** When the status that was read was signed. */
  readonly statusAsOf: Date | undefined;
  readonly checkedAt: Date;
}

/** A registration as the staff record last read it from the register. */
export interface RegisterReading {
  readonly body: string;
  readonly number: string;
  readonly status: string;
  /** `YYYY-MM-DD`. */
  readonly expiresOn?: string;
  readonly readAt?: Date;
}

/** What somebody of the trust did or decided about one check of one person. */
export interface LocalDecision {
  readonly id: string;
  readonly check: EmploymentCheck;
  /** `CHECKED` stands for a check that the trust made itself. */
  readonly kind: 'ORIGINALS_SEEN' | 'CHECKED' | 'BYPASSED';
  /** What came of a check of the trust's own. */
  readonly outcome?: 'PASS' | 'FAIL';
  /** To what standard, or why. */
  readonly reason: string;
  /** The last day on which it counts, `YYYY-MM-DD`. */
  readonly endsOn?: string;
  /** A person: nobody else decides. */
  readonly by: { readonly subject: string; readonly name: string };
  readonly at: Date;
}

/** Everything that is known when a person is checked. */
export interface CheckedPerson {
  /** The newest presentation of each kind of credential. */
  readonly evidence: readonly Evidence[];
  /** Readings of registers; `undefined` when they could not be had. */
  readonly readings: readonly RegisterReading[] | undefined;
  /** Decisions that were not taken back. Of several of one kind about one check, the last counts. */
  readonly decisions: readonly LocalDecision[];
}

/** What a check is made against. */
export interface CheckRules {
  readonly policy: PolicyContent;
  /** The trust that checks. */
  readonly odsCode: string;
  readonly now: Date;
  /** The day in the United Kingdom, `YYYY-MM-DD`. */
  readonly today: string;
}

/**
 * Keeps of each kind of credential what was presented last. What was shown together counts together, so a credential that
 * no longer stands is not hidden by another of its kind.
 */
export function newestOfEachKind(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...Map.groupBy(evidence, ({ type }) => type).values()].flatMap((ofType) => {
    const last = ofType.reduce((one, other) => (other.checkedAt > one.checkedAt ? other : one));
    return ofType.filter(({ presentationId }) => presentationId === last.presentationId);
  });
}
