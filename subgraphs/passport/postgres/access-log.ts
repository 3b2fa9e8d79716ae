/** The access log in PostgreSQL. */
import { sql } from 'kysely';
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

/** Writes one entry for each person, in one statement; also inside another's transaction. */
export async function writeAccessLog(
  db: PassportDatabase,
  entry: Omit<AccessLogRecord, 'staffId'>,
  staffIds: readonly string[],
): Promise<void> {
  await sql`
    insert into passport.access_log
      (staff_id, at, actor, actor_name, actor_ods_code, purpose, fields, request_id)
    select person.id, ${entry.at}::timestamptz, ${entry.actor}::text, ${entry.actorName}::text,
      ${entry.actorOdsCode ?? null}::text, ${entry.purpose}::text,
      ${JSON.stringify(entry.fields)}::jsonb, ${entry.requestId}::text
    from jsonb_array_elements_text(${JSON.stringify(staffIds)}::jsonb) as person (id)`.execute(db);
}

/** The access log in PostgreSQL. */
export function postgresAccessLog(db: PassportDatabase): AccessLog {
  return {
    write: (entry, staffIds) => writeAccessLog(db, entry, staffIds),
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
