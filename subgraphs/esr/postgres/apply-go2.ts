/** Applies a staged GO2 file: set-based SQL that looks at the people in the file and writes what changed. */
import { sql } from 'kysely';

import type { Go2Row } from '../domain/extract.ts';
import { applyAbsences, notePresent } from './apply-absences.ts';
import { addPosts, changePosts, planPosts } from './apply-posts.ts';
import { applyPhones, applyStructures } from './apply-structures.ts';
import { deleteRecords } from './delete-records.ts';
import type { ApplyContext, FileKindImport } from './file-kind-import.ts';
import { GO2_TABLES, stageGo2Row } from './go2-staging.ts';
import { identifyPeople, joinPeople } from './identify-people.ts';
import { planPeople } from './plan-people.ts';
import { addComersAndGoers, announceEmployments, settleTouched } from './settle-employments.ts';
import { addPeople, changePeople, updateStaff } from './write-people.ts';

/** A GO2 file. */
export const go2Import: FileKindImport<Go2Row> = {
  tables: GO2_TABLES,
  toStage: stageGo2Row,
  apply: async (context) => {
    const { db, run, day } = context;
    const held = await holdsPeople(context);
    await prepare(context, held);
    await notePresent(context);
    await planPeople(context);
    await identifyPeople(context);
    await addPeople(context);
    await updateStaff(context);
    await joinPeople(context);
    if (held) await changePeople(context);
    await planPosts(context);
    if (held) await changePosts(context);
    await addPosts(context);
    const structures = await applyStructures(context);
    const phones = await applyPhones(context);
    const deleted = await deleteRecords(context);
    if (held || deleted > 0) await settle(context);
    const absent = run.full && held ? await applyAbsences(context) : 0;
    const announced = held || deleted > 0 ? await announceEmployments(db, day, run.odsCode) : [];
    await addComersAndGoers(db, announced);
    const records = await countRecords(context);
    return {
      added: records.added + structures.added + phones.added,
      changed: records.changed + structures.changed + phones.changed,
      unchanged: records.unchanged + structures.unchanged + phones.unchanged,
      ended: deleted + announced.filter(({ live }) => !live).length,
      absent,
    };
  },
};

/** Whether the organisation has any people yet: a first load changes nothing and ends nothing. */
async function holdsPeople({ db, run }: ApplyContext): Promise<boolean> {
  const { rows } = await sql`
    select 1 from esr.employment where ods_code = ${run.odsCode} limit 1`.execute(db);
  return rows.length > 0;
}

/** Lets the staged rows be found, one by one when there is something to compare them with. */
async function prepare({ db, staged, staging }: ApplyContext, held: boolean): Promise<void> {
  const tables = [
    ['stage_person', 'esr_person_id'],
    ['stage_assignment', 'esr_assignment_id'],
  ] as const;
  for (const [table, id] of tables) {
    if (!staging.has(table)) continue;
    if (held) {
      await sql`create index on ${staged(table)} (line)`.execute(db);
      await sql`create index on ${staged(table)} (${sql.ref(id)}, effective_from)`.execute(db);
    }
    await sql`analyze ${staged(table)} (line, ${sql.ref(id)}, effective_from)`.execute(db);
  }
  await sql`create temporary table import_touched (esr_person_id text not null) on commit drop`.execute(
    db,
  );
}

/** Settles the employments of everybody about whom something changed. */
async function settle({ db, run }: ApplyContext): Promise<void> {
  await sql`
    insert into import_touched
    select esr_person_id from import_person where changed and not is_new
    union select p.esr_person_id from import_post i
    cross join lateral (values (i.esr_person_id), (i.before_person_id)) p (esr_person_id)
    where i.changed and p.esr_person_id is not null
      and not exists (select from import_person n where n.is_new and n.esr_person_id = p.esr_person_id)`.execute(
    db,
  );
  // Whoever is in the file is at work again, though it may say nothing new about them.
  await sql`
    with seen as (
      update esr.employment set absent_from = null
      where ods_code = ${run.odsCode} and absent_from is not null
        and esr_person_id in (select esr_person_id from import_present)
      returning esr_person_id)
    insert into import_touched select esr_person_id from seen`.execute(db);
  await settleTouched(db, run.odsCode);
}

async function countRecords({ db }: ApplyContext) {
  const { rows } = await sql<{ added: number; changed: number; unchanged: number }>`
    select count(*) filter (where is_new) as added,
      count(*) filter (where changed and not is_new) as changed,
      count(*) filter (where not changed) as unchanged
    from (select is_new, changed from import_person union all select is_new, changed from import_post) r`.execute(
    db,
  );
  return rows[0] ?? { added: 0, changed: 0, unchanged: 0 };
}
