/** The postgraduate training programme of a doctor or dentist. */
import { z } from 'zod';

import { day, reference, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** The training programme credential. */
export const trainingProgramme = defineCredentialType({
  type: 'TRAINING_PROGRAMME',
  id: 'training-programme',
  name: 'Training programme',
  description: 'Membership of a postgraduate training programme, as NHS England recorded it',
  version: 1,
  claims: {
    programme_name: { label: 'Programme', schema: text(), disclosed: 'on-request' },
    programme_number: {
      label: 'Programme number',
      schema: reference.optional(),
      disclosed: 'on-request',
    },
    training_number: {
      label: 'Training number',
      schema: reference.optional(),
      disclosed: 'on-request',
    },
    managing_deanery: { label: 'Managing deanery', schema: text(), disclosed: 'on-request' },
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
});
