/**
 * The six NHS Employment Checks of one person, worked out from what was presented, what registers say and what people of
 * the trust decided, under the trust's policy.
 *
 * Source: NHS Employment Check Standards (NHS Employers).
 */
import type { CredentialType } from '../credential.ts';
import { ukDay } from '../uk-day.ts';
import { checkCriminalRecord } from './criminal-record-check.ts';
import {
  type CheckedPerson,
  type CheckRules,
  type Evidence,
  type LocalDecision,
  newestOfEachKind,
  type RegisterReading,
} from './evidence.ts';
import { checkHistory } from './history-check.ts';
import { checkIdentity } from './identity-check.ts';
import { employmentCheck, type EmploymentCheck, type Finding, finding, worst } from './outcome.ts';
import { checkRegistration, isSameEntry, standsOnRegister } from './registration-check.ts';
import { checkRightToWork } from './right-to-work-check.ts';
import { examineOne } from './standing.ts';
import { checkTraining, type TrainingResult } from './training-check.ts';
import { checkWorkHealth } from './work-health-check.ts';

/** One check with everything that its outcome rests on. */
export interface CheckResult extends Finding {
  readonly check: EmploymentCheck;
  readonly evidence: readonly Evidence[];
  /** The entry of the register that was read beside the credential. */
  readonly register?: RegisterReading;
  /** The check that the trust made itself. */
  readonly checkedLocally?: LocalDecision;
  /** Who of the trust saw the original documents, and when. */
  readonly originalsSeen?: LocalDecision;
  /** Who decided to go on without it, and why. It changes no outcome. */
  readonly bypass?: LocalDecision;
  /** Whether the trust need do nothing more about it. */
  readonly settled: boolean;
}

/** The answer about one person. */
export interface EmploymentChecksResult {
  /** Always six, in the same order. */
  readonly checks: readonly CheckResult[];
  /** The training that the policy asks for. */
  readonly training: readonly TrainingResult[];
  /** Kinds of credential that the policy asks for, and that were not presented or do not stand. */
  readonly missing: readonly CredentialType[];
  /** Whether nothing is left to be done. */
  readonly complete: boolean;
}

/** The kinds of credential that are evidence for each check. */
const KINDS: Readonly<Record<EmploymentCheck, readonly CredentialType[]>> = {
  IDENTITY: ['IDENTITY'],
  RIGHT_TO_WORK: ['RIGHT_TO_WORK'],
  PROFESSIONAL_REGISTRATION: ['PROFESSIONAL_REGISTRATION'],
  EMPLOYMENT_HISTORY: ['EMPLOYMENT_ASSIGNMENT', 'EMPLOYMENT_HISTORY'],
  WORK_HEALTH: ['OCCUPATIONAL_HEALTH'],
  CRIMINAL_RECORD: ['DBS_OUTCOME', 'DBS_SUPPORTING_INFORMATION'],
};

/** Checks for which the trust sees original documents in person. */
export const CHECKS_WITH_ORIGINALS: readonly EmploymentCheck[] = ['IDENTITY', 'RIGHT_TO_WORK'];

/** Works out all six checks. */
export function employmentChecks(person: CheckedPerson, rules: CheckRules): EmploymentChecksResult {
  const evidence = newestOfEachKind(person.evidence);
  const current = { ...person, evidence };
  const checks = employmentCheck.options.map((check) => resultOf(check, current, rules));
  const training = checkTraining(evidence, rules);
  const missing = rules.policy.requiredTypes.filter(
    (type) => !evidence.some((one) => one.type === type && stands(one, rules)),
  );
  return {
    checks,
    training,
    missing,
    complete:
      checks.every(({ settled }) => settled) &&
      training.every(({ outcome }) => outcome === 'PASS') &&
      missing.length === 0,
  };
}

const stands = (one: Evidence, rules: CheckRules): boolean =>
  examineOne(one, rules, () => finding('PASS')).outcome === 'PASS';

function resultOf(check: EmploymentCheck, person: CheckedPerson, rules: CheckRules): CheckResult {
  const evidence = person.evidence.filter(({ type }) => KINDS[check].includes(type));
  const decided = (kind: LocalDecision['kind']): LocalDecision | undefined =>
    person.decisions.findLast((one) => one.check === check && one.kind === kind);
  const checkedLocally = decided('CHECKED');
  const originalsSeen = decided('ORIGINALS_SEEN');
  const lastBypass = decided('BYPASSED');
  const bypass = (lastBypass?.endsOn ?? rules.today) < rules.today ? undefined : lastBypass;
  const register =
    check === 'PROFESSIONAL_REGISTRATION' ? readingOf(evidence, person.readings) : undefined;

  const asked = !(rules.policy.notApplicable as readonly string[]).includes(check);
  const computed = asked
    ? withLocalCheck(computedFrom(check, person, rules), checkedLocally, evidence, register, rules)
    : finding('NOT_APPLICABLE', 'NOT_ASKED_FOR');
  const originalsMissing =
    originalsSeen === undefined &&
    (computed.outcome === 'PASS' || computed.outcome === 'NEEDS_LOCAL_CHECK') &&
    needsOriginals(check, evidence);
  const held = computed.outcome === 'PASS' || computed.outcome === 'NOT_APPLICABLE';
  // What has failed is not passed over: the trust has to look at it.
  const passedOver = bypass !== undefined && computed.outcome !== 'FAIL';
  return {
    check,
    outcome: computed.outcome,
    reasons: [
      ...computed.reasons,
      ...(originalsMissing ? (['ORIGINALS_NOT_SEEN'] as const) : []),
      ...(bypass === undefined ? [] : (['BYPASSED'] as const)),
    ],
    ...(computed.endsOn === undefined ? {} : { endsOn: computed.endsOn }),
    evidence,
    ...(register === undefined ? {} : { register }),
    ...(checkedLocally === undefined ? {} : { checkedLocally }),
    ...(originalsSeen === undefined ? {} : { originalsSeen }),
    ...(bypass === undefined ? {} : { bypass }),
    settled: (held && !originalsMissing) || passedOver,
  };
}

