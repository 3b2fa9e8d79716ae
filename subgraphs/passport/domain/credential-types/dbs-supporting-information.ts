/** What an employer needs to apply for a DBS check of the holder, or to decide that one is not needed. */
import { z } from 'zod';

import { day, dbsRegisteredBodyNumber, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';

/** The DBS supporting information credential. */
export const dbsSupportingInformation = defineCredentialType({
  type: 'DBS_SUPPORTING_INFORMATION',
  id: 'dbs-supporting-information',
  name: 'DBS supporting information',
  description: 'What is behind the holder’s criminal record check: the level asked for and why',
  version: 1,
  claims: {
    level_required: {
      label: 'Level of check',
      schema: z.enum(['BASIC', 'STANDARD', 'ENHANCED', 'ENHANCED_WITH_BARRED_LISTS']),
      disclosed: 'on-request',
    },
    // A workforce is always named: "other" would say nothing.
    workforce: {
      label: 'Workforce',
      schema: z.enum(['ADULT', 'CHILD', 'ADULT_AND_CHILD']),
      disclosed: 'on-request',
    },
    position_applied_for: {
      label: 'Position applied for',
      schema: text(60),
      disclosed: 'on-request',
    },
    works_at_own_address: {
      label: 'Works with vulnerable people at the holder’s own address',
      schema: z.boolean(),
      disclosed: 'on-request',
    },
    volunteer: { label: 'Volunteer', schema: z.boolean(), disclosed: 'on-request' },
    registered_body_number: {
      label: 'Registered body',
      schema: dbsRegisteredBodyNumber.optional(),
      disclosed: 'on-request',
    },
    documents_checked_on: {
      label: 'Documents checked on',
      schema: day,
      disclosed: 'on-request',
    },
  },
  lifetimeDays: 365,
  issuedBy: 'EMPLOYER',
  matter: { from: 'attested' },
  provenance: {
    usual: { assurance_policy: 'NHS Employment Check Standards: criminal record' },
    demanded: {
      assurance_policy: z.literal('NHS Employment Check Standards: criminal record'),
    },
  },
  stands: ({ documents_checked_on }, { today }) => documents_checked_on <= today,
});
