/** The log of reads of a directory, in PostgreSQL. */
import { randomUUID } from 'node:crypto';

import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import { copyRows } from '../../../runtime/copy-rows.ts';
import { DatabaseUnavailable, orUnavailable } from '../../../runtime/database-unavailable.ts';
import { withoutUndefined } from '../../../runtime/without-undefined.ts';
import type {
  DirectoryRead,
  ReadEnd,
  ReadSummary,
  SyncJournal,
  SyncState,
} from '../domain/sync-journal.ts';
import type { AccountTables } from './account-tables.ts';
import { postgresAccounts } from './accounts.ts';

/** The one directory that is read. */
const SOURCE = 'ldap';
/** How long a process that says nothing keeps the others away, as an interval of PostgreSQL. */
const HOLD = '5 minutes';
/** A whole read that was cut off longer ago than this begins anew, in milliseconds. */
const RESUMED_WITHIN_MS = 24 * 60 * 60 * 1000;
/** How long the log is kept, in milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** Reads that the status shows. */
const SHOWN = 10;

const moment = z.coerce
  .date()
  .nullable()
  .transform((value) => value ?? undefined);
const stateRow = z
  .object({
    cookie: z.string().nullable(),
    modified_through: moment,
    modified_known_since: moment,
    modified_read_from: moment,
    whole_tried_at: moment,
  })
  .transform((row): SyncState => {
    const { modified_through: through, modified_known_since: knownSince } = row;
    const readFrom = row.modified_read_from;
    return withoutUndefined({
      cookie: row.cookie ?? undefined,
      times:
        through === undefined || knownSince === undefined || readFrom === undefined
          ? undefined
          : { through, knownSince, readFrom },
      wholeTriedAt: row.whole_tried_at,
    });
  });
const readRow = z
  .object({ id: z.string(), started_at: z.coerce.date(), position: moment })
  .transform(({ id, started_at, position }): DirectoryRead =>
    withoutUndefined({ id, startedAt: started_at, position }),
  );
const summaryRow = z
  .object({
    kind: z.enum(['WHOLE', 'CHANGES']),
    state: z.enum(['RUNNING', 'DONE', 'HELD', 'FAILED']),
    started_at: z.coerce.date(),
    finished_at: moment,
    entries: z.number(),
    changed: z.number(),
    refused: z.number(),
    missing: z.number(),
    gone: z.number(),
    reason: z.string().nullable(),
    approved_by: z.string().nullable(),
  })
  .transform(({ started_at, finished_at, reason, approved_by, ...row }): ReadSummary =>
    withoutUndefined({
      ...row,
      startedAt: started_at,
      finishedAt: finished_at,
      reason: reason ?? undefined,
      approvedBy: approved_by ?? undefined,
    }),
  );

