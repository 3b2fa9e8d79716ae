/** Stops that take two people, in PostgreSQL. Notes are sealed. */
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import { credentialType, statusReason } from '../domain/credential.ts';
import type { Actor } from '../domain/actor.ts';
import type { PassportStop } from '../domain/passport-stop.ts';
import type { Sealer } from '../domain/ports/keys.ts';
import type {
  PassportStops,
  RequestedStop,
  StopDecision,
  StopOutcome,
} from '../domain/ports/passport-stops.ts';
import type { RepeatKey } from '../domain/ports/sharing-agreements.ts';
import { type Refusal, refused, refusedAt } from '../domain/user-error.ts';
import { tellOfChange } from './change-signals.ts';
import { RECORD_COLUMNS, toRecord } from './credential-rows.ts';
import { haltCredentials } from './halt-credentials.ts';
import { once } from './once.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** Most stops of one organisation that wait. */
const MOST_WAITING = 200;

const row = z.object({
  id: z.string(),
  position: z.coerce.number(),
  staff_id: z.string(),
  ods_code: z.string(),
  credential_id: z.string().nullable(),
  reason: statusReason,
  sealed_note: z.string().nullable(),
  urgent: z.boolean(),
  state: z.enum(['WAITING', 'STOPPED', 'REFUSED', 'WITHDRAWN']),
  requested_at: timestamp,
  requested_by: z.string(),
  expires_at: timestamp,
  decided_at: timestamp.nullable(),
  decided_by: z.string().nullable(),
  stopped: z.number().nullable(),
  review_due_at: timestamp.nullable(),
  reviewed_at: timestamp.nullable(),
  reviewed_by: z.string().nullable(),
  review: z.enum(['RIGHT', 'WRONG']).nullable(),
});

const halted = z
  .object({
    ids: z.array(z.string()).nullable(),
    types: z.array(credentialType).nullable(),
    lists: z.array(z.string()).nullable(),
  })
  .transform(({ ids, types, lists }) => ({
    credentialIds: ids ?? [],
    types: types ?? [],
    listIds: lists ?? [],
  }));

const HALTED = sql`(select json_agg(id) from changed) as ids,
  (select json_agg(distinct type) from changed) as types,
  (select json_agg(distinct list_id) from changed) as lists`;

const outlookRow = z.object({
  credentials: z.number(),
  shown_to: z.number(),
  kept_by: z.number(),
  open_requests: z.number(),
  placed_at: z.number(),
});

const sealedFor = (id: string): string => `passport stop ${id}`;

