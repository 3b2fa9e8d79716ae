/** Bulk exports in PostgreSQL. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type {
  ExportState,
  NewExport,
  RecordExports,
  StoredExport,
} from '../domain/export-ports.ts';
import { textSet } from './record-set.ts';
import type { EsrTables } from './tables.ts';

interface ExportRow {
  readonly id: string;
  readonly ods_code: string;
  readonly requested_by: string;
  readonly requester_name: string;
  readonly purpose: string;
  readonly idempotency_key: string;
  readonly request_hash: string;
  readonly requested_at: Date;
  readonly since: Date | null;
  readonly state: ExportState;
  readonly cursor: Date | null;
  readonly people: number | null;
  readonly after_staff_id: string | null;
  readonly done: number;
  readonly records: number;
  readonly people_left: number;
  readonly failed: number;
  readonly parts: number;
  readonly waiting: boolean;
  readonly manifest: string | null;
  readonly finished_at: Date | null;
  readonly expires_at: Date | null;
  readonly link_secret: Uint8Array;
}

interface PartRow {
  readonly number: number;
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Exports in PostgreSQL. */
export function postgresExports(db: Kysely<EsrTables>): RecordExports {
  const find = async (condition: RawBuilder<unknown>): Promise<StoredExport | undefined> => {
    const { rows } = await sql<ExportRow>`
      select * from esr.record_export where ${condition}`.execute(db);
    return rows[0] && shapeOf(rows[0]);
  };
  const changed = async (statement: RawBuilder<unknown>): Promise<boolean> =>
    ((await statement.execute(db)).numAffectedRows ?? 0n) > 0n;

  return {
    note: (wanted, mostKept) =>
      orUnavailable(async () => {
        const noted = await insertExport(db, wanted, mostKept);
        if (noted !== undefined) return { kind: 'noted', export: noted };
        const { reader, idempotencyKey, requestHash } = wanted;
        const before = await find(
          sql`requested_by = ${reader.subject} and idempotency_key = ${idempotencyKey}`,
        );
        if (before === undefined) {
          const running = await find(
            sql`ods_code = ${reader.odsCode} and state in ('QUEUED', 'RUNNING')`,
          );
          return { kind: running === undefined ? 'too-many' : 'already-running' };
        }
        return before.requestHash === requestHash
          ? { kind: 'noted', export: before }
          : { kind: 'reused' };
      }),

    find: (id) => orUnavailable(() => find(sql`id = ${id}`)),

    listParts: (id, after, limit) =>
      orUnavailable(async () => {
        const { rows } = await sql<PartRow>`
          select number, lines, bytes, sha256 from esr.record_export_part
          where export_id = ${id} and number > ${after} order by number limit ${limit}`.execute(db);
        return rows;
      }),

    findPart: (id, number) =>
      orUnavailable(async () => {
        const { rows } = await sql<PartRow>`
          select number, lines, bytes, sha256 from esr.record_export_part
          where export_id = ${id} and number = ${number}`.execute(db);
        return rows[0];
      }),

    readPart: (id, number, from, length) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ piece: Uint8Array }>`
          select substring(content from ${from + 1}::int for ${length}::int) as piece
          from esr.record_export_part where export_id = ${id} and number = ${number}`.execute(db);
        return rows[0]?.piece ?? new Uint8Array();
      }),

    lease: (worker, now, until) =>
      orUnavailable(async () => {
        const { rows } = await sql<ExportRow>`
          update esr.record_export set leased_by = ${worker}, leased_until = ${until}
          where id = (
            select id from esr.record_export
            where state in ('QUEUED', 'RUNNING')
              and (leased_until is null or leased_until <= ${now})
            order by position limit 1 for update skip locked)
          returning *`.execute(db);
        return rows[0] && shapeOf(rows[0]);
      }),

    release: (id, worker, { until, waiting }) =>
      orUnavailable(async () => {
        await sql`
          update esr.record_export set leased_by = null, leased_until = ${until}, waiting = ${waiting}
          where id = ${id} and leased_by = ${worker}`.execute(db);
      }),

    addPeople: (id, staffIds) =>
      orUnavailable(async () => {
        await sql`
          insert into esr.record_export_person (export_id, staff_id)
          select ${id}, staff_id from ${textSet(staffIds)} as person (staff_id)
          on conflict do nothing`.execute(db);
      }),

    startReading: (id, worker, cursor) =>
      orUnavailable(() =>
        changed(sql`
          update esr.record_export set state = 'RUNNING', cursor = ${cursor}, waiting = false, people =
            (select count(*)::int from esr.record_export_person where export_id = ${id})
          where id = ${id} and leased_by = ${worker} and state = 'QUEUED'`),
      ),

    nextPeople: (id, after, limit) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ staff_id: string }>`
          select staff_id from esr.record_export_person
          where export_id = ${id} and staff_id > ${after ?? ''}
          order by staff_id limit ${limit}`.execute(db);
        return rows.map((row) => row.staff_id);
      }),

    keepPart: (before, worker, part, leasedUntil) =>
      orUnavailable(async () => {
        const { rows } = await sql`
          with moved as (
            update esr.record_export set
              after_staff_id = ${part.lastStaffId}, parts = ${part.number},
              done = done + ${part.lines}, records = records + ${part.records},
              people_left = people_left + ${part.left}, failed = failed + ${part.failed},
              waiting = false, leased_until = ${leasedUntil}
            where id = ${before.id} and leased_by = ${worker} and state = 'RUNNING'
              and parts = ${before.parts}
            returning id)
          insert into esr.record_export_part (export_id, number, lines, bytes, sha256, content)
          select id, ${part.number}::int, ${part.lines}::int, ${part.bytes}::int, ${part.sha256},
            ${part.content}::bytea
          from moved returning number`.execute(db);
        return rows.length > 0;
      }),

    finish: (id, worker, { manifest, finishedAt, expiresAt }) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          const { rows } = await sql`
            update esr.record_export set state = 'READY', manifest = ${manifest}, waiting = false,
              finished_at = ${finishedAt}, expires_at = ${expiresAt},
              leased_by = null, leased_until = null
            where id = ${id} and leased_by = ${worker} and state = 'RUNNING'
            returning id`.execute(transaction);
          if (rows.length > 0) await forgetPeople(transaction, sql`id = ${id}`);
          return rows.length > 0;
        }),
      ),

    failOlderThan: (moment, now) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          const { rows } = await sql<{ id: string }>`
            update esr.record_export set state = 'FAILED', finished_at = ${now}, waiting = false,
              leased_by = null, leased_until = null
            where state in ('QUEUED', 'RUNNING') and requested_at < ${moment}
            returning id`.execute(transaction);
          if (rows.length === 0) return;
          const ids = rows.map((row) => row.id);
          await forgetPeople(transaction, sql`id in ${textSet(ids)}`);
          await sql`
            delete from esr.record_export_part
            where export_id in ${textSet(ids)}`.execute(transaction);
        }),
      ),

    erase: (now) =>
      orUnavailable(async () => {
        const { rows } = await sql`
          with over as (
            update esr.record_export set state = 'EXPIRED'
            where state = 'READY' and expires_at <= ${now} returning id)
          delete from esr.record_export_part using over where export_id = over.id
          returning number`.execute(db);
        return rows.length;
      }),
  };
}

