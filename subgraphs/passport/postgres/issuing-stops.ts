/**
 * The switch that stops issuing, in PostgreSQL.
 *
 * Whoever records or completes an issuing shares a lock until its transaction ends; a stop takes the lock alone. So a stop
 * waits for what is being written, and everything that comes after the stop sees it.
 */
import { type Expression, sql } from 'kysely';
import { z } from 'zod';

import { EVERYBODY, type IssuingStop, type IssuingStops } from '../domain/ports/issuing-stops.ts';
import { writeAudit } from './audit.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const LOCK = 'lanyard:passport:issuing';

const row = z
  .object({
    ods_code: z.string(),
    reason: z.string(),
    stopped_at: timestamp,
    stopped_by: z.string(),
    started_at: timestamp.nullable(),
    started_by: z.string().nullable(),
  })
  .transform((stop): IssuingStop => ({
    odsCode: stop.ods_code,
    reason: stop.reason,
    stoppedAt: stop.stopped_at,
    stoppedBy: stop.stopped_by,
    ...(stop.started_at === null ? {} : { startedAt: stop.started_at }),
    ...(stop.started_by === null ? {} : { startedBy: stop.started_by }),
  }));

/** Tells whether an organisation is stopped, and keeps the answer true until the transaction ends. */
export async function issuingIsStopped(
  transaction: PassportDatabase,
  odsCode: string,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${LOCK}, 0))`.execute(transaction);
  return (await findStop(transaction, [EVERYBODY, odsCode])) !== undefined;
}

/** The stops in force for the organisation in a column. */
export const stopsInForce = (db: PassportDatabase, odsCode: Expression<string>) =>
  db
    .selectFrom('issuing_stop')
    .select('id')
    .where('started_at', 'is', null)
    .where((where) =>
      where.or([where('ods_code', '=', EVERYBODY), where('ods_code', '=', odsCode)]),
    );

async function findStop(
  db: PassportDatabase,
  odsCodes: readonly string[],
): Promise<IssuingStop | undefined> {
  const found = await db
    .selectFrom('issuing_stop')
    .selectAll()
    .where('ods_code', 'in', odsCodes)
    .where('started_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return found && row.parse(found);
}

/** The switch in PostgreSQL. */
export function postgresIssuingStops(db: PassportDatabase): IssuingStops {
  return {
    find: (odsCode) => findStop(db, [EVERYBODY, odsCode]),
    async list(limit) {
      const rows = await db
        .selectFrom('issuing_stop')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((one) => row.parse(one));
    },
    stop: (odsCode, reason, by, now) =>
      db.transaction().execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`.execute(transaction);
        const earlier = await findStop(transaction, [odsCode]);
        if (earlier !== undefined) return earlier;
        const made = await transaction
          .insertInto('issuing_stop')
          .values({
            ods_code: odsCode,
            reason,
            stopped_at: now,
            stopped_by: by.subject,
            started_at: null,
            started_by: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await writeAudit(transaction, [
          { at: now, by, action: 'issuing.stopped', subject: odsCode, odsCode },
        ]);
        return row.parse(made);
      }),
    start: (odsCode, by, now) =>
      db.transaction().execute(async (transaction) => {
        const ended = await transaction
          .updateTable('issuing_stop')
          .set({ started_at: now, started_by: by.subject })
          .where('ods_code', '=', odsCode)
          .where('started_at', 'is', null)
          .returning('id')
          .executeTakeFirst();
        if (ended === undefined) return false;
        await writeAudit(transaction, [
          { at: now, by, action: 'issuing.started', subject: odsCode, odsCode },
        ]);
        return true;
      }),
  };
}
