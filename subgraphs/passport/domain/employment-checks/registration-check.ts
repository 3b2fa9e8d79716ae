/**
 * Whether the person is on a professional register. A credential never answers that alone: registration checks are not
 * carried from one employer to the next. The credential says which entry to look at; the register has to be read too, by
 * the staff record lately, or by somebody of the trust.
 */
import { z } from 'zod';

import { day } from '../claim-shapes.ts';
import { CONDITIONAL_STANDINGS } from '../registration-standing.ts';
import type { CheckRules, Evidence, RegisterReading } from './evidence.ts';
import { type Finding, finding } from './outcome.ts';
import { examineAll } from './standing.ts';

const shown = z.object({
  registration_body: z.string(),
  registration_number: z.string(),
  registration_status: z.string(),
  registration_expires_on: day.optional(),
});

/** Checks the registration. */
export const checkRegistration = (
  evidence: readonly Evidence[],
  readings: readonly RegisterReading[] | undefined,
  rules: CheckRules,
): Finding =>
  examineAll(
    evidence.filter(({ type }) => type === 'PROFESSIONAL_REGISTRATION'),
    rules,
    (claims) => {
      const read = shown.safeParse(claims);
      if (!read.success) return finding('NOT_PRESENTED', 'CLAIM_NOT_DISCLOSED');
      const carried = read.data;
      const { registration_expires_on: endsOn } = carried;
      if (endsOn !== undefined && endsOn < rules.today) {
        return { ...finding('EXPIRED', 'REGISTRATION_LAPSED'), endsOn };
      }
      const conditions =
        carried.registration_status === 'REGISTERED'
          ? undefined
          : finding('NEEDS_LOCAL_CHECK', 'REGISTRATION_HAS_CONDITIONS');
      if (!rules.policy.registration.readRecord) {
        return conditions ?? finding('NEEDS_LOCAL_CHECK', 'REGISTER_NOT_READ');
      }
      if (readings === undefined) {
        return conditions ?? finding('NEEDS_LOCAL_CHECK', 'REGISTER_UNAVAILABLE');
      }
      const found = readings.find((one) => isSameEntry(one, carried));
      if (found === undefined) {
        return conditions ?? finding('NEEDS_LOCAL_CHECK', 'REGISTER_NOT_READ');
      }
      const onRegister = standsOnRegister(found, rules);
      return onRegister.outcome === 'PASS' ? (conditions ?? onRegister) : onRegister;
    },
  );

const plain = (number: string): string => number.replace(/[^A-Za-z0-9]/g, '').toUpperCase();

/** Tells whether a reading is of the entry that the claims name. Spaces and slashes in numbers do not count. */
export const isSameEntry = (
  { body, number }: RegisterReading,
  claims: Readonly<Record<string, unknown>>,
): boolean => {
  const { registration_body, registration_number } = claims;
  return (
    body === registration_body &&
    typeof registration_number === 'string' &&
    plain(number) === plain(registration_number)
  );
};

/** What the entry of the register says under the policy. */
export function standsOnRegister(
  reading: RegisterReading,
  { policy, now, today }: CheckRules,
): Finding {
  const { body, status, expiresOn, readAt } = reading;
  // Bad news counts however old it is; good news only while it is fresh.
  switch (status) {
    case 'SUSPENDED':
    case 'INTERIM_SUSPENSION':
      return finding('FAIL', 'REGISTRATION_SUSPENDED');
    case 'NO_LICENCE':
      return finding('FAIL', 'REGISTRATION_WITHOUT_LICENCE');
    case 'NOT_FOUND':
      return finding('NEEDS_LOCAL_CHECK', 'REGISTRATION_NOT_FOUND');
    case 'REMOVED':
      return finding('FAIL', 'REGISTRATION_REMOVED');
    case 'LAPSED':
      return finding('EXPIRED', 'REGISTRATION_LAPSED');
  }
  if (expiresOn !== undefined && expiresOn < today) {
    return { ...finding('EXPIRED', 'REGISTRATION_LAPSED'), endsOn: expiresOn };
  }
  const { readWithinHours, hcpcReadWithinHours } = policy.registration;
  const hours = body === 'HCPC' ? hcpcReadWithinHours : readWithinHours;
  if (readAt === undefined) return finding('NEEDS_LOCAL_CHECK', 'REGISTER_NOT_READ');
  if (now.getTime() - readAt.getTime() > hours * 3_600_000) {
    return finding('NEEDS_LOCAL_CHECK', 'REGISTER_READ_TOO_LONG_AGO');
  }
  if (CONDITIONAL_STANDINGS.includes(status)) {
    return finding('NEEDS_LOCAL_CHECK', 'REGISTRATION_HAS_CONDITIONS');
  }
  if (status !== 'REGISTERED') return finding('NEEDS_LOCAL_CHECK', 'REGISTER_NOT_READ');
  return { ...finding('PASS'), ...(expiresOn === undefined ? {} : { endsOn: expiresOn }) };
}