/** Adds an export. `undefined` when its key is taken, another one is unfinished, or too many are kept. */
async function insertExport(
  db: Kysely<EsrTables>,
  { id, reader, idempotencyKey, requestHash, requestedAt, since, linkSecret }: NewExport,
  mostKept: number,
): Promise<StoredExport | undefined> {
  const { rows } = await sql<ExportRow>`
    insert into esr.record_export (id, ods_code, requested_by, requester_name, purpose,
      idempotency_key, request_hash, requested_at, since, link_secret)
    select ${id}, ${reader.odsCode}, ${reader.subject}, ${reader.name}, ${reader.purpose},
      ${idempotencyKey}, ${requestHash}, ${requestedAt}::timestamptz, ${since}::timestamptz,
      ${linkSecret}::bytea
    where (select count(*) from esr.record_export
      where ods_code = ${reader.odsCode} and state = 'READY') < ${mostKept}
    on conflict do nothing returning *`.execute(db);
  return rows[0] && shapeOf(rows[0]);
}

/** Forgets whom exports are about, once it is in their parts. */
async function forgetPeople(db: Kysely<EsrTables>, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    delete from esr.record_export_person
    where export_id in (select id from esr.record_export where ${which})`.execute(db);
}

const shapeOf = (row: ExportRow): StoredExport => ({
  id: row.id,
  reader: {
    subject: row.requested_by,
    name: row.requester_name,
    odsCode: row.ods_code,
    purpose: row.purpose,
  },
  idempotencyKey: row.idempotency_key,
  requestHash: row.request_hash,
  requestedAt: row.requested_at,
  since: row.since,
  linkSecret: row.link_secret,
  state: row.state,
  cursor: row.cursor,
  people: row.people,
  afterStaffId: row.after_staff_id,
  done: row.done,
  records: row.records,
  left: row.people_left,
  failed: row.failed,
  parts: row.parts,
  waiting: row.waiting,
  manifest: row.manifest,
  finishedAt: row.finished_at,
  expiresAt: row.expires_at,
});