/** Stops in PostgreSQL. */
export function postgresPassportStops(db: PassportDatabase, sealer: Sealer): PassportStops {
  const toStop = (found: unknown): PassportStop => {
    const one = row.parse(found);
    return {
      id: one.id,
      position: one.position,
      staffId: one.staff_id,
      odsCode: one.ods_code,
      reason: one.reason,
      urgent: one.urgent,
      state: one.state,
      requestedAt: one.requested_at,
      requestedBy: one.requested_by,
      expiresAt: one.expires_at,
      ...(one.credential_id === null ? {} : { credentialId: one.credential_id }),
      ...(one.sealed_note === null
        ? {}
        : { note: sealer.open(one.sealed_note, sealedFor(one.id)) }),
      ...(one.decided_at === null ? {} : { decidedAt: one.decided_at }),
      ...(one.decided_by === null ? {} : { decidedBy: one.decided_by }),
      ...(one.stopped === null ? {} : { stopped: one.stopped }),
      ...(one.review_due_at === null ? {} : { reviewDueAt: one.review_due_at }),
      ...(one.reviewed_at === null ? {} : { reviewedAt: one.reviewed_at }),
      ...(one.reviewed_by === null ? {} : { reviewedBy: one.reviewed_by }),
      ...(one.review === null ? {} : { review: one.review }),
    };
  };
  const find = async (within: PassportDatabase, id: string, odsCode: string) => {
    const found = await within
      .selectFrom('passport_stop')
      .selectAll()
      .where('id', '=', id)
      .where('ods_code', '=', odsCode)
      .executeTakeFirst();
    return found && toStop(found);
  };
  /** Runs one that changes credentials, or nothing. */
  const stopOnce = (
    by: Actor,
    now: Date,
    repeat: RepeatKey,
    act: (within: PassportDatabase) => Promise<StopOutcome | Refusal>,
  ): Promise<StopOutcome | Refusal> =>
    once(db, { actor: by.subject, now, ...repeat }, act, {
      keep: ({ stop }) => ({ stopId: stop.id }),
      repeat: async (kept, within) => {
        const { stopId } = z.object({ stopId: z.string() }).parse(kept);
        const stop = await find(within, stopId, by.odsCode);
        if (stop === undefined) throw new Error('a stop is gone');
        return { stop, credentialIds: [], listIds: [] };
      },
    });
  /** One that took effect, and those who are told of it. */
  const stoppedBy = async (
    within: PassportDatabase,
    found: unknown,
    at: Date,
  ): Promise<StopOutcome> => {
    const stop = toStop(found);
    const { credentialIds, listIds, types } = halted.parse(found);
    const { staffId, odsCode } = stop;
    await tellOfChange(within, { staffId, odsCode, types, to: 'REVOKED', at });
    return { stop, credentialIds, listIds };
  };
  /** Changes one that nothing is stopped by. */
  const settle = async (
    { stopId, by, now }: StopDecision,
    repeat: RepeatKey,
    update: RawBuilder<unknown>,
    why: (stop: PassportStop) => Refusal,
  ): Promise<PassportStop | Refusal> => {
    const outcome = await stopOnce(by, now, repeat, async (within) => {
      const { rows } = await update.execute(within);
      if (rows[0] !== undefined) {
        return { stop: toStop(rows[0]), credentialIds: [], listIds: [] };
      }
      const earlier = await find(within, stopId, by.odsCode);
      return earlier === undefined ? refused('NOT_FOUND', 'stopId') : why(earlier);
    });
    return 'kind' in outcome ? outcome : outcome.stop;
  };

  return {
    request: (wanted, by, repeat) =>
      stopOnce(by, wanted.requestedAt, repeat, async (within) => {
        const fault = await requestFault(within, wanted, by);
        if (fault !== undefined) return fault;
        const sealedNote =
          wanted.note === undefined ? null : sealer.seal(wanted.note, sealedFor(wanted.id));
        const { rows } = await (
          wanted.reviewDueAt === undefined
            ? keepRequest(wanted, sealedNote, by)
            : stopAtOnce(wanted, wanted.reviewDueAt, sealedNote, by)
        ).execute(within);
        return stoppedBy(within, rows[0], wanted.requestedAt);
      }),

    approve: ({ stopId, by, now }, repeat) =>
      stopOnce(by, now, repeat, async (within) => {
        const { rows } = await sql`
          with wanted as (
            select * from passport.passport_stop
            where id = ${stopId} and ods_code = ${by.odsCode} and state = 'WAITING'
              and expires_at > ${now}
              -- Nobody approves what they asked for, nor anything about their own passport.
              and requested_by <> ${by.subject} and staff_id <> ${by.subject}
            for update
          ), ${haltCredentials('REVOKED', by, now)}, decided as (
            update passport.passport_stop set state = 'STOPPED', decided_at = ${now},
              decided_by = ${by.subject}, stopped = (select count(*) from changed)
            from wanted where passport_stop.id = wanted.id
            returning passport_stop.*
          ), audited as (${audited(sql`decided`, 'stop.approved', by, now)})
          select decided.*, ${HALTED} from decided`.execute(within);
        if (rows[0] !== undefined) return stoppedBy(within, rows[0], now);
        const earlier = await find(within, stopId, by.odsCode);
        return earlier === undefined
          ? refused('NOT_FOUND', 'stopId')
          : whyNotDecided(earlier, by, now);
      }),

    refuse: (decision, repeat) => {
      const { stopId, by, now } = decision;
      return settle(
        decision,
        repeat,
        sql`
          with decided as (
            update passport.passport_stop
            set state = case when requested_by = ${by.subject} then 'WITHDRAWN' else 'REFUSED' end,
              decided_at = ${now}, decided_by = ${by.subject}
            where id = ${stopId} and ods_code = ${by.odsCode} and state = 'WAITING'
              and expires_at > ${now}
              and (requested_by = ${by.subject} or staff_id <> ${by.subject})
            returning *
          ), audited as (
            insert into passport.audit_event (at, actor, action, subject, ods_code, request_id, details)
            select ${now}, ${by.subject},
              case state when 'WITHDRAWN' then 'stop.withdrawn' else 'stop.refused' end,
              id, ods_code, ${by.requestId}, '{}'::jsonb from decided
          )
          select * from decided`,
        (stop) => whyNotDecided(stop, by, now),
      );
    },

    review: (decision, repeat) => {
      const { stopId, by, now, outcome } = decision;
      return settle(
        decision,
        repeat,
        sql`
          with decided as (
            update passport.passport_stop
            set reviewed_at = ${now}, reviewed_by = ${by.subject}, review = ${outcome}
            where id = ${stopId} and ods_code = ${by.odsCode} and urgent and reviewed_at is null
              and requested_by <> ${by.subject} and staff_id <> ${by.subject}
            returning *
          ), audited as (
            insert into passport.audit_event (at, actor, action, subject, ods_code, request_id, details)
            select ${now}, ${by.subject}, 'stop.reviewed', id, ods_code, ${by.requestId},
              jsonb_build_object('review', review) from decided
          )
          select * from decided`,
        (stop) =>
          stop.urgent && stop.reviewedAt === undefined
            ? ownFault(stop, by)
            : refused('ALREADY_ANSWERED', 'stopId'),
      );
    },

    pause: ({ staffId, reason, by, now }, repeat) =>
      once(
        db,
        { actor: by.subject, now, ...repeat },
        async (within) => {
          const { rows } = await sql`
            with wanted as (
              select ${staffId}::text as staff_id, ${by.odsCode}::text as ods_code,
                null::text as credential_id, ${reason}::text as reason
            ), ${haltCredentials('SUSPENDED', by, now)}
            select ${HALTED}`.execute(within);
          const { credentialIds, listIds, types } = halted.parse(rows[0]);
          await tellOfChange(within, {
            staffId,
            odsCode: by.odsCode,
            types,
            to: 'SUSPENDED',
            at: now,
          });
          return credentialIds.length === 0
            ? refused('NOT_FOUND', 'staffId')
            : { paused: credentialIds.length, credentialIds, listIds };
        },
        {
          keep: ({ paused }) => ({ paused }),
          repeat: (kept) =>
            Promise.resolve({
              ...z.object({ paused: z.number() }).parse(kept),
              credentialIds: [],
              listIds: [],
            }),
        },
      ),

    find: (id, odsCode) => find(db, id, odsCode),

    async list(odsCode, group, { first, after }, now) {
      let query = db.selectFrom('passport_stop').selectAll().where('ods_code', '=', odsCode);
      if (group === 'WAITING') {
        query = query.where('state', '=', 'WAITING').where('expires_at', '>', now);
      } else if (group === 'TO_REVIEW') {
        query = query.where('urgent', '=', true).where('reviewed_at', 'is', null);
      } else {
        query = query.where((is) =>
          is.or([
            is.and([is('state', '<>', 'WAITING'), is('urgent', '=', false)]),
            is('reviewed_at', 'is not', null),
            is.and([is('state', '=', 'WAITING'), is('expires_at', '<=', now)]),
          ]),
        );
      }
      const isNewestFirst = group === 'SETTLED';
      if (after !== undefined) query = query.where('position', isNewestFirst ? '<' : '>', after);
      const found = await query
        .orderBy('position', isNewestFirst ? 'desc' : 'asc')
        .limit(first + 1)
        .execute();
      return found.map(toStop);
    },

    async credentialsOf({ staffId, odsCode, credentialId, state, decidedAt }, limit, now) {
      let query = db
        .selectFrom('credential')
        .select(RECORD_COLUMNS)
        .where('staff_id', '=', staffId)
        .where('ods_code', '=', odsCode);
      if (credentialId !== undefined) query = query.where('id', '=', credentialId);
      // Revoked is final: what this stopped still has its moment.
      query =
        state === 'STOPPED' && decidedAt !== undefined
          ? query.where('state', '=', 'REVOKED').where('status_changed_at', '=', decidedAt)
          : query
              .where('state', 'in', ['ISSUING', 'ACTIVE', 'SUSPENDED'])
              .where('expires_at', '>', now);
      const found = await query.orderBy('position', 'desc').limit(limit).execute();
      return found.map(toRecord);
    },

    async outlook({ staffId, odsCode, credentialId }, since, now) {
      const { rows } = await sql`
        with target as (
          select id from passport.credential
          where staff_id = ${staffId} and ods_code = ${odsCode}
            and (${credentialId ?? null}::text is null or id = ${credentialId ?? null})
            and state in ('ISSUING', 'ACTIVE', 'SUSPENDED') and expires_at > ${now}
        ), shown as (
          select request.id, request.ods_code, request.answered_at
          from passport.presentation_request request
          where request.holder_id = ${staffId} and exists (
            select from jsonb_array_elements(request.result -> 'credentials') one
            join target on target.id = one ->> 'credentialId')
        )
        select (select count(*)::int from target) as credentials,
          (select count(distinct ods_code)::int from shown where answered_at >= ${since}) as shown_to,
          (select count(distinct shown.ods_code)::int from shown
            join passport.presentation_claims claims on claims.presentation_id = shown.id
            where claims.erase_after > ${now}) as kept_by,
          (select count(*)::int from passport.presentation_request
            where staff_id = ${staffId} and answered_at is null and refused_because is null
              and expires_at > ${now}) as open_requests,
          (select count(distinct host_ods)::int from passport.placement
            where staff_id = ${staffId} and ended_at is null and ends_at > ${now}) as placed_at`.execute(
        db,
      );
      const one = outlookRow.parse(rows[0]);
      return {
        credentials: one.credentials,
        shownTo: one.shown_to,
        keptBy: one.kept_by,
        openRequests: one.open_requests,
        placedAt: one.placed_at,
      };
    },
  };
}

