/** What a clinical test of the holder found, such as one for antibodies. */
import { z } from 'zod';

import { day, immunisationCode, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** The clinical test credential. */
export const clinicalTest = defineCredentialType({
  type: 'CLINICAL_TEST',
  id: 'clinical-test',
  name: 'Clinical test',
  description: 'What a test of the holder found, as occupational health recorded it',
  version: 1,
  claims: {
    disease: { label: 'For', schema: text(100), disclosed: 'on-request' },
    test_code: { label: 'Code', schema: immunisationCode.optional(), disclosed: 'on-request' },
    test: { label: 'Test', schema: text(), disclosed: 'on-request' },
    // One spelling of each result: two spellings of one result would read as two.
    result: {
      label: 'Result',
      schema: z.enum(['DETECTED', 'NOT_DETECTED', 'IMMUNE', 'NOT_IMMUNE', 'INDETERMINATE']),
      disclosed: 'on-request',
    },
    tested_on: { label: 'Tested on', schema: day, disclosed: 'on-request' },
    tested_by: { label: 'Tested by', schema: text().optional(), disclosed: 'on-request' },
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
  stands: ({ tested_on }, { today }) => tested_on <= today,
});
