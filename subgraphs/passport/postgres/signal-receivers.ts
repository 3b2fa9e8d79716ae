/** Receivers of signals in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import type {
  ReceiverRequest,
  SignalReceiver,
  SignalReceiverStore,
} from '../domain/signal-receivers.ts';
import type { AuditAction } from '../domain/audit.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { writeAudit } from './audit.ts';
import { claimKey, keepAnswer } from './idempotency.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

const row = z
  .object({
    id: z.string(),
    ods_code: z.string(),
    url: z.string(),
    audience: z.string(),
    registered_at: timestamp,
    ended_at: timestamp.nullable(),
    acknowledged: z.coerce.number(),
    failures: z.number(),
    failing_since: timestamp.nullable(),
    last_failure: z.string().nullable(),
    parked_at: timestamp.nullable(),
  })
  .transform((one): SignalReceiver => ({
    id: one.id,
    odsCode: one.ods_code,
    url: one.url,
    audience: one.audience,
    registeredAt: one.registered_at,
    acknowledged: one.acknowledged,
    failures: one.failures,
    ...(one.ended_at === null ? {} : { endedAt: one.ended_at }),
    ...(one.failing_since === null ? {} : { failingSince: one.failing_since }),
    ...(one.last_failure === null ? {} : { lastFailure: one.last_failure }),
    ...(one.parked_at === null ? {} : { parkedAt: one.parked_at }),
  }));

/** Most signals that wait which are counted. */
const MOST_COUNTED = 10_000;

const backlog = z
  .object({
    id: z.string(),
    url: z.string(),
    failures: z.number(),
    parked_at: timestamp.nullable(),
    waiting: z.coerce.number(),
    oldest: timestamp.nullable(),
  })
  .transform(({ id, url, failures, parked_at: parkedAt, waiting, oldest }) => ({
    receiverId: id,
    url,
    failures,
    waiting,
    ...(parkedAt === null ? {} : { parkedAt }),
    ...(oldest === null ? {} : { oldestAt: oldest }),
  }));

const keptAnswer = z.object({ receiverId: z.string() });