/** Why something cannot be asked for: there is nothing to stop, somebody has asked, or too much waits. */
async function requestFault(
  db: PassportDatabase,
  { staffId, credentialId, requestedAt, reviewDueAt }: RequestedStop,
  by: Actor,
): Promise<Refusal | undefined> {
  let live = db
    .selectFrom('credential')
    .select('id')
    .where('staff_id', '=', staffId)
    .where('ods_code', '=', by.odsCode)
    .where('state', 'in', ['ISSUING', 'ACTIVE', 'SUSPENDED'])
    .where('expires_at', '>', requestedAt);
  if (credentialId !== undefined) live = live.where('id', '=', credentialId);
  const found = await live.limit(1).executeTakeFirst();
  // Another organisation's reads the same as none.
  if (found === undefined) {
    return refused('NOT_FOUND', credentialId === undefined ? 'staffId' : 'credentialId');
  }
  // Whoever stops at once waits for nobody.
  if (reviewDueAt !== undefined) return undefined;
  const waiting = await db
    .selectFrom('passport_stop')
    .select(['staff_id', 'credential_id'])
    .where('ods_code', '=', by.odsCode)
    .where('state', '=', 'WAITING')
    .where('expires_at', '>', requestedAt)
    .limit(MOST_WAITING)
    .execute();
  if (waiting.length >= MOST_WAITING) return refusedAt(['staffId'], 'too_many_waiting');
  const isThere = waiting.some(
    (one) => one.staff_id === staffId && [null, credentialId ?? null].includes(one.credential_id),
  );
  return isThere
    ? refusedAt([credentialId === undefined ? 'staffId' : 'credentialId'], 'already_waiting')
    : undefined;
}

