/** Findings, warnings and what organisations are told of them, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import type { DeletionWarning } from '../domain/lifecycle/deletion.ts';
import { type Finding, findingKey } from '../domain/lifecycle/finding.ts';
import type { RoundScope, RoundSummary } from '../domain/lifecycle/ports.ts';

/** Rows in one statement. */
const CHUNK = 1_000;

/** See `LifecycleRound.keep`. */
export async function keepFindings(
  db: Kysely<unknown>,
  scope: RoundScope,
  {
    findings,
    warnings,
  }: { readonly findings: readonly Finding[]; readonly warnings: readonly DeletionWarning[] },
  at: Date,
): Promise<RoundSummary> {
  await sql`
    create temporary table found_now (
      key text primary key, kind text, ods_code text, account_id text, staff_id text, since timestamptz,
      works_at text[], deceased boolean, owners_left text[], owners_left_over text[],
      delete_due_at timestamptz) on commit drop`.execute(db);
  for (const chunk of inChunks(findings)) {
    const rows = chunk.map((finding) => ({ key: findingKey(finding), ...finding }));
    await sql`
      insert into found_now
      select key, kind, "odsCode", "accountId", "staffId", since, "worksAt", deceased, "ownersLeft",
        "ownersLeftOver", "deleteDueAt"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (key text, kind text,
        "odsCode" text, "accountId" text, "staffId" text, since timestamptz, "worksAt" text[],
        deceased boolean, "ownersLeft" text[], "ownersLeftOver" text[], "deleteDueAt" timestamptz)
      on conflict do nothing`.execute(db);
  }
  const ended = await end(db, scope, at);
  await sql`
    update nhsmail.directory_finding f set staff_id = n.staff_id, works_at = n.works_at,
      deceased = n.deceased, owners_left = n.owners_left, owners_left_over = n.owners_left_over,
      delete_due_at = n.delete_due_at, since = coalesce(n.since, f.since)
    from found_now n
    where f.key = n.key and f.ended_at is null
      and (f.staff_id, f.works_at, f.deceased, f.owners_left, f.owners_left_over, f.delete_due_at, f.since)
        is distinct from (n.staff_id, n.works_at, n.deceased, n.owners_left, n.owners_left_over,
          n.delete_due_at, coalesce(n.since, f.since))`.execute(db);
  const { rows: opened } = await sql`
    with opened as (
      insert into nhsmail.directory_finding (key, kind, ods_code, account_id, staff_id, since, works_at,
        deceased, owners_left, owners_left_over, delete_due_at, opened_at)
      select key, kind, ods_code, account_id, staff_id, coalesce(since, ${at}::timestamptz), works_at,
        deceased, owners_left, owners_left_over, delete_due_at, ${at}::timestamptz
      from found_now n
      where not exists (select from nhsmail.directory_finding f
        where f.key = n.key and f.ended_at is null)
      order by coalesce(since, ${at}::timestamptz), key
      returning *)
    insert into nhsmail.directory_event (type, ods_code, kind, account_id, staff_id, deceased,
      delete_due_at, at)
    select 'FINDING_OPENED', ods_code, kind, account_id, staff_id, deceased, delete_due_at, opened_at
    from opened order by id returning id`.execute(db);
  const warned = await warn(db, warnings, at);
  await sql`drop table found_now`.execute(db);
  return { opened: opened.length, ended, warned };
}

async function end(db: Kysely<unknown>, scope: RoundScope, at: Date): Promise<number> {
  const within =
    scope.kind === 'everything'
      ? sql`true`
      : sql`(f.account_id in (select jsonb_array_elements_text(${JSON.stringify(scope.accountIds)}::jsonb))
          or (f.account_id is null
            and f.staff_id in (select jsonb_array_elements_text(${JSON.stringify(scope.staffIds)}::jsonb))))`;
  const { rows } = await sql`
    with ended as (
      update nhsmail.directory_finding f set ended_at = ${at}::timestamptz
      where f.ended_at is null and ${within} and f.key not in (select key from found_now)
      returning *)
    insert into nhsmail.directory_event (type, ods_code, kind, account_id, staff_id, deceased, at)
    select 'FINDING_ENDED', ods_code, kind, account_id, staff_id, deceased, ended_at
    from ended order by id returning id`.execute(db);
  return rows.length;
}

/** Each day of a deletion once, and none after a later one. */
async function warn(
  db: Kysely<unknown>,
  warnings: readonly DeletionWarning[],
  at: Date,
): Promise<number> {
  let count = 0;
  for (const chunk of inChunks(warnings)) {
    const { rows } = await sql<{ readonly account_id: string }>`
      with due as (
        select * from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as x ("accountId" text,
          day integer, "markedAt" timestamptz, "dueAt" timestamptz, "odsCodes" jsonb, "staffId" text)),
      fresh as (
        insert into nhsmail.deletion_warning (account_id, marked_at, day, warned_at)
        select "accountId", "markedAt", day, ${at}::timestamptz from due
        where not exists (select from nhsmail.deletion_warning w
          where w.account_id = due."accountId" and w.marked_at = due."markedAt" and w.day >= due.day)
        on conflict do nothing returning account_id)
      insert into nhsmail.directory_event (type, ods_code, account_id, staff_id, day, delete_due_at, at)
      select 'DELETION_NEAR', o.ods_code, due."accountId", due."staffId", due.day, due."dueAt",
        ${at}::timestamptz
      from due join fresh on fresh.account_id = due."accountId"
      cross join lateral jsonb_array_elements_text(due."odsCodes") o (ods_code)
      order by due."accountId", o.ods_code returning account_id`.execute(db);
    count += new Set(rows.map((row) => row.account_id)).size;
  }
  return count;
}

function* inChunks<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK);
}
