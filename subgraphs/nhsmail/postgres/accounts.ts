/** The copy of the directory, in PostgreSQL. */
import { type Kysely, sql } from 'kysely';

import { copyRows } from '../../../runtime/copy-rows.ts';
import { orUnavailable } from '../../../runtime/database-unavailable.ts';
import type {
  AccountChanges,
  AccountListQuery,
  AccountSource,
  AccountStore,
  SourcedEntry,
} from '../domain/account-store.ts';
import { accountOf, entryJson } from './account-row.ts';
import type { AccountTables } from './account-tables.ts';

/** Accounts read in one statement. */
const CHUNK = 2_000;

/** Accounts kept in the schema `nhsmail`, or in a transaction of it. */
export function postgresAccounts<Tables extends AccountTables>(
  database: Kysely<Tables>,
): AccountStore {
  const db = database as unknown as Kysely<AccountTables>;
  return {
    upsert: (source, entries, at) =>
      orUnavailable(() =>
        inTransaction(db, (transaction) => upsert(transaction, { source, entries, at })),
      ),
    markGone: (source, ids, at) =>
      orUnavailable(() =>
        inTransaction(db, (transaction) => markGone(transaction, { source, ids, at })),
      ),
    findByIds: (ids) =>
      orUnavailable(async () => {
        const found = await accounts(db)
          .where('account.id', 'in', [...ids, ''])
          .execute();
        return new Map(found.map(accountOf).map((account) => [account.id, account]));
      }),
    findByAddresses: (addresses) =>
      orUnavailable(async () => {
        const wanted = addresses.map((address) => address.trim().toLowerCase());
        const found = await accounts(db)
          .where(sql<boolean>`account.addresses && ${textArray(wanted)}`)
          .orderBy('account.id')
          .execute();
        return found.map(accountOf);
      }),
    async *readAll() {
      let last = '';
      for (;;) {
        const from = last;
        const found = await orUnavailable(() =>
          accounts(db).where('account.id', '>', from).orderBy('account.id').limit(CHUNK).execute(),
        );
        yield* found.map(accountOf);
        last = found.at(-1)?.id ?? '';
        if (found.length < CHUNK) return;
      }
    },
    page: (query) => orUnavailable(() => page(db, query)),
  };
}

const inTransaction = <Result>(
  db: Kysely<AccountTables>,
  work: (transaction: Kysely<AccountTables>) => Promise<Result>,
): Promise<Result> => (db.isTransaction ? work(db) : db.transaction().execute(work));

const accounts = (db: Kysely<AccountTables>) =>
  db
    .selectFrom('account')
    .leftJoin('directory_sync', 'directory_sync.source', 'account.source')
    .select([
      'account.id',
      'account.source',
      'account.entry',
      'account.read_at',
      'account.changed_at',
      'account.gone_at',
      'directory_sync.as_of',
    ]);

