/** Whether the person may work in the United Kingdom, and until when. */
import { z } from 'zod';

import { day } from '../claim-shapes.ts';
import { isSureEnough } from './assurance.ts';
import type { CheckRules, Evidence } from './evidence.ts';
import { type CheckReason, type Finding, finding } from './outcome.ts';
import { examineAll } from './standing.ts';

const shown = z.object({
  permission: z.enum(['UNLIMITED', 'TIME_LIMITED']),
  permission_ends_on: day.optional(),
  weekly_hours_limit: z.number().optional(),
});

/** Checks the right to work. Its end is part of the answer. */
export const checkRightToWork = (evidence: readonly Evidence[], rules: CheckRules): Finding =>
  examineAll(
    evidence.filter(({ type }) => type === 'RIGHT_TO_WORK'),
    rules,
    (claims, one) => {
      const read = shown.safeParse(claims);
      if (!read.success) return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
      const { permission: kind, permission_ends_on: endsOn, weekly_hours_limit: hours } = read.data;
      // Without its end, a permission that has one says nothing.
      if (kind === 'TIME_LIMITED' && endsOn === undefined) {
        return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
      }
      const end = endsOn === undefined ? {} : { endsOn };
      if (endsOn !== undefined && endsOn < rules.today) {
        return { ...finding('EXPIRED', 'PERMISSION_ENDED'), ...end };
      }
      if (!isSureEnough(one, rules.policy)) {
        return { ...finding('NEEDS_LOCAL_CHECK', 'ASSURANCE_TOO_LOW'), ...end };
      }
      const reasons: CheckReason[] = [
        ...(endsOn === undefined ? [] : ['TIME_LIMITED' as const]),
        ...(hours === undefined ? [] : ['HOURS_LIMITED' as const]),
      ];
      return { ...finding('PASS', ...reasons), ...end };
    },
  );
