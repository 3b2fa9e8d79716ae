/** Applies a staged GO2 file: set-based SQL that looks at the people in the file and writes what changed. */
import { sql } from 'kysely';

import type { Go2Row } from '../domain/extract.ts';
import { applyAbsences, notePresent } from './apply-absences.ts';
import { planPosts, writePosts } from './apply-posts.ts';
import { applyPhones, applyStructures } from './apply-structures.ts';
import { deleteRecords } from './delete-records.ts';
import type { ApplyContext, FileKindImport } from './file-kind-import.ts';
import { GO2_TABLES, stageGo2Row } from './go2-staging.ts';
import { identifyPeople } from './identify-people.ts';
import { planPeople } from './plan-people.ts';
import { announceEmployments, settleTouched } from './settle-employments.ts';
import { addPeople, changePeople } from './write-people.ts';

/** A GO2 file. */
export const go2Import: FileKindImport<Go2Row> = {
  tables: GO2_TABLES,
  toStage: stageGo2Row,
  apply: async (context) => {
    const { db, run, day, staged } = context;
    const unreadable = run.rejected > 0;
    await sql`analyze ${staged('stage_person')} (line, esr_person_id, effective_from)`.execute(db);
    await sql`analyze ${staged('stage_assignment')} (line, esr_person_id, esr_assignment_id, effective_from)`.execute(
      db,
    );
    await sql`create temporary table import_touched (esr_person_id text not null) on commit drop`.execute(
      db,
    );
    await notePresent(context);
    await planPeople(context);
    await identifyPeople(context);
    await addPeople(context);
    await changePeople(context);
    await planPosts(context);
    await writePosts(context);
    await sql`
      insert into import_touched
      select esr_person_id from import_person where changed and not is_new
      union select p.esr_person_id from import_post i
      cross join lateral (values (i.esr_person_id), (i.before_person_id)) p (esr_person_id)
      where i.changed and p.esr_person_id is not null
        and not exists (select from import_person n where n.is_new and n.esr_person_id = p.esr_person_id)`.execute(
      db,
    );
    const structures = await applyStructures(context);
    const phones = await applyPhones(context);
    const deleted = await deleteRecords(context);
    await settleTouched(db, run.odsCode);
    const absent = run.full ? await applyAbsences(context, unreadable) : 0;
    const announced = await announceEmployments(db, day, run.odsCode);
    await addEvents(context, announced);
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

async function addEvents(
  { db }: ApplyContext,
  announced: readonly { readonly staffId: string; readonly live: boolean }[],
): Promise<void> {
  const events = announced.map(({ staffId, live }) => ({
    type: live ? 'staff-joined-1' : 'staff-left-1',
    staff_id: staffId,
  }));
  await sql`insert into import_event (type, staff_id)
    select type, staff_id from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as x (type text, staff_id text)`.execute(db);
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
