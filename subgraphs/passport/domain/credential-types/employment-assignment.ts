/** The holder's post with the issuing organisation. */
import { z } from 'zod';

import type { CredentialTypeRules } from './credential-type.ts';

const text = z.string().min(1).max(200);
const claims = z.strictObject({
  employer_ods_code: text,
  employer_name: text.optional(),
  position_title: text.optional(),
  job_role: text.optional(),
  staff_group: text.optional(),
  grade: text.optional(),
  assignment_number: z.string().regex(/^\d{8}(-\d+)?$/),
  start_date: z.iso.date().optional(),
});

/** Rules of the employment credential. */
export const employmentAssignmentCredential: CredentialTypeRules = {
  type: 'EMPLOYMENT_ASSIGNMENT',
  id: 'employment-assignment',
  lifetimeDays: 365,
  open: ['employer_ods_code'],
  selective: [
    'employer_name',
    'position_title',
    'job_role',
    'staff_group',
    'grade',
    'assignment_number',
    'start_date',
  ],
  claims,
  claimsFrom: ({ assignments, employment, odsCode }) => {
    const assignment = assignments.find(({ primary }) => primary) ?? assignments[0];
    if (assignment === undefined) return undefined;
    return {
      employer_ods_code: odsCode,
      employer_name: employment.employerName,
      position_title: assignment.positionTitle,
      job_role: assignment.jobRole,
      staff_group: assignment.staffGroup,
      grade: assignment.grade,
      assignment_number: assignment.assignmentNumber,
      start_date: assignment.startDate,
    };
  },
  provenance: () => ({ assurance_policy: 'Local contractual arrangement' }),
};
