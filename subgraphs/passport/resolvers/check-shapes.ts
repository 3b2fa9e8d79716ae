/** Employment checks and policies as the graph shows them. */
import { assuredBy } from '../domain/employment-checks/assured-by.ts';
import type { ChecksAnswered } from '../domain/employment-checks/check-person.ts';
import type { CheckResult } from '../domain/employment-checks/employment-checks.ts';
import type {
  Evidence,
  LocalDecision,
  RegisterReading as DomainReading,
} from '../domain/employment-checks/evidence.ts';
import type { TrainingResult } from '../domain/employment-checks/training-check.ts';
import type { CheckPolicy as DomainPolicy } from '../domain/policy.ts';
import type {
  CheckPolicy,
  EmploymentCheckAssurance,
  EmploymentCheckDecision,
  EmploymentCheckEvidence,
  EmploymentCheckResult,
  RegisterReading,
  ResolversParentTypes,
  TrainingCheckResult,
} from './types.generated.ts';

const organisation = (odsCode: string | undefined) => (odsCode === undefined ? null : { odsCode });

/** The checks of one person. */
export const checksShape = (
  answered: ChecksAnswered,
): ResolversParentTypes['EmploymentChecks'] => ({
  holder: answered.staffId === undefined ? null : { id: answered.staffId },
  policy: policyShape(answered.policy),
  staffGroup: answered.staffGroup ?? null,
  checkedAt: answered.checkedAt,
  checks: answered.checks.map((one) => checkShape(one, answered.odsCode)),
  training: answered.training.map(trainingShape),
  missing: answered.missing,
  complete: answered.complete,
});

function checkShape(result: CheckResult, odsCode: string): EmploymentCheckResult {
  const { register, checkedLocally, originalsSeen, bypass } = result;
  return {
    check: result.check,
    outcome: result.outcome,
    reasons: result.reasons,
    endsOn: result.endsOn ?? null,
    settled: result.settled,
    assurance: assuranceShape(result, odsCode),
    evidence: result.evidence.map(evidenceShape),
    register: register === undefined ? null : registerShape(register),
    checkedLocally: checkedLocally === undefined ? null : decisionShape(checkedLocally),
    originalsSeen: originalsSeen === undefined ? null : decisionShape(originalsSeen),
    bypass: bypass === undefined ? null : decisionShape(bypass),
  };
}

function assuranceShape(result: CheckResult, odsCode: string): EmploymentCheckAssurance | null {
  const assured = assuredBy(result, odsCode);
  if (assured === undefined) return null;
  const { name, standard, outcome, method, at } = assured;
  return {
    organisation: organisation(assured.odsCode),
    name: name ?? null,
    standard,
    outcome: outcome ?? null,
    method: method ?? null,
    at: at ?? null,
  };
}

const evidenceShape = (one: Evidence): EmploymentCheckEvidence => ({
  presentationId: one.presentationId,
  type: one.type,
  outcome: one.outcome,
  issuer: organisation(one.issuerOds),
  credentialId: one.credentialId ?? null,
  issuedAt: one.issuedAt ?? null,
  expiresAt: one.expiresAt ?? null,
  statusAsOf: one.statusAsOf ?? null,
  checkedAt: one.checkedAt,
  claims: one.claims ?? null,
  provenance:
    one.provenance === undefined
      ? null
      : {
          origin: one.provenance.origin ?? null,
          assurancePolicy: one.provenance.assurance_policy ?? null,
          assuranceOutcome: one.provenance.assurance_outcome ?? null,
          provider: one.provenance.provider ?? null,
          verifier: one.provenance.verifier ?? null,
          verificationMethod: one.provenance.verification_method ?? null,
          pedigree: one.provenance.pedigree ?? null,
          lastRefresh: one.provenance.last_refresh ?? null,
        },
});

const registerShape = (reading: DomainReading): RegisterReading => ({
  body: reading.body,
  number: reading.number,
  status: reading.status,
  expiresOn: reading.expiresOn ?? null,
  readAt: reading.readAt ?? null,
});

/** A decision of somebody of the trust. */
export const decisionShape = (decision: LocalDecision): EmploymentCheckDecision => ({
  id: decision.id,
  check: decision.check,
  kind: decision.kind,
  outcome: decision.outcome ?? null,
  reason: decision.reason,
  endsOn: decision.endsOn ?? null,
  decidedBy: decision.by.name,
  decidedAt: decision.at,
});

/** How one kind of training stands. */
export const trainingShape = (result: TrainingResult): TrainingCheckResult => ({
  subject: result.demand.subject,
  level: result.demand.level ?? null,
  renewalMonths: result.demand.renewalMonths,
  outcome: result.outcome,
  reasons: result.reasons,
  awardedOn: result.awardedOn ?? null,
  endsOn: result.endsOn ?? null,
});

/** A version of a policy. */
export const policyShape = (policy: DomainPolicy): CheckPolicy => ({
  id: policy.id,
  organisation: { odsCode: policy.odsCode },
  staffGroup: policy.staffGroup ?? null,
  version: policy.version,
  state: policy.state,
  content: {
    ...policy.content,
    criminalRecord: {
      ...policy.content.criminalRecord,
      workforce: policy.content.criminalRecord.workforce ?? null,
    },
    training: policy.content.training.map((one) => ({ ...one, level: one.level ?? null })),
  },
  createdAt: policy.createdAt ?? null,
  inForceFrom: policy.inForceFrom ?? null,
  replacedAt: policy.replacedAt ?? null,
  copiedFrom: organisation(policy.copiedFrom),
});
