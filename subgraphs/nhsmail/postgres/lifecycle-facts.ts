/** What the rules of joiners, movers and leavers look at, out of the copy of the directory, the links and the staff records. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import type {
  AccountFacts,
  OwnerFacts,
  PersonFacts,
  PersonStanding,
} from '../domain/lifecycle/account-facts.ts';
import type { RoundScope } from '../domain/lifecycle/ports.ts';

/** Rows in one statement. */
const PAGE = 2_000;
/** How long an account that the directory no longer has can come back (NHSmail restores for 30 days). */
const RESTORABLE_DAYS = 30;

const kind = z.enum(['USER', 'SHARED', 'APPLICATION', 'CONTACT']);
const status = z.enum(['ACTIVE', 'LEAVER', 'INACTIVE', 'DISABLED']);
const moment = z.coerce.date();
const optionalMoment = moment.nullable().transform((value) => value ?? undefined);

const accountRow = z.object({
  id: z.string(),
  kind,
  status,
  ods_code: z.string().nullable(),
  created_at: optionalMoment,
  leaver_at: optionalMoment,
  delete_due_at: optionalMoment,
  gone: z.boolean(),
  owners: z.array(z.string()),
  staff_id: z.string().nullable(),
  undecided: z.boolean(),
});

/** Links that let somebody use an account. */
const accessLink = (alias: string): RawBuilder<unknown> => sql.raw(`nhsmail.current_link ${alias}`);
const isAccess = (alias: string): RawBuilder<unknown> => sql.raw(`${alias}.assurance <> 'LIKELY'`);

/** People and accounts have been compared with each other at least once. */
const isMatched = sql`exists (select from nhsmail.match_run r where r.kind = 'WHOLE' and r.state = 'DONE')`;

/** Somebody has yet to say whether it is one of a pair. */
const awaitsDecision = (column: 'account_id' | 'staff_id', id: string): RawBuilder<unknown> => sql`
  exists (select from nhsmail.case_candidate c join nhsmail.matching_case m on m.id = c.case_id
    where ${sql.ref(`c.${column}`)} = ${sql.ref(id)} and m.closed_at is null)`;

