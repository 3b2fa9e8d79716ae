/** Transfers between employers in PostgreSQL. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import {
  type ComparedRecord,
  standingAfter,
  type StoredTransfer,
  type TransferHistoryEntry,
} from '../domain/transfer.ts';
import type { TransferRecords, Transfers, TransferView } from '../domain/transfer-ports.ts';
import { lock } from './lock.ts';
import { idsOf, personGroups } from './person-group.ts';
import { endOfDay } from './person-lists.ts';
import { reading } from './reading.ts';
import { textSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

/** Most records that a case shows. */
const MOST_CANDIDATES = 20;

/** Transfers in PostgreSQL. */
export function postgresTransfers(database: Kysely<EsrTables>): Transfers {
  return {
    inTransaction: (work) =>
      orUnavailable(() =>
        database.transaction().execute((transaction) => work(transferRecords(transaction))),
      ),

    find: (id, view) => reading(database, view, (db) => findTransfer(db, sql`id = ${id}`)),

    list: (odsCode, { state, asOf, changedSince, after, limit }) =>
      reading(database, { odsCode }, (db) =>
        selectTransfers(
          db,
          sql`${isPartOf({ odsCode })} and ${begunBy(asOf)}
            and (${state ?? null}::text is null or ${stateAt(asOf)} = ${state ?? null}::text)
            and (${changedSince ?? null}::timestamptz is null
              or ${CHANGED_AT} >= ${changedSince ?? null}::timestamptz)
            and (${after ?? null}::bigint is null or position < ${after ?? null}::bigint)
            order by position desc limit ${limit}`,
          asOf,
        ),
      ),

    listOf: (staffId, limit, asOf) =>
      reading(database, { staffId }, (db) =>
        selectTransfers(
          db,
          sql`staff_id in ${idsOf(staffId)} and ${begunBy(asOf)}
            order by position desc limit ${limit}`,
          asOf,
        ),
      ),

    findOfPeople: (staffIds, view, asOf) =>
      reading(database, view, async (db) => {
        const groups = await sql<{ asked: string; member: string }>`
          select asked, member from ${personGroups(staffIds)}`.execute(db);
        const found = await selectTransfers(
          db,
          sql`staff_id in ${textSet(groups.rows.map(({ member }) => member))}
            and ${isPartOf(view)} and ${begunBy(asOf)} order by position desc`,
          asOf,
        );
        return groups.rows.flatMap(({ asked, member }) =>
          found
            .filter(({ staffId }) => staffId === member)
            .map((transfer) => ({ ...transfer, staffId: asked })),
        );
      }),

    listAlerts: (transferId, view) =>
      reading(database, view, async (db) => {
        const rows = await db
          .selectFrom('transfer_alert')
          .select(['day', 'raised_at'])
          .where('transfer_id', '=', transferId)
          .orderBy('day')
          .execute();
        return rows.map(({ day, raised_at: raisedAt }) => ({ day, raisedAt }));
      }),

    // The employer at each end of a move is read in its own view: nothing else of either comes out.
    findCase: async (transfer, day) => {
      const subject = await reading(database, { odsCode: transfer.toOds }, (db) =>
        findSubject(db, transfer, day),
      );
      if (subject === undefined) return undefined;
      const candidates = await reading(database, { odsCode: transfer.fromOds }, (db) =>
        findCandidates(db, transfer, subject, day),
      );
      return { subject, candidates };
    },

    findReleased: async ({ fromOds, fromEsrPersonId, toOds, toEsrPersonId }, day) => {
      const found = await reading(database, { odsCode: fromOds }, (db) =>
        db
          .selectFrom('employment')
          .select(['staff_id', 'employee_number'])
          .where('ods_code', '=', fromOds)
          .where('esr_person_id', '=', fromEsrPersonId)
          .executeTakeFirst(),
      );
      if (found === undefined) return undefined;
      const goesOn = await reading(database, { odsCode: toOds }, (db) =>
        db
          .selectFrom('employment')
          .select('ends_on')
          .where('ods_code', '=', toOds)
          .where('esr_person_id', '=', toEsrPersonId)
          .where(sql<boolean>`(ends_on is null or ends_on >= ${day}::date)`)
          .executeTakeFirst(),
      );
      return {
        staffId: found.staff_id,
        employeeNumber: found.employee_number,
        goesOn: goesOn !== undefined,
      };
    },

    raiseAlerts: (day, now) =>
      orUnavailable(() =>
        database.transaction().execute(async (transaction) => {
          // As every writer of events does: see `apply-run.ts`.
          await lock(transaction, 'outbox');
          const { rows } = await sql`
            with raised as (
              insert into esr.transfer_alert (transfer_id, day, raised_at)
              select t.id, d.day, ${now}
              from esr.transfer t
              join lateral (
                -- Each by an index: thousands of moves are looked at while imports wait for this to end.
                select max(e.ends_on) as ends_on from (
                  select ends_on from esr.employment
                  where ods_code = t.from_ods and esr_person_id = t.from_esr_person_id
                  union all
                  select ends_on from esr.employment
                  where t.from_esr_person_id is null and ods_code = t.from_ods
                    and staff_id in (select member
                      from esr.person_groups(jsonb_build_array(t.staff_id)))
                  union all
                  select other.ends_on from esr.employment_ni_number mine
                  join esr.employment_ni_number theirs using (number)
                  join esr.employment other on other.ods_code = theirs.ods_code
                    and other.esr_person_id = theirs.esr_person_id
                  where t.from_esr_person_id is null and theirs.ods_code = t.from_ods
                    and mine.ods_code = t.to_ods and mine.esr_person_id = t.to_esr_person_id) e
                having bool_and(e.ends_on is not null)) l on true
              cross join (values (7), (21), (28)) d (day)
              where t.completed_at is null and t.consent = 'GIVEN'
                and t.state in ('CASE_OPEN', 'RELEASED') and l.ends_on + d.day <= ${day}::date
                -- The last alert comes after the others, or with them.
                and not exists (select from esr.transfer_alert last
                  where last.transfer_id = t.id and last.day = 28)
              on conflict do nothing
              returning transfer_id)
            insert into esr.outbox (type, staff_id, ods_code)
            select 'staff-transfer-alert-1', t.staff_id, t.to_ods
            from raised r join esr.transfer t on t.id = r.transfer_id
            returning id`.execute(transaction);
          return rows.length;
        }),
      ),

    // Of all employers, whoever asks: their codes, and nothing else.
    findRecordLocations: (staffId) =>
      reading(database, 'everything', async (db) => {
        const { rows } = await sql<{ ods_code: string }>`
          select ods_code from esr.employment where staff_id in ${idsOf(staffId)}
          union select ods_code from esr.competence where staff_id in ${idsOf(staffId)}
          order by ods_code`.execute(db);
        return rows.map((row) => row.ods_code);
      }),
  };
}

