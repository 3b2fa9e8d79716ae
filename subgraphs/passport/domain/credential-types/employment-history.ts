/** An employment that has ended, as the organisation that ended it has it on record. */
import { z } from 'zod';

import { day, odsCode, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** The employment history credential. */
export const employmentHistory = defineCredentialType({
  type: 'EMPLOYMENT_HISTORY',
  id: 'employment-history',
  name: 'Employment history',
  description: 'An employment with the issuing organisation that has ended',
  version: 1,
  claims: {
    employer_ods_code: { label: 'Employer (ODS code)', schema: odsCode, disclosed: 'always' },
    employer_name: { label: 'Employer', schema: text().optional(), disclosed: 'on-request' },
    position_title: {
      label: 'Last job title',
      schema: text().optional(),
      disclosed: 'on-request',
    },
    staff_group: { label: 'Staff group', schema: text().optional(), disclosed: 'on-request' },
    start_date: { label: 'Start date', schema: day.optional(), disclosed: 'on-request' },
    end_date: { label: 'End date', schema: day, disclosed: 'on-request' },
  },
  rules: ({ start_date, end_date }) =>
    start_date !== undefined && end_date < start_date
      ? [{ claim: 'end_date', rule: 'before_the_start' }]
      : [],
  lifetimeDays: 730,
  issuedBy: 'EMPLOYER',
  employment: 'ended',
  matter: {
    from: 'record',
    claims: ({ assignments, employment, odsCode: employer }) => {
      const last = assignments.toSorted((a, b) =>
        (b.endDate ?? '').localeCompare(a.endDate ?? ''),
      )[0];
      return {
        employer_ods_code: employer,
        employer_name: employment.employerName,
        position_title: last?.positionTitle,
        staff_group: last?.staffGroup,
        start_date: employment.hireDate,
        end_date: employment.terminationDate,
      };
    },
  },
  provenance: {
    usual: { assurance_policy: 'Local contractual arrangement' },
    demanded: {
      assurance_policy: z.literal('Local contractual arrangement'),
      pedigree: z.literal('Authoritative'),
    },
  },
});
