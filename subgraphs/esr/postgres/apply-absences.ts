/** People whom a full file does not have: ended when they are few, else kept until somebody confirms. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import type { ApplyContext } from './file-kind-import.ts';
import type { EsrTables } from './tables.ts';

/** Notes who is in the file, whatever becomes of the rows. Before any row is left out. */
export async function notePresent({ db, run, staged }: ApplyContext): Promise<void> {
  await sql`
    create temporary table import_present on commit drop as
    select esr_person_id from ${staged('stage_person')}
    union select esr_person_id from ${staged('stage_assignment')}
    union select esr_person_id from ${staged('stage_left_out')} where esr_person_id is not null`.execute(
    db,
  );
  await sql`
    delete from esr.import_absence where ods_code = ${run.odsCode}
      and esr_person_id in (select esr_person_id from import_present)`.execute(db);
}

/**
 * Ends those who are absent, or keeps them waiting: when they are more than the brake allows, and when a row was left out of
 * which nobody can say whose it was. Returns how many wait.
 */
export async function applyAbsences({
  db,
  run,
  absenceBrake,
  staged,
}: ApplyContext): Promise<number> {
  const { rows } = await sql<{ live: number; absent: number; unreadable: boolean }>`
    select count(*) as live, count(*) filter (where p.esr_person_id is null) as absent,
      exists (select from ${staged('stage_left_out')} l where l.esr_person_id is null) as unreadable
    from esr.employment e left join import_present p using (esr_person_id)
    where e.ods_code = ${run.odsCode} and (e.ends_on is null or e.ends_on >= ${run.fileDay}::date)`.execute(
    db,
  );
  const { live, absent, unreadable } = rows[0] ?? { live: 0, absent: 0, unreadable: true };
  if (absent === 0) return 0;
  const who = sql`esr.employment e where e.ods_code = ${run.odsCode}
    and (e.ends_on is null or e.ends_on >= ${run.fileDay}::date)
    and not exists (select from import_present p where p.esr_person_id = e.esr_person_id)`;
  if (!unreadable && absent <= Math.floor(absenceBrake * live)) {
    await endAbsent(db, run.odsCode, sql`select esr_person_id, ${run.fileDay}::date from ${who}`);
    return 0;
  }
  await sql`
    insert into esr.import_absence (ods_code, esr_person_id, run_id, absent_from, state)
    select ods_code, esr_person_id, ${run.id}, ${run.fileDay}::date, 'WAITING' from ${who}
    on conflict (ods_code, esr_person_id) do update set run_id = excluded.run_id,
      absent_from = case when import_absence.state = 'WAITING' then import_absence.absent_from
        else excluded.absent_from end,
      state = 'WAITING', confirmed_by = null, confirmed_at = null`.execute(db);
  return absent;
}

/** Ends employments before the day from which the people were absent. Returns how many. */
export async function endAbsent(
  db: Kysely<EsrTables>,
  odsCode: string,
  absent: RawBuilder<unknown>,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update esr.employment e set absent_from = a.absent_from, changed_at = now(),
      ends_on = least(e.ends_on, a.absent_from - 1)
    from (${absent}) a (esr_person_id, absent_from)
    where e.ods_code = ${odsCode} and e.esr_person_id = a.esr_person_id`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