function transferRecords(db: Kysely<EsrTables>): TransferRecords {
  return {
    async findRepeat({ by, idempotencyKey, requestHash }) {
      // Calls under one key take turns.
      await lock(db, `transfer:${by.subject}:${idempotencyKey}`);
      const found = await db
        .selectFrom('transfer_act')
        .select(['transfer_id', 'request_hash'])
        .where('actor', '=', by.subject)
        .where('idempotency_key', '=', idempotencyKey)
        .executeTakeFirst();
      if (found === undefined) return undefined;
      return found.request_hash === requestHash
        ? findTransfer(db, sql`id = ${found.transfer_id}`)
        : 'reused';
    },

    async findOrAdd({ id, staffId, toOds, fromOds, limit }, { by, at }, day) {
      const { rows } = await sql<{ esr_person_id: string }>`
        select esr_person_id from esr.employment
        where ods_code = ${toOds} and staff_id in ${idsOf(staffId)}
          and (ends_on is null or ends_on >= ${day}::date)
          and exists (select from esr.organisation where ods_code = ${fromOds})
        order by hire_date desc nulls last, esr_person_id limit 1`.execute(db);
      const employed = rows[0]?.esr_person_id;
      if (employed === undefined) return undefined;
      await sql`
        insert into esr.transfer (id, staff_id, to_ods, to_esr_person_id, from_ods, state,
          requested_at, requested_by, consent)
        select ${id}, ${staffId}, ${toOds}, ${employed}, ${fromOds}, 'AWAITING_CONSENT', ${at},
          ${by.subject}, 'WAITING'
        where (select count(*) from esr.transfer where staff_id = ${staffId}) < ${limit}
        on conflict (to_ods, to_esr_person_id, from_ods) do nothing`.execute(db);
      const move = sql`to_ods = ${toOds} and to_esr_person_id = ${employed}
        and from_ods = ${fromOds} for update`;
      return (await findTransfer(db, move)) ?? 'too-many';
    },

    lock: (id) => findTransfer(db, sql`id = ${id} for update`),

    findSubject: (transfer, day) => findSubject(db, transfer, day),
    findCandidates: (transfer, subject, day) => findCandidates(db, transfer, subject, day),

    async findByEmployeeNumber(odsCode, employeeNumber) {
      const rows = await db
        .selectFrom('employment')
        .select('esr_person_id')
        .where('ods_code', '=', odsCode)
        .where('employee_number', '=', employeeNumber)
        .execute();
      return rows.map((row) => row.esr_person_id);
    },

    async write(transfer, { decidedBy, ...change }, act) {
      const after = { ...transfer, ...change };
      await db
        .updateTable('transfer')
        .set({
          state: after.state,
          consent: after.consent.state,
          consent_at: after.consent.at,
          consent_recorded_by: after.consent.recordedBy,
          queue: after.queue,
          from_esr_person_id: after.fromEsrPersonId,
          completed_at: after.completedAt,
          ...(decidedBy === undefined ? {} : { decided_by: decidedBy }),
        })
        .where('id', '=', transfer.id)
        .execute();
      await db
        .insertInto('transfer_act')
        .values({
          transfer_id: transfer.id,
          at: act.at,
          actor: act.by.subject,
          ods_code: act.by.odsCode ?? null,
          action: act.action,
          state: after.state,
          reason: act.reason ?? null,
          idempotency_key: act.idempotencyKey,
          request_hash: act.requestHash,
        })
        .execute();
      return after;
    },
  };
}

