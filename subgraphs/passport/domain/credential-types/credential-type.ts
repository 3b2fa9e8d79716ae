/** What makes a kind of credential. */
import type { z } from 'zod';

import type { CredentialType } from '../credential.ts';
import type { EmployerRecord } from '../verified-record.ts';

/**
 * Where a claim comes from and how far it can be relied on: eight attributes on every credential, as the
 * NHS Digital Staff Passport shows them.
 */
export interface Provenance {
  readonly origin: string;
  readonly assurance_policy: string;
  readonly assurance_outcome: string;
  readonly provider: string;
  readonly verifier: string;
  readonly verification_method: string;
  readonly pedigree: string;
  /** RFC 3339. */
  readonly last_refresh: string;
}

/** The rules of one kind of credential. */
export interface CredentialTypeRules {
  readonly type: CredentialType;
  /** Name in addresses, in scopes and as credential configuration. */
  readonly id: string;
  /** Longest life, in days. */
  readonly lifetimeDays: number;
  /** Claims that every presentation shows. */
  readonly open: readonly string[];
  /** Claims that the holder may keep back. */
  readonly selective: readonly string[];
  /** The shape of all of them. */
  readonly claims: z.ZodType<Readonly<Record<string, unknown>>>;
  /** Takes the claims from a record; `undefined` when the person is not eligible. */
  readonly claimsFrom: (record: EmployerRecord) => Readonly<Record<string, unknown>> | undefined;
  /** Which of the eight attributes differ from those of a record checked by the employer. */
  readonly provenance: (record: EmployerRecord) => Partial<Provenance>;
  /** A day after which the claims no longer hold, `YYYY-MM-DD`. */
  readonly endsOn?: (record: EmployerRecord) => string | undefined;
}
