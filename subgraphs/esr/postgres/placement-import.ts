/**
 * Brings a placements feed into the records. What was updated earlier than what is known changes nothing, and none is ended
 * by being left out.
 */
import { sql } from 'kysely';

import type { ImportCounts } from '../domain/import-run.ts';
import type { PlacementRow } from '../domain/records.ts';
import { feedCounts, matchEmployees } from './feed-staff.ts';
import type { ApplyContext, FileKindImport } from './file-kind-import.ts';

const TABLE = 'stage_placement';
const CONTENT = [
  'host_ods_code',
  'national_post_number',
  'specialty',
  'grade',
  'site',
  'start_date',
  'end_date',
  'withdrawn',
] as const;

/** Placements of doctors in training. */
export const placementImport: FileKindImport<PlacementRow> = {
  tables: { [TABLE]: ['line', 'employee_number', 'reference', ...CONTENT, 'updated_at'] },
  toStage: (row) => [
    TABLE,
    [
      row.line,
      row.employeeNumber,
      row.reference,
      row.hostOdsCode,
      row.nationalPostNumber,
      row.specialty,
      row.grade,
      row.site,
      row.startDate,
      row.endDate,
      row.withdrawn,
      row.updatedAt,
    ],
  ],
  apply: async (context) => {
    await matchEmployees(context, TABLE);
    return writePlacements(context);
  },
};

const content = (table: string) =>
  sql.raw(`(${CONTENT.map((column) => `${table}.${column}`).join(', ')})`);

/**
 * Writes the placements in the temporary table `feed_row`: `line`, `staff_id`, `person_id`, `reference`, what is said of each, and
 * `updated_at`. A reference belongs to one person and one lead employer, whoever else uses it at the same time.
 */
export async function writePlacements({
  db,
  run,
}: Pick<ApplyContext, 'db' | 'run'>): Promise<ImportCounts> {
  const columns = sql.raw(CONTENT.join(', '));
  await sql`create temporary table feed_added (reference text) on commit drop`.execute(db);
  await sql`
    with claimed as (
      select *, first_value(person_id) over (partition by reference order by line) as claimant from feed_row
    ), added as (
      insert into esr.training_placement (reference, lead_ods_code, staff_id, ${columns}, updated_at)
      select distinct on (reference) reference, ${run.odsCode}, staff_id, ${columns}, updated_at
      from claimed where person_id = claimant
      order by reference, updated_at desc, line desc
      on conflict (reference) do nothing
      returning reference
    )
    insert into feed_added select reference from added`.execute(db);
  await sql`
    insert into import_fault (line, field, code, value)
    select f.line, 'reference', 'placement_in_use', f.reference
    from feed_row f join esr.training_placement p using (reference) join esr.staff h on h.id = p.staff_id
    where h.person_id <> f.person_id or p.lead_ods_code <> ${run.odsCode}`.execute(db);
  await sql`
    create temporary table feed_change on commit drop as
    select distinct on (f.reference) f.*, a.reference is not null as is_new,
      ${content('f')} is distinct from ${content('p')} as is_changed, p.updated_at as updated_before
    from feed_row f
    join esr.training_placement p on p.reference = f.reference and p.lead_ods_code = ${sql.lit(run.odsCode)}
    join esr.staff h on h.id = p.staff_id and h.person_id = f.person_id
    left join feed_added a on a.reference = f.reference
    where f.updated_at >= p.updated_at
    order by f.reference, f.updated_at desc, f.line desc`.execute(db);
  await sql`
    update esr.training_placement p set
      ${sql.raw(CONTENT.map((column) => `${column} = c.${column}`).join(', '))}, updated_at = c.updated_at,
      changed_at = case when c.is_changed then now() else p.changed_at end
    from feed_change c
    where p.reference = c.reference and not c.is_new and (c.is_changed or c.updated_at > c.updated_before)`.execute(
    db,
  );
  await sql`
    insert into import_event (type, staff_id)
    select 'placement-changed-1', staff_id from feed_change where is_new or is_changed order by line`.execute(
    db,
  );
  const { rows } = await sql<{ added: number; changed: number; rows: number }>`
    select count(*) filter (where is_new) as added, count(*) filter (where is_changed and not is_new) as changed,
      (select count(*) from feed_row f join esr.training_placement p using (reference)
        join esr.staff h on h.id = p.staff_id and h.person_id = f.person_id where p.lead_ods_code = ${run.odsCode}) as rows
    from feed_change`.execute(db);
  const [counted = { added: 0, changed: 0, rows: 0 }] = rows;
  return feedCounts({ added: counted.added, changed: counted.changed }, counted.rows);
}