const ids = (values: readonly string[]): RawBuilder<unknown> =>
  sql`(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

/** Today where the staff are, as the records write days. */
const dayOf = (at: Date): RawBuilder<unknown> =>
  sql`to_char(${at}::timestamptz at time zone 'Europe/London', 'YYYY-MM-DD')`;

/** Employments that count, of the person in `p`: somebody else is no member of staff, or not yet. */
const employmentsOf = (at: Date): RawBuilder<unknown> => sql`
  jsonb_array_elements(p.record -> 'employments') e
  where coalesce(e ->> 'personType', '') not in ('APPLICANT', 'EX_EMPLOYEE')
    and coalesce(e ->> 'startedOn', '') <= ${dayOf(at)}
    and not exists (select from nhsmail.departure d
      where d.staff_id = p.id and d.ods_code = e ->> 'odsCode' and not d.returned)`;

/**
 * All accounts and people that a scope is about: accounts of its people and people of its accounts with it, as they are
 * linked now and as they were found.
 */
export async function widenScope(db: Kysely<unknown>, scope: RoundScope): Promise<RoundScope> {
  if (scope.kind === 'everything') return scope;
  const { rows } = await sql<{
    readonly account_id: string | null;
    readonly staff_id: string | null;
  }>`
    select account_id, staff_id from ${accessLink('l')}
    where ${isAccess('l')}
      and (staff_id in ${ids(scope.staffIds)} or account_id in ${ids(scope.accountIds)})
    union
    select account_id, staff_id from nhsmail.directory_finding
    where ended_at is null
      and (staff_id in ${ids(scope.staffIds)} or account_id in ${ids(scope.accountIds)})`.execute(
    db,
  );
  const both = (given: readonly string[], found: readonly (string | null)[]): readonly string[] => [
    ...new Set([...given, ...found.filter((one) => one !== null)]),
  ];
  return {
    kind: 'records',
    staffIds: both(
      scope.staffIds,
      rows.map((row) => row.staff_id),
    ),
    accountIds: both(
      scope.accountIds,
      rows.map((row) => row.account_id),
    ),
  };
}

/** See `LifecycleRound.readAccounts`. Put together in one go: page by page, every join would be made again. */
export async function* readAccountFacts(
  db: Kysely<unknown>,
  scope: RoundScope,
  at: Date,
): AsyncIterable<readonly AccountFacts[]> {
  const within = scope.kind === 'everything' ? sql`true` : sql`a.id in ${ids(scope.accountIds)}`;
  await sql`
    create temporary table account_now on commit drop as
    select row_number() over () as place, a.id, l.staff_id
    from nhsmail.account a
    left join ${accessLink('l')} on l.account_id = a.id and ${isAccess('l')}
    left join nhsmail.departure d on d.staff_id = l.staff_id and d.ods_code = a.ods_code
      and not d.returned
    left join nhsmail.staff_organisation o on o.ods_code = a.ods_code and o.closed
    where ${within} and a.status in ('ACTIVE', 'LEAVER')
      and (a.gone_at is null or a.gone_at > ${at}::timestamptz - ${RESTORABLE_DAYS} * interval '1 day')
      and (l.staff_id is not null or a.kind <> 'CONTACT')
      and (a.kind <> 'USER' or a.status = 'LEAVER' or l.staff_id is null or d.staff_id is not null
        or o.ods_code is not null)`.execute(db);
  await sql`create index on account_now (place)`.execute(db);
  for (let from = 1; ; from += PAGE) {
    const { rows: found } = await sql`
      select a.id, a.kind, a.status, a.ods_code, a.gone_at is not null as gone,
        coalesce((a.entry ->> 'createdAt')::timestamptz, un.since) as created_at,
        coalesce((a.entry ->> 'leaverMarkedAt')::timestamptz, le.since) as leaver_at,
        a.entry ->> 'deleteDueAt' as delete_due_at,
        case when a.kind = 'USER' then '[]' else coalesce(a.entry -> 'owners', '[]') end as owners,
        n.staff_id,
        n.staff_id is null and (
          exists (select from nhsmail.current_link k where k.account_id = a.id)
          -- Nobody has been looked for yet.
          or not ${isMatched}
          or not exists (select from nhsmail.staff_organisation o
            where o.ods_code = a.ods_code and o.whole_read_at is not null)
          or ${awaitsDecision('account_id', 'a.id')}
        ) as undecided
      from account_now n
      join nhsmail.account a on a.id = n.id
      left join nhsmail.noted_since un on un.what = 'ACCOUNT_UNLINKED' and un.subject = a.id
      left join nhsmail.noted_since le on le.what = 'LEAVER' and le.subject = a.id
      where n.place >= ${from} and n.place < ${from + PAGE}`.execute(db);
    if (found.length === 0) break;
    const rows = found.map((row) => accountRow.parse(row));
    await noteUndated(db, rows, at);
    yield await withPeople(db, rows, at);
  }
  await sql`drop table account_now`.execute(db);
}

type AccountRow = z.infer<typeof accountRow>;

/** What neither source dates counts from now on. */
async function noteUndated(
  db: Kysely<unknown>,
  rows: readonly AccountRow[],
  at: Date,
): Promise<void> {
  const marks = rows.flatMap(({ id, status: now, leaver_at, created_at, staff_id }) => [
    ...(now === 'LEAVER' && leaver_at === undefined ? [{ what: 'LEAVER', subject: id }] : []),
    ...(staff_id === null && created_at === undefined
      ? [{ what: 'ACCOUNT_UNLINKED', subject: id }]
      : []),
  ]);
  await note(db, marks, at);
}

async function note(
  db: Kysely<unknown>,
  marks: readonly { readonly what: string; readonly subject: string }[],
  at: Date,
): Promise<void> {
  if (marks.length === 0) return;
  await sql`insert into nhsmail.noted_since (what, subject, since)
    select what, subject, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as x (what text, subject text)
    on conflict do nothing`.execute(db);
}

/** Forgets since when something was so that is not so any more: a mark that is taken back and made again is new. */
export async function forgetNoted(db: Kysely<unknown>): Promise<void> {
  await sql`
    delete from nhsmail.noted_since n where
      (n.what = 'LEAVER' and exists (select from nhsmail.account a
        where a.id = n.subject and a.status <> 'LEAVER'))
      or (n.what = 'ACCOUNT_UNLINKED' and exists (select from ${accessLink('l')}
        where l.account_id = n.subject and ${isAccess('l')}))
      or (n.what = 'PERSON_UNLINKED' and exists (select from ${accessLink('l')}
        where l.staff_id = split_part(n.subject, ' ', 1) and ${isAccess('l')}))`.execute(db);
}

async function withPeople(
  db: Kysely<unknown>,
  rows: readonly AccountRow[],
  at: Date,
): Promise<readonly AccountFacts[]> {
  const owners = await readOwners(
    db,
    rows.flatMap((row) => row.owners),
  );
  const people = await readStandings(
    db,
    [...rows.map((row) => row.staff_id), ...[...owners.values()].map((one) => one.staff_id)],
    at,
  );
  const personOf = (staffId: string | null) => {
    const person = staffId === null ? undefined : people.get(staffId);
    return person === undefined ? {} : { person };
  };
  const ownerOf = (owner: string): OwnerFacts => {
    const account = owners.get(owner);
    if (account === undefined) return { accountId: owner };
    return {
      accountId: account.id,
      account: {
        status: account.status,
        ...(account.ods_code === null ? {} : { odsCode: account.ods_code }),
        ...personOf(account.staff_id),
      },
    };
  };
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    status: row.status,
    ...(row.ods_code === null ? {} : { odsCode: row.ods_code }),
    createdAt: row.created_at ?? at,
    ...(row.status === 'LEAVER' ? { leaverSince: row.leaver_at ?? at } : {}),
    ...(row.delete_due_at === undefined ? {} : { deleteDueAt: row.delete_due_at }),
    gone: row.gone,
    ...personOf(row.staff_id),
    undecided: row.undecided,
    owners: row.owners.map(ownerOf),
  }));
}

const ownerRow = z.object({
  owner: z.string(),
  id: z.string(),
  status,
  ods_code: z.string().nullable(),
  staff_id: z.string().nullable(),
});

async function readOwners(
  db: Kysely<unknown>,
  owners: readonly string[],
): Promise<ReadonlyMap<string, z.infer<typeof ownerRow>>> {
  if (owners.length === 0) return new Map();
  const { rows } = await sql`
    select o.owner, a.id, a.status, a.ods_code, l.staff_id
    from jsonb_array_elements_text(${JSON.stringify([...new Set(owners)])}::jsonb) o (owner)
    join nhsmail.account a on a.id = o.owner
    left join ${accessLink('l')} on l.account_id = a.id and ${isAccess('l')}`.execute(db);
  return new Map(rows.map((row) => ownerRow.parse(row)).map((row) => [row.owner, row]));
}

const standingRow = z.object({
  staff_id: z.string(),
  works_at: z.array(z.string()),
  departures: z.array(z.object({ odsCode: z.string(), knownAt: moment })),
  deceased: z.boolean(),
});

async function readStandings(
  db: Kysely<unknown>,
  staffIds: readonly (string | null)[],
  at: Date,
): Promise<ReadonlyMap<string, PersonStanding>> {
  const wanted = [...new Set(staffIds.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql`
    select s.id as staff_id,
      coalesce((select jsonb_agg(distinct e ->> 'odsCode' order by e ->> 'odsCode')
        from nhsmail.person p, ${employmentsOf(at)} and p.id = s.id), '[]') as works_at,
      coalesce((select jsonb_agg(jsonb_build_object('odsCode', d.ods_code, 'knownAt', d.known_at))
        from nhsmail.departure d where d.staff_id = s.id and not d.returned), '[]') as departures,
      exists (select from nhsmail.departure d
        where d.staff_id = s.id and not d.returned and d.deceased) as deceased
    from jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb) s (id)`.execute(db);
  return new Map(
    rows
      .map((row) => standingRow.parse(row))
      .map(({ staff_id: staffId, works_at: worksAt, departures, deceased }) => [
        staffId,
        { staffId, worksAt, departures, deceased: deceased && worksAt.length === 0 },
      ]),
  );
}

const personRow = z.object({
  id: z.string(),
  places: z.array(z.object({ odsCode: z.string(), since: optionalMoment })).nullable(),
});

/** See `LifecycleRound.readPeopleWithoutAccount`. */
export async function* readPeopleWithoutAccount(
  db: Kysely<unknown>,
  scope: RoundScope,
  at: Date,
): AsyncIterable<readonly PersonFacts[]> {
  const within = scope.kind === 'everything' ? sql`true` : sql`p.id in ${ids(scope.staffIds)}`;
  await sql`
    create temporary table person_now on commit drop as
    select row_number() over () as place, p.id
    from nhsmail.person p
    where ${within} and ${isMatched}
      and not exists (select from ${accessLink('l')} where l.staff_id = p.id)
      and not exists (select from nhsmail.person j join ${accessLink('l')} on l.staff_id = j.id
        where j.joined_to = p.id)
      and not ${awaitsDecision('staff_id', 'p.id')}`.execute(db);
  await sql`create index on person_now (place)`.execute(db);
  const { rows: read } = await sql<{ readonly ods_code: string }>`
    select o.ods_code from nhsmail.staff_organisation o
    where exists (select from nhsmail.account a where a.ods_code = o.ods_code)`.execute(db);
  const accountsAreRead = sql`e ->> 'odsCode' in ${ids(read.map((row) => row.ods_code))}`;
  for (let from = 1; ; from += PAGE) {
    const { rows: found } = await sql`
      select p.id, (
        select jsonb_agg(jsonb_build_object('odsCode', w.ods_code, 'since',
          coalesce(w.started_on::timestamptz, (select since from nhsmail.noted_since
            where what = 'PERSON_UNLINKED' and subject = p.id || ' ' || w.ods_code))))
        from (select e ->> 'odsCode' as ods_code, min(e ->> 'startedOn') as started_on
          from ${employmentsOf(at)} and ${accountsAreRead} group by 1 order by 1) w) as places
      from person_now n join nhsmail.person p on p.id = n.id
      where n.place >= ${from} and n.place < ${from + PAGE}`.execute(db);
    if (found.length === 0) break;
    const rows = found
      .map((row) => personRow.parse(row))
      .map(({ id, places }) => ({ id, places: places ?? [] }));
    await note(
      db,
      rows.flatMap(({ id, places }) =>
        places
          .filter(({ since }) => since === undefined)
          .map(({ odsCode }) => ({ what: 'PERSON_UNLINKED', subject: `${id} ${odsCode}` })),
      ),
      at,
    );
    yield rows.flatMap(({ id: staffId, places }) => {
      const worksAt = places.map(({ odsCode }) => odsCode);
      return places.map(({ odsCode, since }) => ({
        staffId,
        odsCode,
        startedAt: since ?? at,
        worksAt,
      }));
    });
  }
  await sql`drop table person_now`.execute(db);
}
