/** Whose the rows of a feed are. */
import { sql } from 'kysely';

import type { ImportCounts } from '../domain/import-run.ts';
import type { ApplyContext } from './file-kind-import.ts';

/**
 * Puts the staged rows into the temporary table `feed_row`, with `staff_id` and `person_id` of each. A row of an employee number that is
 * not known is a fault, and is not in it.
 */
export async function matchEmployees(
  { db, run, staged }: Pick<ApplyContext, 'db' | 'run' | 'staged'>,
  table: string,
): Promise<void> {
  // The employment that lasts longest has the number.
  await sql`
    create temporary table feed_staff on commit drop as
    select distinct on (e.employee_number) e.employee_number, e.staff_id, s.person_id
    from esr.employment e join esr.staff s on s.id = e.staff_id
    where e.ods_code = ${sql.lit(run.odsCode)}
    order by e.employee_number, e.ends_on desc nulls first`.execute(db);
  await sql`
    insert into import_fault (line, field, code, value)
    select s.line, 'employeeNumber', 'employee_unknown', s.employee_number from ${staged(table)} s
    where not exists (select from feed_staff e where e.employee_number = s.employee_number)`.execute(
    db,
  );
  await sql`
    create temporary table feed_row on commit drop as
    select s.*, e.staff_id, e.person_id from ${staged(table)} s join feed_staff e using (employee_number)`.execute(
    db,
  );
  await sql`analyze feed_row`.execute(db);
}

/** What one number of rows was counted as. */
export const feedCounts = (
  counts: Pick<ImportCounts, 'added' | 'changed'>,
  rows: number,
): ImportCounts => ({
  ...counts,
  unchanged: rows - counts.added - counts.changed,
  ended: 0,
  absent: 0,
});
