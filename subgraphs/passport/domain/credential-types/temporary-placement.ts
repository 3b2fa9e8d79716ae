/**
 * The holder's placement at another organisation, until 23:59:59 on its last day. A licence to attend stands on an
 * agreement between the two organisations that covers the whole placement.
 */
import { z } from 'zod';

import { day, odsCode, reference, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** The temporary placement credential. */
export const temporaryPlacement = defineCredentialType({
  type: 'TEMPORARY_PLACEMENT',
  id: 'temporary-placement',
  name: 'Temporary placement',
  description: 'A placement at another organisation, with its dates and who agreed to it',
  version: 1,
  claims: {
    permanent_employer_ods_code: {
      label: 'Permanent employer (ODS code)',
      schema: odsCode,
      disclosed: 'always',
    },
    host_ods_code: { label: 'Host (ODS code)', schema: odsCode, disclosed: 'always' },
    position_title: { label: 'Position', schema: text(), disclosed: 'on-request' },
    position_number: {
      label: 'Position number',
      schema: reference.optional(),
      disclosed: 'on-request',
    },
    department: { label: 'Department', schema: text(), disclosed: 'on-request' },
    department_contact: { label: 'Department contact', schema: text(), disclosed: 'on-request' },
    hr_contact: { label: 'HR contact', schema: text(), disclosed: 'on-request' },
    work_pattern: { label: 'Work pattern', schema: text(), disclosed: 'on-request' },
    approved_by: { label: 'Approved by', schema: text(), disclosed: 'on-request' },
    start_date: { label: 'Start date', schema: day, disclosed: 'on-request' },
    end_date: { label: 'End date', schema: day, disclosed: 'on-request' },
    licence_to_attend: {
      label: 'Licence to attend',
      schema: z.boolean(),
      disclosed: 'on-request',
    },
    agreement_reference: {
      label: 'Agreement between the organisations',
      schema: reference.optional(),
      disclosed: 'on-request',
    },
    agreement_starts_on: {
      label: 'Agreement starts on',
      schema: day.optional(),
      disclosed: 'on-request',
    },
    agreement_ends_on: {
      label: 'Agreement ends on',
      schema: day.optional(),
      disclosed: 'on-request',
    },
  },
  rules: (claims) => {
    const { start_date, end_date, licence_to_attend } = claims;
    const { agreement_reference, agreement_starts_on, agreement_ends_on } = claims;
    if (claims.host_ods_code === claims.permanent_employer_ods_code) {
      return [{ claim: 'host_ods_code', rule: 'same_as_permanent_employer' }];
    }
    if (end_date < start_date) return [{ claim: 'end_date', rule: 'before_the_start' }];
    const agreement = { agreement_reference, agreement_starts_on, agreement_ends_on };
    for (const claim of [
      'agreement_reference',
      'agreement_starts_on',
      'agreement_ends_on',
    ] as const) {
      const given = agreement[claim] !== undefined;
      if (given === licence_to_attend) continue;
      return [
        { claim, rule: given ? 'only_with_licence_to_attend' : 'required_with_licence_to_attend' },
      ];
    }
    if ((agreement_starts_on ?? start_date) > start_date) {
      return [{ claim: 'agreement_starts_on', rule: 'placement_not_covered' }];
    }
    return (agreement_ends_on ?? end_date) < end_date
      ? [{ claim: 'agreement_ends_on', rule: 'placement_not_covered' }]
      : [];
  },
  lifetimeDays: 365,
  issuedBy: 'EMPLOYER',
  matter: { from: 'attested' },
  provenance: {
    usual: { assurance_policy: 'Local contractual arrangement' },
    demanded: { assurance_policy: z.literal('Local contractual arrangement') },
  },
  endsOn: ({ end_date }) => end_date,
  // Said by one of the two organisations, and by no third.
  stands: ({ permanent_employer_ods_code, host_ods_code }, { odsCode: issuer }) =>
    issuer === permanent_employer_ods_code || issuer === host_ods_code,
});
