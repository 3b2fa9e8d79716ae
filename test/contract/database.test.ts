import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { type Database, openEmbedded, openPostgres } from '../../runtime/database.ts';
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';
import { KEPT_PLAN } from '../../runtime/kept-plans.ts';
import { migrate } from '../../runtime/migrate.ts';
import { RequestOver, withinDeadline } from '../../runtime/request-deadline.ts';
import { describeWithServers } from '../servers/available.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { startPglite } from '../servers/embedded.ts';

interface Tables {
  thing: {
    id: number;
    at: Date;
    day: string;
    data: unknown;
    names: readonly string[];
    bytes: Uint8Array;
  };
}

/** What every database does the same way. */
function keepsTheContract(open: () => Database): void {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-migrations-'));
    await writeFile(
      join(folder, '0001-thing.sql'),
      `create table thing (id bigint primary key, at timestamptz not null, day date not null,
         data jsonb not null, names text[] not null, bytes bytea not null);
       create index thing_day on thing (day);`,
    );
    await Promise.all([
      migrate(open(), 'contract', pathToFileURL(folder)),
      migrate(open(), 'contract', pathToFileURL(folder)),
    ]);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('gives back numbers, moments, days, JSON, lists and bytes as they went in', async () => {
    const db = open().schema<Tables>('contract');
    const thing = {
      id: 9_007_199_254_740_991,
      at: new Date('2026-11-22T10:00:00.123Z'),
      day: '2024-02-29',
      names: ["O'Neill", 'a "quoted" name', 'Łukasz, Ø'],
    };
    await db
      .insertInto('thing')
      .values({ ...thing, data: JSON.stringify({ a: [1, null] }), bytes: new Uint8Array([0, 255]) })
      .execute();
    const row = await db.selectFrom('thing').selectAll().executeTakeFirstOrThrow();
    expect({ ...row, bytes: [...row.bytes] }).toEqual({
      ...thing,
      data: { a: [1, null] },
      bytes: [0, 255],
    });
  });

  it('undoes a transaction that throws', async () => {
    const db = open().schema<Tables>('contract');
    await expect(
      db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('thing').execute();
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await db.selectFrom('thing').selectAll().execute()).toHaveLength(1);
  });

  it('tells a broken constraint by its code', async () => {
    const db = open().schema<Tables>('contract');
    const row = await db.selectFrom('thing').selectAll().executeTakeFirstOrThrow();
    await expect(
      db
        .insertInto('thing')
        .values({ ...row, data: '{}' })
        .execute(),
    ).rejects.toMatchObject({ code: '23505' });
  });

  it('keeps transactions at the same time apart', async () => {
    const db = open().schema<Tables>('contract');
    await Promise.all(
      Array.from({ length: 10 }, () =>
        db.transaction().execute(async (transaction) => {
          const { id } = await transaction
            .selectFrom('thing')
            .select('id')
            .forUpdate()
            .executeTakeFirstOrThrow();
          await transaction
            .updateTable('thing')
            .set({ id: id - 1 })
            .execute();
        }),
      ),
    );
    const { id } = await db.selectFrom('thing').select('id').executeTakeFirstOrThrow();
    expect(id).toBe(9_007_199_254_740_981);
  });

  it('refuses a migration file that was changed after it ran', async () => {
    await writeFile(join(folder, '0001-thing.sql'), 'select 1');
    await expect(migrate(open(), 'contract', pathToFileURL(folder))).rejects.toMatchObject({
      code: 'migration_changed',
    });
  });
}

describe('embedded database', () => {
  let engine: EmbeddedEngine;
  let database: Database;

  beforeAll(async () => {
    engine = await startPglite();
    database = openEmbedded(engine);
  });
  afterAll(() => engine.close());

  keepsTheContract(() => database);
});

describeWithServers('postgres')('PostgreSQL', () => {
  let server: PostgresServer;
  let database: Database;

  beforeAll(async () => {
    server = await startPostgres();
    database = openPostgres(server.url);
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  keepsTheContract(() => database);

  it('outlives a connection that dies in a transaction between two statements', async () => {
    const db = database.schema<Tables>('contract');
    const other = openPostgres(server.url);
    const broken = db.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        transaction,
      );
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(other.schema('contract'));
      // Long enough for the news to arrive while nobody waits for an answer.
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sql`select 1`.execute(transaction);
    });
    await expect(broken).rejects.toThrow();
    await database.check();
    await other.close();
  });

  it('keeps the plan of a statement that asks for it, one for all its values', async () => {
    const one = openPostgres(server.url, { connections: 1 });
    const db = one.schema<Tables>('contract');
    for (const value of [1, 2, 3]) {
      const { rows } = await sql`${sql.raw(KEPT_PLAN)} select ${value}::int as value`.execute(db);
      expect(rows).toEqual([{ value }]);
    }
    const { rows } = await sql`select from pg_prepared_statements`.execute(db);
    expect(rows).toHaveLength(1);
    await one.close();
  });

  it('ends the statement that nobody waits for any more, and gives the connection back whole', async () => {
    const one = openPostgres(server.url, { connections: 1 });
    const db = one.schema<Tables>('contract');
    const response = new EventEmitter();
    const slept = Promise.withResolvers<unknown>();
    const over = withinDeadline(undefined, response, async () => {
      const sleeping = db.transaction().execute(async (transaction) => {
        await sql`select pg_sleep(600)`.execute(transaction);
      });
      await sleeping.catch(slept.resolve);
    });
    const running = async (): Promise<number> => {
      const { rows } = await sql<{ count: number }>`select count(*) from pg_stat_activity
        where state <> 'idle' and query like 'select pg_sleep%'`.execute(
        database.schema('contract'),
      );
      return rows[0]?.count ?? 0;
    };
    while ((await running()) === 0);
    response.emit('close');
    await expect(over).rejects.toThrow(RequestOver);
    expect(await slept.promise).toMatchObject({ code: '57014' });
    expect(await running()).toBe(0);
    await one.check();
    await one.close();
  });
});
