/** What matching changed records asks and writes, in PostgreSQL. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';

import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import { KEPT_PLAN } from '../../../runtime/kept-plans.ts';
import type {
  Around,
  Changes,
  ChangeStore,
  MatchedChanges,
  PresentRecords,
  Surroundings,
} from '../domain/change-store.ts';
import type { KeyedRecord } from '../domain/match-index.ts';
import { currentPair } from '../domain/links.ts';
import { accountOf } from './account-row.ts';
import { CANDIDATE_COLUMNS, candidateJson, candidateOf } from './candidate-row.ts';
import { applyIn, standingAround } from './links.ts';
import { ACCOUNTS_POSITION } from './match-index.ts';
import { LAST_RUN, takeLease } from './match-runs.ts';
import { personOf } from './people.ts';
import { lockLedger, statementColumns, statementOf, textArray } from './statements.ts';
import type { NhsmailTables } from './tables.ts';

const state = z
  .object({
    model_id: z.number().nullable(),
    run_id: z.string().nullable(),
    at: z.coerce.date().nullable(),
    last: z
      .object({
        id: z.string(),
        state: z.enum(['DONE', 'STOPPED', 'CONFIRMED']),
        linksBefore: z.number(),
        lost: z.number(),
      })
      .nullable(),
    closed: z.array(z.string()),
  })
  .transform(({ model_id, run_id, at, last, closed }) => ({
    matchedWith:
      model_id === null || run_id === null || at === null
        ? undefined
        : { modelId: model_id, run: run_id, at },
    last: last ?? undefined,
    closed: new Set(closed),
  }));
const noted = z.object({
  side: z.enum(['PERSON', 'ACCOUNT']),
  id: z.string(),
  notedAt: z.string(),
});
const presence = z.object({ is_person_there: z.boolean(), is_account_there: z.boolean() });

/** One row of an answer that is made of several lists. */
const listed = z.object({
  kind: z.enum(['STATE', 'NOTED', 'PERSON', 'ACCOUNT', 'CANDIDATE', 'STATEMENT', 'CASE']),
  value: z.unknown(),
});
type Kind = z.infer<typeof listed>['kind'];

/** Changes kept in the schema `nhsmail`. */
export function postgresChanges(db: Kysely<NhsmailTables>): ChangeStore {
  const ask = (question: RawBuilder<unknown>) =>
    orUnavailable(async () => listsOf((await planned(question).execute(db)).rows));
  return {
    take: async (holder, limits) => {
      const lists = await ask(taking(holder, limits));
      const [first] = lists.of('STATE', (value) => state.parse(value));
      return first === undefined
        ? undefined
        : ({
            ...first,
            noted: lists.of('NOTED', (value) => noted.parse(value)),
            candidates: lists.of('CANDIDATE', candidateOf),
            ...recordsOf(lists),
          } satisfies Changes);
    },
    findByKeys: async ({ ofPeople, ofAccounts }, around) => {
      const lists = await ask(sql`
        ${people(holdersOf('person_key', ofPeople))}
        union all ${accounts(holdersOf('account_key', ofAccounts))}
        union all ${surroundings(around)}`);
      return { ...recordsOf(lists), surroundings: surroundingsOf(lists) };
    },
    readAround: async (around) => surroundingsOf(await ask(surroundings(around))),
    write: ({ outcome, ...changes }, { holder, isLast, ...by }) =>
      orUnavailable(() => {
        const settle = settling(changes, { holder, isLast });
        if (outcome === undefined) return isWritten(db, settle);
        return db.transaction().execute(async (transaction) => {
          // The ledger first: whoever decides about a case locks in the same order.
          await lockLedger(transaction);
          if (!(await isWritten(transaction, settle))) return false;
          await applyIn(transaction, outcome, by);
          return true;
        });
      }),
  };
}

