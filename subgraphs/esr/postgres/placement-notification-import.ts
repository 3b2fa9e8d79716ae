/**
 * Brings notifications of placements into the records of the lead employer. They say what changes, not how things stand: what
 * one does not say, such as when a placement ends, stays as it is known.
 */
import { sql } from 'kysely';

import type { NotifiedTrainee, PlacementNotificationRow } from '../domain/feed-rows.ts';
import type { ImportCounts } from '../domain/import-run.ts';
import type { ApplyContext, FileKindImport } from './file-kind-import.ts';
import { writePlacements } from './placement-import.ts';

const TABLE = 'stage_placement_notification';

/** Notifications of placements. */
export const placementNotificationImport: FileKindImport<PlacementNotificationRow> = {
  tables: {
    [TABLE]: [
      'line',
      'type',
      'national_post_number',
      'occupation_code',
      'location',
      'specialty',
      'grade',
      'current_gmc',
      'current_family',
      'current_end',
      'next_gmc',
      'next_family',
      'next_start',
      'withdrawn_gmc',
      'withdrawn_family',
      'replacement_gmc',
      'replacement_family',
      'replacement_start',
      'changed_start',
      'changed_end',
      'post_deleted',
      'updated_at',
    ],
  },
  toStage: (row) => [
    TABLE,
    [
      row.line,
      row.type,
      row.nationalPostNumber,
      row.occupationCode,
      row.location,
      row.specialty,
      row.grade,
      ...trainee(row.current),
      row.currentEnd,
      ...trainee(row.next),
      row.nextStart,
      ...trainee(row.withdrawn),
      ...trainee(row.replacement),
      row.replacementStart,
      row.changedStart,
      row.changedEnd,
      row.postDeleted,
      row.updatedAt,
    ],
  ],
  apply: applyNotifications,
};

const trainee = (one: NotifiedTrainee | null): [string | null, string | null] =>
  one === null ? [null, null] : [one.gmcNumber, one.family];

async function applyNotifications(context: ApplyContext): Promise<ImportCounts> {
  const posts = await writePosts(context);
  await readNotices(context);
  await foldNotices(context);
  const { added, changed } = await writePlacements(context);
  const { rows } = await sql<{ rows: number }>`
    select count(*) as rows from ${context.staged(TABLE)} s
    where not exists (select from import_fault f where f.line = s.line)`.execute(context.db);
  const done = { added: added + posts.added, changed: changed + posts.changed };
  const unchanged = Math.max(0, (rows[0]?.rows ?? 0) - done.added - done.changed);
  return { ...done, unchanged, ended: 0, absent: 0 };
}

/** Posts that were created, which have no position in ESR yet, and those that were deleted. */
async function writePosts({
  db,
  run,
  staged,
}: ApplyContext): Promise<{ readonly added: number; readonly changed: number }> {
  const created = await sql`
    insert into esr.training_post (lead_ods_code, role, national_post_number, occupation_code, area_of_work, grade,
      location, withdrawn, updated_at)
    select distinct on (s.national_post_number) ${run.odsCode}, 'LEAD', s.national_post_number, s.occupation_code,
      s.specialty, s.grade, s.location, false, s.updated_at
    from ${staged(TABLE)} s
    where s.type = 'POST_CREATED' and not exists (
      select from esr.training_post p where p.lead_ods_code = ${run.odsCode} and p.role = 'LEAD'
        and p.national_post_number = s.national_post_number)
    order by s.national_post_number, s.line desc`.execute(db);
  const deleted = await sql`
    update esr.training_post p set withdrawn = true, updated_at = s.updated_at, changed_at = now()
    from (
      select national_post_number, max(updated_at) as updated_at from ${staged(TABLE)} where post_deleted group by 1
    ) s
    where p.lead_ods_code = ${run.odsCode} and p.national_post_number = s.national_post_number
      and not p.withdrawn and p.updated_at <= s.updated_at`.execute(db);
  return {
    added: Number(created.numAffectedRows ?? 0n),
    changed: Number(deleted.numAffectedRows ?? 0n),
  };
}

/**
 * What the notifications say of people, one row for each of them, in the temporary table `notice`. A doctor is known by the
 * number at the General Medical Council, with a surname, where one is given, that the doctor has or had, or a part of it.
 */
