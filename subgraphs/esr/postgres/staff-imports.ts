/** The store of staff records, for writing. */
import { type Kysely, sql } from 'kysely';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import { gather } from '../../../runtime/gather.ts';
import type { StaffEvent, StaffImports } from '../domain/import-ports.ts';
import { type ImportRun, RunTakenOver } from '../domain/import-run.ts';
import { endAbsent } from './apply-absences.ts';
import { applyRun } from './apply-run.ts';
import { fileKinds } from './file-kinds.ts';
import { importRuns, insertRejects, insertRun, moveRun } from './import-runs.ts';
import { lock } from './lock.ts';
import { inChunks, recordSet, textSet } from './record-set.ts';
import { announceEmployments } from './settle-employments.ts';
import { dropStaging, stageRows } from './staging.ts';
import type { EsrTables } from './tables.ts';
import { writeOrganisations } from './write-organisations.ts';

/** Writes to PostgreSQL. */
export function postgresStaffImports(db: Kysely<EsrTables>): StaffImports {
  const inTransaction = <Result>(work: (db: Kysely<EsrTables>) => Promise<Result>) =>
    orUnavailable(() => db.transaction().execute(work));
  const runs = importRuns(db);
  // A page of imports asks for that of each.
  const findAbsenceCount = gather((runIds: readonly string[]) => countAbsences(db, runIds));
  return {
    findOrganisation: (by) => orUnavailable(() => findOrganisation(db, by)),
    writeOrganisations: (rows) =>
      inTransaction((transaction) => writeOrganisations(transaction, rows)),
    findLastImport: (odsCode, kind) => orUnavailable(() => findLastImport(db, odsCode, kind)),

    startRun: (start) =>
      inTransaction(async (transaction) => {
        await forgetStale(transaction);
        return insertRun(transaction, start);
      }),
    stage: (run, batch) =>
      inTransaction(async (transaction) => {
        // What is lost with it can be read again from the file.
        await sql`set local synchronous_commit = off`.execute(transaction);
        const next = await moveRun(
          transaction,
          run,
          sql`read_offset = ${batch.offset}, line = ${batch.line}, prefix_sha256 = ${batch.prefix},
            staged = staged + ${batch.rows.length + batch.leftOut.length}::integer,
            rejected = rejected + ${batch.faults.length}::integer`,
        );
        const kind = kindOf(run);
        await stageRows(transaction, run, kind, [
          ...batch.rows.map((row) => kind.toStage(row)),
          ...batch.leftOut.map((person) => ['stage_left_out', [person]] as const),
        ]);
        await insertRejects(transaction, run, batch.faults);
        return next;
      }),
    finishReading: (run, { rowsRead, sha256 }) =>
      orUnavailable(() =>
        moveRun(db, run, sql`state = 'STAGED', rows_read = ${rowsRead}, sha256 = ${sha256}`),
      ),
    restartRun: (run) =>
      inTransaction(async (transaction) => {
        const next = await moveRun(
          transaction,
          run,
          sql`state = 'READING', read_offset = 0, line = 0, prefix_sha256 = null, sha256 = null,
            rows_read = null, staged = 0, rejected = 0`,
        );
        await sql`delete from esr.import_reject where run_id = ${run.id}`.execute(transaction);
        await dropStaging(transaction, run, kindOf(run));
        return next;
      }),
    apply: (run, options) => orUnavailable(() => applyRun(db, run, options)),
    endRun: (run, end) =>
      inTransaction(async (transaction) => {
        const next = await moveRun(
          transaction,
          run,
          end.state === 'REFUSED'
            ? sql`state = 'REFUSED', finished_at = now(), refusal_code = ${end.fault.code},
                refusal_field = ${end.fault.field}, refusal_line = ${end.fault.line},
                rejected = ${end.rejected}`
            : sql`state = 'ALREADY_IMPORTED', finished_at = now()`,
        );
        if (end.state === 'REFUSED') await insertRejects(transaction, run, end.faults);
        await dropStaging(transaction, run, kindOf(run));
        return next;
      }),
    forgetRun: (run) => inTransaction((transaction) => forget(transaction, run)),

    findRun: (id) => orUnavailable(() => runs.findRun(id)),
    findRuns: (page) => orUnavailable(() => runs.findRuns(page)),
    findRejects: (id, page) => orUnavailable(() => runs.findRejects(id, page)),

    findAbsences: (runId, limit) =>
      orUnavailable(async () => {
        const { rows } = await sql<{
          staff_id: string;
          employee_number: string;
          absent_from: string;
          state: 'WAITING' | 'CONFIRMED';
        }>`
          select e.staff_id, e.employee_number, a.absent_from, a.state
          from esr.import_absence a join esr.employment e using (ods_code, esr_person_id)
          where a.run_id = ${runId} order by e.employee_number limit ${limit}`.execute(db);
        return rows.map((row) => ({
          staffId: row.staff_id,
          employeeNumber: row.employee_number,
          absentFrom: row.absent_from,
          state: row.state,
        }));
      }),
    countAbsences: (runId) => orUnavailable(async () => (await findAbsenceCount(runId)) ?? 0),
    confirmAbsences: (runId, { by, day, now, asked }) =>
      inTransaction(async (transaction) => {
        const run = await importRuns(transaction).findRun(runId);
        if (run === undefined) return { kind: 'confirmed', ended: 0 };
        await lock(transaction, `organisation:${run.odsCode}`);
        if (asked !== undefined) {
          const { people, idempotencyKey } = asked;
          const earlier = await findConfirmation(transaction, by, idempotencyKey);
          if (earlier !== undefined) {
            return earlier.run_id === runId && earlier.people === people
              ? { kind: 'confirmed', ended: earlier.ended }
              : { kind: 'reused' };
          }
          const [waiting = 0] = await countAbsences(transaction, [runId]);
          if (waiting !== people) return { kind: 'changed' };
        }
        await sql`
          create temporary table confirmed on commit drop as
          select esr_person_id, absent_from from esr.import_absence
          where run_id = ${runId} and state = 'WAITING'`.execute(transaction);
        await sql`update esr.import_absence set state = 'CONFIRMED', confirmed_by = ${by}, confirmed_at = ${now}
          where run_id = ${runId} and state = 'WAITING'`.execute(transaction);
        const ended = await endAbsent(
          transaction,
          run.odsCode,
          sql`select esr_person_id, absent_from from confirmed`,
        );
        await announce(transaction, run.odsCode, day);
        if (asked !== undefined) {
          await transaction
            .insertInto('absence_confirmation')
            .values({
              actor: by,
              idempotency_key: asked.idempotencyKey,
              run_id: runId,
              people: asked.people,
              ended,
              confirmed_at: now,
            })
            .execute();
        }
        return { kind: 'confirmed', ended };
      }),

    findEmployeeNumbers: ({ odsCode, day, after, limit }) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ employee_number: string }>`
          select distinct employee_number from esr.employment
          where ods_code = ${odsCode} and employee_number > ${after ?? ''} and (ends_on is null or ends_on >= ${day}::date)
          order by employee_number limit ${limit}`.execute(db);
        return rows.map((row) => row.employee_number);
      }),

    organisationsToSettle: (day) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ ods_code: string }>`
          select distinct ods_code from esr.employment
          where announced <> (ends_on is null or ends_on >= ${day}::date)`.execute(db);
        return rows.map((row) => row.ods_code);
      }),
    announceEmployments: (odsCode, day) =>
      inTransaction(async (transaction) => {
        await lock(transaction, `organisation:${odsCode}`);
        await announce(transaction, odsCode, day);
      }),
  };
}

