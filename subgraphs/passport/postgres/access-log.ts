/** The access log in PostgreSQL. */
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import type {
  AccessFlag,
  AccessLog,
  AccessLogRecord,
  AccessLogRow,
} from '../domain/ports/access-log.ts';
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
    flags: z.array(z.enum(['OWN_RECORD', 'CLOSE_COLLEAGUE'])).nullable(),
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
    ...(entry.flags === null ? {} : { flags: entry.flags }),
  }));

const unreviewed = z
  .object({ id: z.number(), staff_id: z.string(), at: timestamp, actor: z.string() })
  .transform(({ id, staff_id: staffId, at, actor }) => ({ position: id, staffId, at, actor }));

/** What people's ids begin with. Systems and operators have no record, and no colleagues. */
const PERSON = 'stf_';

/** What is known at once: `null` when it has to be looked at. */
function flagsAtOnce({ actor, staffId }: AccessLogRecord): readonly AccessFlag[] | null {
  if (!actor.startsWith(PERSON)) return [];
  return actor === staffId ? ['OWN_RECORD'] : null;
}

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
    flags: flagsAtOnce(record),
  }));
  return sql`
    insert into passport.access_log
      (staff_id, at, actor, actor_name, actor_ods_code, purpose, fields, request_id, flags)
    select staff_id, at, actor, actor_name, actor_ods_code, purpose, fields, request_id, flags
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as entry (
      staff_id text, at timestamptz, actor text, actor_name text, actor_ods_code text, purpose text,
      fields jsonb, request_id text, flags text[])`;
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
    write: (records) => writeAccessLog(db, records),
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
    async listFlagged(odsCode, { first, after }) {
      let query = db
        .selectFrom('access_log')
        .selectAll()
        .where('actor_ods_code', '=', odsCode)
        .where('flags', '<>', sql<string[]>`'{}'::text[]`)
        .orderBy('id', 'desc')
        .limit(first + 1);
      if (after !== undefined) query = query.where('id', '<', after);
      return (await query.execute()).map((entry) => row.parse(entry));
    },
    async findUnreviewed(limit) {
      const rows = await db
        .selectFrom('access_log')
        .select(['id', 'staff_id', 'at', 'actor'])
        .where('flags', 'is', null)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((entry) => unreviewed.parse(entry));
    },
    async review(found) {
      await sql`
        update passport.access_log as entry set flags = found.flags
        from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as found (position bigint, flags text[])
        where entry.id = found.position and entry.flags is null`.execute(db);
    },
  };
}
