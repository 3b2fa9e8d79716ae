/** Brings a training feed into the records. An award stays until it is corrected; none is ended by being left out. */
import { sql } from 'kysely';

import type { ImportCounts } from '../domain/import-run.ts';
import type { TrainingRow } from '../domain/records.ts';
import { feedCounts, matchEmployees } from './feed-staff.ts';
import type { ApplyContext, FileKindImport } from './file-kind-import.ts';

const TABLE = 'stage_award';

/** Training. */
export const trainingImport: FileKindImport<TrainingRow> = {
  tables: {
    [TABLE]: [
      'line',
      'employee_number',
      'name',
      'awarded_on',
      'framework',
      'subject',
      'level',
      'expires_on',
    ],
  },
  toStage: (row) => [
    TABLE,
    [
      row.line,
      row.employeeNumber,
      row.name,
      row.awardedOn,
      row.framework,
      row.subject,
      row.level,
      row.expiresOn,
    ],
  ],
  apply: applyTraining,
};

async function applyTraining(context: ApplyContext): Promise<ImportCounts> {
  const { db, run } = context;
  await matchEmployees(context, TABLE);
  // Awards of an organisation come from its own feeds alone, under its lock.
  await sql`
    create temporary table feed_change on commit drop as
    select f.*, c.staff_id is null as is_new
    from (
      select distinct on (staff_id, name, awarded_on) * from feed_row
      order by staff_id, name, awarded_on, line desc
    ) f
    left join esr.competence c on c.ods_code = ${sql.lit(run.odsCode)} and c.staff_id = f.staff_id
      and c.name = f.name and c.awarded_on = f.awarded_on
    where c.staff_id is null or c.expires_on is distinct from f.expires_on
    order by f.staff_id, f.name, f.awarded_on`.execute(db);
  await sql`
    insert into esr.competence (ods_code, staff_id, name, awarded_on, framework, subject, level, expires_on)
    select ${run.odsCode}, staff_id, name, awarded_on, framework, subject, level, expires_on
    from feed_change where is_new`.execute(db);
  await sql`
    update esr.competence c set expires_on = f.expires_on, changed_at = now() from feed_change f
    where not f.is_new and c.ods_code = ${run.odsCode} and c.staff_id = f.staff_id and c.name = f.name
      and c.awarded_on = f.awarded_on`.execute(db);
  await sql`
    insert into import_event (type, staff_id)
    select 'training-awarded-1', staff_id from feed_change group by staff_id order by min(line)`.execute(
    db,
  );
  const { rows } = await sql<{ added: number; changed: number; rows: number }>`
    select count(*) filter (where is_new) as added, count(*) filter (where not is_new) as changed,
      (select count(*) from feed_row) as rows
    from feed_change`.execute(db);
  const [counted = { added: 0, changed: 0, rows: 0 }] = rows;
  return feedCounts({ added: counted.added, changed: counted.changed }, counted.rows);
}
