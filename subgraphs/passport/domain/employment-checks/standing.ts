/** Whether a presented credential counts as evidence at all, before anybody looks at what it says. */
import type { CheckRules, Evidence } from './evidence.ts';
import { type Finding, finding, worst } from './outcome.ts';

/** Looks at what evidence says, once it is known to count. */
export type Examine = (claims: Readonly<Record<string, unknown>>, evidence: Evidence) => Finding;

/** Examines every piece of evidence; the worst finding counts. */
export const examineAll = (
  evidence: readonly Evidence[],
  rules: CheckRules,
  examine: Examine,
): Finding => worst(evidence.map((one) => examineOne(one, rules, examine)));

/** Examines one piece of evidence. */
export function examineOne(evidence: Evidence, rules: CheckRules, examine: Examine): Finding {
  const fault = standingFault(evidence, rules);
  if (fault !== undefined) return fault;
  const { claims, provenance } = evidence;
  if (claims === undefined) return finding('NEEDS_LOCAL_CHECK', 'CLAIMS_ERASED');
  if ((provenance?.verification_method ?? 'Not verified') === 'Not verified') {
    return finding('NEEDS_LOCAL_CHECK', 'NOT_VERIFIED_BY_ISSUER');
  }
  return examine(claims, evidence);
}

function standingFault(
  { outcome, statusReason, expiresAt, statusAsOf }: Evidence,
  { policy, now }: CheckRules,
): Finding | undefined {
  switch (outcome) {
    case 'REVOKED':
      // Ends that are nobody's fault: there is a newer credential, or the person has moved on.
      if (statusReason === 'SUPERSEDED' || statusReason === 'TRAINING_EXPIRY') {
        return finding('EXPIRED', 'CREDENTIAL_REPLACED');
      }
      return statusReason === 'LEAVING_ORGANISATION'
        ? finding('EXPIRED', 'EMPLOYMENT_ENDED')
        : finding('FAIL', 'CREDENTIAL_REVOKED');
    case 'SUSPENDED':
      return finding('FAIL', 'CREDENTIAL_SUSPENDED');
    case 'EXPIRED':
      return finding('EXPIRED', 'CREDENTIAL_EXPIRED');
    case 'CANNOT_CHECK':
      return finding('NEEDS_LOCAL_CHECK', 'STATUS_UNKNOWN');
    case 'VALID': {
      if (expiresAt !== undefined && expiresAt <= now) {
        return finding('EXPIRED', 'CREDENTIAL_EXPIRED');
      }
      const age = statusAsOf === undefined ? Infinity : now.getTime() - statusAsOf.getTime();
      return age > policy.status.onlineMaxAgeSeconds * 1000
        ? finding('NEEDS_LOCAL_CHECK', 'STATUS_TOO_OLD')
        : undefined;
    }
    default:
      return finding('FAIL', 'CREDENTIAL_INVALID');
  }
}
