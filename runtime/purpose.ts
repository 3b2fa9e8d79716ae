/** Why a record is read. Every read of another person carries one of these codes. */
import { z } from 'zod';

/** The request header that carries the purpose of use. */
export const PURPOSE_HEADER = 'lanyard-purpose';

/** Purpose of use codes. */
export const purposeOfUse = z.enum([
  'PRE_EMPLOYMENT',
  'TEMPORARY_MOVEMENT',
  'ROTATION',
  'HR_ADMINISTRATION',
  'CREDENTIAL_ISSUE',
  'DIRECTORY_MATCHING',
  'SIGN_IN',
  'AUDIT',
  'SELF_ACCESS',
]);

/** A purpose of use code. */
export type PurposeOfUse = z.infer<typeof purposeOfUse>;
