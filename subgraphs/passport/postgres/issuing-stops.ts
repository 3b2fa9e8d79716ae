/**
 * The switch that stops issuing, in PostgreSQL.
 *
 * Whoever records or completes an issuing shares a lock until its transaction ends, and looks for a stop once it has the
 * lock. A stop is recorded first and counts from then on; then it waits for the transactions that had the lock already,
 * since those may have looked before. It takes no lock itself: nobody waits behind it, and one that hangs keeps no stop
 * from counting.
 */
import { setTimeout as pause } from 'node:timers/promises';

import { type Expression, sql } from 'kysely';
import { z } from 'zod';

import { EVERYBODY, type IssuingStop, type IssuingStops } from '../domain/ports/issuing-stops.ts';
import type { AuditActor } from '../domain/audit.ts';
import { writeAudit } from './audit.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const LOCK = 'lanyard:passport:issuing';
/** How long a stop waits for what is being written: longer than a transaction may hang. In milliseconds. */
const DRAIN_MS = 20_000;
const LOOK_EVERY_MS = 50;

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

/** Records a stop, unless there is one. */
function record(
  db: PassportDatabase,
  { odsCode, reason, by, now }: { odsCode: string; reason: string; by: AuditActor; now: Date },
): Promise<IssuingStop> {
  return db.transaction().execute(async (transaction) => {
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
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (made !== undefined) {
      await writeAudit(transaction, [
        {
          at: now,
          by,
          action: 'issuing.stopped',
          subject: odsCode,
          odsCode,
          // The reason is free text and stays with the stop.
          details: { stop: made.id },
        },
      ]);
      return row.parse(made);
    }
    const earlier = await findStop(transaction, [odsCode]);
    if (earlier === undefined) throw new Error('issuing was started while it was being stopped');
    return earlier;
  });
}

/** The transactions that share the lock now. */
async function findSharers(db: PassportDatabase): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ sharer: string }>`
    select concat_ws(' ', pid, virtualtransaction) as sharer from pg_locks
    where locktype = 'advisory' and objsubid = 1 and granted
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32 | objid::bigint) = hashtextextended(${LOCK}, 0)`.execute(db);
  return new Set(rows.map(({ sharer }) => sharer));
}

/** Waits until the transactions that share the lock now have ended. False when one has not by then. */
async function drain(db: PassportDatabase, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  let before = [...(await findSharers(db))];
  while (before.length > 0) {
    if (performance.now() >= until) return false;
    await pause(LOOK_EVERY_MS);
    const still = await findSharers(db);
    before = before.filter((sharer) => still.has(sharer));
  }
  return true;
}

/**
 * The switch in PostgreSQL.
 *
 * @param drainMs how long a stop waits for what is being written, in milliseconds
 */
export function postgresIssuingStops(db: PassportDatabase, drainMs = DRAIN_MS): IssuingStops {
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
    async stop(odsCode, reason, by, now) {
      const stop = await record(db, { odsCode, reason, by, now });
      // It counts whatever happens now.
      return { ...stop, drained: await drain(db, drainMs).catch(() => false) };
    },
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
