/** Statements of the ledger as rows of the table `link`. */
import { randomUUID } from 'node:crypto';

import { type Kysely, type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import type { LinkStatement } from '../domain/links.ts';
import type { NhsmailTables } from './tables.ts';

/** Rows in one statement of SQL. */
export const CHUNK = 1_000;

/** Compared fields as they are kept. */
export const evidenceShape = z
  .array(z.object({ field: z.string(), outcome: z.string(), bits: z.number().nullish() }))
  .transform((fields) =>
    fields.map(({ field, outcome, bits }) => ({
      field,
      outcome,
      ...(bits == null ? {} : { bits }),
    })),
  );

const row = z
  .object({
    id: z.string(),
    staff_id: z.string(),
    account_id: z.string(),
    ods_code: z.string().nullable(),
    method: z.enum([
      'EMPLOYEE_NUMBER',
      'ESR_EMAIL',
      'SMARTCARD',
      'REGISTRATION',
      'SCORE',
      'MANUAL',
    ]),
    state: z.enum(['LINKED', 'REJECTED', 'ENDED']),
    assurance: z.enum(['CERTAIN', 'CONFIRMED', 'LIKELY']),
    bits: z.coerce.number().nullable(),
    evidence: evidenceShape,
    author: z.string().nullable(),
    author_ods_code: z.string().nullable(),
    rule_set: z.number().nullable(),
    run_id: z.string().nullable(),
    reason: z.string().nullable(),
    linked_at: z.coerce.date(),
    superseded_at: z.coerce.date().nullable(),
    contradicted: z.boolean(),
    joined_to: z.string().nullable(),
  })
  .transform((found): LinkStatement => ({
    id: found.id,
    staffId: found.staff_id,
    accountId: found.account_id,
    odsCode: found.ods_code ?? undefined,
    state: found.state,
    method: found.method,
    assurance: found.assurance,
    ...(found.bits === null ? {} : { bits: found.bits }),
    evidence: found.evidence,
    author:
      found.author === null
        ? {
            kind: 'MATCHING',
            ruleSet: found.rule_set ?? undefined,
            run: found.run_id ?? undefined,
          }
        : { kind: 'PERSON', staffId: found.author, odsCode: found.author_ods_code ?? '' },
    ...(found.reason === null ? {} : { reason: found.reason }),
    ...(found.joined_to === null ? {} : { joinedTo: found.joined_to }),
    ...(found.contradicted ? { isContradicted: true } : {}),
    validFrom: found.linked_at,
    ...(found.superseded_at === null ? {} : { validTo: found.superseded_at }),
  }));

/** Whether another certain key leads from the account of a link in force to somebody else. */
const CONTRADICTED = sql`superseded_at is null and assurance = 'CERTAIN' and exists (
  select from nhsmail.matching_case c
  where c.account_id = l.account_id and c.closed_at is null
    and c.because = 'LINKED_TO_ANOTHER_PERSON')`;

/** What is read of a row `l` of the table. */
export const statementColumns = ({ contradicted }: { readonly contradicted: boolean }) => sql`
  id, staff_id, account_id, ods_code, method, state, assurance, bits, evidence, author, author_ods_code,
  rule_set, run_id, reason, linked_at, superseded_at,
  ${contradicted ? CONTRADICTED : sql`false`} as contradicted,
  (select p.joined_to from nhsmail.person p
    where p.id = l.staff_id and p.joined_to is not null) as joined_to`;

/** The statement of a row. */
export const statementOf = (found: unknown): LinkStatement => row.parse(found);

/**
 * Statements that meet a condition.
 *
 * @param contradicted whether to look for what contradicts each, for whoever relies on them
 */
export async function selectStatements(
  db: Kysely<NhsmailTables>,
  where: RawBuilder<unknown>,
  { contradicted = false }: { readonly contradicted?: boolean } = {},
): Promise<readonly LinkStatement[]> {
  const { rows } = await sql`
    select ${statementColumns({ contradicted })} from nhsmail.link l
    where state <> 'REVIEW' and ${where}`.execute(db);
  return rows.map(statementOf);
}

/** A list as a set of rows of SQL. */
export const textSet = (values: readonly string[]): RawBuilder<unknown> =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

/** A list as an array of SQL. Indexes are used with it in conditions that are joined by `or` as well. */
export const textArray = (values: Iterable<string>): RawBuilder<unknown> =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify([...values])}::jsonb))`;

/** Writers of the ledger take turns: what was read in a transaction still holds when it writes. */
export const lockLedger = (db: QueryExecutorProvider): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended('lanyard:nhsmail:ledger', 0))`.execute(db);

/** A statement to be written, with what a person did when it was. */
export type NewStatement = Omit<LinkStatement, 'id' | 'validFrom' | 'validTo'> & {
  readonly actId?: string;
};

/** Ends statements and adds others. Call it with the ledger locked. */
export async function writeStatements(
  db: Kysely<NhsmailTables>,
  {
    superseded,
    added,
  }: { readonly superseded: readonly string[]; readonly added: readonly NewStatement[] },
  at: Date,
): Promise<void> {
  for (let from = 0; from < superseded.length; from += CHUNK) {
    await sql`
      update nhsmail.link set superseded_at = greatest(${at}::timestamptz, linked_at)
      where superseded_at is null
        and id = any(${textArray(superseded.slice(from, from + CHUNK))}::uuid[])`.execute(db);
  }
  for (let from = 0; from < added.length; from += CHUNK) {
    const statements = added.slice(from, from + CHUNK).map(({ author, ...statement }) => ({
      ...statement,
      id: randomUUID(),
      author: author.kind === 'PERSON' ? author.staffId : null,
      authorOds: author.kind === 'PERSON' ? author.odsCode : null,
      ruleSet: author.kind === 'MATCHING' ? (author.ruleSet ?? null) : null,
      run: author.kind === 'MATCHING' ? (author.run ?? null) : null,
    }));
    await sql`
      insert into nhsmail.link (id, staff_id, account_id, ods_code, method, state, assurance, bits, evidence, author,
        author_ods_code, rule_set, run_id, act_id, reason, linked_at)
      select l.id, l."staffId", l."accountId", l."odsCode", l.method, l.state, l.assurance, l.bits, l.evidence,
        l.author, l."authorOds", l."ruleSet", l.run, l."actId", l.reason, ${at}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(statements)}::jsonb) as l (
        id uuid, "staffId" text, "accountId" text, "odsCode" text, method text, state text, assurance text,
        bits double precision, evidence jsonb, author text, "authorOds" text, "ruleSet" integer, run uuid,
        "actId" bigint, reason text)`.execute(db);
  }
}
