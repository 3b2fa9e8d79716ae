/** That the holder may work in the United Kingdom, and until when. */
import { z } from 'zod';

import { day } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';
import { GPG45 } from '../provenance.ts';

const POLICY = 'NHS Employment Check Standards: right to work';

/** The right to work credential. */
export const rightToWork = defineCredentialType({
  type: 'RIGHT_TO_WORK',
  id: 'right-to-work',
  name: 'Right to work',
  description: 'The holder’s right to work in the United Kingdom, as checked by the employer',
  version: 1,
  claims: {
    permission: {
      label: 'Permission',
      schema: z.enum(['UNLIMITED', 'TIME_LIMITED']),
      disclosed: 'on-request',
    },
    permission_ends_on: {
      label: 'Permission ends on',
      schema: day.optional(),
      disclosed: 'on-request',
    },
    weekly_hours_limit: {
      label: 'Most hours a week',
      schema: z.int().min(1).max(48).optional(),
      disclosed: 'on-request',
    },
    check_route: {
      label: 'How it was checked',
      schema: z.enum([
        'MANUAL',
        'ONLINE_SERVICE',
        'IDENTITY_SERVICE_PROVIDER',
        'EMPLOYER_CHECKING_SERVICE',
      ]),
      disclosed: 'on-request',
    },
    originals_seen_in_person: {
      label: 'Originals seen in person',
      schema: z.boolean(),
      disclosed: 'on-request',
    },
    checked_on: { label: 'Checked on', schema: day, disclosed: 'on-request' },
  },
  rules: ({ permission, permission_ends_on, checked_on }) => {
    const limited = permission === 'TIME_LIMITED';
    if (limited && permission_ends_on === undefined) {
      return [{ claim: 'permission_ends_on', rule: 'required_when_time_limited' }];
    }
    if (!limited && permission_ends_on !== undefined) {
      return [{ claim: 'permission_ends_on', rule: 'only_when_time_limited' }];
    }
    return (permission_ends_on ?? checked_on) < checked_on
      ? [{ claim: 'permission_ends_on', rule: 'before_the_check' }]
      : [];
  },
  lifetimeDays: 365,
  issuedBy: 'EMPLOYER',
  matter: { from: 'attested' },
  provenance: {
    usual: { assurance_policy: POLICY },
    demanded: { assurance_policy: z.enum([POLICY, GPG45]) },
  },
  endsOn: ({ permission_ends_on }) => permission_ends_on,
  stands: ({ checked_on }, { today }) => checked_on <= today,
});
