/** Receivers of signals in PostgreSQL. */
import { sql } from 'kysely';
import { z } from 'zod';

import type { Sealer } from '../domain/ports/keys.ts';
import type {
  ChangedReceiver,
  EndedAttempt,
  ReachedReceiver,
  ReceiverRequest,
  ShownReceiver,
  SignalAttempt,
  SignalReceiver,
  SignalReceiverStore,
} from '../domain/signal-receivers.ts';
import { SIGNAL_CAUSES } from '../domain/signal.ts';
import type { AuditAction } from '../domain/audit.ts';
import { type Refusal, refused } from '../domain/user-error.ts';
import { writeAudit } from './audit.ts';
import { once } from './once.ts';
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
    causes: z.array(z.enum(SIGNAL_CAUSES)).nullable(),
    secret_since: timestamp.nullable(),
    previous_secret_until: timestamp.nullable(),
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
    ...(one.causes === null ? {} : { causes: one.causes }),
    ...(one.secret_since === null ? {} : { secretSince: one.secret_since }),
    ...(one.previous_secret_until === null
      ? {}
      : { previousSecretUntil: one.previous_secret_until }),
  }));

const secretColumns = z.object({
  sealed_secret: z.string().nullable(),
  sealed_previous_secret: z.string().nullable(),
});

