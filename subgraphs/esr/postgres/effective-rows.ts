/** SQL about effective-dated rows, the same for people and posts. */
import { type RawBuilder, sql } from 'kysely';

import type { ApplyContext } from './file-kind-import.ts';

/** The first day of the row in force among those grouped; before the first one, of the next to come; after the last one, of the last. */
export const headFrom = (day: string): RawBuilder<string> => sql<string>`coalesce(
  max(effective_from) filter (where effective_from <= ${day}::date
    and (effective_to is null or effective_to >= ${day}::date)),
  min(effective_from) filter (where effective_from > ${day}::date),
  max(effective_from))`;

/** Sorts the row in force first, by the rule of {@link headFrom}. */
export const headFirst = (table: string, day: string): RawBuilder<unknown> => {
  const from = sql.ref(`${table}.effective_from`);
  const to = sql.ref(`${table}.effective_to`);
  return sql`(${from} <= ${day}::date and (${to} is null or ${to} >= ${day}::date)) desc,
    case when ${from} > ${day}::date then ${from} end, ${from} desc`;
};

/** A post is over on the day after this; null while it is open. Of its last row. */
export const LAST_DAY = sql.raw(
  `case when status like 'TERM%' then effective_from else coalesce(end_date, effective_to) end`,
);

/** Leaves out every staged row but the first among those of one record that begin on the same day. */
export async function rejectOverlaps(
  { db, staged }: ApplyContext,
  table: 'stage_person' | 'stage_assignment',
  id: 'esr_person_id' | 'esr_assignment_id',
): Promise<void> {
  const column = sql.ref(id);
  await sql`
    with twice as (
      select ${column} as id, effective_from, min(line) as line from ${staged(table)}
      group by 1, 2 having count(*) > 1),
    bad as (
      delete from ${staged(table)} p using twice t
      where p.${column} = t.id and p.effective_from = t.effective_from and p.line > t.line
      returning p.line, p.effective_from)
    insert into import_fault (line, field, code, value)
    select line, 'effectiveFrom', 'effective_rows_overlap', effective_from::text from bad`.execute(
    db,
  );
}
