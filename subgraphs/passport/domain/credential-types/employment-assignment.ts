/** The holder's post with the issuing organisation. */
import { z } from 'zod';

import { assignmentNumber, day, odsCode, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

const optionalText = text().optional();

/** The employment credential. */
export const employmentAssignment = defineCredentialType({
  type: 'EMPLOYMENT_ASSIGNMENT',
  id: 'employment-assignment',
  name: 'Employment',
  description: 'The holder’s post with the issuing organisation',
  version: 1,
  claims: {
    employer_ods_code: { label: 'Employer (ODS code)', schema: odsCode, disclosed: 'always' },
    employer_name: { label: 'Employer', schema: optionalText, disclosed: 'on-request' },
    position_title: { label: 'Job title', schema: optionalText, disclosed: 'on-request' },
    job_role: { label: 'Job role', schema: optionalText, disclosed: 'on-request' },
    staff_group: { label: 'Staff group', schema: optionalText, disclosed: 'on-request' },
    grade: { label: 'Pay grade', schema: optionalText, disclosed: 'on-request' },
    assignment_number: {
      label: 'Assignment number',
      schema: assignmentNumber,
      disclosed: 'on-request',
    },
    start_date: { label: 'Start date', schema: day.optional(), disclosed: 'on-request' },
    end_date: { label: 'End date', schema: day.optional(), disclosed: 'on-request' },
  },
  lifetimeDays: 365,
  issuedBy: 'EMPLOYER',
  matter: {
    from: 'record',
    claims: ({ assignments, employment, odsCode: employer }) => {
      const assignment = assignments.find(({ primary }) => primary) ?? assignments[0];
      if (assignment === undefined) return undefined;
      return {
        employer_ods_code: employer,
        employer_name: employment.employerName,
        position_title: assignment.positionTitle,
        job_role: assignment.jobRole,
        staff_group: assignment.staffGroup,
        grade: assignment.grade,
        assignment_number: assignment.assignmentNumber,
        start_date: assignment.startDate,
        end_date: assignment.endDate,
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
  endsOn: ({ end_date }) => end_date,
});
