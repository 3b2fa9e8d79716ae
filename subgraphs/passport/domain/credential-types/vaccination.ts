/** A vaccination that the holder was given. */
import { z } from 'zod';

import { day, immunisationCode, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** The vaccination credential. */
export const vaccination = defineCredentialType({
  type: 'VACCINATION',
  id: 'vaccination',
  name: 'Vaccination',
  description: 'A vaccination that the holder was given, as occupational health recorded it',
  version: 1,
  claims: {
    disease: { label: 'Against', schema: text(100), disclosed: 'on-request' },
    vaccine_code: { label: 'Code', schema: immunisationCode.optional(), disclosed: 'on-request' },
    vaccine: { label: 'Vaccine', schema: text(), disclosed: 'on-request' },
    dose_number: { label: 'Dose', schema: z.int().min(1).max(20), disclosed: 'on-request' },
    given_on: { label: 'Given on', schema: day, disclosed: 'on-request' },
    given_by: { label: 'Given by', schema: text().optional(), disclosed: 'on-request' },
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
  stands: ({ given_on }, { today }) => given_on <= today,
});