/** These statements are long: planning one of them takes longer than running it. */
const planned = (statement: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`${sql.raw(KEPT_PLAN)}${statement}`;

function listsOf(rows: readonly unknown[]) {
  const byKind = Map.groupBy(
    rows.map((row) => listed.parse(row)),
    ({ kind }) => kind,
  );
  return {
    of: <Item>(kind: Kind, read: (value: unknown) => Item): readonly Item[] =>
      (byKind.get(kind) ?? []).map(({ value }) => read(value)),
  };
}

type Lists = ReturnType<typeof listsOf>;

const recordsOf = (lists: Lists): PresentRecords => ({
  people: new Map(lists.of('PERSON', personOf).map((person) => [person.id, person])),
  accounts: new Map(lists.of('ACCOUNT', accountOf).map((account) => [account.id, account])),
});

const people = (ids: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select 'PERSON' as kind, record as value from nhsmail.person
  where gone_at is null and id = any(${ids})`;

const accounts = (ids: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select 'ACCOUNT', to_jsonb(a) from (
    select id, source, entry, read_at, null as as_of, changed_at, gone_at from nhsmail.account
    where gone_at is null and id = any(${ids})) a`;

const candidates = (
  staffIds: RawBuilder<unknown>,
  accountIds: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`
  select 'CANDIDATE' as kind, to_jsonb(c) as value from (
    select ${sql.raw(CANDIDATE_COLUMNS)} from nhsmail.candidate
    where staff_id = any(${staffIds}) or account_id = any(${accountIds})) c`;

const holdersOf = (
  table: 'person_key' | 'account_key',
  keys: readonly number[],
): RawBuilder<unknown> => sql`
  array(select id from ${sql.table(`nhsmail.${table}`)} where keys && ${`{${keys.join(',')}}`}::bigint[])`;

/** Everything that {@link ChangeStore.take} reads and writes. */
function taking(
  holder: string,
  limits: { readonly seconds: number; readonly records: number; readonly accounts: number },
): RawBuilder<unknown> {
  const ids = (side: 'PERSON' | 'ACCOUNT') =>
    sql`array(select record_id from due where side = ${sql.lit(side)})`;
  // Who is on the list already stays on it as it is: another may have put it there after what is read here.
  return sql`
    with lease as (${takeLease(holder, limits.seconds)}),
    state as (
      select m.model_id, m.run_id, m.at, to_jsonb(l) as last, l.state as last_state
      from nhsmail.matched_with m left join lateral (
        select id, state, links_before as "linksBefore", lost from nhsmail.match_run
        ${LAST_RUN}) l on true),
    free as (select from lease, state where last_state is distinct from 'STOPPED'),
    moved as (
      select id, change from nhsmail.account
      where exists (select from free) and change > coalesce((
        select position::bigint from nhsmail.match_position where name = ${ACCOUNTS_POSITION}), 0)
      order by change limit ${limits.accounts}),
    followed as (
      insert into nhsmail.match_position (name, position)
      select ${ACCOUNTS_POSITION}, max(change)::text from moved having count(*) > 0
      on conflict (name) do update set position = excluded.position),
    added as (
      insert into nhsmail.to_match (side, record_id) select 'ACCOUNT', id from moved
      on conflict (side, record_id) do nothing returning side, record_id, noted_at),
    due as (
      select side, record_id, noted_at from (
        (select side, record_id, noted_at from nhsmail.to_match where exists (select from free)
          order by noted_at limit ${limits.records})
        union all select side, record_id, noted_at from added) waiting
      order by noted_at limit ${limits.records})
    ${people(ids('PERSON'))}
    union all ${accounts(ids('ACCOUNT'))}
    union all ${candidates(ids('PERSON'), ids('ACCOUNT'))}
    union all
    select 'NOTED', jsonb_build_object('side', side, 'id', record_id, 'notedAt', noted_at::text)
    from due
    union all
    select 'STATE', jsonb_build_object('model_id', model_id, 'run_id', run_id, 'at', at, 'last', last,
      'closed', array(select ods_code from nhsmail.staff_organisation where closed))
    from lease left join state on true`;
}

function surroundings({ staffIds, accountIds }: Around): RawBuilder<unknown> {
  const [staff, account] = [textArray(staffIds), textArray(accountIds)];
  return sql`
    ${candidates(staff, account)}
    union all
    select 'STATEMENT', to_jsonb(s) || jsonb_build_object(
      'is_person_there', exists (
        select from nhsmail.person_key k where k.id = coalesce(s.joined_to, s.staff_id)),
      'is_account_there', exists (select from nhsmail.account_key k where k.id = s.account_id))
    from (select ${statementColumns({ contradicted: false })} from nhsmail.link l
      where ${standingAround({ staffIds, accountIds })}) s
    union all
    select 'CASE', null from nhsmail.matching_case where closed_at is null and not begun
      and source = 'MATCHING' and (staff_id = any(${staff}) or account_id = any(${account}))`;
}

const surroundingsOf = (lists: Lists): Surroundings => ({
  candidates: lists.of('CANDIDATE', candidateOf),
  statements: lists.of('STATEMENT', (value) => {
    const statement = statementOf(value);
    const there = presence.parse(value);
    return {
      statement,
      staffId: currentPair(statement).staffId,
      isPersonThere: there.is_person_there,
      isAccountThere: there.is_account_there,
    };
  }),
  haveCases: lists.of('CASE', () => undefined).length > 0,
});

async function isWritten(db: Kysely<NhsmailTables>, settle: RawBuilder<unknown>): Promise<boolean> {
  return (await planned(settle).execute(db)).rows.length > 0;
}

/** Everything but the ledger, in one statement that does nothing unless the right to match is held. */
function settling(
  { noted, peopleKeys, accountKeys, candidates: found }: Omit<MatchedChanges, 'outcome'>,
  { holder, isLast }: { readonly holder: string; readonly isLast: boolean },
): RawBuilder<unknown> {
  const changed = (side: 'PERSON' | 'ACCOUNT') =>
    textArray(noted.filter((one) => one.side === side).map(({ id }) => id));
  const values = sql.raw(
    CANDIDATE_COLUMNS.split(', ')
      .map((column) => `${column} = excluded.${column}`)
      .join(', '),
  );
  return sql`
    with mine as (${
      isLast
        ? sql`delete from nhsmail.matching_lease where held_by = ${holder}::uuid returning held_by`
        : sql`select held_by from nhsmail.matching_lease where held_by = ${holder}::uuid for update`
    }),
    settled as (
      delete from nhsmail.to_match t
      using jsonb_to_recordset(${JSON.stringify(noted)}::jsonb)
        as done (side text, id text, "notedAt" timestamptz)
      where exists (select from mine) and t.side = done.side and t.record_id = done.id
        and t.noted_at = done."notedAt"),
    ${keying('person_key', peopleKeys)}
    ${keying('account_key', accountKeys)}
    found as (
      select * from jsonb_to_recordset(${JSON.stringify(found.map(candidateJson))}::jsonb) as found (
        staff_id text, account_id text, bits double precision, certain text[], same_name boolean,
        same_given_name boolean, against text[], is_user boolean, is_closed boolean, ods_code text,
        employer text, is_employed_there boolean, evidence jsonb)),
    lost as (
      delete from nhsmail.candidate c
      where exists (select from mine)
        and (c.staff_id = any(${changed('PERSON')}) or c.account_id = any(${changed('ACCOUNT')}))
        and not exists (select from found f
          where f.staff_id = c.staff_id and f.account_id = c.account_id)),
    kept as (
      insert into nhsmail.candidate as c (${sql.raw(CANDIDATE_COLUMNS)})
      select ${sql.raw(CANDIDATE_COLUMNS)} from found where exists (select from mine)
      on conflict (staff_id, account_id) do update set ${values}
      where to_jsonb(c) is distinct from to_jsonb(excluded))
    select held_by from mine`;
}

/** Parts of a statement that write the keys of one side. */
function keying(
  name: 'person_key' | 'account_key',
  records: readonly KeyedRecord[],
): RawBuilder<unknown> {
  if (records.length === 0) return sql``;
  const table = sql.table(`nhsmail.${name}`);
  const [keyed, written, dropped] = ['keyed', 'written', 'dropped'].map((part) =>
    sql.id(`${name}_${part}`),
  );
  return sql`
    ${keyed} as (
      select id, keys from jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
        as keyed (id text, keys bigint[])
      where exists (select from mine)),
    ${written} as (
      insert into ${table} as k (id, keys) select id, keys from ${keyed} where cardinality(keys) > 0
      on conflict (id) do update set keys = excluded.keys where k.keys <> excluded.keys),
    ${dropped} as (
      delete from ${table} k using ${keyed} keyed
      where k.id = keyed.id and cardinality(keyed.keys) = 0),`;
}
