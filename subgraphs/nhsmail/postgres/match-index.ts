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
  RecordIds,
} from '../domain/match-index.ts';
import { CANDIDATE_COLUMNS, candidateOf, candidateValues } from './candidate-row.ts';
import { lockLedger, textArray } from './statements.ts';

/** The name under which it is kept how far the accounts' changes have been followed. */
export const ACCOUNTS_POSITION = 'accounts';

const KEYS: Readonly<Record<MatchSide, string>> = { PERSON: 'person_key', ACCOUNT: 'account_key' };

const matchedWith = z.object({ modelId: z.number(), run: z.string(), at: z.coerce.date() });

/** The index kept in the schema `nhsmail`. */
export function postgresMatchIndex<Tables>(db: Kysely<Tables>): MatchIndex {
  return {
    skipAccountChanges: () =>
      orUnavailable(async () => {
        await sql`
          insert into nhsmail.match_position (name, position)
          select ${ACCOUNTS_POSITION}, max(change)::text from nhsmail.account having count(*) > 0
          on conflict (name) do update set position = excluded.position`.execute(db);
      }),
    countNoted: () =>
      orUnavailable(async () => {
        const { rows } = await sql<{ waiting: number }>`
          select count(*)::integer as waiting from nhsmail.to_match`.execute(db);
        return rows[0]?.waiting ?? 0;
      }),

    findCandidates: (ids) => findCandidates(db, 'candidate', ids),
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
