/** Where organisations stand between staff records and directory, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import { FINDING_KINDS } from '../domain/lifecycle/finding.ts';
import type { OrganisationStanding } from '../domain/lifecycle/ports.ts';

const count = z.coerce.number();
const row = z
  .object({
    ods_code: z.string(),
    people: count,
    people_linked: count,
    accounts: count,
    accounts_linked: count,
    leavers_overdue: count,
    cases_open: count,
    cases_overdue: count,
    findings: z.array(
      z.object({ kind: z.enum(FINDING_KINDS), count: z.number(), oldest: z.coerce.date() }),
    ),
  })
  .transform((found): OrganisationStanding => ({
    odsCode: found.ods_code,
    counts: {
      people: found.people,
      peopleLinked: found.people_linked,
      accounts: found.accounts,
      accountsLinked: found.accounts_linked,
      leaversOverdue: found.leavers_overdue,
      casesOpen: found.cases_open,
      casesOverdue: found.cases_overdue,
    },
    findings: found.findings,
  }));

/** See `LifecycleStore.standings`. */
export async function readStandings(
  db: Kysely<unknown>,
  odsCode: string | undefined,
  at: Date,
): Promise<readonly OrganisationStanding[]> {
  const whose = (column: string) =>
    odsCode === undefined ? sql`true` : sql`${sql.ref(column)} = ${odsCode}`;
  const people = odsCode === undefined ? sql`true` : sql`p.ods_codes @> array[${odsCode}::text]`;
  const { rows } = await sql`
    with people as (
      select o.ods_code, count(*) as people,
        count(*) filter (where exists (select from nhsmail.current_link l
          where l.staff_id = p.id and l.assurance <> 'LIKELY')) as people_linked
      from nhsmail.person p cross join lateral unnest(p.ods_codes) o (ods_code)
      where ${people} and ${whose('o.ods_code')}
        and not exists (select from nhsmail.departure d
          where d.staff_id = p.id and d.ods_code = o.ods_code and not d.returned)
      group by 1),
    accounts as (
      select a.ods_code, count(*) as accounts,
        count(*) filter (where exists (select from nhsmail.current_link l
          where l.account_id = a.id and l.assurance <> 'LIKELY')) as accounts_linked
      from nhsmail.account a
      where ${whose('a.ods_code')} and a.ods_code is not null and a.kind = 'USER' and a.status = 'ACTIVE'
        and a.gone_at is null
      group by 1),
    kinds as (
      select f.ods_code, f.kind, count(*) as count, min(f.since) as oldest,
        count(*) filter (where f.kind = 'LEAVER_STILL_ACTIVE'
          and f.since < ${at}::timestamptz - interval '24 hours') as overdue
      from nhsmail.directory_finding f where f.ended_at is null and ${whose('f.ods_code')} group by 1, 2),
    findings as (
      select ods_code, sum(overdue) as leavers_overdue,
        jsonb_agg(jsonb_build_object('kind', kind, 'count', count, 'oldest', oldest) order by kind) as findings
      from kinds group by 1),
    cases as (
      select c.ods_code, count(*) as cases_open,
        count(*) filter (where c.due_at < ${at}::timestamptz) as cases_overdue
      from nhsmail.matching_case c where c.closed_at is null and ${whose('c.ods_code')} group by 1)
    select ods_code, coalesce(people, 0) as people, coalesce(people_linked, 0) as people_linked,
      coalesce(accounts, 0) as accounts, coalesce(accounts_linked, 0) as accounts_linked,
      coalesce(leavers_overdue, 0) as leavers_overdue, coalesce(cases_open, 0) as cases_open,
      coalesce(cases_overdue, 0) as cases_overdue, coalesce(findings, '[]') as findings
    from people full join accounts using (ods_code) full join findings using (ods_code)
      full join cases using (ods_code)
    order by ods_code`.execute(db);
  return rows.map((found) => row.parse(found));
}
