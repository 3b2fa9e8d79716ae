/** The holder's standing on a professional register when it was last read. Never more than the register said. */
import { z } from 'zod';

import { day, text } from '../claim-shapes.ts';
import { defineCredentialType } from '../credential-type.ts';
import { CONDITIONAL_STANDINGS } from '../registration-standing.ts';
import type { EmployerRecord, Registration } from '../verified-record.ts';

const POLICY = 'NHS Employment Check Standards: professional registration';

/** A registration that lets the person practise; the cleanest first. */
function standing({ registrations, readAt }: EmployerRecord): Registration | undefined {
  const today = readAt.toISOString().slice(0, 10);
  const current = registrations.filter(({ expiresOn }) => (expiresOn ?? today) >= today);
  return (
    current.find(({ status }) => status === 'REGISTERED') ??
    current.find(({ status }) => CONDITIONAL_STANDINGS.includes(status))
  );
}

/** The professional registration credential. */
export const professionalRegistration = defineCredentialType({
  type: 'PROFESSIONAL_REGISTRATION',
  id: 'professional-registration',
  name: 'Professional registration',
  description: 'The holder’s standing on a professional register when it was last read',
  version: 1,
  claims: {
    registration_body: {
      label: 'Regulator',
      schema: z.enum(['GMC', 'NMC', 'HCPC', 'GPHC', 'GDC', 'SWE']),
      disclosed: 'always',
    },
    // Text, whatever it looks like: PINs have letters, and zeros in front count.
    registration_number: {
      label: 'Registration number',
      schema: text(20),
      disclosed: 'on-request',
    },
    registration_status: {
      label: 'Status',
      schema: z.enum(['REGISTERED', 'CONDITIONS']),
      disclosed: 'on-request',
    },
    registration_type: {
      label: 'Kind of registration',
      schema: text().optional(),
      disclosed: 'on-request',
    },
    registration_expires_on: {
      label: 'Expires on',
      schema: day.optional(),
      disclosed: 'on-request',
    },
    last_checked_at: {
      label: 'Register last read',
      schema: z.iso.datetime({ offset: true }).optional(),
      disclosed: 'on-request',
    },
  },
  lifetimeDays: 365,
  issuedBy: 'EMPLOYER',
  matter: {
    from: 'record',
    claims: (record) => {
      const registration = standing(record);
      if (registration === undefined) return undefined;
      return {
        registration_body: registration.body,
        registration_number: registration.number,
        // The credential has one word for every limit; which one it is, the register says.
        registration_status: registration.status === 'REGISTERED' ? 'REGISTERED' : 'CONDITIONS',
        registration_type: registration.type,
        registration_expires_on: registration.expiresOn,
        last_checked_at: registration.lastCheckedAt,
      };
    },
    provenance: (record) => {
      const registration = standing(record);
      return {
        ...(registration === undefined ? {} : { provider: registration.body }),
        ...(registration?.lastCheckedAt === undefined
          ? {}
          : { last_refresh: registration.lastCheckedAt }),
      };
    },
  },
  provenance: {
    usual: { assurance_policy: POLICY, pedigree: 'Sourced' },
    demanded: { assurance_policy: z.literal(POLICY), pedigree: z.literal('Sourced') },
  },
  endsOn: ({ registration_expires_on }) => registration_expires_on,
  source: ({ registration_body, registration_number }) =>
    `${registration_body} ${registration_number}`,
});
