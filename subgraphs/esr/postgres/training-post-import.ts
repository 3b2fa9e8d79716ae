/** Brings the posts of doctors in training into the records. A post that was taken back stays, and says so. */
import { sql } from 'kysely';

import type { TrainingPostRow } from '../domain/feed-rows.ts';
import type { ImportCounts } from '../domain/import-run.ts';
import { feedCounts } from './feed-staff.ts';
import type { ApplyContext, FileKindImport } from './file-kind-import.ts';

const TABLE = 'stage_training_post';
const CONTENT = [
  'role',
  'national_post_number',
  'position_number',
  'title',
  'occupation_code',
  'area_of_work',
  'second_specialty',
  'managing_office',
  'ods_code',
  'grade',
  'payscale',
  'grade_description',
  'workplace',
  'employing_vpd',
  'employing_organisation',
  'location',
] as const;

/** Training posts. */
export const trainingPostImport: FileKindImport<TrainingPostRow> = {
  tables: { [TABLE]: ['line', 'position_id', 'withdrawn', ...CONTENT, 'updated_at'] },
  toStage: (row) => [
    TABLE,
    [
      row.line,
      row.positionId,
      row.withdrawn,
      row.role,
      row.nationalPostNumber,
      row.positionNumber,
      row.title,
      row.occupationCode,
      row.areaOfWork,
      row.secondSpecialty,
      row.managingOffice,
      row.odsCode,
      row.grade,
      row.payscale,
      row.gradeDescription,
      row.workplace,
      row.employingVpd,
      row.employingOrganisation,
      row.location,
      row.updatedAt,
    ],
  ],
  apply: applyTrainingPosts,
};

const content = (table: string) =>
  sql.raw(`(${CONTENT.map((column) => `${table}.${column}`).join(', ')})`);

async function applyTrainingPosts({ db, run, staged }: ApplyContext): Promise<ImportCounts> {
  const columns = sql.raw(CONTENT.join(', '));
  // A deletion names the position and says nothing else of it.
  await sql`
    create temporary table feed_change on commit drop as
    select f.*, p.position_id is null as is_new
    from (select distinct on (position_id) * from ${staged(TABLE)} order by position_id, line desc) f
    left join esr.training_post p
      on p.lead_ods_code = ${sql.lit(run.odsCode)} and p.position_id = f.position_id
    where case when p.position_id is null then not f.withdrawn
      else f.updated_at >= p.updated_at and (f.withdrawn is distinct from p.withdrawn
        or (not f.withdrawn and ${content('f')} is distinct from ${content('p')})) end`.execute(db);
  // What was announced before it had a position has one now.
  await sql`
    delete from esr.training_post p using feed_change c
    where p.lead_ods_code = ${run.odsCode} and p.position_id is null and c.is_new
      and p.national_post_number = c.national_post_number and p.role = c.role`.execute(db);
  await sql`
    insert into esr.training_post (lead_ods_code, position_id, withdrawn, ${columns}, updated_at)
    select ${run.odsCode}, position_id, withdrawn, ${columns}, updated_at from feed_change where is_new`.execute(
    db,
  );
  await sql`
    update esr.training_post p set withdrawn = c.withdrawn, updated_at = c.updated_at, changed_at = now()
    from feed_change c
    where not c.is_new and p.lead_ods_code = ${run.odsCode} and p.position_id = c.position_id`.execute(
    db,
  );
  await sql`
    update esr.training_post p set ${sql.raw(CONTENT.map((column) => `${column} = c.${column}`).join(', '))}
    from feed_change c
    where not c.is_new and not c.withdrawn and p.lead_ods_code = ${run.odsCode}
      and p.position_id = c.position_id`.execute(db);
  const { rows } = await sql<{ added: number; changed: number; rows: number }>`
    select count(*) filter (where is_new) as added, count(*) filter (where not is_new) as changed,
      (select count(*) from ${staged(TABLE)}) as rows
    from feed_change`.execute(db);
  const [counted = { added: 0, changed: 0, rows: 0 }] = rows;
  return feedCounts({ added: counted.added, changed: counted.changed }, counted.rows);
}