function computedFrom(
  check: EmploymentCheck,
  { evidence, readings }: CheckedPerson,
  rules: CheckRules,
): Finding {
  switch (check) {
    case 'IDENTITY':
      return checkIdentity(evidence, rules);
    case 'RIGHT_TO_WORK':
      return checkRightToWork(evidence, rules);
    case 'PROFESSIONAL_REGISTRATION':
      return checkRegistration(evidence, readings, rules);
    case 'EMPLOYMENT_HISTORY':
      return checkHistory(evidence, rules);
    case 'WORK_HEALTH':
      return checkWorkHealth(evidence, rules);
    case 'CRIMINAL_RECORD':
      return checkCriminalRecord(evidence, rules);
  }
}

/** A check that the trust made itself counts before what was carried, unless something has failed or ended since. */
function withLocalCheck(
  computed: Finding,
  local: LocalDecision | undefined,
  evidence: readonly Evidence[],
  register: RegisterReading | undefined,
  rules: CheckRules,
): Finding {
  if (local === undefined) return computed;
  if (local.outcome === 'FAIL') return finding('FAIL', 'LOCAL_CHECK_FAILED');
  const onRegister = register === undefined ? undefined : turnedBadSince(register, local.at, rules);
  const overtaken =
    onRegister !== undefined ||
    (computed.outcome === 'FAIL' && failedSince(evidence, local.at)) ||
    hasEndedSince(computed, local.at);
  if (overtaken) {
    const found = onRegister === undefined ? computed : worst([computed, onRegister]);
    return { ...found, reasons: [...found.reasons, 'LOCAL_CHECK_OVERTAKEN'] };
  }
  const counts = computed.outcome !== 'EXPIRED' && computed.outcome !== 'FAIL';
  const endsOn = local.endsOn ?? (counts ? computed.endsOn : undefined);
  const end = endsOn === undefined ? {} : { endsOn };
  if (endsOn !== undefined && endsOn < rules.today) {
    return { ...finding('EXPIRED', 'LOCAL_CHECK_ENDED'), ...end };
  }
  const carried = computed.outcome === 'PASS' ? computed.reasons : [];
  return { ...finding('PASS', 'CHECKED_LOCALLY', ...carried), ...end };
}

/** Whether something has turned bad after the trust looked, or nobody knows when it did. */
const failedSince = (evidence: readonly Evidence[], looked: Date): boolean =>
  evidence
    .filter(({ outcome }) => outcome !== 'VALID')
    .some(({ statusChangedAt, checkedAt }) => (statusChangedAt ?? checkedAt) > looked);

const hasEndedSince = ({ outcome, endsOn }: Finding, looked: Date): boolean =>
  outcome === 'EXPIRED' && (endsOn ?? '') >= ukDay(looked);

/** Standings that make a trust look again, whatever it saw before. */
const BAD_NEWS: readonly string[] = [
  'SUSPENDED',
  'INTERIM_SUSPENSION',
  'NO_LICENCE',
  'REMOVED',
  'LAPSED',
  'NOT_FOUND',
];

/** What a register says that was read after the trust looked, when it is bad; however the credential stands. */
function turnedBadSince(
  register: RegisterReading,
  looked: Date,
  rules: CheckRules,
): Finding | undefined {
  const found = standsOnRegister(register, rules);
  const stopped = BAD_NEWS.includes(register.status);
  const since = stopped ? (register.readAt ?? rules.now) > looked : hasEndedSince(found, looked);
  return since ? found : undefined;
}

/** Documents of identity are always seen in person, those of a right to work unless it was looked up online. */
const needsOriginals = (check: EmploymentCheck, evidence: readonly Evidence[]): boolean =>
  check === 'IDENTITY' ||
  (check === 'RIGHT_TO_WORK' &&
    !evidence.every(({ claims }) =>
      ['ONLINE_SERVICE', 'EMPLOYER_CHECKING_SERVICE'].includes(String(claims?.['check_route'])),
    ));

/** The entry of the register that a presented credential names. */
function readingOf(
  evidence: readonly Evidence[],
  readings: readonly RegisterReading[] | undefined,
): RegisterReading | undefined {
  return readings?.find((reading) =>
    evidence.some(({ claims }) => claims !== undefined && isSameEntry(reading, claims)),
  );
}