const whyNotDecided = (stop: PassportStop, by: Actor, now: Date): Refusal =>
  stop.state !== 'WAITING'
    ? refused('ALREADY_ANSWERED', 'stopId')
    : stop.expiresAt <= now
      ? refused('EXPIRED', 'stopId')
      : ownFault(stop, by);

const ownFault = ({ requestedBy }: PassportStop, { subject }: Actor): Refusal =>
  refusedAt(['stopId'], requestedBy === subject ? 'own_request' : 'own_passport');

/** An entry of the audit trail for a stop in a part of the statement. */
const audited = (
  of: RawBuilder<unknown>,
  action: 'stop.approved' | 'stop.requested' | 'stop.urgent',
  by: Actor,
  at: Date,
): RawBuilder<unknown> => sql`
  insert into passport.audit_event (at, actor, action, subject, ods_code, request_id, details)
  select ${at}, ${by.subject}, ${action}::text, id, ods_code, ${by.requestId},
    jsonb_build_object('staffId', staff_id, 'credentialId', credential_id, 'reason', reason,
      'stopped', stopped)
  from ${of}`;

const keepRequest = (wanted: RequestedStop, sealedNote: string | null, by: Actor) => sql`
  with made as (
    insert into passport.passport_stop (id, staff_id, ods_code, credential_id, reason, sealed_note,
      urgent, state, requested_at, requested_by, expires_at)
    values (${wanted.id}, ${wanted.staffId}, ${by.odsCode}, ${wanted.credentialId ?? null},
      ${wanted.reason}, ${sealedNote}, false, 'WAITING', ${wanted.requestedAt}, ${by.subject},
      ${wanted.expiresAt})
    returning *
  ), audited as (${audited(sql`made`, 'stop.requested', by, wanted.requestedAt)})
  select made.*, null as ids, null as types, null as lists from made`;