/** The log kept in the schema `nhsmail`, for one process. */
export function postgresSyncJournal<Tables extends AccountTables>(
  database: Kysely<Tables>,
): SyncJournal {
  const db = database as unknown as Kysely<AccountTables>;
  const me = randomUUID();
  const reads = (transaction: Kysely<AccountTables>, id: string) =>
    transaction.updateTable('directory_read').where('id', '=', id);
  const stillThere = () =>
    db.selectFrom('account').where('source', '=', SOURCE).where('gone_at', 'is', null);

  return {
    hold: () =>
      orUnavailable(async () => {
        const held = await sql`
          insert into nhsmail.directory_sync (source, held_by, held_until)
          values (${SOURCE}, ${me}::uuid, now() + ${HOLD}::interval)
          on conflict (source) do update
            set held_by = excluded.held_by, held_until = excluded.held_until
            where directory_sync.held_until is null or directory_sync.held_until < now()
          returning cookie, modified_through, modified_known_since, modified_read_from,
            whole_tried_at`.execute(db);
        return held.rows[0] === undefined ? undefined : stateRow.parse(held.rows[0]);
      }),
    release: () =>
      orUnavailable(async () => {
        await db
          .updateTable('directory_sync')
          .set({ held_by: null, held_until: null })
          .where('source', '=', SOURCE)
          .where('held_by', '=', me)
          .execute();
      }),
    begin: ({ kind, resume, approvedBy }, at) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          await keepHold(transaction, me);
          await tidy(transaction, at);
          const cutOff = kind === 'WHOLE' && resume ? await findCutOff(transaction, at) : undefined;
          if (cutOff !== undefined) {
            await reads(transaction, cutOff.id)
              .set({ state: 'RUNNING', reason: null, finished_at: null })
              .execute();
            return cutOff;
          }
          await transaction.deleteFrom('account_seen').execute();
          const id = randomUUID();
          await transaction
            .insertInto('directory_read')
            .values({
              id,
              source: SOURCE,
              kind,
              state: 'RUNNING',
              started_at: at,
              approved_by: approvedBy ?? null,
            })
            .execute();
          return { id, startedAt: at };
        }),
      ),
    write: (read, { entries, unchanged, position, at }) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          await keepHold(transaction, me);
          const changes = await postgresAccounts(transaction).upsert(SOURCE, entries, at);
          await copyRows<AccountTables>(
            transaction,
            'nhsmail.account_seen (read_id, account_id)',
            entries.map(({ entry }) => [read.id, entry.id.replaceAll('\0', '')]),
          );
          await sql`
            insert into nhsmail.account_seen (read_id, account_id)
            select ${read.id}::uuid, id from nhsmail.account
            where source = ${SOURCE} and gone_at is null
              and source_key = any(${texts(unchanged)})`.execute(transaction);
          await reads(transaction, read.id)
            .set(({ eb }) => ({
              entries: eb('entries', '+', entries.length + unchanged.length),
              changed: eb('changed', '+', changes.changed.length),
              refused: eb('refused', '+', changes.refused.length),
              ...(position === undefined ? {} : { position }),
            }))
            .execute();
          return changes;
        }),
      ),
    countKnown: () =>
      orUnavailable(async () => {
        const { known } = await stillThere()
          .select(({ fn }) => fn.countAll<number>().as('known'))
          .executeTakeFirstOrThrow();
        return known;
      }),
    findMissing: (read, limit) =>
      orUnavailable(async () => {
        const missing = stillThere().where(
          sql<boolean>`not exists (select from nhsmail.account_seen
            where read_id = ${read.id}::uuid and account_id = account.id)`,
        );
        const { count } = await missing
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        const found =
          count > limit ? [] : await missing.select('id').orderBy('id').limit(limit).execute();
        return { count, ids: found.map(({ id }) => id) };
      }),
    findBySourceKeys: (sourceKeys) =>
      orUnavailable(async () => {
        const found = await stillThere()
          .select('id')
          .where(sql<boolean>`source_key = any(${texts(sourceKeys)})`)
          .orderBy('id')
          .execute();
        return found.map(({ id }) => id);
      }),
    end: (read, end) =>
      orUnavailable(() =>
        db.transaction().execute(async (transaction) => {
          await keepHold(transaction, me);
          await reads(transaction, read.id)
            .set({
              state: end.state,
              finished_at: end.at,
              missing: end.missing,
              gone: end.gone,
              reason: end.reason ?? null,
            })
            .execute();
          await follow(transaction, end);
          await transaction.deleteFrom('account_seen').where('read_id', '=', read.id).execute();
        }),
      ),
    fail: (read, reason, at) =>
      orUnavailable(async () => {
        await reads(db, read.id).set({ state: 'FAILED', finished_at: at, reason }).execute();
      }),
    status: () =>
      orUnavailable(async () => {
        const counted = await db
          .selectFrom('account')
          .where('source', '=', SOURCE)
          .select(({ fn }) => [
            fn.countAll<number>().as('accounts'),
            fn.count<number>('gone_at').as('gone'),
          ])
          .executeTakeFirstOrThrow();
        const sync = await db
          .selectFrom('directory_sync')
          .select(['as_of', 'whole_at'])
          .where('source', '=', SOURCE)
          .executeTakeFirst();
        const found = await db
          .selectFrom('directory_read')
          .selectAll()
          .where('source', '=', SOURCE)
          .orderBy('started_at', 'desc')
          .limit(SHOWN)
          .execute();
        return withoutUndefined({
          ...counted,
          asOf: moment.parse(sync?.as_of ?? null),
          wholeAt: moment.parse(sync?.whole_at ?? null),
          reads: found.map((row) => summaryRow.parse(row)),
        });
      }),
  };
}

const texts = (values: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(values)}::jsonb))`;

/** Goes on keeping the others away, unless one of them has taken over. */
async function keepHold(db: Kysely<AccountTables>, me: string): Promise<void> {
  const kept = await sql`
    update nhsmail.directory_sync set held_until = now() + ${HOLD}::interval
    where source = ${SOURCE} and held_by = ${me}::uuid returning source`.execute(db);
  if (kept.rows.length === 0) throw new DatabaseUnavailable('another process reads the directory');
}

/** Ends what a process left behind that was killed, and forgets what is long ago. */
async function tidy(db: Kysely<AccountTables>, at: Date): Promise<void> {
  await db
    .updateTable('directory_read')
    .set({ state: 'FAILED', finished_at: at, reason: 'cut_off' })
    .where('source', '=', SOURCE)
    .where('state', '=', 'RUNNING')
    .execute();
  await db
    .deleteFrom('directory_read')
    .where('source', '=', SOURCE)
    .where('started_at', '<', new Date(at.getTime() - KEPT_MS))
    .execute();
}

/** The latest whole read, when it was cut off and can go on. */
async function findCutOff(db: Kysely<AccountTables>, at: Date): Promise<DirectoryRead | undefined> {
  const latest = await db
    .selectFrom('directory_read')
    .select(['id', 'state', 'started_at', 'position'])
    .where('source', '=', SOURCE)
    .where('kind', '=', 'WHOLE')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (latest?.state !== 'FAILED' || latest.position === null) return undefined;
  const read = readRow.parse(latest);
  return at.getTime() - read.startedAt.getTime() < RESUMED_WITHIN_MS ? read : undefined;
}

async function follow(
  db: Kysely<AccountTables>,
  { state, follows: { cookie, times, wholeTriedAt }, asOf }: ReadEnd,
): Promise<void> {
  await db
    .updateTable('directory_sync')
    .where('source', '=', SOURCE)
    .set({
      ...(cookie === undefined ? {} : { cookie }),
      ...(times === undefined
        ? {}
        : {
            modified_through: times.through,
            modified_known_since: times.knownSince,
            modified_read_from: times.readFrom,
          }),
      ...(wholeTriedAt === undefined ? {} : { whole_tried_at: wholeTriedAt }),
      ...(asOf === undefined ? {} : { as_of: asOf }),
      ...(asOf !== undefined && wholeTriedAt !== undefined && state === 'DONE'
        ? { whole_at: asOf }
        : {}),
      held_until: sql<Date>`held_until`,
    })
    .execute();
}
