/** Whether the holder is fit for the work. Why is between the holder and occupational health. */
import { z } from 'zod';

import { day, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** The occupational health credential. */
export const occupationalHealth = defineCredentialType({
  type: 'OCCUPATIONAL_HEALTH',
  id: 'occupational-health',
  name: 'Occupational health clearance',
  description: 'Whether the holder is fit for the work, without any reason of health',
  version: 1,
  claims: {
    outcome: {
      label: 'Outcome',
      schema: z.enum(['FIT', 'FIT_WITH_ADJUSTMENTS']),
      disclosed: 'on-request',
    },
    exposure_prone_procedures: {
      label: 'Cleared for exposure prone procedures',
      schema: z.boolean(),
      disclosed: 'on-request',
    },
    assessed_for: { label: 'Assessed for', schema: text(), disclosed: 'on-request' },
    assessed_by: { label: 'Assessed by', schema: text(), disclosed: 'on-request' },
    assessed_on: { label: 'Assessed on', schema: day, disclosed: 'on-request' },
    review_on: { label: 'Review on', schema: day.optional(), disclosed: 'on-request' },
  },
  rules: ({ assessed_on, review_on }) =>
    (review_on ?? assessed_on) < assessed_on
      ? [{ claim: 'review_on', rule: 'before_the_assessment' }]
      : [],
  lifetimeDays: 365,
  issuedBy: 'EMPLOYER',
  matter: { from: 'attested' },
  provenance: {
    usual: { assurance_policy: 'NHS Employment Check Standards: work health assessment' },
    demanded: {
      assurance_policy: z.literal('NHS Employment Check Standards: work health assessment'),
    },
  },
  endsOn: ({ review_on }) => review_on,
  stands: ({ assessed_on }, { today }) => assessed_on <= today,
});
