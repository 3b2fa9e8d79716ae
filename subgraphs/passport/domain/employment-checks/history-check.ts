/** Where the person has worked. An employer that signs when somebody worked for it gives a reference of fact. */
import { z } from 'zod';

import { day } from '../claim-shapes.ts';
import { addDays, addMonths } from '../day.ts';
import type { CheckRules, Evidence } from './evidence.ts';
import { type Finding, finding, worst } from './outcome.ts';
import { examineOne } from './standing.ts';

const shown = {
  // One that goes on has no end, and runs out with the credential when it has one.
  EMPLOYMENT_ASSIGNMENT: z.object({ start_date: day, end_date: day.optional() }),
  // Without its end, an employment that is over would seem to go on.
  EMPLOYMENT_HISTORY: z.object({ start_date: day, end_date: day }),
};

interface Period {
  readonly from: string;
  readonly until: string;
}

/** Checks whether employments cover the time that the policy asks about. */
export function checkHistory(evidence: readonly Evidence[], rules: CheckRules): Finding {
  const periods: Period[] = [];
  const findings = evidence.flatMap((one) => {
    const { type } = one;
    if (type !== 'EMPLOYMENT_ASSIGNMENT' && type !== 'EMPLOYMENT_HISTORY') return [];
    return examineOne(one, rules, (claims) => {
      const read = shown[type].safeParse(claims);
      if (!read.success) return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
      const { start_date: from, end_date: until = rules.today } = read.data;
      periods.push({ from, until });
      return finding('PASS');
    });
  });
  const found = worst(findings);
  // An employment that has ended since, or one that shows no dates, does not spoil what others cover.
  if (found.outcome === 'FAIL' || periods.length === 0) return found;
  return isCovered(periods, rules)
    ? finding('PASS')
    : finding('NEEDS_LOCAL_CHECK', 'HISTORY_NOT_COVERED');
}

function isCovered(periods: readonly Period[], { policy, today }: CheckRules): boolean {
  const { months, gapDays } = policy.history;
  let covered = addMonths(today, -months);
  for (const { from, until } of periods.toSorted((one, other) =>
    one.from.localeCompare(other.from),
  )) {
    if (from > addDays(covered, gapDays)) return false;
    if (until > covered) covered = until;
  }
  return addDays(covered, gapDays) >= today;
}
