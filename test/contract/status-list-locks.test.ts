/** Transactions that change several status lists at once, on a real PostgreSQL: they wait for each other, never in a circle. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import pg from 'pg';

import { type Database, openPostgres } from '../../runtime/database.ts';
import { migrate } from '../../runtime/migrate.ts';
import { postgresIssuerKeys } from '../../subgraphs/passport/postgres/issuer-key-store.ts';
import { postgresStatusLists } from '../../subgraphs/passport/postgres/status-lists.ts';
import { takeSlots } from '../../subgraphs/passport/postgres/take-slots.ts';
import type { PassportDatabase, PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { eventually } from '../servers/child.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';

const now = new Date('2026-11-25T10:00:00Z');

describeWithServers('postgres')('transactions on several status lists', () => {
  let postgres: PostgresServer;
  let database: Database;
  let db: PassportDatabase;
  /** A transaction of another replica, statement by statement. */
  let other: pg.Client;

  beforeAll(async () => {
    postgres = await startPostgres();
    database = openPostgres(postgres.url);
    const migrations = new URL('../../subgraphs/passport/postgres/migrations', import.meta.url);
    await migrate(database, 'passport', migrations);
    db = database.schema<PassportTables>('passport');
    other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    await database.close();
    await postgres.stop();
  });

  let trusts = 0;
  let odsCode: string;
  /** Two open lists whose one place is taken; the one that is named first was made last. */
  let first: string;
  let last: string;
  beforeEach(async () => {
    odsCode = `RL${String((trusts += 1))}`;
    [first, last] = [`${odsCode}-a`, `${odsCode}-z`];
    for (const id of [last, first]) {
      await sql`insert into passport.status_list (id, ods_code, size, version, created_at)
        values (${id}, ${odsCode}, 1, 1, ${now})`.execute(db);
      await sql`insert into passport.status_slot (list_id, status_index) values (${id}, 0)`.execute(
        db,
      );
    }
  });

  const waits = (): Promise<void> =>
    eventually(async () => {
      const { rows } = await other.query<{ waiting: number }>(
        'select count(*)::int as waiting from pg_locks where not granted',
      );
      expect(rows[0]?.waiting).toBeGreaterThan(0);
    });
  const lists = (size = 1) => postgresStatusLists(db, size);

  it.each([
    ['holding back', () => lists().hold(last, 9, new Date(now.getTime() + 1))],
    ['closing full lists', () => lists().tend(odsCode, now)],
    [
      'a compromised key',
      async () => {
        const keys = postgresIssuerKeys(db);
        const key = {
          kid: `key of ${odsCode}`,
          odsCode,
          use: 'status-list',
          certificate: 'AAAA',
          keeper: 'sealed',
          handle: 'sealed',
          createdAt: now,
          activatesAt: now,
        } as const;
        await keys.add(key, () => undefined);
        await keys.compromise(key, {
          since: now,
          at: now,
          by: { subject: 'test' },
          successor: undefined,
          needed: () => false,
        });
      },
    ],
  ])('%s takes the lists in the order in which the trigger takes them', async (_what, work) => {
    const lock = 'select from passport.status_list where id = $1 for no key update';
    await other.query('begin');
    await other.query(lock, [first]);
    const worked = work().then(
      () => 'done',
      (error: unknown) => error,
    );
    // It ends too early only when it fails, or locks nothing.
    expect(await Promise.race([waits().then(() => 'waits'), worked])).toBe('waits');
    await other.query(lock, [last]);
    await other.query('commit');
    expect(await worked).toBe('done');
  });

  // Which list comes first is left to chance: eight times, so that chance does not hide it.
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('two batches that draw the same places: %i', async (time) => {
    const trust = `${odsCode}-${String(time)}`;
    const places = [`${trust}-a`, `${trust}-z`];
    for (const id of places) {
      await sql`insert into passport.status_list (id, ods_code, size, version, token, created_at)
        values (${id}, ${trust}, 1, 1, 'token', ${now})`.execute(db);
    }
    const take = 'insert into passport.status_slot values ($1, 0)';
    await other.query('begin');
    await other.query(take, [places[0]]);
    const taken = db
      .transaction()
      .execute((transaction) => takeSlots(transaction, trust, 2))
      .catch((error: unknown) => error);
    expect(await Promise.race([waits().then(() => 'waits'), taken])).toBe('waits');
    await other.query(take, [places[1]]);
    await other.query('commit');
    expect(await taken).toMatchObject({ name: 'StatusListsFull' });
  });

  it('a list is mended while one of its credentials is revoked', async () => {
    await sql`insert into passport.offer (id, staff_id, ods_code, types, created_at, expires_at)
      values (${odsCode}, 'stf_x', ${odsCode}, '[]', ${now}, ${now})`.execute(db);
    await sql`
      insert into passport.credential (id, offer_id, staff_id, ods_code, type, format, state,
        holder_thumbprint, idempotency_key, request_hash, claims_hash, list_id, status_index,
        payload, created_at, issued_at, expires_at)
      values (${odsCode}, ${odsCode}, 'stf_x', ${odsCode}, 'IDENTITY', 'DC_SD_JWT', 'ACTIVE',
        'holder', ${odsCode}, 'hash', 'hash', ${first}, 0, '{}', ${now}, ${now},
        '2027-11-25')`.execute(db);
    await other.query('begin');
    await other.query('select from passport.credential where id = $1 for update', [odsCode]);
    const carried = lists()
      .carryBack(
        {
          id: first,
          odsCode,
          version: 7,
          token: 'token',
          signedAt: now,
          expiresAt: now,
          size: 1,
          statuses: [{ index: 0, status: 1 }],
        },
        now,
      )
      .catch((error: unknown) => error);
    expect(await Promise.race([waits().then(() => 'waits'), carried])).toBe('waits');
    await other.query(
      `update passport.credential set state = 'REVOKED', status_changed_at = $2 where id = $1`,
      [odsCode, now],
    );
    await other.query('commit');
    // The other replica was there first: the version is all that was lacking.
    expect(await carried).toEqual({ credentials: 0, places: 0 });
    expect(await lists().summaries(odsCode)).toContainEqual({
      id: first,
      odsCode,
      version: 7,
      open: false,
    });
  });
});
