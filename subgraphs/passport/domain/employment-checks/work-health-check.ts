/** Whether the person is fit for the work. The reasons of health are not here, and are not asked for. */
import { z } from 'zod';

import { day } from '../claim-shapes.ts';
import type { CheckRules, Evidence } from './evidence.ts';
import { type Finding, finding } from './outcome.ts';
import { examineAll } from './standing.ts';

const shown = z.object({
  outcome: z.string(),
  exposure_prone_procedures: z.boolean().optional(),
  review_on: day.optional(),
});

/** Checks the clearance for work. */
export const checkWorkHealth = (evidence: readonly Evidence[], rules: CheckRules): Finding =>
  examineAll(
    evidence.filter(({ type }) => type === 'OCCUPATIONAL_HEALTH'),
    rules,
    (claims) => {
      const read = shown.safeParse(claims);
      if (!read.success) return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
      const cleared = read.data;
      const end = cleared.review_on === undefined ? {} : { endsOn: cleared.review_on };
      if ((cleared.review_on ?? rules.today) < rules.today) {
        return { ...finding('EXPIRED', 'REVIEW_DUE'), ...end };
      }
      if (rules.policy.workHealth.exposureProneProcedures) {
        if (cleared.exposure_prone_procedures === undefined) {
          return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
        }
        if (!cleared.exposure_prone_procedures) {
          return finding('NEEDS_LOCAL_CHECK', 'EXPOSURE_PRONE_PROCEDURES_NOT_CLEARED');
        }
      }
      // Whoever employs the person makes the adjustments.
      return cleared.outcome === 'FIT'
        ? { ...finding('PASS'), ...end }
        : { ...finding('NEEDS_LOCAL_CHECK', 'ADJUSTMENTS_NEEDED'), ...end };
    },
  );
