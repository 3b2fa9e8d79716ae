/** The access log in PostgreSQL. */
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import type { AccessLog, AccessLogRecord, AccessLogRow } from '../domain/ports/access-log.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    id: z.number(),
    staff_id: z.string(),
    at: timestamp,
    actor: z.string(),
    actor_name: z.string(),
    actor_ods_code: z.string().nullable(),
    purpose: z.string(),
    fields: z.array(z.string()),
    request_id: z.string(),
  })
  .transform((entry): AccessLogRow => ({
    position: entry.id,
    staffId: entry.staff_id,
    at: entry.at,
    actor: entry.actor,
    actorName: entry.actor_name,
    ...(entry.actor_ods_code === null ? {} : { actorOdsCode: entry.actor_ods_code }),
    purpose: entry.purpose,
    fields: entry.fields,
    requestId: entry.request_id,
  }));

/** The statement that writes entries in their order. It may be a part of another one. */
export function accessLogInsert(records: readonly AccessLogRecord[]): RawBuilder<unknown> {
  const rows = records.map((record) => ({
    staff_id: record.staffId,
    at: record.at,
    actor: record.actor,
    actor_name: record.actorName,
    actor_ods_code: record.actorOdsCode ?? null,
    purpose: record.purpose,
    fields: record.fields,
    request_id: record.requestId,
  }));
  return sql`
    insert into passport.access_log
      (staff_id, at, actor, actor_name, actor_ods_code, purpose, fields, request_id)
    select staff_id, at, actor, actor_name, actor_ods_code, purpose, fields, request_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as entry (
      staff_id text, at timestamptz, actor text, actor_name text, actor_ods_code text, purpose text,
      fields jsonb, request_id text)`;
}

/** Writes entries in their order, in one statement; also inside another's transaction. */
export async function writeAccessLog(
  db: PassportDatabase,
  records: readonly AccessLogRecord[],
): Promise<void> {
  if (records.length > 0) await accessLogInsert(records).execute(db);
}

/** The access log in PostgreSQL. */
export function postgresAccessLog(db: PassportDatabase): AccessLog {
  return {
    write: (entry, staffIds) =>
      writeAccessLog(
        db,
        staffIds.map((staffId) => ({ ...entry, staffId })),
      ),
    async list(staffId, { first, after }) {
      let query = db
        .selectFrom('access_log')
        .selectAll()
        .where('staff_id', '=', staffId)
        .orderBy('id', 'desc')
        .limit(first + 1);
      if (after !== undefined) query = query.where('id', '<', after);
      return (await query.execute()).map((entry) => row.parse(entry));
    },
  };
}
