/** The holder's standing on a professional register when it was last read. */
import { z } from 'zod';

import type { EmployerRecord, Registration } from '../verified-record.ts';
import type { CredentialTypeRules } from './credential-type.ts';

const text = z.string().min(1).max(200);
const claims = z.strictObject({
  registration_body: z.enum(['GMC', 'NMC', 'HCPC', 'GPHC', 'GDC', 'SWE']),
  registration_number: text,
  registration_status: z.enum(['REGISTERED', 'CONDITIONS']),
  registration_type: text.optional(),
  registration_expires_on: z.iso.date().optional(),
  last_checked_at: z.iso.datetime({ offset: true }).optional(),
});

/** A registration that lets the person practise; the cleanest first. */
function standing({ registrations, readAt }: EmployerRecord): Registration | undefined {
  const today = readAt.toISOString().slice(0, 10);
  const current = registrations.filter(({ expiresOn }) => (expiresOn ?? today) >= today);
  return (
    current.find(({ status }) => status === 'REGISTERED') ??
    current.find(({ status }) => status === 'CONDITIONS')
  );
}

/** Rules of the professional registration credential. */
export const professionalRegistrationCredential: CredentialTypeRules = {
  type: 'PROFESSIONAL_REGISTRATION',
  id: 'professional-registration',
  lifetimeDays: 365,
  open: ['registration_body'],
  selective: [
    'registration_number',
    'registration_status',
    'registration_type',
    'registration_expires_on',
    'last_checked_at',
  ],
  claims,
  claimsFrom: (record) => {
    const registration = standing(record);
    if (registration === undefined) return undefined;
    return {
      registration_body: registration.body,
      registration_number: registration.number,
      registration_status: registration.status,
      registration_type: registration.type,
      registration_expires_on: registration.expiresOn,
      last_checked_at: registration.lastCheckedAt,
    };
  },
  provenance: (record) => {
    const registration = standing(record);
    return {
      assurance_policy: 'NHS Employment Check Standards: professional registration',
      provider: registration?.body ?? record.odsCode,
      pedigree: 'Sourced',
      ...(registration?.lastCheckedAt === undefined
        ? {}
        : { last_refresh: registration.lastCheckedAt }),
    };
  },
  endsOn: (record) => standing(record)?.expiresOn,
};
