/**
 * Working out the employment checks of a person who presented something to a trust: as things stand now, not as they stood
 * when it was presented.
 */
import { STATUS } from '../../../../standards/status-list/status-list.ts';
import type { PresentationRules } from '../../../../standards/sd-jwt-vc/presentation-rules.ts';
import type { Addresses } from '../addresses.ts';
import { ukDay } from '../uk-day.ts';
import type { CheckDecisions } from '../ports/check-decisions.ts';
import type { CheckPolicies } from '../ports/check-policies.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  CredentialStanding,
  PresentedEvidence,
  SeenPresentation,
} from '../ports/presented-evidence.ts';
import type { VerifiedRecords } from '../ports/records.ts';
import { type CheckPolicy, defaultPolicy } from '../policy.ts';
import { readProvenance } from '../provenance.ts';
import { findStaffGroup, type StaffGroup } from '../staff-groups.ts';
import type { PresentedCredential, VerificationOutcome } from '../verification-result.ts';
import { employmentChecks, type EmploymentChecksResult } from './employment-checks.ts';
import {
  type CheckedPerson,
  type Evidence,
  newestOfEachKind,
  type RegisterReading,
} from './evidence.ts';

/** What checking needs. */
export interface CheckingParts {
  readonly presentedEvidence: PresentedEvidence;
  readonly checkDecisions: Pick<CheckDecisions, 'about'>;
  readonly checkPolicies: Pick<CheckPolicies, 'find' | 'inForce'>;
  readonly records: VerifiedRecords;
  readonly readStatus: NonNullable<PresentationRules['readStatus']>;
  readonly addresses: Pick<Addresses, 'statusList'>;
  readonly now: Clock;
}

/** Whose checks, for which trust. */
export interface ChecksAsked {
  readonly by: { readonly staffId: string } | { readonly presentationId: string };
  readonly odsCode: string;
  /** The group of the post; what the person's employment says unless told. */
  readonly staffGroup?: StaffGroup | undefined;
  /** A version of the trust's policies, in the place of the one in force. */
  readonly policyId?: string | undefined;
  readonly requestId: string;
}

/** The answer, with what it was worked out under. */
export interface ChecksAnswered extends EmploymentChecksResult {
  readonly staffId?: string;
  readonly odsCode: string;
  readonly policy: CheckPolicy;
  readonly staffGroup?: StaffGroup;
  readonly checkedAt: Date;
}

/**
 * Works out the checks.
 *
 * @returns `undefined` when the trust has seen nothing of the person, or has no such policy
 */
export async function checkPerson(
  { by, odsCode, staffGroup, policyId, requestId }: ChecksAsked,
  parts: CheckingParts,
): Promise<ChecksAnswered | undefined> {
  const seen = await presentationsOf(by, odsCode, parts);
  const [first] = seen;
  if (first === undefined) return undefined;
  const staffId = 'staffId' in by ? by.staffId : first.staffId;
  const evidence = await evidenceOf(seen, parts);
  const group = staffGroup ?? presentedStaffGroup(evidence);
  const policy = await policyFor({ odsCode, staffGroup: group, policyId }, parts);
  if (policy === undefined) return undefined;
  const asked =
    policy.content.registration.readRecord &&
    evidence.some(({ type }) => type === 'PROFESSIONAL_REGISTRATION');
  const [decisions, readings] = await Promise.all([
    staffId === undefined ? [] : parts.checkDecisions.about(staffId, odsCode),
    asked && staffId !== undefined ? readRegisters(staffId, requestId, parts) : undefined,
  ]);
  const checkedAt = parts.now();
  return {
    ...employmentChecks({ evidence, readings, decisions }, rulesAt(policy, checkedAt)),
    ...(staffId === undefined ? {} : { staffId }),
    odsCode,
    policy,
    ...(group === undefined ? {} : { staffGroup: group }),
    checkedAt,
  };
}

/** The rules of a policy at a moment. */
export const rulesAt = ({ content, odsCode }: CheckPolicy, now: Date) => ({
  policy: content,
  odsCode,
  now,
  today: ukDay(now),
});

async function presentationsOf(
  by: ChecksAsked['by'],
  odsCode: string,
  { presentedEvidence }: Pick<CheckingParts, 'presentedEvidence'>,
): Promise<readonly SeenPresentation[]> {
  if ('staffId' in by) {
    return (await presentedEvidence.ofPeople([by.staffId], odsCode)).get(by.staffId) ?? [];
  }
  const found = await presentedEvidence.findPresentation(by.presentationId, odsCode);
  return found === undefined ? [] : [found];
}

