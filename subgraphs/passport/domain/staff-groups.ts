/**
 * The staff groups of the NHS.
 *
 * Source: National Workforce Data Set, STAFF GROUP.
 */
import { z } from 'zod';

/** A staff group. */
export const staffGroup = z.enum([
  'MEDICAL_AND_DENTAL',
  'STUDENTS',
  'NURSING_AND_MIDWIFERY_REGISTERED',
  'ALLIED_HEALTH_PROFESSIONALS',
  'ADDITIONAL_PROFESSIONAL_SCIENTIFIC_AND_TECHNICAL',
  'HEALTHCARE_SCIENTISTS',
  'ADDITIONAL_CLINICAL_SERVICES',
  'ADMINISTRATIVE_AND_CLERICAL',
  'ESTATES_AND_ANCILLARY',
  'SUPPLEMENTARY_ROLES',
]);

/** A staff group. */
export type StaffGroup = z.infer<typeof staffGroup>;

/** Names as records write them; some have a short form of their own. */
const SHORT: Readonly<Record<string, StaffGroup>> = {
  ADD_PROF_SCIENTIFIC_AND_TECHNIC: 'ADDITIONAL_PROFESSIONAL_SCIENTIFIC_AND_TECHNICAL',
};

/** The staff group that a record names; `undefined` when it is none of these. */
export function findStaffGroup(name: unknown): StaffGroup | undefined {
  if (typeof name !== 'string') return undefined;
  const plain = name
    .toUpperCase()
    .replaceAll('&', 'AND')
    .replace(/[^A-Z]+/g, '_')
    .replace(/^_|_$/g, '');
  return staffGroup.safeParse(SHORT[plain] ?? plain).data;
}
