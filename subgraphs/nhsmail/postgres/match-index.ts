/** Keys and candidate pairs, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import { copyRows } from '../../../runtime/copy-rows.ts';
import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type { Candidate } from '../domain/compare-pair.ts';
import type {
  KeyedRecord,
  MatchIndex,
  MatchIndexDraft,
  MatchSide,
  NotedRecord,
  RecordIds,
} from '../domain/match-index.ts';
import { CANDIDATE_COLUMNS, candidateOf, candidateValues } from './candidate-row.ts';
import { lockLedger, textArray } from './statements.ts';

/** The name under which it is kept how far the accounts' changes have been followed. */
const POSITION = 'accounts';

const KEYS: Readonly<Record<MatchSide, string>> = { PERSON: 'person_key', ACCOUNT: 'account_key' };

const matchedWith = z.object({ modelId: z.number(), run: z.string(), at: z.coerce.date() });

/** The index kept in the schema `nhsmail`. */
export function postgresMatchIndex<Tables>(db: Kysely<Tables>): MatchIndex {
  return {
    readNoted: (limit) =>
      orUnavailable(async () => {
        const { rows } = await sql<NotedRecord>`
          select side, record_id as id, noted_at::text as "notedAt" from nhsmail.to_match
          order by noted_at, record_id limit ${limit}`.execute(db);
        return rows;
      }),
    noteAccounts: (ids, cursor) =>
      orUnavailable(async () => {
        await sql`
          with noted as (
            insert into nhsmail.to_match (side, record_id)
            select distinct 'ACCOUNT', value from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)
            on conflict (side, record_id) do update set noted_at = excluded.noted_at)
          insert into nhsmail.match_position (name, position) values (${POSITION}, ${cursor})
          on conflict (name) do update set position = excluded.position`.execute(db);
      }),
    readAccountCursor: () =>
      orUnavailable(async () => {
        const { rows } = await sql<{ position: string }>`
          select position from nhsmail.match_position where name = ${POSITION}`.execute(db);
        return rows[0]?.position;
      }),
    settle: (noted) =>
      orUnavailable(async () => {
        await sql`
          delete from nhsmail.to_match t
          using jsonb_to_recordset(${JSON.stringify(noted)}::jsonb)
            as done (side text, id text, "notedAt" timestamptz)
          where t.side = done.side and t.record_id = done.id and t.noted_at = done."notedAt"`.execute(
          db,
        );
      }),
    countNoted: () =>
      orUnavailable(async () => {
        const { rows } = await sql<{ waiting: number }>`
          select count(*)::integer as waiting from nhsmail.to_match`.execute(db);
        return rows[0]?.waiting ?? 0;
      }),

    writeKeys: (side, records) =>
      orUnavailable(async () => {
        const table = sql.table(`nhsmail.${KEYS[side]}`);
        const rows = JSON.stringify(records);
        await sql`
          with written as (
            insert into ${table} (id, keys)
            select id, keys from jsonb_to_recordset(${rows}::jsonb) as keyed (id text, keys bigint[])
            where cardinality(keys) > 0
            on conflict (id) do update set keys = excluded.keys where ${table}.keys <> excluded.keys)
          delete from ${table} k
          using jsonb_to_recordset(${rows}::jsonb) as keyed (id text, keys bigint[])
          where k.id = keyed.id and cardinality(keyed.keys) = 0`.execute(db);
      }),
    findByKeys: (side, keys) =>
      orUnavailable(async () => {
        if (keys.length === 0) return [];
        const { rows } = await sql<{ id: string }>`
          select id from ${sql.table(`nhsmail.${KEYS[side]}`)}
          where keys && ${keysText(keys)}::bigint[]`.execute(db);
        return rows.map(({ id }) => id);
      }),
    findPresent: (ids) =>
      orUnavailable(async () => {
        const { rows } = await sql<{ side: MatchSide; id: string }>`
          select 'PERSON' as side, id from nhsmail.person_key
          where id = any(${textArray(ids.staffIds)})
          union all
          select 'ACCOUNT', id from nhsmail.account_key
          where id = any(${textArray(ids.accountIds)})`.execute(db);
        const of = (wanted: MatchSide) =>
          new Set(rows.filter(({ side }) => side === wanted).map(({ id }) => id));
        return { staffIds: of('PERSON'), accountIds: of('ACCOUNT') };
      }),

    findCandidates: (ids) => findCandidates(db, 'candidate', ids),
    replaceCandidates: (of, candidates) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          await sql`
            delete from nhsmail.candidate
            where staff_id = any(${textArray(of.staffIds)})
              or account_id = any(${textArray(of.accountIds)})`.execute(transaction);
          if (candidates.length === 0) return;
          await copyRows(
            transaction,
            `nhsmail.candidate (${CANDIDATE_COLUMNS})`,
            candidates.map(candidateValues),
          );
        }),
      ),
    draft: () => orUnavailable(() => beginDraft(db)),
    readMatchedWith: () =>
      orUnavailable(async () => {
        const { rows } = await sql`
          select model_id as "modelId", run_id as run, at from nhsmail.matched_with`.execute(db);
        return rows[0] === undefined ? undefined : matchedWith.parse(rows[0]);
      }),
  };
}

