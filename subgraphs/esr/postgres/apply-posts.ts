/** Brings the staged assignments of a GO2 file into the records. */
import { sql } from 'kysely';

import { headFirst, headFrom, rejectOverlaps } from './effective-rows.ts';
import type { ApplyContext } from './file-kind-import.ts';
import { VERSION_COLUMNS } from './go2-staging.ts';

const VERSION = sql.raw(VERSION_COLUMNS.join(', '));
const STAGED_VERSION = sql.raw(VERSION_COLUMNS.map((column) => `a.${column}`).join(', '));
const CHANGED_VERSION = sql.raw(
  VERSION_COLUMNS.slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', '),
);

/**
 * Makes the temporary table `import_post`: one row for each assignment of the file, by the rules of `import_person`. The
 * people have been written.
 */
export async function planPosts(context: ApplyContext): Promise<void> {
  const { db, run, day, staged } = context;
  const assignment = staged('stage_assignment');
  await rejectOverlaps(context, 'stage_assignment', 'esr_assignment_id');
  await sql`
    with bad as (
      delete from ${assignment} a
      where not exists (select from import_person i where i.esr_person_id = a.esr_person_id)
        and not exists (select from esr.employment e
          where e.ods_code = ${run.odsCode} and e.esr_person_id = a.esr_person_id)
      returning line, esr_person_id)
    insert into import_fault (line, field, code, value)
    select line, 'esrPersonId', 'person_unknown', esr_person_id from bad`.execute(db);
  const kept = run.full
    ? sql``
    : sql`union all
        select v.esr_assignment_id, v.effective_from, v.effective_to, false
        from esr.assignment_version v
        where v.ods_code = ${run.odsCode}
          and v.esr_assignment_id in (select esr_assignment_id from ${assignment})
          and not exists (select from ${assignment} a where a.esr_assignment_id = v.esr_assignment_id
            and a.effective_from = v.effective_from)`;
  await sql`
    create temporary table import_post on commit drop as
    with head as (
      select esr_assignment_id, count(*) filter (where given) as given, ${headFrom(day)} as head_from
      from (
        select esr_assignment_id, effective_from, effective_to, true as given from ${assignment} ${kept}) r
      group by 1),
    same as (
      select a.esr_assignment_id, count(*) as same
      from ${assignment} a join esr.assignment_version v on v.ods_code = ${run.odsCode}
        and v.esr_assignment_id = a.esr_assignment_id and v.effective_from = a.effective_from
        and v.digest = a.digest
      group by 1)
      ${
        run.full
          ? sql`, held as (
        select esr_assignment_id, count(*) as held from esr.assignment_version
        where ods_code = ${run.odsCode} group by 1)`
          : sql``
      }
    select h.esr_assignment_id, h.head_from, a.line as head_line,
      coalesce(a.esr_person_id, b.esr_person_id) as esr_person_id, b.esr_person_id as before_person_id,
      b.id is null as is_new,
      b.id is null or b.head_from is distinct from h.head_from or coalesce(s.same, 0) <> h.given
        or a.esr_person_id <> b.esr_person_id
        ${run.full ? sql`or k.held <> h.given` : sql``} as changed,
      -- In the graph: the same for the same assignment, and not a number of ESR's.
      coalesce(b.id, 'asg_' || left(translate(encode(sha256(convert_to(
        ${run.odsCode}::text || '/' || h.esr_assignment_id, 'UTF8')), 'base64'), '+/', '-_'), 22)) as id
    from head h
    left join esr.assignment b on b.ods_code = ${run.odsCode} and b.esr_assignment_id = h.esr_assignment_id
    left join same s on s.esr_assignment_id = h.esr_assignment_id
    ${run.full ? sql`left join held k on k.esr_assignment_id = h.esr_assignment_id` : sql``}
    left join ${assignment} a on a.esr_assignment_id = h.esr_assignment_id
      and a.effective_from = h.head_from`.execute(db);
  await sql`create index on import_post (esr_assignment_id)`.execute(db);
  await sql`analyze import_post`.execute(db);
}

/** Writes the assignments that are new. */
export async function addPosts({ db, run, staged }: ApplyContext): Promise<void> {
  const assignment = staged('stage_assignment');
  await sql`
    insert into esr.assignment (ods_code, esr_assignment_id, id, esr_person_id, head_from)
    select ${run.odsCode}, esr_assignment_id, id, esr_person_id, head_from
    from import_post where is_new order by esr_assignment_id`.execute(db);
  await sql`
    insert into esr.assignment_version (ods_code, esr_assignment_id, ${VERSION})
    select ${run.odsCode}, a.esr_assignment_id, ${STAGED_VERSION}
    from ${assignment} a join import_post i using (esr_assignment_id)
    where i.is_new order by a.esr_assignment_id, a.effective_from`.execute(db);
}

/**
 * Writes the assignments that are changed, and says who moved: a new post of somebody who was here, or another position or
 * job. Before {@link addPosts}.
 */
export async function changePosts(context: ApplyContext): Promise<void> {
  const { db, run, day, staged } = context;
  const assignment = staged('stage_assignment');
  await sql`
    insert into import_event (type, staff_id, assignment_id)
    select 'staff-moved-1', e.staff_id, i.id
    from import_post i
    join esr.employment e on e.ods_code = ${run.odsCode} and e.esr_person_id = i.esr_person_id
    left join ${assignment} a on a.line = i.head_line
    left join esr.assignment b on b.ods_code = ${run.odsCode} and b.esr_assignment_id = i.esr_assignment_id
    left join lateral (
      select v.* from esr.assignment_version v
      where not i.is_new and v.ods_code = ${run.odsCode} and v.esr_assignment_id = i.esr_assignment_id
      order by v.effective_from is not distinct from b.head_from desc, ${headFirst('v', day)}
      limit 1) v on true
    where i.changed
      -- A post that comes with a new employment is part of joining.
      and not exists (select from import_person p where p.is_new and p.esr_person_id = i.esr_person_id)
      and (i.is_new or (i.head_line is not null
        and (v.position_id, v.position_title, v.job_role, v.grade)
          is distinct from (a.position_id, a.position_title, a.job_role, a.grade)))
    order by i.esr_person_id, i.esr_assignment_id`.execute(db);
  await sql`
    update esr.assignment b set esr_person_id = i.esr_person_id, head_from = i.head_from, changed_at = now()
    from import_post i
    where i.changed and not i.is_new and b.ods_code = ${run.odsCode}
      and b.esr_assignment_id = i.esr_assignment_id`.execute(db);
  if (run.full) {
    await sql`
      delete from esr.assignment_version v using import_post i
      where i.changed and not i.is_new and v.ods_code = ${run.odsCode}
        and v.esr_assignment_id = i.esr_assignment_id
        and not exists (select from ${assignment} a
          where a.esr_assignment_id = v.esr_assignment_id and a.effective_from = v.effective_from)`.execute(
      db,
    );
  }
  await sql`
    insert into esr.assignment_version (ods_code, esr_assignment_id, ${VERSION})
    select ${run.odsCode}, a.esr_assignment_id, ${STAGED_VERSION}
    from ${assignment} a join import_post i using (esr_assignment_id)
    where i.changed and not i.is_new
    on conflict (ods_code, esr_assignment_id, effective_from) do update set ${CHANGED_VERSION}
    where assignment_version.digest is distinct from excluded.digest`.execute(db);
}
