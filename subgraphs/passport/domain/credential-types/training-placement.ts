/** A placement of a doctor or dentist in training, until 23:59:59 on its last day. */
import { z } from 'zod';

import { day, odsCode, reference, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** Owner, site, specialty, grade and sequence, with suffixes for supernumerary, military and academic posts. */
const postNumber = z.string().regex(/^[A-Z]{3}(?:\/[A-Z0-9]{2,6}){3}\/\d{3}(?:\/[SMA])*$/);

/** The training placement credential. */
export const trainingPlacement = defineCredentialType({
  type: 'TRAINING_PLACEMENT',
  id: 'training-placement',
  name: 'Training placement',
  description: 'A placement in a postgraduate training programme, as NHS England recorded it',
  version: 1,
  claims: {
    specialty: { label: 'Specialty', schema: text(), disclosed: 'on-request' },
    grade: { label: 'Grade', schema: text(60), disclosed: 'on-request' },
    national_post_number: {
      label: 'National post number',
      schema: postNumber,
      disclosed: 'on-request',
    },
    lead_employer_ods_code: {
      label: 'Lead employer (ODS code)',
      schema: odsCode,
      disclosed: 'on-request',
    },
    host_ods_code: { label: 'Host (ODS code)', schema: odsCode, disclosed: 'on-request' },
    site: { label: 'Site', schema: text(), disclosed: 'on-request' },
    start_date: { label: 'Start date', schema: day, disclosed: 'on-request' },
    end_date: { label: 'End date', schema: day, disclosed: 'on-request' },
    source_reference: {
      label: 'Reference of the training record',
      schema: reference,
      disclosed: 'on-request',
    },
  },
  rules: ({ start_date, end_date }) =>
    end_date < start_date ? [{ claim: 'end_date', rule: 'before_the_start' }] : [],
  lifetimeDays: 730,
  issuedBy: 'NHS_ENGLAND',
  matter: { from: 'attested' },
  provenance: {
    usual: {
      origin: 'NHS England',
      provider: 'NHS England',
      assurance_policy: 'Local contractual arrangement',
    },
    demanded: { origin: z.literal('NHS England'), provider: z.literal('NHS England') },
  },
  endsOn: ({ end_date }) => end_date,
  source: ({ source_reference }) => source_reference,
});