const findCandidates = <Tables>(
  db: Kysely<Tables>,
  table: 'candidate' | 'next_candidate',
  ids: RecordIds,
): Promise<readonly Candidate[]> =>
  orUnavailable(async () => {
    const from = sql`select ${sql.raw(CANDIDATE_COLUMNS)} from ${sql.table(`nhsmail.${table}`)}`;
    const { rows } = await sql`
      ${from} where staff_id = any(${textArray(ids.staffIds)})
        or account_id = any(${textArray(ids.accountIds)})`.execute(db);
    return rows.map(candidateOf);
  });

const keysText = (keys: readonly number[]): string => `{${keys.join(',')}}`;

const DRAFTED = ['person_key', 'account_key', 'candidate'] as const;

/** Tables beside those in use. They get their indexes when they are full. */
async function beginDraft<Tables>(db: Kysely<Tables>): Promise<MatchIndexDraft> {
  const drop = async (transaction: Kysely<Tables>): Promise<void> => {
    for (const table of DRAFTED) {
      await sql`drop table if exists ${sql.table(`nhsmail.next_${table}`)}`.execute(transaction);
    }
  };
  const begun = await db.transaction().execute(async (transaction) => {
    // What somebody is deciding right now is noted before this moment: it has to be there when links are read.
    await lockLedger(transaction);
    await drop(transaction);
    for (const table of DRAFTED) {
      await sql`
        create table ${sql.table(`nhsmail.next_${table}`)}
        (like ${sql.table(`nhsmail.${table}`)} including defaults)`.execute(transaction);
    }
    const { rows } = await sql<{ now: string }>`select clock_timestamp()::text as now`.execute(
      transaction,
    );
    return rows[0]?.now ?? '';
  });
  return {
    addKeys: (side: MatchSide, records: readonly KeyedRecord[]) =>
      orUnavailable(() =>
        copyRows(
          db,
          `nhsmail.next_${KEYS[side]} (id, keys)`,
          records.map(({ id, keys }) => [id, keysText(keys)]),
        ),
      ),
    addCandidates: (candidates) =>
      orUnavailable(() =>
        copyRows(
          db,
          `nhsmail.next_candidate (${CANDIDATE_COLUMNS})`,
          candidates.map(candidateValues),
        ),
      ),
    complete: () =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          // Indexes of millions of rows take longer than a statement usually may.
          await sql`select set_config('statement_timeout', '0', true)`.execute(transaction);
          for (const statement of INDEXES) await sql.raw(statement).execute(transaction);
        }),
      ),
    findCandidates: (ids) => findCandidates(db, 'next_candidate', ids),
    publish: ({ modelId, run }) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          for (const table of DRAFTED) {
            await sql`drop table ${sql.table(`nhsmail.${table}`)}`.execute(transaction);
            await sql`
              alter table ${sql.table(`nhsmail.next_${table}`)} rename to ${sql.id(table)}`.execute(
              transaction,
            );
          }
          await sql`delete from nhsmail.to_match where noted_at < ${begun}::timestamptz`.execute(
            transaction,
          );
          await sql`
            insert into nhsmail.matched_with (model_id, run_id, at)
            values (${modelId}, ${run}::uuid, ${begun}::timestamptz)
            on conflict (one) do update set model_id = excluded.model_id,
              run_id = excluded.run_id, at = excluded.at`.execute(transaction);
        }),
      ),
    discard: () => orUnavailable(() => db.transaction().execute(drop)),
  };
}

const INDEXES = [
  'alter table nhsmail.next_person_key add primary key (id)',
  'create index on nhsmail.next_person_key using gin (keys) with (fastupdate = off)',
  'alter table nhsmail.next_account_key add primary key (id)',
  'create index on nhsmail.next_account_key using gin (keys) with (fastupdate = off)',
  'alter table nhsmail.next_candidate add primary key (staff_id, account_id)',
  'create index on nhsmail.next_candidate (account_id)',
  'analyze nhsmail.next_person_key, nhsmail.next_account_key, nhsmail.next_candidate',
];
