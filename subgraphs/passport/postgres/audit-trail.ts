/** Reading and sealing the audit trail in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { AuditRow, AuditSeal, AuditTrail } from '../domain/ports/audit-trail.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const eventRow = z
  .object({
    id: z.coerce.number(),
    at: timestamp,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    request_id: z.string().nullable(),
  })
  .transform((event): AuditRow => ({
    position: event.id,
    at: event.at,
    actor: event.actor,
    action: event.action,
    subject: event.subject,
    ...(event.request_id === null ? {} : { requestId: event.request_id }),
  }));

const lineRow = z.object({ position: z.coerce.number(), recent: z.boolean(), line: z.string() });

const sealRow = z
  .object({
    position: z.coerce.number(),
    through: z.coerce.number(),
    events: z.number(),
    hash: z.string(),
    sealed_at: timestamp,
  })
  .transform(({ sealed_at, ...seal }): AuditSeal => ({ ...seal, sealedAt: sealed_at }));

/** The trail in PostgreSQL. */
export const postgresAuditTrail = (db: PassportDatabase): AuditTrail => ({
  async list(odsCode, { actions, actor, subject, from, until }, { first, after }) {
    let query = db
      .selectFrom('audit_event')
      .select(['id', 'at', 'actor', 'action', 'subject', 'request_id'])
      .where('ods_code', '=', odsCode);
    if (actions !== undefined) query = query.where('action', 'in', actions);
    if (actor !== undefined) query = query.where('actor', '=', actor);
    if (subject !== undefined) query = query.where('subject', '=', subject);
    if (from !== undefined) query = query.where('at', '>=', from);
    if (until !== undefined) query = query.where('at', '<', until);
    if (after !== undefined) query = query.where('id', '<', after);
    const rows = await query
      .orderBy('id', 'desc')
      .limit(first + 1)
      .execute();
    return rows.map((row) => eventRow.parse(row));
  },

  async linesAfter(after, { through, before }, limit) {
    const { rows } = await sql`
      select id as position, coalesce(at > ${before ?? null}::timestamptz, false) as recent,
        jsonb_build_array(id, extract(epoch from at), actor, action, subject, ods_code, request_id,
          details)::text as line
      from passport.audit_event
      where id > ${after} and (${through ?? null}::bigint is null or id <= ${through ?? null}::bigint)
      order by id limit ${limit}`.execute(db);
    const lines = rows.map((row) => lineRow.parse(row));
    const end = lines.findIndex(({ recent }) => recent);
    return (end < 0 ? lines : lines.slice(0, end)).map(({ position, line }) => ({
      position,
      line,
    }));
  },

  async latestSeals(limit) {
    const rows = await db
      .selectFrom('audit_seal')
      .selectAll()
      .orderBy('position', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => sealRow.parse(row));
  },

  async addSeal({ position, through, events, hash, sealedAt }) {
    await db
      .insertInto('audit_seal')
      .values({ position, through, events, hash, sealed_at: sealedAt })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
});
