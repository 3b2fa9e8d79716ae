/** Signals in PostgreSQL. The table is only added to. */
import { sql } from 'kysely';
import { z } from 'zod';

import { credentialType } from '../domain/credential.ts';
import { newSignalId } from '../domain/identifiers.ts';
import {
  type Signal,
  SIGNAL_CAUSES,
  type SignalCause,
  type SignalStore,
} from '../domain/signal.ts';
import type { CausedSignal } from '../domain/staff-events.ts';
import type { PassportDatabase } from './tables.ts';
import { timestamp } from './timestamp.ts';

/** What is to be said, and of what. */
export interface SignalToWrite extends CausedSignal {
  readonly staffId: string;
  readonly cause: SignalCause;
  readonly happenedAt: Date;
}

const row = z
  .object({
    position: z.number(),
    id: z.string(),
    ods_code: z.string(),
    staff_id: z.string(),
    cause: z.enum(SIGNAL_CAUSES),
    registration_body: z.string().nullable(),
    registration_status: z.string().nullable(),
    register_read_at: timestamp.nullable(),
    credential_type: credentialType.nullable(),
    credential_state: z.enum(['ACTIVE', 'SUSPENDED', 'REVOKED']).nullable(),
    happened_at: timestamp,
    created_at: timestamp,
  })
  .transform((one): Signal => ({
    position: one.position,
    id: one.id,
    odsCode: one.ods_code,
    staffId: one.staff_id,
    cause: one.cause,
    happenedAt: one.happened_at,
    createdAt: one.created_at,
    ...(one.registration_body === null || one.registration_status === null
      ? {}
      : {
          registration: {
            body: one.registration_body,
            status: one.registration_status,
            ...(one.register_read_at === null ? {} : { readAt: one.register_read_at }),
          },
        }),
    ...(one.credential_type === null || one.credential_state === null
      ? {}
      : { credential: { type: one.credential_type, state: one.credential_state } }),
  }));

/** Signals in PostgreSQL. */
export function postgresSignals(db: PassportDatabase): SignalStore {
  return {
    async list(odsCode, { first, after }) {
      let query = db
        .selectFrom('signal')
        .selectAll()
        .where('ods_code', '=', odsCode)
        .orderBy('position', 'desc')
        .limit(first + 1);
      if (after !== undefined) query = query.where('position', '<', after);
      return (await query.execute()).map((one) => row.parse(one));
    },
    async after(odsCode, position, limit) {
      const rows = await db
        .selectFrom('signal')
        .selectAll()
        .where('ods_code', '=', odsCode)
        .where('position', '>', position)
        .orderBy('position')
        .limit(limit)
        .execute();
      return rows.map((one) => row.parse(one));
    },
    async positionOf(odsCode, id) {
      const found = await db
        .selectFrom('signal')
        .select('position')
        .where('ods_code', '=', odsCode)
        .where('id', '=', id)
        .executeTakeFirst();
      return found?.position;
    },
  };
}

/**
 * Writes signals, in the transaction that does what they tell of. What a trust was told last it is not told again.
 *
 * @returns how many were written
 */
export async function writeSignals(
  db: PassportDatabase,
  signals: readonly SignalToWrite[],
  now: Date,
): Promise<number> {
  const rows = signals.flatMap(({ odsCodes, registration, credential, ...signal }) =>
    odsCodes.map((odsCode) => ({
      id: newSignalId(),
      ods_code: odsCode,
      staff_id: signal.staffId,
      cause: signal.cause,
      about: signal.about,
      said: signal.said,
      only_after_another: signal.onlyAfterAnother,
      registration_body: registration?.body ?? null,
      registration_status: registration?.status ?? null,
      register_read_at: registration?.lastCheckedAt ?? null,
      credential_type: credential?.type ?? null,
      credential_state: credential?.state ?? null,
      happened_at: signal.happenedAt,
    })),
  );
  if (rows.length === 0) return 0;
  // Numbered in the order in which they can be seen, whoever writes them: a receiver goes by its position.
  await sql`select pg_advisory_xact_lock(hashtextextended('lanyard:passport:signals', 0))`.execute(
    db,
  );
  // Within a page too, the last word on a thing is the only one: all of its events were read at one moment.
  const { rows: written } = await sql`
    insert into passport.signal (id, ods_code, staff_id, cause, about, said, registration_body,
      registration_status, register_read_at, credential_type, credential_state, happened_at, created_at)
    select one.id, one.ods_code, one.staff_id, one.cause, one.about, one.said, one.registration_body,
      one.registration_status, one.register_read_at, one.credential_type, one.credential_state,
      one.happened_at, ${now}
    from (
      select distinct on (said.ods_code, said.about) said.*
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (
        id text, ods_code text, staff_id text, cause text, about text, said text,
        only_after_another boolean, registration_body text, registration_status text,
        register_read_at timestamptz, credential_type text, credential_state text,
        happened_at timestamptz)) with ordinality
        as said (id, ods_code, staff_id, cause, about, said, only_after_another, registration_body,
          registration_status, register_read_at, credential_type, credential_state, happened_at, nth)
      order by said.ods_code, said.about, (said.credential_type is null), said.nth
    ) one
    left join lateral (
      select last.said from passport.signal last
      where last.ods_code = one.ods_code and last.about = one.about
      order by last.position desc limit 1
    ) told on true
    where told.said is distinct from one.said
      and (told.said is not null or not one.only_after_another)
    order by one.nth
    returning id`.execute(db);
  return written.length;
}
