/** A candidate pair as a row. */
import { z } from 'zod';

import type { CopyValue } from '../../../runtime/copy-rows.ts';
import type { CertainKey } from '../domain/certain-keys.ts';
import type { Candidate } from '../domain/compare-pair.ts';

const key = z.custom<CertainKey>((value) => typeof value === 'string');
const contradiction = z.enum(['EMPLOYEE_NUMBER', 'SMARTCARD', 'REGISTRATION']);
const evidence = z.array(
  z.object({ field: z.string(), outcome: z.string(), bits: z.number().exactOptional() }),
);

const row = z
  .object({
    staff_id: z.string(),
    account_id: z.string(),
    bits: z.number().nullable(),
    certain: z.array(key),
    same_name: z.boolean(),
    same_given_name: z.boolean(),
    against: z.array(contradiction),
    is_user: z.boolean(),
    is_closed: z.boolean(),
    ods_code: z.string().nullable(),
    employer: z.string(),
    is_employed_there: z.boolean(),
    evidence,
  })
  .transform((found): Candidate => ({
    staffId: found.staff_id,
    accountId: found.account_id,
    bits: found.bits ?? Number.NEGATIVE_INFINITY,
    certain: found.certain,
    sameName: found.same_name,
    sameGivenName: found.same_given_name,
    against: found.against,
    isUser: found.is_user,
    isClosed: found.is_closed,
    odsCode: found.ods_code ?? undefined,
    employer: found.employer,
    isEmployedThere: found.is_employed_there,
    evidence: found.evidence,
  }));

/** The candidate of a row. */
export const candidateOf = (found: unknown): Candidate => row.parse(found);

/** Columns of the table, in the order of {@link candidateValues}. */
export const CANDIDATE_COLUMNS =
  'staff_id, account_id, bits, certain, same_name, same_given_name, against, is_user, is_closed, ods_code, employer, is_employed_there, evidence';

/** The values of a candidate. */
export const candidateValues = (candidate: Candidate): readonly CopyValue[] => [
  candidate.staffId,
  candidate.accountId,
  Number.isFinite(candidate.bits) ? candidate.bits : null,
  arrayText(candidate.certain),
  candidate.sameName,
  candidate.sameGivenName,
  arrayText(candidate.against),
  candidate.isUser,
  candidate.isClosed,
  candidate.odsCode ?? null,
  candidate.employer,
  candidate.isEmployedThere,
  JSON.stringify(candidate.evidence),
];

/** A candidate as JSON with the names of the columns. */
export const candidateJson = (candidate: Candidate): Readonly<Record<string, unknown>> => ({
  staff_id: candidate.staffId,
  account_id: candidate.accountId,
  bits: Number.isFinite(candidate.bits) ? candidate.bits : null,
  certain: candidate.certain,
  same_name: candidate.sameName,
  same_given_name: candidate.sameGivenName,
  against: candidate.against,
  is_user: candidate.isUser,
  is_closed: candidate.isClosed,
  ods_code: candidate.odsCode ?? null,
  employer: candidate.employer,
  is_employed_there: candidate.isEmployedThere,
  evidence: candidate.evidence,
});

/** An array of text as PostgreSQL writes it. */
const arrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
