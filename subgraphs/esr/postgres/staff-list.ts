/** People of an organisation, each once, under the id that they are shown under. */
import { type Kysely, type RawBuilder, sql } from 'kysely';

import type { ListedStaff, StaffRecords } from '../domain/ports.ts';
import type { EsrTables } from './tables.ts';

type Page = Parameters<StaffRecords['findStaffAt']>[0];

/** See `StaffRecords.findStaffAt`. */
export async function findStaffAt(
  db: Kysely<EsrTables>,
  page: Page,
): Promise<readonly ListedStaff[]> {
  const { rows } = await (page.changedSince === undefined ? present(page) : changed(page)).execute(
    db,
  );
  return rows;
}

/**
 * The index of employments gives those who have one id, which is nearly everybody, in order and no more of them than the
 * page holds; the few with joined ids are looked up beside them.
 */
const present = (page: Page): RawBuilder<ListedStaff> => {
  const { odsCode, after, limit } = page;
  const seen = (id: string): RawBuilder<unknown> =>
    page.onlySeenNow === true ? sql`and ${worksThere(id, page, live('x', page.day))}` : sql``;
  return sql<ListedStaff>`
    select id, true as there from (
      (select distinct e.staff_id as id from esr.employment e
        join esr.staff s on s.id = e.staff_id and s.person_id = s.id
        where e.ods_code = ${odsCode} and ${on('e', page)} and e.staff_id > ${after ?? ''}
          ${seen('e.staff_id')}
        order by e.staff_id limit ${limit})
      union
      (select distinct s.person_id from esr.staff s
        join esr.employment e on e.staff_id = s.id
        where s.person_id <> s.id and e.ods_code = ${odsCode} and ${on('e', page)}
          and s.person_id > ${after ?? ''} ${seen('s.person_id')}
        order by s.person_id limit ${limit})
    ) people order by id limit ${limit}`;
};

/**
 * Everybody of whom the organisation learnt something, and ids that are not shown any more. `there` is whether the
 * organisation sees the person under the id now.
 */
const changed = (page: Page): RawBuilder<ListedStaff> => {
  const { odsCode, changedSince: since, after, limit } = page;
  return sql<ListedStaff>`
    select people.id, ${worksThere('people.id', page, on('x', page))}
      and ${page.onlySeenNow === true ? worksThere('people.id', page, live('x', page.day)) : sql`true`} as there
    from (
      select distinct id from (
        select unnest(case when s.regrouped_at >= ${since} then array[s.id, s.person_id]
          else array[s.person_id] end) as id
        from esr.employment e join esr.staff s on s.id = e.staff_id
        where e.ods_code = ${odsCode} and (e.changed_at >= ${since} or s.regrouped_at >= ${since}
          or exists (select from esr.registration r
            where r.staff_id = e.staff_id and r.changed_at >= ${since})
          or exists (select from esr.training_placement p
            where p.staff_id = e.staff_id and p.changed_at >= ${since})
          or exists (select from esr.competence c
            where c.staff_id = e.staff_id and c.ods_code = e.ods_code and c.changed_at >= ${since})
          or exists (select from esr.qualification q
            where q.staff_id = e.staff_id and q.ods_code = e.ods_code and q.changed_at >= ${since}))
        union all
        -- Whoever has no employment left here has no row of their own that the organisation may read.
        select esr.person_of(d.staff_id) from esr.record_deletion d
        where d.ods_code = ${odsCode} and d.deleted_at >= ${since}
      ) found where id > ${after ?? ''} order by id limit ${limit}
    ) people order by people.id`;
};

/** An employment that has not ended. */
const live = (table: string, day: string): RawBuilder<unknown> => {
  const endsOn = sql.ref(`${table}.ends_on`);
  return sql`(${endsOn} is null or ${endsOn} >= ${day}::date)`;
};

/** An employment as the page asks for it: not ended, or in force on the day. */
const on = (table: string, { asOf, day }: Page): RawBuilder<unknown> => {
  const hireDate = sql.ref(`${table}.hire_date`);
  return asOf === undefined
    ? live(table, day)
    : sql`(${hireDate} is null or ${hireDate} <= ${asOf}::date) and ${live(table, asOf)}`;
};

/** Whether somebody who is shown under an id has such an employment `x` at the organisation, under any id. */
const worksThere = (
  id: string,
  { odsCode }: Page,
  such: RawBuilder<unknown>,
): RawBuilder<unknown> =>
  sql`(exists (select from esr.employment x join esr.staff me on me.id = x.staff_id
      where x.staff_id = ${sql.ref(id)} and me.person_id = me.id
        and x.ods_code = ${odsCode} and ${such})
    or exists (select from esr.staff m join esr.employment x on x.staff_id = m.id
      where m.person_id = ${sql.ref(id)} and m.person_id <> m.id
        and x.ods_code = ${odsCode} and ${such}))`;
