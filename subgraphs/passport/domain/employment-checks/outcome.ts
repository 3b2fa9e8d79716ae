/**
 * The words in which employment checks are answered.
 *
 * Source: NHS Employment Check Standards (NHS Employers): six checks.
 */
import { z } from 'zod';

/** The six checks. */
export const employmentCheck = z.enum([
  'IDENTITY',
  'RIGHT_TO_WORK',
  'PROFESSIONAL_REGISTRATION',
  'EMPLOYMENT_HISTORY',
  'WORK_HEALTH',
  'CRIMINAL_RECORD',
]);
/** One of the six checks. */
export type EmploymentCheck = z.infer<typeof employmentCheck>;

/** Outcomes of a check, the worst first: of two, the one that comes first counts. */
const OUTCOMES = [
  'FAIL',
  'EXPIRED',
  'NEEDS_LOCAL_CHECK',
  'NOT_PRESENTED',
  'PASS',
  'NOT_APPLICABLE',
] as const;
/** The outcome of a check. */
export type CheckOutcome = (typeof OUTCOMES)[number];

/** Why an outcome is what it is. Stable names. */
export type CheckReason =
  // What was presented does not stand
  | 'NOTHING_PRESENTED'
  | 'CREDENTIAL_INVALID'
  | 'CREDENTIAL_REVOKED'
  | 'CREDENTIAL_SUSPENDED'
  | 'CREDENTIAL_EXPIRED'
  | 'CREDENTIAL_REPLACED'
  | 'EMPLOYMENT_ENDED'
  | 'STATUS_UNKNOWN'
  | 'STATUS_TOO_OLD'
  | 'CLAIM_NOT_DISCLOSED'
  | 'CLAIMS_ERASED'
  | 'NOT_VERIFIED_BY_ISSUER'
  | 'ASSURANCE_TOO_LOW'
  // Identity and right to work
  | 'ORIGINALS_NOT_SEEN'
  | 'TIME_LIMITED'
  | 'PERMISSION_ENDED'
  | 'HOURS_LIMITED'
  // Registration
  | 'REGISTER_NOT_READ'
  | 'REGISTER_UNAVAILABLE'
  | 'REGISTER_READ_TOO_LONG_AGO'
  | 'REGISTRATION_SUSPENDED'
  | 'REGISTRATION_REMOVED'
  | 'REGISTRATION_LAPSED'
  | 'REGISTRATION_HAS_CONDITIONS'
  | 'REGISTRATION_WITHOUT_LICENCE'
  | 'REGISTRATION_NOT_FOUND'
  // Employment history
  | 'HISTORY_NOT_COVERED'
  // Criminal record
  | 'DBS_PORTED'
  | 'DBS_NOT_FROM_FRESH_CERTIFICATE'
  | 'DBS_LEVEL_TOO_LOW'
  | 'DBS_OTHER_WORKFORCE'
  | 'DBS_DISCLOSES_INFORMATION'
  | 'DBS_CERTIFICATE_TOO_OLD'
  | 'ONLY_SUPPORTING_INFORMATION'
  // Work health and training
  | 'REVIEW_DUE'
  | 'ADJUSTMENTS_NEEDED'
  | 'EXPOSURE_PRONE_PROCEDURES_NOT_CLEARED'
  | 'LEVEL_TOO_LOW'
  | 'RENEWAL_DUE'
  // What the trust did itself
  | 'CHECKED_LOCALLY'
  | 'LOCAL_CHECK_FAILED'
  | 'LOCAL_CHECK_ENDED'
  | 'LOCAL_CHECK_OVERTAKEN'
  | 'BYPASSED'
  | 'NOT_ASKED_FOR';

/** What one look at evidence found. */
export interface Finding {
  readonly outcome: CheckOutcome;
  readonly reasons: readonly CheckReason[];
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly endsOn?: string;
}

/** A finding without an end. */
export const finding = (outcome: CheckOutcome, ...reasons: readonly CheckReason[]): Finding => ({
  outcome,
  reasons,
});

/** The worst of several findings, with the reasons of all that are as bad, and the earliest end. */
export function worst(findings: readonly Finding[]): Finding {
  const outcome = OUTCOMES.find((one) => findings.some((found) => found.outcome === one));
  if (outcome === undefined) return finding('NOT_PRESENTED', 'NOTHING_PRESENTED');
  const decisive = findings.filter((found) => found.outcome === outcome);
  const [endsOn] = decisive.flatMap((found) => found.endsOn ?? []).sort();
  return {
    outcome,
    reasons: [...new Set(decisive.flatMap(({ reasons }) => reasons))],
    ...(endsOn === undefined ? {} : { endsOn }),
  };
}
