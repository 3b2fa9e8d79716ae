/** What somebody saw of the holder that stands for a vaccination or a disease, such as a BCG scar. */
import { z } from 'zod';

import { day, immunisationCode, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** The observation credential. */
export const observation = defineCredentialType({
  type: 'OBSERVATION',
  id: 'observation',
  name: 'Observation',
  description: 'What occupational health saw, such as the scar of a vaccination',
  version: 1,
  claims: {
    disease: { label: 'About', schema: text(100), disclosed: 'on-request' },
    observation_code: {
      label: 'Code',
      schema: immunisationCode.optional(),
      disclosed: 'on-request',
    },
    observation: { label: 'Looked for', schema: text(), disclosed: 'on-request' },
    present: { label: 'Present', schema: z.boolean(), disclosed: 'on-request' },
    observed_on: { label: 'Observed on', schema: day, disclosed: 'on-request' },
    observed_by: { label: 'Observed by', schema: text().optional(), disclosed: 'on-request' },
  },
  lifetimeDays: 365,
  issuedBy: 'EMPLOYER',
  matter: { from: 'attested' },
  provenance: {
    usual: { assurance_policy: 'NHS Employment Check Standards: work health assessment' },
    demanded: {
      assurance_policy: z.literal('NHS Employment Check Standards: work health assessment'),
    },
  },
  stands: ({ observed_on }, { today }) => observed_on <= today,
});
