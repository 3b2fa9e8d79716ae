/** Applies a staged run in one transaction. */
import { type Kysely, sql, type Transaction } from 'kysely';

import { FileRefused, importFault, type ImportFault } from '../domain/import-outcome.ts';
import { type ApplyOptions, type ApplyOutcome, REJECTS_KEPT } from '../domain/import-ports.ts';
import { type ImportRun, rejectsAllowed, RunTakenOver, StagingLost } from '../domain/import-run.ts';
import { retrying } from '../../../runtime/retry-transaction.ts';
import { fileKinds } from './file-kinds.ts';
import { insertRejects, moveRun } from './import-runs.ts';
import { lock } from './lock.ts';
import { countStaged, dropStaging, findStaging } from './staging.ts';
import type { EsrTables } from './tables.ts';

/** Ends the transaction without keeping it. */
class TakenBack extends Error {
  override readonly name = 'TakenBack';
  readonly outcome: ApplyOutcome;
  constructor(outcome: ApplyOutcome) {
    super('taken back');
    this.outcome = outcome;
  }
}

/** See `StaffImports.apply`. */
export async function applyRun(
  db: Kysely<EsrTables>,
  run: ImportRun,
  options: ApplyOptions,
): Promise<ApplyOutcome> {
  try {
    const outcome = await retrying(() =>
      db.transaction().execute((transaction) => applyIn(transaction, run, options)),
    );
    await refreshStatistics(db, outcome.run.added);
    return outcome;
  } catch (error) {
    if (error instanceof TakenBack) return error.outcome;
    if (error instanceof FileRefused) {
      return { kind: 'refused', run, fault: error.fault, rejected: run.rejected, faults: [] };
    }
    throw error;
  }
}

async function applyIn(
  db: Transaction<EsrTables>,
  run: ImportRun,
  options: ApplyOptions,
): Promise<ApplyOutcome> {
  // A large file takes longer than any request, and waits for others of its organisation.
  await sql`set local statement_timeout = '30min'`.execute(db);
  await sql`set local idle_in_transaction_session_timeout = '5min'`.execute(db);
  // Compiling the statements takes longer than a file of changes, and a third of the time of a large file.
  await sql`set local jit = off`.execute(db);
  await lock(db, `organisation:${run.odsCode}`);
  const { rows: mine } = await sql`select 1 from esr.import_run
    where id = ${run.id} and state = 'STAGED' for update`.execute(db);
  if (mine.length === 0) throw new RunTakenOver(run.id);
  const sequence = await nextSequence(db, run);
  if (sequence === 'imported') {
    throw new TakenBack({ kind: 'already-imported', run });
  }
  const kind = fileKinds[run.kind];
  const staging = await findStaging(db, run, kind);
  if ((await countStaged(db, kind, staging)) !== run.staged) throw new StagingLost(run.id);

  await sql`create temporary table import_fault (
    line bigint not null, field text not null, code text not null, value text) on commit drop`.execute(
    db,
  );
  await sql`create temporary table import_event (
    id bigint generated always as identity, type text not null, staff_id text not null, assignment_id text)
    on commit drop`.execute(db);
  const counts = await kind.apply({
    db,
    run,
    day: options.day,
    absenceBrake: options.absenceBrake,
    staging,
    staged: staging.table,
  });
  const { faults, count } = await findFaults(db);
  const rejected = run.rejected + count;
  const rowsRead = run.rowsRead ?? 0;
  if (rejected > rejectsAllowed(rowsRead, options.maxRejectedShare)) {
    throw new TakenBack({
      kind: 'refused',
      run,
      fault: importFault(0, 'file', 'too_many_rejected'),
      faults,
      rejected,
    });
  }
  if (options.dryRun) {
    throw new TakenBack({
      kind: 'applied',
      run: { ...run, ...counts, rejected },
      faults,
      rejected,
    });
  }
  await insertRejects(db, run, faults);
  await db
    .insertInto('import')
    .values({
      ods_code: run.odsCode,
      kind: run.kind,
      sequence,
      sha256: run.sha256 ?? '',
      rows_read: rowsRead,
      rejected,
      run_id: run.id,
    })
    .execute();
  const applied = await moveRun(
    db,
    run,
    sql`state = 'APPLIED', finished_at = now(), rejected = ${rejected}, added = ${counts.added},
      changed = ${counts.changed}, unchanged = ${counts.unchanged}, ended = ${counts.ended},
      absent = ${counts.absent}`,
  );
  await dropStaging(db, run, kind);
  await publishEvents(db, run);
  return { kind: 'applied', run: applied, faults, rejected };
}

/** As many rows are a first load. */
const FIRST_LOAD = 1_000;

/**
 * What the planner knows of the tables is of before a first load, until it is told: it would take the organisation for empty,
 * and go through all of it for each changed person.
 */
async function refreshStatistics(db: Kysely<EsrTables>, added: number): Promise<void> {
  if (added < FIRST_LOAD) return;
  await sql`analyze esr.staff (id, nhs_employee_id),
    esr.employment (ods_code, esr_person_id, staff_id, ends_on),
    esr.employment_name (ods_code, esr_person_id, effective_from),
    esr.employment_ni_number (ods_code, esr_person_id, number),
    esr.assignment (ods_code, esr_assignment_id, esr_person_id),
    esr.assignment_version (ods_code, esr_assignment_id, effective_from)`.execute(db);
}

/**
 * The sequence that this import gets.
 *
 * @throws {FileRefused} when it is not the last one or the one after it
 */
async function nextSequence(db: Kysely<EsrTables>, run: ImportRun): Promise<number | 'imported'> {
  const { rows } = await sql<{ sequence: number; sha256: string; same: boolean }>`
    select sequence, sha256, exists (select from esr.import o
      where o.ods_code = i.ods_code and o.kind = i.kind and o.sha256 = ${run.sha256}) as same
    from esr.import i where ods_code = ${run.odsCode} and kind = ${run.kind}
    order by sequence desc limit 1`.execute(db);
  const [last] = rows;
  if (run.sequence === null) {
    return last?.same === true ? 'imported' : (last?.sequence ?? 0) + 1;
  }
  if (last?.sequence === run.sequence) {
    if (last.sha256 === run.sha256) return 'imported';
    throw new FileRefused(1, 'sequence', 'file_changed_sequence');
  }
  if (last !== undefined && run.sequence !== last.sequence + 1) {
    throw new FileRefused(1, 'sequence', 'sequence_gap');
  }
  return run.sequence;
}

async function findFaults(
  db: Kysely<EsrTables>,
): Promise<{ readonly faults: readonly ImportFault[]; readonly count: number }> {
  const { rows } = await sql<{
    line: number;
    field: string;
    code: string;
    value: string | null;
    count: number;
  }>`
    select line, field, code, value, count(*) over () as count
    from import_fault order by line limit ${REJECTS_KEPT}`.execute(db);
  const faults = rows.map(({ line, field, code, value }) =>
    importFault(line, field, code as ImportFault['code'], value ?? ''),
  );
  return { faults, count: rows[0]?.count ?? 0 };
}

/** Last of all: others that write events wait from here to the end of the transaction. */
async function publishEvents(db: Kysely<EsrTables>, run: ImportRun): Promise<void> {
  const { rows } = await sql`select 1 from import_event limit 1`.execute(db);
  if (rows.length === 0) return;
  // Numbers are given in the order in which transactions end, so that a reader can go by the last one it saw.
  await lock(db, 'outbox');
  await sql`insert into esr.outbox (type, staff_id, ods_code, assignment_id)
    select type, staff_id, ${run.odsCode}, assignment_id from import_event order by id`.execute(db);
}
