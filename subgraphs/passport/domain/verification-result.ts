/** What came of a check. */
import { z } from 'zod';

import { credentialType } from './credential.ts';

/** The verdict. */
export const verificationOutcome = z.enum([
  'VALID',
  'INVALID',
  'SUSPENDED',
  'REVOKED',
  'EXPIRED',
  'CANNOT_CHECK',
]);

/** A result as it is kept: names of claims, never their values. */
export const storedResult = z.object({
  outcome: verificationOutcome,
  checkedAt: z.iso.datetime(),
  statusAsOf: z.iso.datetime().optional(),
  issuerOds: z.string().optional(),
  type: credentialType.optional(),
  credentialId: z.string().optional(),
  disclosed: z.array(z.string()),
  checks: z.array(
    z.object({
      name: z.string(),
      section: z.string(),
      outcome: z.enum(['PASSED', 'FAILED', 'NOT_REACHED']),
      code: z.string().optional(),
    }),
  ),
});

/** A result as it is kept. */
export type StoredResult = z.infer<typeof storedResult>;

/** A result as the verifier gets it once, with what the holder disclosed. */
export interface VerificationResult extends StoredResult {
  readonly claims?: Readonly<Record<string, unknown>>;
}