async function policyFor(
  asked: Pick<ChecksAsked, 'odsCode' | 'staffGroup' | 'policyId'>,
  { checkPolicies }: Pick<CheckingParts, 'checkPolicies'>,
): Promise<CheckPolicy | undefined> {
  const { odsCode, staffGroup, policyId } = asked;
  if (policyId !== undefined) {
    const found = await checkPolicies.find(policyId);
    return found?.odsCode === odsCode ? found : undefined;
  }
  return (await checkPolicies.inForce(odsCode, staffGroup)) ?? defaultPolicy(odsCode);
}

/**
 * Reads the person's registrations from the staff record.
 *
 * @returns `undefined` when it does not answer
 */
export async function readRegisters(
  staffId: string,
  requestId: string,
  { records }: Pick<CheckingParts, 'records'>,
): Promise<readonly RegisterReading[] | undefined> {
  let registrations;
  try {
    registrations = (await records.find(staffId, requestId))?.registrations ?? [];
  } catch {
    return undefined;
  }
  return registrations.map(({ body, number, status, expiresOn, lastCheckedAt }) => ({
    body,
    number,
    status,
    ...(expiresOn === undefined ? {} : { expiresOn }),
    ...(lastCheckedAt === undefined ? {} : { readAt: new Date(lastCheckedAt) }),
  }));
}

/** The staff group of the employment that was presented last; not of one that the holder looks back on. */
export const presentedStaffGroup = (evidence: CheckedPerson['evidence']): StaffGroup | undefined =>
  newestOfEachKind(evidence)
    .filter(({ type }) => type === 'EMPLOYMENT_ASSIGNMENT')
    .flatMap(({ claims }) => findStaffGroup(claims?.['staff_group']) ?? [])
    .at(0);

/** Every credential of these presentations as it stands now. */
export async function evidenceOf(
  seen: readonly SeenPresentation[],
  parts: Pick<CheckingParts, 'presentedEvidence' | 'readStatus' | 'addresses'>,
): Promise<readonly Evidence[]> {
  const ids = seen.flatMap(({ result }) =>
    result.credentials.flatMap(({ credentialId }) => credentialId ?? []),
  );
  const standings = await parts.presentedEvidence.standings(ids);
  const pieces = seen.flatMap((presentation) =>
    presentation.result.credentials.map((credential) => {
      const standing = standings.get(credential.credentialId ?? '');
      return pieceOf(presentation, credential, standing, parts);
    }),
  );
  return (await Promise.all(pieces)).flatMap((piece) => piece ?? []);
}

async function pieceOf(
  { id, result, claims }: SeenPresentation,
  credential: PresentedCredential,
  standing: CredentialStanding | undefined,
  parts: Pick<CheckingParts, 'readStatus' | 'addresses'>,
): Promise<Evidence | undefined> {
  const { queryId, type } = credential;
  // Of what kind it is, is not known of something that nobody issued.
  if (type === undefined) return undefined;
  const together = result.checks.every(({ outcome }) => outcome !== 'FAILED');
  const outcome = together ? credential.outcome : 'INVALID';
  const current = await currentStatus(outcome, standing, parts);
  const disclosed = claims?.get(queryId);
  return {
    presentationId: id,
    type,
    outcome: current.outcome,
    ...(standing?.reason === undefined ? {} : { statusReason: standing.reason }),
    ...(standing?.statusChangedAt === undefined
      ? {}
      : { statusChangedAt: standing.statusChangedAt }),
    claims: disclosed,
    provenance: readProvenance(disclosed),
    issuerOds: credential.issuerOds,
    credentialId: credential.credentialId,
    issuedAt: moment(credential.issuedAt),
    expiresAt: moment(credential.expiresAt),
    statusAsOf: current.asOf ?? moment(credential.statusAsOf),
    checkedAt: new Date(result.checkedAt),
  };
}

const moment = (written: string | undefined): Date | undefined =>
  written === undefined ? undefined : new Date(written);

/** What held when it was presented may not hold now. What did not hold then never will. */
async function currentStatus(
  presented: VerificationOutcome,
  standing: CredentialStanding | undefined,
  { readStatus, addresses }: Pick<CheckingParts, 'readStatus' | 'addresses'>,
): Promise<{ readonly outcome: VerificationOutcome; readonly asOf?: Date }> {
  if (presented !== 'VALID') return { outcome: presented };
  if (standing === undefined) return { outcome: 'CANNOT_CHECK' };
  // The issuer's record is ahead of its published list by seconds.
  if (standing.state === 'REVOKED' || standing.state === 'SUSPENDED') {
    return { outcome: standing.state };
  }
  const uri = addresses.statusList(standing.listId);
  const answer = await readStatus({ uri, index: standing.statusIndex });
  if (answer.kind === 'cannot-check') return { outcome: 'CANNOT_CHECK' };
  switch (answer.status) {
    case STATUS.valid:
      return { outcome: 'VALID', asOf: answer.asOf };
    case STATUS.suspended:
      return { outcome: 'SUSPENDED', asOf: answer.asOf };
    default:
      return { outcome: 'REVOKED', asOf: answer.asOf };
  }
}
