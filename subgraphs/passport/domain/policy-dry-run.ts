/** What would become of the people whom a trust has seen, if a policy were put in force: who would newly fail. */
import {
  type CheckingParts,
  evidenceOf,
  presentedStaffGroup,
  readRegisters,
  rulesAt,
} from './employment-checks/check-person.ts';
import {
  employmentChecks,
  type EmploymentChecksResult,
} from './employment-checks/employment-checks.ts';
import type { CheckedPerson, Evidence } from './employment-checks/evidence.ts';
import type { CheckReason, CheckOutcome, EmploymentCheck } from './employment-checks/outcome.ts';
import type { TrainingResult } from './employment-checks/training-check.ts';
import type { CredentialType } from './credential.ts';
import type { SeenPresentation } from './ports/presented-evidence.ts';
import { type CheckPolicy, defaultPolicy } from './policy.ts';

/** One check that passes now and would not. */
export interface ChangedCheck {
  readonly check: EmploymentCheck;
  readonly from: CheckOutcome;
  readonly to: CheckOutcome;
  readonly reasons: readonly CheckReason[];
}

/** A person who would newly fail. */
export interface NewlyFailing {
  readonly staffId: string;
  readonly checks: readonly ChangedCheck[];
  /** Training that would be asked for and is not there. */
  readonly training: readonly TrainingResult[];
  /** Kinds of credential that would be asked for and are not there. */
  readonly missing: readonly CredentialType[];
}

/** One page of a dry run. */
export interface DryRunPage {
  readonly failing: readonly NewlyFailing[];
  /** How many people were looked at for this page. */
  readonly looked: number;
  /** The last person looked at, when there may be more. */
  readonly next?: string;
}

/** Most people looked at in one call. */
export const MOST_LOOKED_AT = 500;
/** People looked at together. */
const TOGETHER = 50;

/**
 * Compares a policy with what is in force, for the people to whom it would apply.
 *
 * @param page how many people to find, and after which person to go on
 */
export async function dryRunPolicy(
  policy: CheckPolicy,
  page: { readonly first: number; readonly after?: string | undefined; readonly requestId: string },
  parts: CheckingParts,
): Promise<DryRunPage> {
  const { odsCode } = policy;
  const failing: NewlyFailing[] = [];
  let looked = 0;
  let { after } = page;
  while (failing.length < page.first && looked < MOST_LOOKED_AT) {
    const people = await parts.presentedEvidence.people(odsCode, after, TOGETHER);
    if (people.length === 0) return { failing, looked };
    const seen = await parts.presentedEvidence.ofPeople(people, odsCode);
    const compared = await Promise.all(
      people.map((staffId) =>
        comparePerson(staffId, seen.get(staffId) ?? [], policy, page.requestId, parts),
      ),
    );
    for (const [index, staffId] of people.entries()) {
      after = staffId;
      looked += 1;
      failing.push(...(compared[index] ?? []));
      if (failing.length === page.first) break;
    }
    if (after === people.at(-1) && people.length < TOGETHER) return { failing, looked };
  }
  return { failing, looked, ...(after === undefined ? {} : { next: after }) };
}

async function comparePerson(
  staffId: string,
  seen: readonly SeenPresentation[],
  policy: CheckPolicy,
  requestId: string,
  parts: CheckingParts,
): Promise<readonly NewlyFailing[]> {
  const { odsCode } = policy;
  const evidence = await evidenceOf(seen, parts);
  const current =
    (await parts.checkPolicies.inForce(odsCode, presentedStaffGroup(evidence))) ??
    defaultPolicy(odsCode);
  if (!wouldApply(policy, current, evidence)) return [];
  const decisions = await parts.checkDecisions.about(staffId, odsCode);
  const readings = readsDiffer(policy, current)
    ? await readRegisters(staffId, requestId, parts)
    : undefined;
  const person: CheckedPerson = { evidence, decisions, readings };
  const now = parts.now();
  const before = employmentChecks(person, rulesAt(current, now));
  const after = employmentChecks(person, rulesAt(policy, now));
  const found = { staffId, ...newFaults(before, after) };
  return found.checks.length + found.training.length + found.missing.length === 0 ? [] : [found];
}

/** A policy for a group is for its people; one for everybody is not for those whose group has its own. */
const wouldApply = (
  policy: CheckPolicy,
  current: CheckPolicy,
  evidence: readonly Evidence[],
): boolean =>
  policy.staffGroup === undefined
    ? current.staffGroup === undefined
    : policy.staffGroup === presentedStaffGroup(evidence);

/** Registers are read only when the two policies see them with other eyes. */
const readsDiffer = (one: CheckPolicy, other: CheckPolicy): boolean =>
  JSON.stringify([one.content.registration, one.content.notApplicable]) !==
  JSON.stringify([other.content.registration, other.content.notApplicable]);

const holds = (outcome: CheckOutcome): boolean =>
  outcome === 'PASS' || outcome === 'NOT_APPLICABLE';

function newFaults(
  before: EmploymentChecksResult,
  after: EmploymentChecksResult,
): Omit<NewlyFailing, 'staffId'> {
  const checks = after.checks.flatMap(({ check, outcome, reasons }, index): ChangedCheck[] => {
    const from = before.checks[index]?.outcome ?? 'PASS';
    return holds(from) && !holds(outcome) ? [{ check, from, to: outcome, reasons }] : [];
  });
  const failed = (found: EmploymentChecksResult): ReadonlySet<string> =>
    new Set(
      found.training
        .filter(({ outcome }) => outcome !== 'PASS')
        .map(({ demand }) => `${demand.subject} ${String(demand.level)}`),
    );
  const failedBefore = failed(before);
  return {
    checks,
    training: after.training.filter(
      ({ outcome, demand }) =>
        outcome !== 'PASS' && !failedBefore.has(`${demand.subject} ${String(demand.level)}`),
    ),
    missing: after.missing.filter((type) => !before.missing.includes(type)),
  };
}
