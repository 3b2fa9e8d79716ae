/** The transaction that mends a list whose record is behind what is live. */
import { sql } from 'kysely';

import { STATUS } from '../../../standards/status-list/status-list.ts';
import { OPERATOR } from '../domain/audit.ts';
import type { CarriedBack, PlacedStatus, StatusListRepair } from '../domain/ports/status-lists.ts';
import { writeAudit } from './audit.ts';
import { standingIn } from './standing-statuses.ts';
import type { PassportDatabase } from './tables.ts';

type LiveList = Parameters<StatusListRepair['carryBack']>[0];

/** Carries statuses back; see `StatusListRepair.carryBack`. */
export function carryBack(
  db: PassportDatabase,
  live: LiveList,
  now: Date,
): Promise<CarriedBack | undefined> {
  return db.transaction().execute(async (transaction) => {
    await lockCredentials(transaction, live);
    const { changes, version } = await lockList(transaction, live, now);
    const behind = version < live.version;
    const standing = new Map(
      (await standingIn(transaction, live.id, changes)).map(({ index, status }) => [index, status]),
    );
    const lacking = live.statuses.filter(({ index, status }) => {
      const recorded = standing.get(index) ?? STATUS.valid;
      // Revoked is final, so any token that says so proves it. A pause may have been ended since.
      if (status === STATUS.invalid) return recorded !== STATUS.invalid;
      return behind && recorded === STATUS.valid;
    });
    if (!behind && lacking.length === 0) return undefined;
    const stopped = await stopCredentials(transaction, live.id, lacking, now);
    const unknown = lacking.filter(({ index }) => !stopped.has(index));
    await keepPlaces(transaction, live.id, unknown, now);
    const { token, signedAt, expiresAt } = live;
    await transaction
      .updateTable('status_list')
      .set((column) => ({
        open: false,
        published_changes: -1,
        epoch: column('epoch', '+', 1),
        ...(behind
          ? {
              version: live.version,
              live_version: null,
              token,
              signed_at: signedAt,
              expires_at: expiresAt,
            }
          : {}),
      }))
      .where('id', '=', live.id)
      .execute();
    const carried = { credentials: stopped.size, places: unknown.length };
    await writeAudit(transaction, [
      {
        at: now,
        by: OPERATOR,
        action: 'status-list.reconciled',
        subject: live.id,
        odsCode: live.odsCode,
        details: { ...carried, liveVersion: live.version, recordedVersion: version },
      },
    ]);
    return carried;
  });
}

/**
 * Locks the credentials that may have to be stopped, before their list: whoever changes a status takes them in this order,
 * and a compromised key's in the order of their ends.
 */
async function lockCredentials(db: PassportDatabase, { id, statuses }: LiveList): Promise<void> {
  await sql`
    select from passport.credential credential
    join jsonb_to_recordset(${JSON.stringify(statuses)}::jsonb) as place (index int)
      on credential.status_index = place.index
    where credential.list_id = ${id} and credential.state in ('ISSUING', 'ACTIVE', 'SUSPENDED')
    order by credential.expires_at, credential.position
    for update of credential`.execute(db);
}

/** Locks the list's row, which is made when the record does not know the list. */
async function lockList(db: PassportDatabase, live: LiveList, now: Date) {
  await db
    .insertInto('status_list')
    .values({
      id: live.id,
      ods_code: live.odsCode,
      size: live.size,
      open: false,
      token: null,
      signed_at: null,
      expires_at: null,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db
    .selectFrom('status_list')
    .select(['changes', 'version'])
    .where('id', '=', live.id)
    .where('ods_code', '=', live.odsCode)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Stops the credentials at these places, with history and event. Answers the places that have one. */
async function stopCredentials(
  db: PassportDatabase,
  listId: string,
  statuses: readonly PlacedStatus[],
  now: Date,
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ status_index: number }>`
    with stopped as (
      update passport.credential credential
      set state = case place.status when ${STATUS.invalid}::int then 'REVOKED' else 'SUSPENDED' end,
          reason = 'RECORD_RESTORED', version = credential.version + 1, status_changed_at = ${now}
      from jsonb_to_recordset(${JSON.stringify(statuses)}::jsonb) as place (index int, status int)
      where credential.list_id = ${listId} and credential.status_index = place.index
        and credential.state in ('ISSUING', 'ACTIVE', 'SUSPENDED')
      returning credential.*
    ), noted as (
      insert into passport.status_history
        (credential_id, version, state, reason, actor, ods_code, at)
      select id, version, state, reason, ${OPERATOR.subject}, ods_code, ${now} from stopped
    ), audited as (
      insert into passport.audit_event (at, actor, action, subject, ods_code, details)
      select ${now}, ${OPERATOR.subject}, 'credential.status-changed', id, ods_code,
             jsonb_build_object('state', state, 'reason', reason, 'version', version)
      from stopped
    ), told as (
      insert into passport.outbox (type, subject, data, created_at)
      select 'credential.status-changed', id,
             jsonb_build_object('odsCode', ods_code, 'state', state, 'reason', reason, 'version', version),
             ${now}
      from stopped
    )
    select status_index from stopped`.execute(db);
  return new Set(rows.map((row) => row.status_index));
}

/** Marks places as taken for good, with their status. */
async function keepPlaces(
  db: PassportDatabase,
  listId: string,
  statuses: readonly PlacedStatus[],
  now: Date,
): Promise<void> {
  if (statuses.length === 0) return;
  const places = sql`jsonb_to_recordset(${JSON.stringify(statuses)}::jsonb) as place (index int, status int)`;
  await sql`
    insert into passport.status_slot (list_id, status_index)
    select ${listId}, index from ${places} on conflict do nothing`.execute(db);
  const { changes } = await db
    .updateTable('status_list')
    .set((column) => ({ changes: column('changes', '+', statuses.length) }))
    .where('id', '=', listId)
    .returning('changes')
    .executeTakeFirstOrThrow();
  await sql`
    insert into passport.status_change (list_id, change, status_index, status, at)
    select ${listId}, ${changes - statuses.length}::bigint + row_number() over (order by index), index, status,
           greatest(${now}::timestamptz, (
             select max(at) from passport.status_change where list_id = ${listId}
           ))
    from ${places}`.execute(db);
}
