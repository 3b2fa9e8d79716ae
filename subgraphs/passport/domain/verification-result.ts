/** What came of checking a wallet's answer. */
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

/** The verdict. */
export type VerificationOutcome = z.infer<typeof verificationOutcome>;

/** One check, as it is kept. */
const storedCheck = z.object({
  name: z.string(),
  section: z.string(),
  outcome: z.enum(['PASSED', 'FAILED', 'NOT_REACHED']),
  code: z.string().optional(),
});

/** One check, as it is kept. */
export type StoredCheck = z.infer<typeof storedCheck>;

const presentedCredential = z.object({
  /** What it was presented for: its name in the query. */
  queryId: z.string(),
  outcome: verificationOutcome,
  type: credentialType.optional(),
  /** The address of its type and that type's version. */
  vct: z.string().optional(),
  issuerOds: z.string().optional(),
  credentialId: z.string().optional(),
  /** Whose it is, by the issuer's own record. */
  staffId: z.string().optional(),
  /** Age of the status used: when its list was signed. */
  statusAsOf: z.iso.datetime().optional(),
  issuedAt: z.iso.datetime().optional(),
  expiresAt: z.iso.datetime().optional(),
  /** SHA-256 of what was presented, base64url. */
  presentationHash: z.string().optional(),
  /** Names of what the holder disclosed. */
  disclosed: z.array(z.string()),
  checks: z.array(storedCheck),
});

/** What came of one credential. */
export type PresentedCredential = z.infer<typeof presentedCredential>;

/** A result as it is kept: names of claims, never their values. */
export const storedResult = z.object({
  /** The worst of the credentials' outcomes; `INVALID` when they do not go together. */
  outcome: verificationOutcome,
  checkedAt: z.iso.datetime(),
  /** The one person whose credentials all of them are. */
  staffId: z.string().optional(),
  credentials: z.array(presentedCredential),
  /** What was checked of the answer as a whole. */
  checks: z.array(storedCheck),
});

/** A result as it is kept. */
export type StoredResult = z.infer<typeof storedResult>;

/** The claims that were disclosed, by the name of the credential in the query. */
export type DisclosedClaims = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Whose credentials were presented, by the ids of their records. */
export const peopleOf = ({ staffId, credentials }: StoredResult): readonly string[] =>
  [staffId, ...credentials.map((credential) => credential.staffId)].filter(
    (person) => person !== undefined,
  );