/** Receivers in PostgreSQL. */
export function postgresSignalReceivers(db: PassportDatabase): SignalReceiverStore {
  return {
    add: ({ id, url, audience }, limit, request) =>
      once(db, request, async (transaction) => {
        const { by, now } = request;
        // One trust's registrations take turns, so that the limit holds.
        await sql`select pg_advisory_xact_lock(
          hashtextextended(${`lanyard:passport:receivers:${by.odsCode}`}, 0))`.execute(transaction);
        if ((await open(transaction, by.odsCode)).length >= limit) {
          return refused('NOT_ELIGIBLE', 'url');
        }
        const { last } = await transaction
          .selectFrom('signal')
          .select(sql<number>`coalesce(max(position), 0)`.as('last'))
          .where('ods_code', '=', by.odsCode)
          .executeTakeFirstOrThrow();
        const added = await transaction
          .insertInto('signal_receiver')
          .values({
            id,
            ods_code: by.odsCode,
            url,
            audience,
            registered_at: now,
            registered_by: by.subject,
            acknowledged: last,
            next_attempt_at: now,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return audited(transaction, row.parse(added), 'signal-receiver.registered', request);
      }),
    end: (id, request) =>
      once(db, request, async (transaction) => {
        const ended = await transaction
          .updateTable('signal_receiver')
          .set({ ended_at: request.now, ended_by: request.by.subject })
          .where('id', '=', id)
          .where('ods_code', '=', request.by.odsCode)
          .where('ended_at', 'is', null)
          .returningAll()
          .executeTakeFirst();
        if (ended === undefined) return refused('NOT_FOUND', 'receiverId');
        return audited(transaction, row.parse(ended), 'signal-receiver.ended', request);
      }),
    replay: (id, after, request) =>
      once(db, request, async (transaction) => {
        const sent = await transaction
          .updateTable('signal_receiver')
          .set({
            acknowledged: after,
            next_attempt_at: request.now,
            failures: 0,
            failing_since: null,
            parked_at: null,
          })
          .where('id', '=', id)
          .where('ods_code', '=', request.by.odsCode)
          .where('ended_at', 'is', null)
          .returningAll()
          .executeTakeFirst();
        if (sent === undefined) return refused('NOT_FOUND', 'receiverId');
        return audited(transaction, row.parse(sent), 'signal-receiver.replayed', request);
      }),
    list: (odsCode) => open(db, odsCode),
    async backlogs(odsCode) {
      const { rows } = await sql`
        select receiver.id, receiver.url, receiver.failures, receiver.parked_at, count(waiting.created_at) as waiting, min(waiting.created_at) as oldest
        from passport.signal_receiver receiver
        left join lateral (
          select created_at from passport.signal
          where signal.ods_code = receiver.ods_code and signal.position > receiver.acknowledged
          order by signal.position limit ${MOST_COUNTED}
        ) waiting on true
        where receiver.ods_code = ${odsCode} and receiver.ended_at is null
        group by receiver.id order by receiver.registered_at desc`.execute(db);
      return rows.map((one) => backlog.parse(one));
    },
    async take(limit, now, until) {
      const { rows } = await sql`
        update passport.signal_receiver set next_attempt_at = ${until}
        where id in (
          select receiver.id from passport.signal_receiver receiver
          where receiver.ended_at is null and receiver.parked_at is null
            and receiver.next_attempt_at <= ${now}
            and exists (select from passport.signal where signal.ods_code = receiver.ods_code
              and signal.position > receiver.acknowledged)
          order by receiver.next_attempt_at limit ${limit} for update skip locked)
        returning *`.execute(db);
      return rows.map((one) => row.parse(one));
    },
    async acknowledge({ id, acknowledged }, position) {
      const moved = await db
        .updateTable('signal_receiver')
        .set({ acknowledged: position, failures: 0, failing_since: null, last_failure: null })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .where('acknowledged', '=', acknowledged)
        .returning('id')
        .executeTakeFirst();
      return moved !== undefined;
    },
    async release(id, now) {
      await db
        .updateTable('signal_receiver')
        .set({ next_attempt_at: now })
        .where('id', '=', id)
        .execute();
    },
    fail: (id, { code, nextAttemptAt, parked, now }) =>
      db.transaction().execute(async (transaction) => {
        const failed = await transaction
          .updateTable('signal_receiver')
          .set((eb) => ({
            failures: eb('failures', '+', 1),
            failing_since: eb.fn.coalesce('failing_since', sql<Date>`${now}::timestamptz`),
            last_failure: code,
            next_attempt_at: nextAttemptAt,
            ...(parked ? { parked_at: now } : {}),
          }))
          .where('id', '=', id)
          .returning('ods_code')
          .executeTakeFirst();
        if (!parked || failed === undefined) return;
        await writeAudit(transaction, [
          {
            at: now,
            by: { subject: 'lanyard-passport' },
            action: 'signal-receiver.parked',
            subject: id,
            odsCode: failed.ods_code,
            details: { code },
          },
        ]);
      }),
  };
}

async function open(db: PassportDatabase, odsCode: string): Promise<readonly SignalReceiver[]> {
  const rows = await db
    .selectFrom('signal_receiver')
    .selectAll()
    .where('ods_code', '=', odsCode)
    .where('ended_at', 'is', null)
    .orderBy('registered_at', 'desc')
    .execute();
  return rows.map((one) => row.parse(one));
}

/** Does something once under an idempotency key. A repeat gets the receiver as it is now; a refusal may be asked again. */
function once(
  db: PassportDatabase,
  { by, idempotencyKey, requestHash, now }: ReceiverRequest,
  work: (transaction: PassportDatabase) => Promise<SignalReceiver | Refusal>,
): Promise<SignalReceiver | Refusal> {
  return db.transaction().execute(async (transaction) => {
    const claim = { actor: by.subject, key: idempotencyKey, requestHash, now };
    const claimed = await claimKey(transaction, claim);
    if (claimed.kind === 'reused') return refused('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
    if (claimed.kind === 'repeat' && claimed.answer !== null) {
      const { receiverId } = keptAnswer.parse(claimed.answer);
      const found = await transaction
        .selectFrom('signal_receiver')
        .selectAll()
        .where('id', '=', receiverId)
        .executeTakeFirstOrThrow();
      return row.parse(found);
    }
    const outcome = await work(transaction);
    if (!('kind' in outcome)) await keepAnswer(transaction, claim, { receiverId: outcome.id });
    return outcome;
  });
}

async function audited(
  db: PassportDatabase,
  receiver: SignalReceiver,
  action: AuditAction,
  { by, now }: ReceiverRequest,
): Promise<SignalReceiver> {
  const { id, odsCode } = receiver;
  await writeAudit(db, [{ at: now, by, action, subject: id, odsCode }]);
  return receiver;
}
