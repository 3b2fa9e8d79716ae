/** What the store of issuers' keys promises, on the embedded database and on PostgreSQL. */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { type Database, openPostgres } from '../../runtime/database.ts';
import { migrate } from '../../runtime/migrate.ts';
import { signingKey } from '../../subgraphs/passport/domain/key-state.ts';
import type { IssuerKeyStore, NewKey } from '../../subgraphs/passport/domain/ports/keys.ts';
import { settleCompromises } from '../../subgraphs/passport/domain/rotate-keys.ts';
import { postgresCredentials } from '../../subgraphs/passport/postgres/credentials.ts';
import { postgresIssuerKeys } from '../../subgraphs/passport/postgres/issuer-key-store.ts';
import type { PassportDatabase, PassportTables } from '../../subgraphs/passport/postgres/tables.ts';
import { describeWithServers } from '../servers/available.ts';
import { startPostgres } from '../servers/postgres.ts';
import { embeddedDatabase, serverDatabase } from './databases.ts';

interface Store {
  readonly database: Database;
  readonly stop: () => Promise<void>;
}

const start = new Date('2026-11-22T10:00:00Z');
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);
const by = { subject: 'test' };

let trusts = 0;
const newTrust = (): string => `RK${String((trusts += 1))}`;
const newKey = (odsCode: string, changes: Partial<NewKey> = {}): NewKey => ({
  kid: randomBytes(32).toString('base64url'),
  odsCode,
  use: 'credential',
  certificate: 'AAAA',
  keeper: 'sealed',
  handle: 'sealed',
  createdAt: start,
  activatesAt: start,
  ...changes,
});