/** How many wait, of each run in the order of the runs; `undefined` where nobody does. */
async function countAbsences(
  db: Kysely<EsrTables>,
  runIds: readonly string[],
): Promise<readonly (number | undefined)[]> {
  const { rows } = await sql<{ run_id: string; waiting: number }>`
    select run_id, count(*)::int as waiting from esr.import_absence
    where run_id in ${textSet(runIds)} and state = 'WAITING' group by run_id`.execute(db);
  const counts = new Map(rows.map(({ run_id: runId, waiting }) => [runId, waiting]));
  return runIds.map((runId) => counts.get(runId));
}

/** What somebody confirmed under a key. */
const findConfirmation = (db: Kysely<EsrTables>, actor: string, idempotencyKey: string) =>
  db
    .selectFrom('absence_confirmation')
    .select(['run_id', 'people', 'ended'])
    .where('actor', '=', actor)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();

/** How long a run that nobody goes on with is kept. */
const STALE = sql.raw(`interval '1 day'`);

async function forgetStale(db: Kysely<EsrTables>): Promise<void> {
  const { rows } = await sql<{ id: string; number: number; kind: ImportRun['kind'] }>`
    select id, number, kind from esr.import_run
    where finished_at is null and updated_at < now() - ${STALE}
    order by number for update skip locked`.execute(db);
  for (const row of rows) await forget(db, row);
}

async function forget(
  db: Kysely<EsrTables>,
  run: Pick<ImportRun, 'id' | 'number' | 'kind'>,
): Promise<void> {
  const { rows } = await sql`delete from esr.import_run where id = ${run.id} and finished_at is null
    returning id`.execute(db);
  if (rows.length === 0) throw new RunTakenOver(run.id);
  await dropStaging(db, run, kindOf(run));
}

const kindOf = (run: Pick<ImportRun, 'kind'>) => fileKinds[run.kind];

async function announce(db: Kysely<EsrTables>, odsCode: string, day: string): Promise<void> {
  const announced = await announceEmployments(db, day, odsCode);
  await writeEvents(
    db,
    announced.map(({ staff_id: staffId, live }) => ({
      type: live ? ('staff-joined-1' as const) : ('staff-left-1' as const),
      staffId,
      odsCode,
    })),
  );
}

async function findOrganisation(
  db: Kysely<EsrTables>,
  by: { readonly vpd: string } | { readonly odsCode: string },
) {
  const organisations = db.selectFrom('organisation').select('ods_code');
  const found = await (
    'vpd' in by
      ? organisations.where('vpd', '=', by.vpd)
      : organisations.where('ods_code', '=', by.odsCode)
  ).executeTakeFirst();
  return found === undefined ? undefined : { odsCode: found.ods_code };
}

const findLastImport = (db: Kysely<EsrTables>, odsCode: string, kind: string) =>
  db
    .selectFrom('import')
    .select(['sequence', 'sha256'])
    .where('ods_code', '=', odsCode)
    .where('kind', '=', kind)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();

async function writeEvents(db: Kysely<EsrTables>, events: readonly StaffEvent[]): Promise<void> {
  if (events.length === 0) return;
  // Numbers are given in the order in which transactions end, so that a reader can go by the last one it saw.
  await lock(db, 'outbox');
  for (const chunk of inChunks(events)) {
    const values = chunk.map(({ type, staffId, odsCode, assignmentId }) => ({
      type,
      staff_id: staffId,
      ods_code: odsCode,
      assignment_id: assignmentId ?? null,
    }));
    const columns = 'type text, staff_id text, ods_code text, assignment_id text';
    await sql`insert into esr.outbox (type, staff_id, ods_code, assignment_id)
      select type, staff_id, ods_code, assignment_id
      from ${recordSet('x', columns, values)}`.execute(db);
  }
}