const attemptRow = z
  .object({
    receiver_id: z.string(),
    jti: z.string(),
    is_test: z.boolean(),
    at: timestamp,
    milliseconds: z.number().nullable(),
    outcome: z.string().nullable(),
  })
  .transform((one) => ({
    receiverId: one.receiver_id,
    attempt: {
      jti: one.jti,
      isTest: one.is_test,
      at: one.at,
      ...(one.milliseconds === null ? {} : { milliseconds: one.milliseconds }),
      ...(one.outcome === null ? {} : { outcome: one.outcome }),
    } satisfies SignalAttempt,
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

const reach = z
  .object({
    receivers: z.coerce.number(),
    reached: z.coerce.number(),
    failing: z.coerce.number(),
    not_reached: z.array(
      z.object({ id: z.string(), url: z.string(), failures: z.number(), parked: z.boolean() }),
    ),
  })
  .transform(({ not_reached, ...counts }) => ({
    ...counts,
    notReached: not_reached.map(({ id, parked: isParked, ...one }) => ({
      receiverId: id,
      isParked,
      ...one,
    })),
  }));

const keptAnswer = z.object({ receiverId: z.string() });

/** Attempts that are shown, and kept, of each receiver. */
const ATTEMPTS_SHOWN = 20;
const ATTEMPTS_KEPT = 50;

/** Receivers in PostgreSQL. */
export function postgresSignalReceivers(db: PassportDatabase, sealer: Sealer): SignalReceiverStore {
  const sealedFor = (id: string): string => `webhook secret of ${id}`;
  const reached = (one: unknown, now: Date): ReachedReceiver => {
    const receiver = row.parse(one);
    const { sealed_secret, sealed_previous_secret } = secretColumns.parse(one);
    const isOverlap = (receiver.previousSecretUntil?.getTime() ?? 0) > now.getTime();
    const sealed = [sealed_secret, isOverlap ? sealed_previous_secret : null];
    return {
      ...receiver,
      secrets: sealed.flatMap((secret) =>
        secret === null ? [] : [sealer.open(secret, sealedFor(receiver.id))],
      ),
    };
  };
  return {
    add: ({ id, url, audience, causes }, secret, limit, request) =>
      changeOnce(db, request, async (transaction) => {
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
            causes: causes === undefined ? null : [...causes],
            sealed_secret: sealer.seal(secret, sealedFor(id)),
            secret_since: now,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return audited(transaction, row.parse(added), 'signal-receiver.registered', request);
      }),
    end: (id, request) =>
      changeOnce(db, request, async (transaction) => {
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
    changeSecret: (id, secret, previousUntil, request) =>
      changeOnce(db, request, async (transaction) => {
        const changed = await transaction
          .updateTable('signal_receiver')
          .set((eb) => ({
            sealed_secret: sealer.seal(secret, sealedFor(id)),
            secret_since: request.now,
            sealed_previous_secret: eb.ref('sealed_secret'),
            previous_secret_until: sql<Date | null>`case when sealed_secret is not null
              then ${previousUntil}::timestamptz end`,
          }))
          .where('id', '=', id)
          .where('ods_code', '=', request.by.odsCode)
          .where('ended_at', 'is', null)
          .returningAll()
          .executeTakeFirst();
        if (changed === undefined) return refused('NOT_FOUND', 'receiverId');
        return audited(transaction, row.parse(changed), 'signal-receiver.secret-changed', request);
      }),
    addTest: (id, jti, { most, since }, request) =>
      changeOnce(db, request, async (transaction) => {
        // Tests of one receiver take turns, so that the limit holds.
        const receiver = await transaction
          .selectFrom('signal_receiver')
          .selectAll()
          .where('id', '=', id)
          .where('ods_code', '=', request.by.odsCode)
          .where('ended_at', 'is', null)
          .forUpdate()
          .executeTakeFirst();
        if (receiver === undefined) return refused('NOT_FOUND', 'receiverId');
        const { lately } = await transaction
          .selectFrom('signal_attempt')
          .select((eb) => eb.fn.countAll<number>().as('lately'))
          .where('receiver_id', '=', id)
          .where('is_test', '=', true)
          .where('at', '>', since)
          .executeTakeFirstOrThrow();
        if (lately >= most) return refused('NOT_ELIGIBLE', 'receiverId');
        await transaction
          .insertInto('signal_attempt')
          .values({ receiver_id: id, jti, is_test: true, at: request.now })
          .execute();
        await forgetOld(transaction, id);
        return audited(transaction, row.parse(receiver), 'signal-receiver.tested', request);
      }),
    async takeTests(limit, now, begunBefore) {
      const { rows } = await sql<{ attempt_id: number; attempt_jti: string }>`
        with taken as (
          update passport.signal_attempt set begun_at = ${now}
          where id in (
            select attempt.id from passport.signal_attempt attempt
            join passport.signal_receiver receiver on receiver.id = attempt.receiver_id
            where attempt.outcome is null and receiver.ended_at is null
              and (attempt.begun_at is null or attempt.begun_at < ${begunBefore})
            order by attempt.id limit ${limit} for update of attempt skip locked)
          returning id, jti, receiver_id)
        select receiver.*, taken.id as attempt_id, taken.jti as attempt_jti
        from taken join passport.signal_receiver receiver on receiver.id = taken.receiver_id`.execute(
        db,
      );
      return rows.map((one) => ({
        attemptId: one.attempt_id,
        jti: one.attempt_jti,
        receiver: reached(one, now),
      }));
    },
    async endTest(attemptId, { milliseconds, outcome }) {
      await db
        .updateTable('signal_attempt')
        .set({ milliseconds, outcome })
        .where('id', '=', attemptId)
        .where('outcome', 'is', null)
        .execute();
    },
    replay: (id, after, request) =>
      changeOnce(db, request, async (transaction) => {
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
    list: async (odsCode) => withAttempts(db, await open(db, odsCode)),
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
    async reachOf({ staffId, type, at }, odsCode) {
      const { rows } = await sql`
        with told as (
          select ods_code, cause, max(position) as position from passport.signal
          where staff_id = ${staffId} and created_at = ${at}
            and (${type ?? null}::text is null or credential_type = ${type ?? null})
          group by ods_code, cause
        ), receiver as (
          select one.id, one.ods_code, one.url, one.failures, one.registered_at,
            one.parked_at is not null as parked, one.acknowledged >= max(told.position) as reached
          from told join passport.signal_receiver one on one.ods_code = told.ods_code
            and one.ended_at is null and one.registered_at <= ${at}
            and (one.causes is null or told.cause = any(one.causes))
          group by one.id
        )
        select count(*) as receivers, count(*) filter (where reached) as reached,
          count(*) filter (where not reached and failures > 0) as failing,
          coalesce(json_agg(json_build_object('id', id, 'url', url, 'failures', failures, 'parked', parked)
            order by registered_at desc) filter (where not reached and ods_code = ${odsCode}), '[]') as not_reached
        from receiver`.execute(db);
      return reach.parse(rows[0]);
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
      return rows.map((one) => reached(one, now));
    },
    acknowledge: ({ id, acknowledged }, position, attempt) =>
      db.transaction().execute(async (transaction) => {
        const moved = await transaction
          .updateTable('signal_receiver')
          .set({ acknowledged: position, failures: 0, failing_since: null, last_failure: null })
          .where('id', '=', id)
          .where('ended_at', 'is', null)
          .where('acknowledged', '=', acknowledged)
          .returning('id')
          .executeTakeFirst();
        // It was pushed, whatever has become of the receiver since.
        if (attempt !== undefined) await note(transaction, id, attempt);
        return moved !== undefined;
      }),
    async release(id, now) {
      await db
        .updateTable('signal_receiver')
        .set({ next_attempt_at: now })
        .where('id', '=', id)
        .execute();
    },
    fail: (id, { attempt, nextAttemptAt, parked, now }) =>
      db.transaction().execute(async (transaction) => {
        const failed = await transaction
          .updateTable('signal_receiver')
          .set((eb) => ({
            failures: eb('failures', '+', 1),
            failing_since: eb.fn.coalesce('failing_since', sql<Date>`${now}::timestamptz`),
            last_failure: attempt.outcome,
            next_attempt_at: nextAttemptAt,
            ...(parked ? { parked_at: now } : {}),
          }))
          .where('id', '=', id)
          .returning('ods_code')
          .executeTakeFirst();
        await note(transaction, id, attempt);
        if (!parked || failed === undefined) return;
        await writeAudit(transaction, [
          {
            at: now,
            by: { subject: 'lanyard-passport' },
            action: 'signal-receiver.parked',
            subject: id,
            odsCode: failed.ods_code,
            details: { code: attempt.outcome },
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

/** Notes how a push went. */
async function note(
  db: PassportDatabase,
  receiverId: string,
  { jti, at, milliseconds, outcome }: EndedAttempt,
): Promise<void> {
  await db
    .insertInto('signal_attempt')
    .values({ receiver_id: receiverId, jti, is_test: false, at, milliseconds, outcome })
    .execute();
  await forgetOld(db, receiverId);
}

async function forgetOld(db: PassportDatabase, receiverId: string): Promise<void> {
  await sql`delete from passport.signal_attempt where receiver_id = ${receiverId} and id <= (
    select id from passport.signal_attempt where receiver_id = ${receiverId}
    order by id desc offset ${ATTEMPTS_KEPT} limit 1)`.execute(db);
}

async function withAttempts(
  db: PassportDatabase,
  receivers: readonly SignalReceiver[],
): Promise<readonly ShownReceiver[]> {
  const ids = receivers.map(({ id }) => id);
  const { rows } = await sql`
    select * from (
      select *, row_number() over (partition by receiver_id order by id desc) as back
      from passport.signal_attempt where receiver_id = any(${ids})) attempt
    where back <= ${ATTEMPTS_SHOWN} order by receiver_id, back`.execute(db);
  const attempts = rows.map((one) => attemptRow.parse(one));
  return receivers.map((receiver) => ({
    ...receiver,
    attempts: attempts
      .filter(({ receiverId }) => receiverId === receiver.id)
      .map(({ attempt }) => attempt),
  }));
}

/** Changes a receiver once. A repeated call gets it as it is now. */
const changeOnce = (
  db: PassportDatabase,
  { by, idempotencyKey, requestHash, now }: ReceiverRequest,
  work: (transaction: PassportDatabase) => Promise<SignalReceiver | Refusal>,
): Promise<ChangedReceiver | Refusal> => {
  const shown = async (
    receiver: SignalReceiver,
    isRepeat: boolean,
    within: PassportDatabase,
  ): Promise<ChangedReceiver> => {
    const [{ attempts } = { attempts: [] }] = await withAttempts(within, [receiver]);
    return { ...receiver, attempts, isRepeat };
  };
  return once(
    db,
    { actor: by.subject, key: idempotencyKey, requestHash, now },
    async (within) => {
      const outcome = await work(within);
      return 'kind' in outcome ? outcome : shown(outcome, false, within);
    },
    {
      keep: ({ id }) => ({ receiverId: id }),
      repeat: async (kept, within) => {
        const found = await within
          .selectFrom('signal_receiver')
          .selectAll()
          .where('id', '=', keptAnswer.parse(kept).receiverId)
          .executeTakeFirstOrThrow();
        return shown(row.parse(found), true, within);
      },
    },
  );
};

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
