import { type DeletionWarning, warningOf } from './deletion.ts';
import { type DepartureStore, followMovements, type MovementFeed } from './departures.ts';
import type { Finding } from './finding.ts';
import { findingsOfAccount, findingsOfPerson } from './findings-of-account.ts';
import type {
  LeaverCases,
  LifecycleRound,
  LifecycleStore,
  RoundScope,
  RoundSummary,
} from './ports.ts';

/** What rounds need. */
export interface LifecycleParts {
  readonly feed: MovementFeed;
  readonly departures: DepartureStore;
  readonly lifecycle: LifecycleStore;
  readonly cases: LeaverCases;
  readonly now: () => Date;
  /** How long an account may be without a person, or a person without an account, in days. */
  readonly orphanAfterDays: number;
}

/** What one round came to. */
export interface LifecycleSummary extends RoundSummary {
  /** People who came or went. */
  readonly movements: number;
}

/** Time passes without anything changing: warnings and orphans fall due. In milliseconds. */
const WHOLE_EVERY_MS = 3_600_000;
/** Portions of changes that one round works off; the next goes on. */
const PORTIONS = 100;

/**
 * Follows what the staff records tell, and looks at what changed since; at everything once an hour, or when asked to. Run
 * again, it opens, ends and tells nothing twice.
 */
export async function runLifecycleRound(
  parts: LifecycleParts,
  { whole = false }: { readonly whole?: boolean } = {},
): Promise<LifecycleSummary> {
  const movements = await followMovements(parts);
  const before = await parts.lifecycle.wholeRoundAt();
  const isDue = before === undefined || parts.now().getTime() - before.getTime() >= WHOLE_EVERY_MS;
  let summary: LifecycleSummary = { movements, opened: 0, ended: 0, warned: 0 };
  for (let portion = 0; portion < PORTIONS; portion += 1) {
    const everything = portion === 0 && (whole || isDue);
    const looked = await lookAt(parts, everything ? { kind: 'everything' } : undefined);
    if (looked === undefined) break;
    summary = {
      movements,
      opened: summary.opened + looked.opened,
      ended: summary.ended + looked.ended,
      warned: summary.warned + looked.warned,
    };
  }
  return summary;
}

/** Looks at a scope, or at what is due. `undefined` when nothing is, or when another process is at it. */
async function lookAt(
  { lifecycle, cases, now, orphanAfterDays }: LifecycleParts,
  asked: RoundScope | undefined,
): Promise<RoundSummary | undefined> {
  const at = now();
  const looked = await lifecycle.inRound(at, async (round) => {
    const scope = asked ?? (await round.takeDue());
    if (scope === undefined) return undefined;
    const found = await find(round, scope, { now: at, orphanAfterDays });
    return { scope, findings: found.findings, summary: await round.keep(scope, found) };
  });
  if (looked === undefined) return undefined;
  // Not in the round's transaction: a case has locks of its own. Cut off here, the next whole round makes up for it.
  const leavers = looked.findings.filter(({ kind }) => kind === 'LEAVER_STILL_ACTIVE');
  await cases.reconcile(looked.scope, leavers, at);
  return looked.summary;
}

async function find(
  round: LifecycleRound,
  scope: RoundScope,
  options: { readonly now: Date; readonly orphanAfterDays: number },
) {
  const rules = { ...options, closed: await round.readClosed() };
  const findings: Finding[] = [];
  const warnings: DeletionWarning[] = [];
  for await (const accounts of round.readAccounts(scope)) {
    for (const account of accounts) {
      findings.push(...findingsOfAccount(account, rules));
      const warning = warningOf(account, rules.now);
      if (warning !== undefined) warnings.push(warning);
    }
  }
  for await (const people of round.readPeopleWithoutAccount(scope)) {
    for (const person of people) findings.push(...findingsOfPerson(person, rules));
  }
  return { findings, warnings };
}