const textArray = (values: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

/** Writers take turns, so that changes are numbered in the order in which they can be read. */
const waitForTurn = (db: Kysely<AccountTables>) =>
  sql`select pg_advisory_xact_lock(hashtextextended('lanyard:nhsmail:accounts', 0))`.execute(db);

async function upsert(
  db: Kysely<AccountTables>,
  options: {
    readonly source: AccountSource;
    readonly entries: readonly SourcedEntry[];
    readonly at: Date;
  },
): Promise<AccountChanges> {
  const { source, entries, at } = options;
  // Of two entries with one id the later counts.
  const byId = new Map(entries.map((sourced) => [sourced.entry.id, sourced]));
  if (byId.size === 0) return { changed: [], refused: [] };
  await waitForTurn(db);
  await sql`
    create temporary table if not exists account_incoming (
      id text collate "C", source_key text, entry jsonb, addresses text[], read_at timestamptz
    ) on commit delete rows`.execute(db);
  await sql`delete from pg_temp.account_incoming`.execute(db);
  await copyRows(
    db,
    'pg_temp.account_incoming (id, source_key, entry, addresses, read_at)',
    [...byId.values()].map(({ entry, sourceKey }) => [
      entry.id,
      sourceKey ?? null,
      entryJson(entry),
      arrayText([entry.mail, ...entry.aliases]),
      entry.readAt.toISOString(),
    ]),
  );
  const refused = await sql<{ id: string }>`
    delete from pg_temp.account_incoming incoming using nhsmail.account
    where account.id = incoming.id and account.source <> ${source}
    returning incoming.id`.execute(db);
  const renamed = await sql<{ id: string }>`
    update nhsmail.account set gone_at = ${at}::timestamptz, changed_at = ${at}::timestamptz,
      change = nextval('nhsmail.account_change')
    from pg_temp.account_incoming incoming
    where account.source = ${source} and account.source_key = incoming.source_key
      and account.gone_at is null and account.id <> incoming.id
    returning account.id`.execute(db);
  const written = await sql<{ id: string; is_change: boolean }>`
    insert into nhsmail.account
      (id, source, source_key, entry, addresses, read_at, changed_at, change)
    select id, ${source}, source_key, entry, addresses, read_at, ${at}::timestamptz,
      nextval('nhsmail.account_change')
    from pg_temp.account_incoming order by id
    on conflict (id) do update set
      source_key = excluded.source_key,
      entry = excluded.entry,
      addresses = excluded.addresses,
      read_at = excluded.read_at,
      gone_at = null,
      changed_at = case when ${SAYS_SOMETHING_NEW} then excluded.changed_at
        else account.changed_at end,
      change = case when ${SAYS_SOMETHING_NEW} then excluded.change else account.change end
    where account.entry is distinct from excluded.entry
      or account.source_key is distinct from excluded.source_key or account.gone_at is not null
    returning id, changed_at = ${at}::timestamptz as is_change`.execute(db);
  return {
    changed: [
      ...renamed.rows.map(({ id }) => id),
      ...written.rows.filter(({ is_change }) => is_change).map(({ id }) => id),
    ],
    refused: refused.rows.map(({ id }) => id),
  };
}

/** Whether the account of a row differs in more than when it was last used or written. */
const SAYS_SOMETHING_NEW = sql`(
  account.gone_at is not null
  or account.source_key is distinct from excluded.source_key
  or (account.entry - 'lastActiveAt' - 'modifiedAt')
    is distinct from (excluded.entry - 'lastActiveAt' - 'modifiedAt'))`;

async function markGone(
  db: Kysely<AccountTables>,
  options: {
    readonly source: AccountSource;
    readonly ids: readonly string[];
    readonly at: Date;
  },
): Promise<readonly string[]> {
  const { source, ids, at } = options;
  if (ids.length === 0) return [];
  await waitForTurn(db);
  const marked = await sql<{ id: string }>`
    update nhsmail.account set gone_at = ${at}::timestamptz, changed_at = ${at}::timestamptz,
      change = nextval('nhsmail.account_change')
    where source = ${source} and gone_at is null and id = any(${textArray(ids)})
    returning id`.execute(db);
  return marked.rows.map(({ id }) => id);
}

async function page(
  db: Kysely<AccountTables>,
  { odsCode, statuses, kinds, after, first }: AccountListQuery,
) {
  let query = accounts(db)
    .where('account.ods_code', '=', odsCode)
    .where('account.gone_at', 'is', null)
    .orderBy('account.sort_name')
    .orderBy('account.id')
    .limit(first);
  if (statuses !== undefined) query = query.where('account.status', 'in', [...statuses, '']);
  if (kinds !== undefined) query = query.where('account.kind', 'in', [...kinds, '']);
  if (after !== undefined) {
    // Of the same organisation: where another's account would stand says what its owner is called.
    query = query.where(
      sql<boolean>`(account.sort_name, account.id) >
        (select last.sort_name, last.id from nhsmail.account last
        where last.id = ${after} and last.ods_code = ${odsCode})`,
    );
  }
  return (await query.execute()).map(accountOf);
}

/** An array of text as PostgreSQL writes it. */
const arrayText = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll('\0', '').replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