async function readNotices({ db, staged }: ApplyContext): Promise<void> {
  await sql`
    create temporary table notice on commit drop as
    select n.*, r.staff_id, h.person_id from (
      select line, national_post_number, specialty, grade, location, updated_at,
        next_gmc as gmc, next_family as family, next_start as starts, null::date as ends,
        false as takes_back, true as begins
      from ${staged(TABLE)} where type = 'PLACEMENT' and next_gmc is not null
      union all
      select line, national_post_number, null, null, null, updated_at,
        current_gmc, current_family, null, current_end, false, false
      from ${staged(TABLE)} where type = 'PLACEMENT' and current_gmc is not null and current_end is not null
      union all
      select line, national_post_number, null, null, null, updated_at,
        coalesce(withdrawn_gmc, next_gmc), case when withdrawn_gmc is null then next_family else withdrawn_family end,
        null, null, true, false
      from ${staged(TABLE)} where type = 'DELETED'
      union all
      select line, national_post_number, specialty, grade, location, updated_at,
        replacement_gmc, replacement_family, replacement_start, null, false, true
      from ${staged(TABLE)} where type = 'DELETED' and replacement_gmc is not null and replacement_start is not null
      union all
      select line, national_post_number, specialty, grade, location, updated_at,
        next_gmc, next_family, changed_start, changed_end, false, true
      from ${staged(TABLE)} where type = 'DATES_CHANGED'
    ) n
    left join esr.registration r on r.body = 'GMC' and r.number = n.gmc
    left join esr.staff h on h.id = r.staff_id`.execute(db);
  // Whoever is in the post is named beside. That they are not known takes nothing from what is said of who comes.
  await sql`
    insert into import_fault (line, field, code, value)
    select line, 'gmcNumber', 'trainee_unknown', gmc from notice
    where staff_id is null and (begins or takes_back)`.execute(db);
  await sql`
    with stranger as (
      delete from notice n where n.staff_id is not null and n.family is not null and not exists (
        select from esr.person_groups(jsonb_build_array(n.staff_id)) g
        join esr.employment e on e.staff_id = g.member
        join esr.employment_name m using (ods_code, esr_person_id)
        where (
          upper(n.family) in (upper(m.family), upper(m.maiden), upper(m.previous_family))
          or upper(n.family) = any (regexp_split_to_array(upper(m.family), '[- ]+'))))
      returning line, family, begins or takes_back as counts
    )
    insert into import_fault (line, field, code, value)
    select line, 'lastName', 'trainee_name_differs', family from stranger where counts`.execute(db);
}

/** What the notices come to for each person and post, as rows of a placements feed in the temporary table `feed_row`. */
async function foldNotices({ db, run }: ApplyContext): Promise<void> {
  const lead = sql.lit(run.odsCode);
  const last = (column: string) =>
    sql.raw(
      `(array_agg(${column} order by line desc) filter (where ${column} is not null))[1] as ${column}`,
    );
  await sql`
    create temporary table feed_row on commit drop as
    select f.line, f.staff_id, f.person_id, f.updated_at, f.national_post_number,
      coalesce(p.reference, 'tis_' || left(encode(sha256(convert_to(
        concat_ws(' ', ${lead}, f.national_post_number, f.staff_id, f.starts), 'UTF8')), 'hex'), 32)) as reference,
      coalesce(host.employer, host.ods_code, p.host_ods_code, ${lead}) as host_ods_code,
      coalesce(f.specialty, p.specialty, led.area_of_work, split_part(f.national_post_number, '/', 3)) as specialty,
      coalesce(f.grade, p.grade, led.grade_description, led.grade, split_part(f.national_post_number, '/', 4)) as grade,
      coalesce(f.location, host.location, host.workplace, p.site, led.location,
        split_part(f.national_post_number, '/', 2)) as site,
      coalesce(f.starts, p.start_date) as start_date, coalesce(f.ends, p.end_date) as end_date,
      coalesce(f.takes_back, p.withdrawn, false) as withdrawn
    from (
      select staff_id, person_id, national_post_number, max(line) as line, max(updated_at) as updated_at,
        ${last('starts')}, ${last('ends')}, ${last('specialty')}, ${last('grade')}, ${last('location')},
        (array_agg(takes_back order by line desc) filter (where begins or takes_back))[1] as takes_back
      from notice where staff_id is not null group by staff_id, person_id, national_post_number
    ) f
    left join lateral (
      select p.* from esr.person_groups(jsonb_build_array(f.staff_id)) g
      join esr.training_placement p on p.staff_id = g.member
      where p.lead_ods_code = ${lead} and p.national_post_number = f.national_post_number
        and (p.end_date is null or f.starts is null or p.end_date >= f.starts)
      order by p.start_date desc limit 1
    ) p on true
    left join lateral (
      select * from esr.training_post t
      where t.lead_ods_code = ${lead} and t.national_post_number = f.national_post_number and t.role = 'LEAD'
      order by t.withdrawn, t.updated_at desc limit 1
    ) led on true
    left join lateral (
      select t.*, o.ods_code as employer from esr.training_post t
      left join esr.organisation o on o.vpd = t.employing_vpd
      where t.lead_ods_code = ${lead} and t.national_post_number = f.national_post_number and t.role = 'HOST'
        and not t.withdrawn
      order by t.updated_at desc limit 1
    ) host on true
    where p.reference is not null or (f.starts is not null and f.takes_back is not true)`.execute(
    db,
  );
  await sql`
    with wrong as (delete from feed_row where end_date < start_date returning line)
    insert into import_fault (line, field, code, value)
    select line, 'projectedEndDate', 'date_order', '' from wrong`.execute(db);
}
