/** Following the directory, on PostgreSQL and on the embedded engine. The directory is a list that tests change. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';

import { migrate } from '../../runtime/migrate.ts';
import type { AccountStore } from '../../subgraphs/nhsmail/domain/account-store.ts';
import type {
  DirectoryFeed,
  FeedItem,
  FeedWay,
} from '../../subgraphs/nhsmail/domain/directory-feed.ts';
import {
  syncDirectory,
  type SyncOutcome,
  type SyncRequest,
} from '../../subgraphs/nhsmail/domain/sync-directory.ts';
import type { SyncJournal } from '../../subgraphs/nhsmail/domain/sync-journal.ts';
import type { AccountTables } from '../../subgraphs/nhsmail/postgres/account-tables.ts';
import { postgresAccounts } from '../../subgraphs/nhsmail/postgres/accounts.ts';
import { postgresSyncJournal } from '../../subgraphs/nhsmail/postgres/directory-sync.ts';
import { describeWithServers } from '../servers/available.ts';
import { embeddedDatabase, type Opened, serverDatabase } from './databases.ts';

const HOUR_MS = 60 * 60 * 1000;
const ids = (count: number) => Array.from({ length: count }, (_, n) => `a${String(n)}`);
const account = (id: string, familyName = 'Okafor'): FeedItem => ({
  kind: 'account',
  sourced: {
    sourceKey: `key of ${id}`,
    entry: {
      id,
      mail: `${id}@nhsmail.example`,
      aliases: [],
      kind: 'USER',
      status: 'ACTIVE',
      familyName,
      odsCode: 'RZ1',
      registrations: [],
      connectorManaged: false,
      owners: [],
      readAt: new Date('2026-11-22T10:00:00Z'),
    },
  },
});
const end: FeedItem = { kind: 'end', everything: true, cookie: 'bm93' };
const noMoreThan = (items: readonly FeedItem[]): FeedItem[] => [
  ...items,
  { kind: 'end', everything: false, cookie: 'bGF0ZXI=' },
];

async function* told(items: readonly (FeedItem | Error)[]): AsyncGenerator<FeedItem> {
  await Promise.resolve();
  for (const item of items) {
    if (item instanceof Error) throw item;
    yield item;
  }
}

function keepsTheContract(open: () => Promise<Opened>): void {
  let opened: Opened;
  let db: Kysely<AccountTables>;
  let accounts: AccountStore;
  let journal: SyncJournal;
  let now: Date;
  /** What the directory says when it is read whole, and of changes, and whom it has when asked. */
  let says: { all: (FeedItem | Error)[]; changes: (FeedItem | Error)[]; has: string[] };
  let way: FeedWay;
  let askedFrom: unknown[];

  const feed: DirectoryFeed = {
    way: () => Promise.resolve(way),
    readAll: (_way, position) => {
      askedFrom.push(position);
      return told(says.all);
    },
    readChanges: (after) => {
      askedFrom.push(after);
      return told(says.changes);
    },
    findPresent: (wanted) => Promise.resolve(new Set(wanted.filter((id) => says.has.includes(id)))),
  };
  const sync = (request: SyncRequest = {}): Promise<SyncOutcome> => {
    now = new Date(now.getTime() + 1000);
    return syncDirectory(request, {
      feed,
      journal,
      accounts,
      now: () => now,
      limits: { mostGone: 0.02, wholeEveryMs: 24 * HOUR_MS, overlapMs: 60_000 },
    });
  };
  const holds = (present: readonly string[]) => {
    says = { all: [...present.map((id) => account(id)), end], changes: [], has: [...present] };
  };
  const goneIds = async () =>
    (await db.selectFrom('account').select('id').where('gone_at', 'is not', null).execute())
      .map(({ id }) => id)
      .sort();

  beforeAll(async () => {
    opened = await open();
    const folder = new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'nhsmail', folder);
    db = opened.database.schema<AccountTables>('nhsmail');
    accounts = postgresAccounts(db);
    journal = postgresSyncJournal(db);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await sql`truncate nhsmail.account, nhsmail.directory_sync, nhsmail.directory_read cascade`.execute(
      db,
    );
    now = new Date('2026-11-22T10:00:00Z');
    way = 'CONTENT_SYNC';
    askedFrom = [];
    holds(ids(100));
    expect(await sync()).toEqual({
      kind: 'done',
      read: 'WHOLE',
      entries: 100,
      changed: 100,
      refused: 0,
      missing: 0,
      gone: 0,
    });
    now = new Date(now.getTime() + HOUR_MS);
  });

  it('follows what the directory tells, and says as of when', async () => {
    says.changes = noMoreThan([account('a1', 'Lindqvist'), account('new')]);
    expect(await sync()).toMatchObject({ kind: 'done', read: 'CHANGES', entries: 2, changed: 2 });
    expect(askedFrom.at(-1)).toEqual({ cookie: 'bm93' });
    const changedAt = now;
    await sync();
    expect(askedFrom.at(-1)).toEqual({ cookie: 'bGF0ZXI=' });
    const found = await accounts.findByIds(['a1', 'a2']);
    expect(found.get('a1')).toMatchObject({ familyName: 'Lindqvist', changedAt });
    // What was not told to have changed is still so.
    expect(found.get('a2')?.readAt).toEqual(now);
    expect(await journal.status()).toMatchObject({ accounts: 101, gone: 0, asOf: now });
  });

  it.each<[string, () => void, string]>([
    [
      'is empty',
      () => {
        holds([]);
      },
      'held',
    ],
    [
      'has only half',
      () => {
        holds(ids(50));
      },
      'held',
    ],
    [
      'ends before its end',
      () => {
        says.all = ids(99).map((id) => account(id));
      },
      'failed',
    ],
    [
      'breaks off',
      () => {
        says.all = [account('a1'), new Error('lost')];
      },
      'failed',
    ],
    [
      'is a refusal',
      () => {
        says.all = [new Error('refused')];
      },
      'failed',
    ],
    [
      'leaves out two that are there',
      () => {
        says.all.splice(0, 2);
      },
      'done',
    ],
  ])('loses nobody when the answer %s', async (_name, happens, comesTo) => {
    happens();
    const outcome = await sync({ whole: true }).then(
      ({ kind }) => kind,
      () => 'failed',
    );
    expect(outcome).toBe(comesTo);
    expect(await goneIds()).toEqual([]);
  });

  it('loses nobody when the directory says that many are deleted, and hears of it again', async () => {
    const deleted: FeedItem = { kind: 'deleted', sourceKeys: ids(9).map((id) => `key of ${id}`) };
    says = { all: [], changes: noMoreThan([deleted]), has: [] };
    expect(await sync()).toMatchObject({ kind: 'held', missing: 9, gone: 0 });
    expect(await sync()).toMatchObject({ kind: 'held', missing: 9, gone: 0 });
    expect(askedFrom.slice(-2)).toEqual([{ cookie: 'bm93' }, { cookie: 'bm93' }]);
    expect(await goneIds()).toEqual([]);
  });

  it('marks the few that are not there, and takes them back', async () => {
    holds(ids(100).slice(2));
    expect(await sync({ whole: true })).toMatchObject({ kind: 'done', missing: 2, gone: 2 });
    expect(await goneIds()).toEqual(['a0', 'a1']);
    says.changes = noMoreThan([account('a0')]);
    await sync();
    expect(await goneIds()).toEqual(['a1']);
  });

  it('marks those that are told to be deleted, or not to be among those that are there', async () => {
    says = {
      all: [],
      changes: noMoreThan([{ kind: 'deleted', sourceKeys: ['key of a3', 'key of nobody'] }]),
      has: [],
    };
    expect(await sync()).toMatchObject({ kind: 'done', missing: 1, gone: 1 });
    const unchanged = ids(100)
      .slice(5)
      .map((id) => `key of ${id}`);
    says.changes = [
      { kind: 'unchanged', sourceKeys: unchanged },
      account('a0'),
      account('a1'),
      account('a2'),
      end,
    ];
    expect(await sync()).toMatchObject({ kind: 'done', missing: 1, gone: 1, entries: 3 });
    expect(await goneIds()).toEqual(['a3', 'a4']);
  });

  it('marks many when a person says so, and keeps who it was', async () => {
    holds(ids(60));
    expect(await sync({ whole: true })).toMatchObject({ kind: 'held', missing: 40, gone: 0 });
    expect((await journal.status()).reads[0]).toMatchObject({
      state: 'HELD',
      reason: 'too_many_missing',
    });
    const approval = { mostGone: 0.5, by: 'Ann Person' };
    expect(await sync({ whole: true, approval })).toMatchObject({ kind: 'done', gone: 40 });
    expect((await journal.status()).reads[0]).toMatchObject({
      state: 'DONE',
      approvedBy: 'Ann Person',
    });
  });

  it('does not read everything at every round when much is missing', async () => {
    holds(ids(60));
    now = new Date(now.getTime() + 24 * HOUR_MS);
    expect(await sync()).toMatchObject({ kind: 'held', read: 'WHOLE' });
    says.changes = noMoreThan([]);
    expect(await sync()).toMatchObject({ read: 'CHANGES' });
  });

  it('goes on where a read was cut off', async () => {
    way = 'TIMES';
    const position = new Date('2026-11-01T00:00:00Z');
    says.all = [
      ...ids(60).map((id) => account(id, 'Lindqvist')),
      { kind: 'reached', position },
      new Error('killed'),
    ];
    await expect(sync({ whole: true })).rejects.toThrow('killed');
    expect((await journal.status()).reads[0]).toMatchObject({ state: 'FAILED', entries: 60 });
    says.all = [
      ...ids(100)
        .slice(60)
        .map((id) => account(id)),
      end,
    ];
    expect(await sync({ whole: true })).toMatchObject({ kind: 'done', entries: 40, missing: 0 });
    expect(askedFrom.at(-1)).toEqual(position);
    expect((await journal.status()).reads.map(({ state }) => state)).toEqual(['DONE', 'DONE']);
    // And begins at the beginning again the next time.
    await sync({ whole: true }).catch(() => undefined);
    expect(askedFrom.at(-1)).toBeUndefined();
  });

  it('reads everything when the directory cannot go on', async () => {
    says.changes = [{ kind: 'refresh-required' }];
    expect(await sync()).toMatchObject({ kind: 'done', read: 'WHOLE', entries: 100, changed: 0 });
  });

  it('reads whole once a day, and what changed in between by its time', async () => {
    way = 'TIMES';
    const modifiedAt = new Date('2026-11-22T10:59:00Z');
    says.all = [{ ...account('a1'), modifiedAt } as FeedItem, ...says.all];
    await sync({ whole: true });
    says.changes = noMoreThan([]);
    expect(await sync()).toMatchObject({ read: 'CHANGES' });
    expect(askedFrom.at(-1)).toEqual({ modifiedFrom: new Date(modifiedAt.getTime() - 60_000) });
    now = new Date(now.getTime() + 25 * HOUR_MS);
    expect(await sync()).toMatchObject({ read: 'WHOLE' });
    way = 'WHOLE_ONLY';
    expect(await sync()).toEqual({ kind: 'idle' });
  });

  it('lets one process read at a time, and another take over from one that is dead', async () => {
    const other = postgresSyncJournal(db);
    await other.hold();
    expect(await sync()).toEqual({ kind: 'busy' });
    const read = await other.begin({ kind: 'WHOLE', resume: false }, now);
    await sql`update nhsmail.directory_sync set held_until = now() - interval '1 second'`.execute(
      db,
    );
    says.changes = noMoreThan([]);
    expect(await sync()).toMatchObject({ kind: 'done' });
    const late = other.write(read, { entries: [], unchanged: [], at: now });
    await expect(late).rejects.toMatchObject({ code: 'unavailable' });
  });
}

describe('following the directory on the embedded engine', () => {
  keepsTheContract(embeddedDatabase);
});

describeWithServers('postgres')('following the directory on PostgreSQL', () => {
  keepsTheContract(serverDatabase);
});
