/** Cases as rows of the tables `matching_case` and `case_candidate`. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import { CASE_QUEUES, type CaseState, type MatchingCase } from '../domain/cases.ts';
import { evidenceShape } from './statements.ts';
import type { NhsmailTables } from './tables.ts';

/** Where a case can stand. */
export const CASE_STATES = [
  'OPEN',
  'ASSIGNED',
  'HANDED_OVER',
  'AWAITING_SECOND_PERSON',
  'RESOLVED',
  'WITHDRAWN',
] as const satisfies readonly CaseState[];

const pair = z.object({ staffId: z.string(), accountId: z.string() });

const made = z.object({
  decision: z.enum(['SAME_PERSON', 'DIFFERENT_PEOPLE', 'UNDO']),
  pairs: z.array(pair),
  by: z.string(),
  odsCode: z.string(),
  at: z.coerce.date(),
  reason: z.string(),
});
const madeDecision = made
  .extend({ undoes: z.object({ decision: made, closedAt: z.coerce.date() }).optional() })
  .transform(({ undoes, ...decision }) => ({
    ...decision,
    ...(undoes === undefined ? {} : { undoes }),
  }));

const row = z
  .object({
    id: z.string(),
    position: z.coerce.number(),
    queue: z.enum(CASE_QUEUES),
    source: z.enum(['MATCHING', 'LIFECYCLE', 'PERSON']),
    staff_id: z.string().nullable(),
    account_id: z.string().nullable(),
    ods_code: z.string().nullable(),
    handed_from: z.array(z.string()),
    because: z.string(),
    state: z.enum(CASE_STATES),
    opened_at: z.coerce.date(),
    due_at: z.coerce.date(),
    assigned_to: z.string().nullable(),
    begun: z.boolean(),
    version: z.number(),
    closed_at: z.coerce.date().nullable(),
    decision: madeDecision.nullable(),
    candidates: z
      .array(
        pair.extend({
          odsCode: z.string().nullish(),
          bits: z.number().nullish(),
          evidence: evidenceShape,
        }),
      )
      .nullable(),
  })
  .transform((found): MatchingCase & { readonly begun: boolean } => ({
    id: found.id,
    position: found.position,
    queue: found.queue,
    source: found.source,
    ...(found.staff_id === null ? {} : { staffId: found.staff_id }),
    ...(found.account_id === null ? {} : { accountId: found.account_id }),
    ...(found.ods_code === null ? {} : { odsCode: found.ods_code }),
    handedFrom: found.handed_from,
    because: found.because,
    state: found.state,
    openedAt: found.opened_at,
    dueAt: found.due_at,
    ...(found.assigned_to === null ? {} : { assignedTo: found.assigned_to }),
    begun: found.begun,
    version: found.version,
    ...(found.closed_at === null ? {} : { closedAt: found.closed_at }),
    ...(found.decision === null ? {} : { decision: found.decision }),
    candidates: (found.candidates ?? []).map(({ staffId, accountId, odsCode, bits, evidence }) => ({
      staffId,
      accountId,
      ...(odsCode == null ? {} : { odsCode }),
      ...(bits == null ? {} : { bits }),
      evidence,
    })),
  }));

/** Cases `c` that meet a condition, which may go on with an order and a limit. */
export async function selectCases(
  db: Kysely<NhsmailTables>,
  where: RawBuilder<unknown>,
): Promise<readonly (MatchingCase & { readonly begun: boolean })[]> {
  const { rows } = await sql`
    select c.*, (
      select jsonb_agg(jsonb_build_object('staffId', d.staff_id, 'accountId', d.account_id, 'odsCode', d.ods_code,
        'bits', d.bits, 'evidence', d.evidence) order by d.rank)
      from nhsmail.case_candidate d where d.case_id = c.id) as candidates
    from nhsmail.matching_case c where ${where}`.execute(db);
  return rows.map((found) => row.parse(found));
}
