/** What matching keeps of the staff record, in PostgreSQL. */
import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { z } from 'zod';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { OrganisationReading, PeopleStore } from '../domain/people-store.ts';
import type { StaffPerson } from '../domain/staff.ts';
import { textArray } from './statements.ts';

/** People in one statement. */
const CHUNK = 2_000;

const registration = z.object({ body: z.string(), number: z.string() });

const employment = z.object({
  odsCode: z.string(),
  employeeNumber: z.string(),
  personType: z.string().exactOptional(),
  startedOn: z.string().exactOptional(),
  jobRole: z.string().exactOptional(),
  jobTitle: z.string().exactOptional(),
});

const person = z.object({
  id: z.string(),
  familyName: z.string(),
  previousFamilyNames: z.array(z.string()),
  givenName: z.string().exactOptional(),
  middleName: z.string().exactOptional(),
  preferredName: z.string().exactOptional(),
  workEmail: z.string().exactOptional(),
  workPhones: z.array(z.string()),
  smartcardId: z.string().exactOptional(),
  registrations: z.array(registration),
  employments: z.array(employment),
});

const organisation = z
  .object({
    ods_code: z.string(),
    closed: z.boolean(),
    changes_from: z.coerce.date().nullable(),
    whole_read_at: z.coerce.date().nullable(),
    reading_since: z.coerce.date().nullable(),
    reading_after: z.string().nullable(),
  })
  .transform((row): OrganisationReading => ({
    odsCode: row.ods_code,
    closed: row.closed,
    ...(row.changes_from === null ? {} : { changesFrom: row.changes_from }),
    ...(row.whole_read_at === null ? {} : { wholeReadAt: row.whole_read_at }),
    ...(row.reading_since === null
      ? {}
      : {
          reading: {
            since: row.reading_since,
            ...(row.reading_after === null ? {} : { after: row.reading_after }),
          },
        }),
  }));

/** Codes of the organisations that are closed. */
export async function readClosed(db: QueryExecutorProvider): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ ods_code: string }>`
    select ods_code from nhsmail.staff_organisation where closed`.execute(db);
  return new Set(rows.map(({ ods_code }) => ods_code));
}

/** People kept in the schema `nhsmail`. */
export function postgresPeople<Tables>(db: Kysely<Tables>): PeopleStore {
  return {
    readOrganisations: () =>
      orUnavailable(async () => {
        await sql`
          insert into nhsmail.staff_organisation (ods_code)
          with recursive code (ods_code) as (
            (select ods_code from nhsmail.account where ods_code is not null order by ods_code limit 1)
            union all
            select (select a.ods_code from nhsmail.account a where a.ods_code > code.ods_code
              order by a.ods_code limit 1)
            from code where code.ods_code is not null)
          select ods_code from code where ods_code is not null
          on conflict do nothing`.execute(db);
        const { rows } = await sql`
          select ods_code, closed, changes_from, whole_read_at, reading_since, reading_after
          from nhsmail.staff_organisation order by ods_code`.execute(db);
        return rows.map((row) => organisation.parse(row));
      }),
    readClosed: () => orUnavailable(() => readClosed(db)),
    saveOrganisation: (saved) => orUnavailable(() => saveOrganisation(db, saved)),
    upsert: async (people, at) => {
      let changed = 0;
      for (let from = 0; from < people.length; from += CHUNK) {
        changed += await orUnavailable(() => upsert(db, people.slice(from, from + CHUNK), at));
      }
      return changed;
    },
    markGone: (ids, at) => orUnavailable(() => markGone(db, ids, at)),
    findUnseen: (odsCode, since) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ id: string }>`
          select id from nhsmail.person where gone_at is null
            and ods_codes @> array[${odsCode}::text] and seen_at < ${since}::timestamptz`.execute(
          db,
        );
        return rows.map(({ id }) => id);
      }),
    saveJoined: (joined) =>
      orUnavailable(async () => {
        // Whoever the links of an id are of now, or were until now, is matched again.
        await sql`
          with said as (
            select id, "joinedTo" as joined_to
            from jsonb_to_recordset(${JSON.stringify(joined)}::jsonb) as said (id text, "joinedTo" text)
          ), before as (
            select p.id, p.joined_to from nhsmail.person p join said on said.id = p.id
            where p.joined_to is distinct from said.joined_to
          ), joined as (
            update nhsmail.person p set joined_to = said.joined_to from said
            where p.id = said.id and p.gone_at is not null and p.joined_to is distinct from said.joined_to
            returning p.id, p.joined_to
          )
          insert into nhsmail.to_match (side, record_id)
          select 'PERSON', joined_to from joined
          union select 'PERSON', before.joined_to from before join joined using (id)
            where before.joined_to is not null
          on conflict (side, record_id) do update set noted_at = excluded.noted_at`.execute(db);
      }),
    findJoined: () =>
      orUnavailable(async () => {
        const { rows } = await sql<{ id: string }>`
          select id from nhsmail.person where joined_to is not null order by id`.execute(db);
        return rows.map(({ id }) => id);
      }),
    findByIds: (ids) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ record: unknown }>`
          select record from nhsmail.person where gone_at is null
            and id = any(${textArray(ids)})`.execute(db);
        return new Map(rows.map(({ record }) => personOf(record)).map((one) => [one.id, one]));
      }),
    async *readPages() {
      let last = '';
      for (;;) {
        const from = last;
        const { rows } = await orUnavailable(() =>
          sql<{ record: unknown }>`
            select record from nhsmail.person where gone_at is null and id > ${from}
            order by id limit ${CHUNK}`.execute(db),
        );
        const people = rows.map(({ record }) => personOf(record));
        if (people.length > 0) yield people;
        last = people.at(-1)?.id ?? '';
        if (people.length < CHUNK) return;
      }
    },
  };
}

