/** Brings places, departments, positions and work phones of a GO2 file into the records: of each the row in force. */
import { sql } from 'kysely';

import type { ImportCounts } from '../domain/import-run.ts';
import { headFirst } from './effective-rows.ts';
import type { ApplyContext } from './file-kind-import.ts';

type Counts = Pick<ImportCounts, 'added' | 'changed' | 'unchanged'>;

/** Writes what is new or changed. A record that the file does not have stays. */
export async function applyStructures({ db, run, day, staged }: ApplyContext): Promise<Counts> {
  const { rows } = await sql<Counts>`
    with given as (
      select distinct on (kind, esr_id) *
      from (select s.*, coalesce(s.effective_from, '-infinity'::date) as since
        from ${staged('stage_work_structure')} s) s
      order by kind, esr_id, (since <= ${day}::date
        and (effective_to is null or effective_to >= ${day}::date)) desc,
        case when since > ${day}::date then since end, since desc, line desc),
    compared as (
      select g.*, w.digest as before from given g
      left join esr.work_structure w on w.ods_code = ${run.odsCode} and w.kind = g.kind
        and w.esr_id = g.esr_id),
    written as (
      insert into esr.work_structure (ods_code, kind, esr_id, name, effective_from, effective_to, details, digest)
      select ${run.odsCode}, kind, esr_id, name, effective_from, effective_to, details, digest
      from compared where before is distinct from digest
      on conflict (ods_code, kind, esr_id) do update set name = excluded.name,
        effective_from = excluded.effective_from, effective_to = excluded.effective_to,
        details = excluded.details, digest = excluded.digest, changed_at = now())
    select count(*) filter (where before is null) as added,
      count(*) filter (where before <> digest) as changed,
      count(*) filter (where before = digest) as unchanged
    from compared`.execute(db);
  return rows[0] ?? NONE;
}

/** The same for phones, which belong to people. Those whose phone changed are added to `import_touched`. */
export async function applyPhones({ db, run, day, staged }: ApplyContext): Promise<Counts> {
  const phone = staged('stage_work_phone');
  await sql`
    with bad as (
      delete from ${phone} f where not exists (select from esr.employment e
        where e.ods_code = ${run.odsCode} and e.esr_person_id = f.esr_person_id)
      returning line, esr_person_id)
    insert into import_fault (line, field, code, value)
    select line, 'esrPersonId', 'person_unknown', esr_person_id from bad`.execute(db);
  const { rows } = await sql<Counts>`
    with given as (
      select distinct on (esr_id) * from ${phone} f
      order by esr_id, ${headFirst('f', day)}, line desc),
    compared as (
      select g.*, w.digest as before from given g
      left join esr.work_phone w on w.ods_code = ${run.odsCode} and w.esr_id = g.esr_id),
    written as (
      insert into esr.work_phone (ods_code, esr_id, esr_person_id, type, number, effective_from, effective_to, digest)
      select ${run.odsCode}, esr_id, esr_person_id, type, number, effective_from, effective_to, digest
      from compared where before is distinct from digest
      on conflict (ods_code, esr_id) do update set esr_person_id = excluded.esr_person_id,
        type = excluded.type, number = excluded.number, effective_from = excluded.effective_from,
        effective_to = excluded.effective_to, digest = excluded.digest, changed_at = now()
      returning esr_person_id),
    touched as (insert into import_touched select esr_person_id from written)
    select count(*) filter (where before is null) as added,
      count(*) filter (where before <> digest) as changed,
      count(*) filter (where before = digest) as unchanged
    from compared`.execute(db);
  return rows[0] ?? NONE;
}

const NONE: Counts = { added: 0, changed: 0, unchanged: 0 };
