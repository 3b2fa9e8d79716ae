/** Brings a qualifications feed into the records. One that was taken back stays, and says so. */
import { sql } from 'kysely';

import type { QualificationRow } from '../domain/feed-rows.ts';
import type { ImportCounts } from '../domain/import-run.ts';
import { feedCounts, matchEmployees } from './feed-staff.ts';
import type { ApplyContext, FileKindImport } from './file-kind-import.ts';

const TABLE = 'stage_qualification';
const CONTENT = ['level', 'subject', 'institution', 'country', 'checked_on', 'withdrawn'] as const;

/** Qualifications. */
export const qualificationImport: FileKindImport<QualificationRow> = {
  tables: { [TABLE]: ['line', 'employee_number', 'title', 'awarded_on', ...CONTENT] },
  toStage: (row) => [
    TABLE,
    [
      row.line,
      row.employeeNumber,
      row.title,
      row.awardedOn,
      row.level,
      row.subject,
      row.institution,
      row.country,
      row.checkedOn,
      row.withdrawn,
    ],
  ],
  apply: applyQualifications,
};

const content = (table: string) =>
  sql.raw(`(${CONTENT.map((column) => `${table}.${column}`).join(', ')})`);

async function applyQualifications(context: ApplyContext): Promise<ImportCounts> {
  const { db, run } = context;
  await matchEmployees(context, TABLE);
  // What was taken back before it was known is not worth keeping.
  await sql`
    create temporary table feed_change on commit drop as
    select f.*, q.staff_id is null as is_new
    from (
      select distinct on (staff_id, title, awarded_on) * from feed_row
      order by staff_id, title, awarded_on, line desc
    ) f
    left join esr.qualification q on q.ods_code = ${sql.lit(run.odsCode)} and q.staff_id = f.staff_id
      and q.title = f.title and q.awarded_on = f.awarded_on
    where case when q.staff_id is null then not f.withdrawn
      else ${content('q')} is distinct from ${content('f')} end`.execute(db);
  const columns = sql.raw(CONTENT.join(', '));
  await sql`
    insert into esr.qualification (ods_code, staff_id, title, awarded_on, ${columns})
    select ${run.odsCode}, staff_id, title, awarded_on, ${columns} from feed_change where is_new`.execute(
    db,
  );
  await sql`
    update esr.qualification q set
      ${sql.raw(CONTENT.map((column) => `${column} = f.${column}`).join(', '))}, changed_at = now()
    from feed_change f
    where not f.is_new and q.ods_code = ${run.odsCode} and q.staff_id = f.staff_id and q.title = f.title
      and q.awarded_on = f.awarded_on`.execute(db);
  const { rows } = await sql<{ added: number; changed: number; rows: number }>`
    select count(*) filter (where is_new) as added, count(*) filter (where not is_new) as changed,
      (select count(*) from feed_row) as rows
    from feed_change`.execute(db);
  const [counted = { added: 0, changed: 0, rows: 0 }] = rows;
  return feedCounts({ added: counted.added, changed: counted.changed }, counted.rows);
}
