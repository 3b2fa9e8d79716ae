/** What a new employer asks of everybody who starts, so that the holder writes it once. No bank details, no NI number. */
import { z } from 'zod';

import { text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

const telephone = z.string().regex(/^(?:0\d{9,10}|\+\d{7,15})$/);

/** The new starter information credential. */
export const newStarterInformation = defineCredentialType({
  type: 'NEW_STARTER_INFORMATION',
  id: 'new-starter-information',
  name: 'New starter information',
  description: 'How to address the holder, where they live, and whom to call in an emergency',
  version: 1,
  claims: {
    title: { label: 'Title', schema: text(20).optional(), disclosed: 'on-request' },
    preferred_name: { label: 'Known as', schema: text(100).optional(), disclosed: 'on-request' },
    home_address: { label: 'Home address', schema: text(300), disclosed: 'on-request' },
    postcode: {
      label: 'Postcode',
      schema: z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/),
      disclosed: 'on-request',
    },
    personal_email: {
      label: 'Personal email address',
      schema: z.email().optional(),
      disclosed: 'on-request',
    },
    mobile_number: {
      label: 'Mobile number',
      schema: telephone.optional(),
      disclosed: 'on-request',
    },
    emergency_contact_name: {
      label: 'Emergency contact',
      schema: text(100).optional(),
      disclosed: 'on-request',
    },
    emergency_contact_number: {
      label: 'Emergency contact’s number',
      schema: telephone.optional(),
      disclosed: 'on-request',
    },
  },
  rules: ({ emergency_contact_name, emergency_contact_number }) =>
    emergency_contact_name !== undefined && emergency_contact_number === undefined
      ? [{ claim: 'emergency_contact_number', rule: 'required_with_emergency_contact' }]
      : [],
  lifetimeDays: 180,
  issuedBy: 'EMPLOYER',
  matter: { from: 'attested' },
  provenance: {
    usual: { assurance_policy: 'Local contractual arrangement', pedigree: 'Sourced' },
    demanded: {
      assurance_policy: z.literal('Local contractual arrangement'),
      pedigree: z.literal('Sourced'),
    },
  },
});
