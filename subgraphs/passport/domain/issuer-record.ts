/** The part of a record that an issuer may vouch for in credentials of some kinds. */
import type { CredentialType } from './credential.ts';
import { CREDENTIAL_TYPES } from './credential-types/catalogue.generated.ts';
import {
  type EmployerRecord,
  employerRecord,
  formerEmployerRecord,
  type VerifiedRecord,
} from './verified-record.ts';

/**
 * Keeps what one issuer holds: of the employment in force, or, for kinds about one that has ended, of that.
 *
 * @returns `undefined` when there is none such, or when kinds of both sorts are asked for together
 */
export function issuerRecord(
  types: readonly CredentialType[],
  record: VerifiedRecord,
  odsCode: string,
  now: Date,
): EmployerRecord | undefined {
  const ended = types.filter((type) => CREDENTIAL_TYPES[type].employment === 'ended').length;
  if (ended === 0) return employerRecord(record, odsCode, now);
  return ended === types.length ? formerEmployerRecord(record, odsCode, now) : undefined;
}
