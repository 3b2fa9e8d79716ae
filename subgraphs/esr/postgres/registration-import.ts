/** Brings a registrations feed into the records. What was checked earlier than what is known changes nothing. */
import { sql } from 'kysely';

import type { ImportCounts } from '../domain/import-run.ts';
import type { RegistrationRow } from '../domain/records.ts';
import { feedCounts, matchEmployees } from './feed-staff.ts';
import type { ApplyContext, FileKindImport } from './file-kind-import.ts';

const TABLE = 'stage_registration';

/** Registrations. */
export const registrationImport: FileKindImport<RegistrationRow> = {
  tables: {
    [TABLE]: [
      'line',
      'employee_number',
      'body',
      'number',
      'status',
      'type',
      'first_registered',
      'expires_on',
      'last_checked_at',
    ],
  },
  toStage: (row) => [
    TABLE,
    [
      row.line,
      row.employeeNumber,
      row.body,
      row.number,
      row.status,
      row.type,
      row.firstRegistered,
      row.expiresOn,
      row.lastCheckedAt,
    ],
  ],
  apply: applyRegistrations,
};

const CONTENT = ['status', 'type', 'first_registered', 'expires_on'];
const content = (table: string) =>
  sql.raw(`(${CONTENT.map((column) => `${table}.${column}`).join(', ')})`);

/**
 * A registration may be in the feeds of two employers that are imported at the same time. Each first adds, and then locks,
 * in the order of the registrations: they wait for each other where they share one, never in a circle.
 */
async function applyRegistrations(context: ApplyContext): Promise<ImportCounts> {
  const { db } = context;
  await matchEmployees(context, TABLE);
  await sql`create temporary table feed_added (body text, number text) on commit drop`.execute(db);
  await sql`
    with claimed as (
      select *, first_value(person_id) over (partition by body, number order by line) as claimant from feed_row
    ), added as (
      insert into esr.registration (body, number, staff_id, status, type, first_registered, expires_on, last_checked_at)
      select distinct on (body, number) body, number, staff_id, status, type, first_registered, expires_on, last_checked_at
      from claimed where person_id = claimant
      order by body, number, last_checked_at desc, line desc
      on conflict (body, number) do nothing
      returning body, number
    )
    insert into feed_added select body, number from added`.execute(db);
  await sql`
    select count(*) from (
      select r.body from esr.registration r
      where (r.body, r.number) in (select body, number from feed_row except select body, number from feed_added)
      order by r.body, r.number for update
    ) locked`.execute(db);
  await sql`
    insert into import_fault (line, field, code, value)
    select f.line, 'registrationNumber', 'registration_in_use', f.number
    from feed_row f join esr.registration r using (body, number) join esr.staff h on h.id = r.staff_id
    where h.person_id <> f.person_id`.execute(db);
  await sql`
    create temporary table feed_change on commit drop as
    select distinct on (f.body, f.number) f.*, r.status as status_before, r.last_checked_at as checked_before,
      a.body is not null as is_new, ${content('f')} is distinct from ${content('r')} as is_changed
    from feed_row f
    join esr.registration r on r.body = f.body and r.number = f.number
    join esr.staff h on h.id = r.staff_id and h.person_id = f.person_id
    left join feed_added a on a.body = f.body and a.number = f.number
    where f.last_checked_at >= r.last_checked_at
    order by f.body, f.number, f.last_checked_at desc, f.line desc`.execute(db);
  await sql`
    update esr.registration r set status = c.status, type = c.type, first_registered = c.first_registered,
      expires_on = c.expires_on, last_checked_at = c.last_checked_at,
      changed_at = case when c.is_changed then now() else r.changed_at end
    from feed_change c
    where r.body = c.body and r.number = c.number and not c.is_new
      and (c.is_changed or c.last_checked_at > c.checked_before)`.execute(db);
  await sql`
    insert into esr.registration_version (body, number, read_from, status, type, first_registered, expires_on)
    select body, number, last_checked_at, status, type, first_registered, expires_on
    from feed_change where is_new or is_changed
    on conflict (body, number, read_from) do update set status = excluded.status, type = excluded.type,
      first_registered = excluded.first_registered, expires_on = excluded.expires_on`.execute(db);
  await sql`
    insert into import_event (type, staff_id)
    select 'registration-status-changed-1', staff_id from feed_change
    where is_new or status <> status_before order by line`.execute(db);
  const { rows } = await sql<{ added: number; changed: number; rows: number }>`
    select count(*) filter (where is_new) as added, count(*) filter (where is_changed and not is_new) as changed,
      (select count(*) from feed_row f join esr.registration r using (body, number)
        join esr.staff h on h.id = r.staff_id and h.person_id = f.person_id) as rows
    from feed_change`.execute(db);
  const [counted = { added: 0, changed: 0, rows: 0 }] = rows;
  return feedCounts({ added: counted.added, changed: counted.changed }, counted.rows);
}
