/** Requests as the person whom they concern may see them. */
import { sql } from 'kysely';
import { z } from 'zod';

import {
  type DeletionRow,
  keptReason,
  reportReason,
  type SharedRow,
  type StoredDeletion,
} from '../domain/holder-sharing.ts';
import type { PageRequest } from '../domain/ports/credentials.ts';
import { storedResult } from '../domain/verification-result.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** Columns of a deletion. */
export const DELETION_COLUMNS = [
  'position',
  'presentation_id',
  'asked_at',
  'answer_by',
  'outcome',
  'reason',
  'answered_at',
] as const;

const deletionRow = z
  .object({
    position: z.number(),
    presentation_id: z.string(),
    asked_at: timestamp,
    answer_by: timestamp,
    outcome: z.enum(['DELETED', 'KEPT']).nullable(),
    reason: keptReason.nullable(),
    answered_at: timestamp.nullable(),
  })
  .transform((row): DeletionRow => ({
    position: row.position,
    presentationId: row.presentation_id,
    state: row.outcome ?? 'WAITING',
    askedAt: row.asked_at,
    answerBy: row.answer_by,
    ...(row.answered_at === null ? {} : { answeredAt: row.answered_at }),
    ...(row.reason === null ? {} : { reason: row.reason }),
  }));

/** Reads a deletion. */
export const toDeletion = (row: unknown): DeletionRow => deletionRow.parse(row);

const sharedRow = z.object({
  position: z.number(),
  id: z.string(),
  ods_code: z.string(),
  actor_name: z.string(),
  purpose: z.string(),
  created_at: timestamp,
  expires_at: timestamp,
  answered_at: timestamp.nullable(),
  refused_because: z.string().nullable(),
  released_at: timestamp.nullable(),
  holder_id: z.string().nullable(),
  result: storedResult.nullable(),
  erase_after: timestamp.nullable(),
  erased_at: timestamp.nullable(),
  reported_because: reportReason.nullable(),
  reported_at: timestamp.nullable(),
  deletion: z.unknown(),
});

function toShared(found: unknown, staffId: string): SharedRow {
  const row = sharedRow.parse(found);
  const result = row.released_at === null || row.result === null ? undefined : row.result;
  // Somebody else may have answered a request that was made of this person.
  const theirs =
    result !== undefined &&
    (row.holder_id === staffId ||
      result.credentials.some((credential) => credential.staffId === staffId));
  const deletion: StoredDeletion | undefined =
    row.deletion === null ? undefined : toDeletion(row.deletion);
  return {
    position: row.position,
    id: row.id,
    odsCode: row.ods_code,
    askedBy: row.actor_name,
    purpose: row.purpose,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    ...(row.answered_at === null ? {} : { answeredAt: row.answered_at }),
    refused: row.refused_because !== null,
    ...(result === undefined ? {} : { result }),
    ...(theirs && row.erase_after !== null ? { eraseAfter: row.erase_after } : {}),
    ...(theirs && row.erased_at !== null ? { erasedAt: row.erased_at } : {}),
    ...(deletion === undefined ? {} : { deletion }),
    ...(row.reported_because === null || row.reported_at === null
      ? {}
      : { report: { reason: row.reported_because, at: row.reported_at } }),
  };
}

/** Reads requests that concern a person, newest first. */
export async function selectShared(
  db: PassportDatabase,
  staffId: string,
  page: PageRequest | { readonly presentationId: string },
): Promise<readonly SharedRow[]> {
  const which =
    'presentationId' in page
      ? sql`request.id = ${page.presentationId}`
      : sql`request.position < ${page.after ?? Number.MAX_SAFE_INTEGER}`;
  const { rows } = await sql`
    select request.position, request.id, request.ods_code, request.actor_name, request.purpose,
      request.created_at, request.expires_at, request.answered_at, request.refused_because,
      request.released_at, request.holder_id, request.result, request.erased_at,
      (select min(claims.erase_after) from passport.presentation_claims claims
        where claims.presentation_id = request.id) as erase_after,
      report.reason as reported_because, report.at as reported_at,
      (select to_jsonb(deletion) from passport.deletion_request deletion
        where deletion.presentation_id = request.id and deletion.staff_id = ${staffId}) as deletion
    from passport.presentation_request request
    left join passport.requester_report report
      on report.presentation_id = request.id and report.staff_id = ${staffId}
    where (request.staff_id = ${staffId} or request.holder_id = ${staffId}) and ${which}
    order by request.position desc
    limit ${'first' in page ? page.first + 1 : 1}`.execute(db);
  return rows.map((found) => toShared(found, staffId));
}