function contract(open: () => Promise<Store>): void {
  let opened: Store;
  let db: PassportDatabase;
  let store: IssuerKeyStore;
  beforeAll(async () => {
    opened = await open();
    const migrations = new URL('../../subgraphs/passport/postgres/migrations', import.meta.url);
    await migrate(opened.database, 'passport', migrations);
    db = opened.database.schema<PassportTables>('passport');
    store = postgresIssuerKeys(db);
  });
  afterAll(() => opened.stop());

  const addFirst = (key: NewKey) => store.add(key, (keys) => signingKey(keys, start));

  /** Credentials without contents. `waiting` ones are recorded and not signed. */
  async function credentials(key: NewKey, count: number, waiting = false): Promise<string> {
    const batch = randomBytes(8).toString('hex');
    const { odsCode } = key;
    await sql`insert into passport.offer (id, staff_id, ods_code, types, created_at, expires_at)
      values (${batch}, 'stf_x', ${odsCode}, '[]', ${start}, ${start})`.execute(db);
    await sql`insert into passport.status_list (id, ods_code, size, open, created_at)
      values (${batch}, ${odsCode}, ${count}, false, ${start})`.execute(db);
    await sql`insert into passport.status_slot (list_id, status_index)
      select ${batch}, i from generate_series(1, ${count}::int) i`.execute(db);
    await sql`
      insert into passport.credential (id, offer_id, staff_id, ods_code, type, format, state,
        holder_thumbprint, idempotency_key, request_hash, claims_hash, list_id, status_index,
        payload, created_at, issued_at, expires_at, kid)
      select ${batch} || '-' || i, ${batch}, 'stf_x', ${odsCode}, 'IDENTITY', 'DC_SD_JWT',
        ${waiting ? 'ISSUING' : 'ACTIVE'}, 'holder-' || i, ${batch} || '-' || i, 'hash', 'hash',
        ${batch}, i, '{}', ${start}::timestamptz,
        ${waiting ? null : start}::timestamptz + i * interval '1 second',
        ${start}::timestamptz + (i % 7) * interval '1 day', ${waiting ? null : key.kid}::text
      from generate_series(1, ${count}::int) i`.execute(db);
    return batch;
  }
  const count = async (what: ReturnType<typeof sql<{ count: number }>>): Promise<number> =>
    (await what.execute(db)).rows[0]?.count ?? -1;
  const revoked = (batch: string) =>
    count(sql`select count(*)::int as count from passport.credential
      where offer_id = ${batch} and state = 'REVOKED' and reason = 'KEY_COMPROMISED'`);
  const inHistory = (batch: string) =>
    count(sql`select count(*)::int as count from passport.status_history
      where credential_id like ${`${batch}-%`} and reason = 'KEY_COMPROMISED'`);
  const inOutbox = (batch: string) =>
    count(sql`select count(*)::int as count from passport.outbox
      where subject like ${`${batch}-%`} and type = 'credential.status-changed'`);
  const inAudit = (batch: string) =>
    count(sql`select count(*)::int as count from passport.audit_event
      where subject like ${`${batch}-%`} and action = 'credential.status-changed'`);
  const traces = async (batch: string) => [
    await revoked(batch),
    await inHistory(batch),
    await inOutbox(batch),
    await inAudit(batch),
  ];

  it('stores one first key of twenty that come at once', async () => {
    const trust = newTrust();
    const stored = await Promise.all(Array.from({ length: 20 }, () => addFirst(newKey(trust))));
    expect(new Set(stored.map(({ kid }) => kid)).size).toBe(1);
    expect(await store.find({ odsCode: trust, use: 'credential' })).toHaveLength(1);
  });

  it('stores one waiting key of twenty that come at once', async () => {
    const trust = newTrust();
    await addFirst(newKey(trust));
    const stored = await Promise.all(
      Array.from({ length: 20 }, () =>
        store.add(newKey(trust, { activatesAt: later(600) }), (keys) =>
          keys.find(({ activatesAt }) => activatesAt > start),
        ),
      ),
    );
    expect(new Set(stored.map(({ kid }) => kid)).size).toBe(1);
    expect(await store.find({ odsCode: trust, use: 'credential' })).toHaveLength(2);
  });

  it('counts every change, and nothing else', async () => {
    const trust = newTrust();
    const before = await store.generation();
    const key = await addFirst(newKey(trust));
    await addFirst(newKey(trust));
    expect(await store.generation()).toBe(before + 1);
    await store.retire(key, () => false, start, by);
    expect(await store.generation()).toBe(before + 1);
    await store.retire(key, () => true, start, by);
    expect(await store.generation()).toBe(before + 2);
  });

  it('gives back what was stored', async () => {
    const key = newKey(newTrust(), { activatesAt: later(600), keeper: 'pkcs11' });
    await addFirst(key);
    expect(await store.findByKid(key.kid)).toEqual(key);
    await store.retire(key, () => true, later(1), by);
    expect(await store.findByKid(key.kid)).toEqual({ ...key, retiredAt: later(1) });
    expect(await store.findByKid('none')).toBeUndefined();
  });

  it('keeps one anchor', async () => {
    const anchor = () => newKey('*', { use: 'anchor' });
    await addFirst(anchor());
    await expect(store.add(anchor(), () => undefined)).rejects.toThrow();
  });

  it('finds whose newest key has signed for long, whatever became of others', async () => {
    const [old, renewed, stopped] = [newTrust(), newTrust(), newTrust()];
    const keys = [old, renewed, stopped].map((trust) => newKey(trust));
    for (const key of keys) await addFirst(key);
    const next = (trust: string) =>
      store.add(newKey(trust, { activatesAt: later(600) }), () => undefined);
    await next(renewed);
    await store.retire(await next(stopped), () => true, later(1), by);
    const found = (await store.findAgeing(later(300))).map(({ odsCode }) => odsCode);
    expect([old, renewed, stopped].map((trust) => found.includes(trust))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('knows when the last credential of a key expires, and how many are in force', async () => {
    const key = await addFirst(newKey(newTrust()));
    await credentials(key, 10);
    const [found] = await store.list(later(3 * 86_400), key.odsCode);
    expect(found).toMatchObject({ lastExpiresAt: later(6 * 86_400), signed: 10, inForce: 3 });
  });

  it('revokes everything that a key signed since a time, and nothing else', async () => {
    const trust = newTrust();
    const key = await addFirst(newKey(trust));
    const batch = await credentials(key, 1_000);
    const other = await addFirst(newKey(newTrust()));
    const others = await credentials(other, 10);
    const outcome = await store.compromise(key, {
      since: later(401),
      at: later(5_000),
      by,
      successor: undefined,
      needed: () => true,
    });
    expect(outcome).toEqual({
      revoked: 600,
      listIds: [batch],
      since: later(401),
      successorStored: false,
    });
    expect(await traces(batch)).toEqual([600, 600, 600, 600]);
    expect(await traces(others)).toEqual([0, 0, 0, 0]);
    const changes = count(
      sql`select changes::int as count from passport.status_list where id = ${batch}`,
    );
    expect(await changes).toBe(600);
    // Again, with an earlier time: the rest.
    const again = await store.compromise(key, {
      since: later(0),
      at: later(5_001),
      by,
      successor: undefined,
      needed: () => true,
    });
    expect(again).toMatchObject({ revoked: 400, since: later(0) });
    expect(await store.findUnsettled()).not.toContain(key.kid);
  });

  it('goes on in pieces when there are many, and after the process that began has died', async () => {
    const key = await addFirst(newKey(newTrust()));
    const batch = await credentials(key, 12_000);
    const first = await store.compromise(key, {
      since: start,
      at: later(20_000),
      by,
      successor: newKey(key.odsCode),
      needed: (keys) => signingKey(keys, start) === undefined,
    });
    expect(first).toMatchObject({ revoked: 5_000, successorStored: true });
    expect(first.next).toBeDefined();
    expect(await store.findUnsettled()).toContain(key.kid);
    // Another process settles it.
    expect(await settleCompromises({ issuerKeyStore: store, now: () => later(20_001) })).toBe(
      7_000,
    );
    expect(await traces(batch)).toEqual([12_000, 12_000, 12_000, 12_000]);
    expect(await store.findUnsettled()).not.toContain(key.kid);
    expect(await settleCompromises({ issuerKeyStore: store, now: () => later(20_002) })).toBe(0);
  });

  it.each(['retired', 'compromised'] as const)(
    'records no signature of a key that was %s',
    async (how) => {
      const key = await addFirst(newKey(newTrust()));
      const batch = await credentials(key, 1, true);
      if (how === 'retired') await store.retire(key, () => true, start, by);
      else {
        const none = { successor: undefined, needed: () => false };
        await store.compromise(key, { since: start, at: start, by, ...none });
      }
      const id = `${batch}-1`;
      const signed = [{ id, signedJwt: 'a.b.c', signedHash: 'h', kid: key.kid }];
      const issued = { idempotencyKey: id, odsCode: key.odsCode };
      expect(await postgresCredentials(db).complete(issued, signed, by, start)).toBe('key-stopped');
      expect(await postgresCredentials(db).find(id)).toMatchObject({ state: 'ISSUING' });
    },
  );

  it('either revokes or never records what is signed while a key is compromised', async () => {
    const key = await addFirst(newKey(newTrust()));
    const batch = await credentials(key, 60, true);
    const recording = Array.from({ length: 60 }, async (_, index) => {
      const id = `${batch}-${String(index + 1)}`;
      return postgresCredentials(db).complete(
        { idempotencyKey: id, odsCode: key.odsCode },
        [{ id, signedJwt: 'a.b.c', signedHash: 'h', kid: key.kid }],
        by,
        later(1),
      );
    });
    const none = { successor: undefined, needed: () => false };
    const compromise = store.compromise(key, { since: start, at: later(2), by, ...none });
    await Promise.all([compromise, ...recording]);
    const left = await count(sql`select count(*)::int as count from passport.credential
      where offer_id = ${batch} and state = 'ACTIVE'`);
    expect(left).toBe(0);
  });
}

describe('issuers’ keys in the embedded database', () => {
  contract(async () => {
    const { database, close } = await embeddedDatabase();
    return { database, stop: close };
  });
});

describeWithServers('postgres')('issuers’ keys in PostgreSQL', () => {
  contract(async () => {
    const { database, close } = await serverDatabase();
    return { database, stop: close };
  });

  it('survive the migration: each becomes the key that signs', async () => {
    const postgres = await startPostgres();
    const database = openPostgres(postgres.url);
    try {
      const folder = await mkdtemp(join(tmpdir(), 'lanyard-migrations-'));
      const migrations = new URL('../../subgraphs/passport/postgres/migrations/', import.meta.url);
      const name = '0001-passport.sql';
      await copyFile(new URL(name, migrations), join(folder, name));
      await migrate(database, 'passport', pathToFileURL(folder));
      await rm(folder, { recursive: true });
      const db = database.schema<PassportTables>('passport');
      await sql`insert into passport.issuer_key
          (kid, ods_code, use, certificate, sealed_private_key, created_at)
        values ('k1', 'RZ1', 'credential', 'AAAA', 'sealed', ${start}),
          ('k2', 'RZ1', 'status-list', 'AAAA', 'sealed', ${start})`.execute(db);
      await sql`insert into passport.offer (id, staff_id, ods_code, types, created_at, expires_at)
        values ('o', 'stf_x', 'RZ1', '[]', ${start}, ${start})`.execute(db);
      await sql`insert into passport.status_list (id, ods_code, size) values ('l', 'RZ1', 10)`.execute(
        db,
      );
      await sql`insert into passport.status_slot values ('l', 1)`.execute(db);
      await sql`insert into passport.credential (id, offer_id, staff_id, ods_code, type, state,
          holder_thumbprint, idempotency_key, request_hash, claims_hash, list_id, status_index,
          payload, signed_jwt, created_at, issued_at, expires_at)
        values ('c', 'o', 'stf_x', 'RZ1', 'IDENTITY', 'ACTIVE', 'h', 'i', 'r', 'c', 'l', 1, '{}',
          'a.b.c', ${start}, ${start}, ${later(86_400)})`.execute(db);
      await migrate(database, 'passport', migrations);
      const store = postgresIssuerKeys(db);
      const keys = await store.find({ odsCode: 'RZ1', use: 'credential' });
      expect(keys).toEqual([
        {
          ...newKey('RZ1', { kid: 'k1' }),
          lastExpiresAt: later(86_400),
        },
      ]);
      expect(signingKey(keys, later(1))?.kid).toBe('k1');
      expect(await postgresCredentials(db).find('c')).toMatchObject({
        kid: 'k1',
        // SHA-256 of "a.b.c".
        signedHash: 'hF4wRIgJ4ryJWOsCW_x5UjXROwd6U9DDq70jhRcNybg',
      });
    } finally {
      await database.close();
      await postgres.stop();
    }
  });
});