/** When anything last happened to a transfer `t`. */
const CHANGED_AT = sql`greatest(t.requested_at,
  (select max(h.at) from esr.transfer_history(t.id) h),
  (select max(a.raised_at) from esr.transfer_alert a where a.transfer_id = t.id))`;

/** Whose transfers a view shows. The previous employer hears of a move when the person has agreed to it. */
const isPartOf = (view: TransferView): RawBuilder<unknown> =>
  'odsCode' in view
    ? sql`(to_ods = ${view.odsCode} or (from_ods = ${view.odsCode} and consent = 'GIVEN'))`
    : sql`true`;

const begunBy = (asOf: string | undefined): RawBuilder<unknown> =>
  asOf === undefined ? sql`true` : sql`t.requested_at < ${endOfDay(asOf)}`;

const stateAt = (asOf: string | undefined): RawBuilder<unknown> =>
  asOf === undefined
    ? sql`t.state`
    : sql`(select (array_agg(h.state order by h.at desc))[1]
        from esr.transfer_history(t.id) h where h.at < ${endOfDay(asOf)})`;

async function selectTransfers(
  db: Kysely<EsrTables>,
  where: RawBuilder<unknown>,
  asOf?: string,
): Promise<readonly StoredTransfer[]> {
  const history =
    asOf === undefined
      ? sql`null`
      : sql`(select jsonb_agg(to_jsonb(h)) from esr.transfer_history(t.id) h
          where h.at < ${endOfDay(asOf)})`;
  const { rows } = await sql<
    EsrTables['transfer'] & {
      readonly position: number;
      readonly person_ids: readonly string[];
      readonly changed_at: Date;
      readonly history:
        | readonly (Omit<TransferHistoryEntry, 'at'> & { readonly at: string })[]
        | null;
    }
  >`
    select t.*, (select jsonb_agg(member) from esr.person_groups(jsonb_build_array(t.staff_id)))
      as person_ids, ${CHANGED_AT} as changed_at, ${history} as history
    from esr.transfer t where ${where}`.execute(db);
  return rows.map((row) => {
    const then = standingAfter(
      (row.history ?? []).map((entry) => ({ ...entry, at: new Date(entry.at) })),
      row.person_ids,
    );
    return {
      id: row.id,
      position: Number(row.position),
      staffId: row.staff_id,
      personIds: row.person_ids,
      toOds: row.to_ods,
      toEsrPersonId: row.to_esr_person_id,
      fromOds: row.from_ods,
      state: row.state,
      requestedAt: row.requested_at,
      requestedBy: row.requested_by,
      consent: { state: row.consent, at: row.consent_at, recordedBy: row.consent_recorded_by },
      queue: row.queue,
      fromEsrPersonId: row.from_esr_person_id,
      completedAt: row.completed_at,
      changedAt: row.changed_at,
      ...(then === undefined ? {} : { then }),
    };
  });
}

const findTransfer = async (
  db: Kysely<EsrTables>,
  where: RawBuilder<unknown>,
): Promise<StoredTransfer | undefined> => (await selectTransfers(db, where))[0];

/** Employments that meet a condition, with the name in force, else the latest. */
async function selectRecords(
  db: Kysely<EsrTables>,
  day: string,
  where: RawBuilder<unknown>,
): Promise<readonly ComparedRecord[]> {
  const { rows } = await sql<ComparedRecord>`
    select e.esr_person_id as "esrPersonId", e.staff_id as "staffId",
      e.employee_number as "employeeNumber", n.family, n.given,
      e.birth_date::text as "birthDate", i.number as "niNumber"
    from esr.employment e
    left join esr.employment_ni_number i using (ods_code, esr_person_id)
    join lateral (
      select family, given from esr.employment_name m
      where m.ods_code = e.ods_code and m.esr_person_id = e.esr_person_id
      order by (m.effective_from <= ${day}::date
          and (m.effective_to is null or m.effective_to >= ${day}::date)) desc,
        m.effective_from desc
      limit 1) n on true
    where ${where}
    order by e.esr_person_id limit ${MOST_CANDIDATES}`.execute(db);
  return rows;
}

const findSubject = async (
  db: Kysely<EsrTables>,
  { toOds, toEsrPersonId }: StoredTransfer,
  day: string,
): Promise<ComparedRecord | undefined> =>
  (
    await selectRecords(db, day, sql`e.ods_code = ${toOds} and e.esr_person_id = ${toEsrPersonId}`)
  )[0];

const findCandidates = (
  db: Kysely<EsrTables>,
  { fromOds }: StoredTransfer,
  subject: ComparedRecord,
  day: string,
): Promise<readonly ComparedRecord[]> =>
  selectRecords(
    db,
    day,
    sql`e.ods_code = ${fromOds} and (i.number = ${subject.niNumber}::text
      or (e.birth_date = ${subject.birthDate}::date
        and upper(btrim(normalize(n.family, nfc))) = upper(btrim(normalize(${subject.family}::text, nfc)))))`,
  );