/** The person of a record. */
export const personOf = (record: unknown): StaffPerson => person.parse(record);

async function upsert<Tables>(
  db: Kysely<Tables>,
  people: readonly StaffPerson[],
  at: Date,
): Promise<number> {
  // Of two records with one id the later counts.
  const byId = new Map(people.map((one) => [one.id, one]));
  const rows = JSON.stringify(
    [...byId.values()].map((one) => ({
      id: one.id,
      record: one,
      ods_codes: [...new Set(one.employments.map(({ odsCode }) => odsCode))],
    })),
  );
  const written = await sql<{ changed: number }>`
    with incoming as (
      select incoming.id, incoming.record, incoming.ods_codes
      from jsonb_to_recordset(${rows}::jsonb) as incoming (id text, record jsonb, ods_codes text[])
    ), changed as (
      select incoming.id from incoming left join nhsmail.person known on known.id = incoming.id
      where known.id is null or known.gone_at is not null or known.record <> incoming.record
    ), written as (
      insert into nhsmail.person (id, record, ods_codes, seen_at)
      select id, record, ods_codes, ${at}::timestamptz from incoming
      on conflict (id) do update set record = excluded.record, ods_codes = excluded.ods_codes,
        seen_at = excluded.seen_at, gone_at = null, joined_to = null
    ), places as (
      insert into nhsmail.staff_organisation (ods_code)
      select distinct unnest(ods_codes) from incoming on conflict do nothing
    ), noted as (
      insert into nhsmail.to_match (side, record_id) select 'PERSON', id from changed
      union select 'PERSON', p.joined_to from nhsmail.person p join changed using (id)
        where p.joined_to is not null
      on conflict (side, record_id) do update set noted_at = excluded.noted_at
    )
    select count(*)::integer as changed from changed`.execute(db);
  return written.rows[0]?.changed ?? 0;
}

async function markGone<Tables>(
  db: Kysely<Tables>,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  await sql`
    with gone as (
      update nhsmail.person set gone_at = ${at}::timestamptz
      where gone_at is null and id = any(${textArray(ids)}) returning id
    )
    insert into nhsmail.to_match (side, record_id) select 'PERSON', id from gone
    on conflict (side, record_id) do update set noted_at = excluded.noted_at`.execute(db);
}

async function saveOrganisation<Tables>(
  db: Kysely<Tables>,
  { odsCode, closed, changesFrom, wholeReadAt, reading }: OrganisationReading,
): Promise<void> {
  await sql`
    with known as (
      select closed from nhsmail.staff_organisation where ods_code = ${odsCode}
    ), saved as (
      insert into nhsmail.staff_organisation
        (ods_code, closed, changes_from, whole_read_at, reading_since, reading_after)
      values (${odsCode}, ${closed}, ${changesFrom ?? null}::timestamptz,
        ${wholeReadAt ?? null}::timestamptz, ${reading?.since ?? null}::timestamptz, ${reading?.after ?? null})
      on conflict (ods_code) do update set closed = excluded.closed,
        changes_from = excluded.changes_from, whole_read_at = excluded.whole_read_at,
        reading_since = excluded.reading_since, reading_after = excluded.reading_after
    )
    insert into nhsmail.to_match (side, record_id)
    select 'ACCOUNT', a.id from nhsmail.account a
    where a.ods_code = ${odsCode} and coalesce((select closed from known), false) <> ${closed}::boolean
    on conflict (side, record_id) do update set noted_at = excluded.noted_at`.execute(db);
}