const stopAtOnce = (
  wanted: RequestedStop,
  reviewDueAt: Date,
  sealedNote: string | null,
  by: Actor,
) => sql`
  with wanted as (
    select ${wanted.staffId}::text as staff_id, ${by.odsCode}::text as ods_code,
      ${wanted.credentialId ?? null}::text as credential_id, ${wanted.reason}::text as reason
  ), ${haltCredentials('REVOKED', by, wanted.requestedAt)}, made as (
    insert into passport.passport_stop (id, staff_id, ods_code, credential_id, reason, sealed_note,
      urgent, state, requested_at, requested_by, expires_at, decided_at, decided_by, stopped,
      review_due_at)
    select ${wanted.id}, staff_id, ods_code, credential_id, reason, ${sealedNote}::text,
      true, 'STOPPED', ${wanted.requestedAt}::timestamptz, ${by.subject}, ${wanted.expiresAt}::timestamptz,
      ${wanted.requestedAt}::timestamptz, ${by.subject}, (select count(*) from changed),
      ${reviewDueAt}::timestamptz
    from wanted
    returning *
  ), audited as (${audited(sql`made`, 'stop.urgent', by, wanted.requestedAt)})
  select made.*, ${HALTED} from made`;

/** Keeps for a review that somebody has stopped one credential alone, in the transaction that does. */
export async function keepForReview(
  db: PassportDatabase,
  stopped: Required<
    Pick<RequestedStop, 'id' | 'staffId' | 'credentialId' | 'reason' | 'reviewDueAt'>
  >,
  by: Actor,
  now: Date,
): Promise<void> {
  await sql`
    with made as (
      insert into passport.passport_stop (id, staff_id, ods_code, credential_id, reason, urgent, state,
        requested_at, requested_by, expires_at, decided_at, decided_by, stopped, review_due_at)
      values (${stopped.id}, ${stopped.staffId}, ${by.odsCode}, ${stopped.credentialId},
        ${stopped.reason}, true, 'STOPPED', ${now}, ${by.subject}, ${now}, ${now}, ${by.subject}, 1,
        ${stopped.reviewDueAt})
      returning *
    )
    ${audited(sql`made`, 'stop.urgent', by, now)}`.execute(db);
}
