/** The copy follows a real OpenLDAP server, by each way in which a directory can be followed. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ldap from 'ldapjs';

import { openEmbedded } from '../../runtime/database.ts';
import type { EmbeddedEngine } from '../../runtime/embedded-database.ts';
import { createLdapPool, type LdapPool } from '../../runtime/ldap-pool.ts';
import { createLog } from '../../runtime/log.ts';
import { migrate } from '../../runtime/migrate.ts';
import type { FeedWay } from '../../subgraphs/nhsmail/domain/directory-feed.ts';
import {
  syncDirectory,
  type SyncParts,
  type SyncRequest,
} from '../../subgraphs/nhsmail/domain/sync-directory.ts';
import { DIRECTORY_SCHEMAS } from '../../subgraphs/nhsmail/ldap/directory-schemas.ts';
import { ldapDirectoryFeed } from '../../subgraphs/nhsmail/ldap/sync-feed.ts';
import type { AccountTables } from '../../subgraphs/nhsmail/postgres/account-tables.ts';
import { postgresAccounts } from '../../subgraphs/nhsmail/postgres/accounts.ts';
import { postgresSyncJournal } from '../../subgraphs/nhsmail/postgres/directory-sync.ts';
import { describeWithServers } from '../servers/available.ts';
import { startTestEngine } from '../servers/embedded.ts';
import { type LdapOptions, type LdapServer, startLdap } from '../servers/ldap.ts';
import { ldifFileOf, PEOPLE_DN } from '../unit/subgraphs/nhsmail/directory-world.ts';

const log = createLog({ name: 'test', level: 'silent' });
/** No test waits for it, in milliseconds. */
const LONG_MS = 60_000;
/** How long a read is silent before it is given up, where a test is about that. */
const SILENCE_MS = 500;
/** So many bytes of the server's answers are in the middle of the list. */
const MIDDLE = 30_000;
const people = Array.from({ length: 220 }, (_, n) => ({
  uid: `m${String(n)}`,
  sn: `Family ${String(n)}`,
  mail: [`m${String(n)}@nhsmail.example`],
  employeeType: 'USER:ACTIVE',
  departmentNumber: 'RZ3',
}));
const dn = (uid: string): string => `uid=${uid},${PEOPLE_DN}`;

/** Changes entries as their administrators do. */
function administrator(server: LdapServer) {
  const client = ldap.createClient({ url: server.url });
  client.on('error', () => undefined);
  const done = (run: (callback: (error: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      run((error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  return {
    signIn: () =>
      done((callback) => {
        client.bind(server.bindDn, server.bindPassword, callback);
      }),
    rename: (uid: string, familyName: string) =>
      done((callback) => {
        const modification = new ldap.Attribute({ type: 'sn', values: [familyName] });
        const change = new ldap.Change({ operation: 'replace', modification });
        client.modify(dn(uid), change, callback);
      }),
    move: (uid: string, to: string) =>
      done((callback) => {
        client.modifyDN(dn(uid), dn(to), callback);
      }),
    delete: (uid: string) =>
      done((callback) => {
        client.del(dn(uid), callback);
      }),
    add: (uid: string) =>
      done((callback) => {
        const entry = {
          objectClass: 'inetOrgPerson',
          cn: uid,
          sn: 'Again',
          mail: `${uid}@nhsmail.example`,
          employeeType: 'USER:ACTIVE',
        };
        client.add(dn(uid), entry, callback);
      }),
    close: () => {
      client.destroy();
    },
  };
}

/** Passes on what is asked and answered; from the middle of the list on, nothing, or what no directory says. */
async function tap(port: number, then: Buffer | undefined) {
  const sockets = new Set<Socket>();
  const opened = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined);
  };
  const listener = createServer((client) => {
    opened(client);
    const server = opened(connect(port, '127.0.0.1'));
    client.on('data', (bytes) => server.write(bytes));
    let passed = 0;
    server.on('data', (bytes) => {
      if (passed >= MIDDLE) return;
      passed += bytes.length;
      client.write(passed < MIDDLE ? bytes : bytes.subarray(0, bytes.length - (passed - MIDDLE)));
      if (passed >= MIDDLE && then !== undefined) client.write(then);
    });
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const { port: own } = listener.address() as AddressInfo;
  return {
    url: `ldap://127.0.0.1:${String(own)}`,
    close: () => {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

describeWithServers('slapd')('the copy of a directory on OpenLDAP', () => {
  let engine: EmbeddedEngine;
  let ldif: Awaited<ReturnType<typeof ldifFileOf>>;

  beforeAll(async () => {
    engine = await startTestEngine();
    ldif = await ldifFileOf(people);
  });
  afterAll(async () => {
    await ldif.remove();
    await engine.close();
  });

  describe.each<[string, Pick<LdapOptions, 'contentSync'>, FeedWay]>([
    ['that remembers its changes', { contentSync: { sessionLog: 100 } }, 'CONTENT_SYNC'],
    ['that tells what is there', { contentSync: { sessionLog: 0 } }, 'CONTENT_SYNC'],
    ['that has the times of changes only', {}, 'TIMES'],
  ])('%s', (_name, options, way) => {
    let server: LdapServer;
    let pool: LdapPool;
    let parts: SyncParts;
    let admin: ReturnType<typeof administrator>;
    const db = () => openEmbedded(engine).schema<AccountTables>('nhsmail');
    const sync = (request: SyncRequest = {}) => syncDirectory(request, parts);
    const known = async (...ids: string[]) =>
      [...(await postgresAccounts(db()).findByIds(ids)).values()]
        .map(({ id, familyName, goneAt }) => [
          id,
          familyName,
          goneAt === undefined ? 'there' : 'gone',
        ])
        .sort(([a = ''], [b = '']) => (a < b ? -1 : 1));

    beforeAll(async () => {
      await migrate(
        openEmbedded(engine),
        'nhsmail',
        new URL('../../subgraphs/nhsmail/postgres/migrations', import.meta.url),
      );
      await engine.query(
        'truncate nhsmail.account, nhsmail.directory_sync, nhsmail.directory_read cascade',
        [],
      );
      server = await startLdap({ ldif: ldif.path, ...options });
      pool = createLdapPool({ ...server, deadlineMs: LONG_MS }, log);
      const now = () => new Date();
      parts = {
        feed: ldapDirectoryFeed(pool, {
          baseDn: PEOPLE_DN,
          schema: DIRECTORY_SCHEMAS.nhsmail,
          now,
          stallMs: LONG_MS,
        }),
        journal: postgresSyncJournal(db()),
        accounts: postgresAccounts(db()),
        now,
        limits: { mostGone: 0.02, wholeEveryMs: 24 * 60 * LONG_MS, overlapMs: LONG_MS },
      };
      admin = administrator(server);
      await admin.signIn();
    });
    afterAll(async () => {
      admin.close();
      await pool.close();
      await server.stop();
    });

    it('is read whole, and again without a change', async () => {
      expect(await parts.feed.way()).toBe(way);
      expect(await sync()).toMatchObject({
        kind: 'done',
        read: 'WHOLE',
        entries: people.length,
        changed: people.length,
      });
      expect(await sync({ whole: true })).toMatchObject({ kind: 'done', changed: 0, missing: 0 });
    });

    it('follows what is changed, given another id, deleted and restored', async () => {
      await admin.rename('m1', 'Lindqvist');
      await admin.move('m2', 'renamed');
      await admin.delete('m3');
      await admin.delete('m4');
      await admin.add('m4');
      expect(await sync()).toMatchObject({ kind: 'done', read: 'CHANGES' });
      // By times alone nobody tells what is deleted.
      if (way === 'TIMES') await sync({ whole: true });
      expect(await known('m1', 'm2', 'renamed', 'm3', 'm4', 'm5')).toEqual([
        ['m1', 'Lindqvist', 'there'],
        ['m2', 'Family 2', 'gone'],
        ['m3', 'Family 3', 'gone'],
        ['m4', 'Again', 'there'],
        ['m5', 'Family 5', 'there'],
        ['renamed', 'Family 2', 'there'],
      ]);
      const { reads } = await parts.journal.status();
      expect(reads.filter(({ state }) => state !== 'DONE')).toEqual([]);
    });

    it('takes back what has come back', async () => {
      await admin.add('m3');
      expect(await sync()).toMatchObject({ kind: 'done', read: 'CHANGES' });
      expect(await known('m3')).toEqual([['m3', 'Again', 'there']]);
    });

    it('is read whole when the server does not know where we are', async () => {
      await engine.query('update nhsmail.directory_sync set cookie = $1', [
        Buffer.from('rid=000,csn=20200101000000.000000Z#000000#000#000000').toString('base64'),
      ]);
      expect(await sync()).toMatchObject({ kind: 'done', missing: 0 });
    });

    it.each<[string, Buffer | undefined, number]>([
      ['stops', undefined, SILENCE_MS],
      ['turns to garbage', Buffer.alloc(4_096, 0xff), LONG_MS],
    ])('loses nobody when the list %s in the middle', async (_end, then, stallMs) => {
      const before = await parts.journal.status();
      const broken = await tap(server.port, then);
      const through = createLdapPool({ ...server, url: broken.url, deadlineMs: stallMs }, log);
      const feed = ldapDirectoryFeed(through, {
        baseDn: PEOPLE_DN,
        schema: DIRECTORY_SCHEMAS.nhsmail,
        now: parts.now,
        stallMs,
      });
      await expect(syncDirectory({ whole: true }, { ...parts, feed })).rejects.toMatchObject({
        code: 'unavailable',
      });
      await through.close();
      broken.close();
      const { accounts, gone } = await parts.journal.status();
      expect({ accounts, gone }).toEqual({ accounts: before.accounts, gone: before.gone });
      expect(await sync({ whole: true })).toMatchObject({ kind: 'done', missing: 0 });
    });

    it('loses nobody while the server is away', async () => {
      const before = await parts.journal.status();
      await server.stop();
      await expect(sync({ whole: true })).rejects.toMatchObject({ code: 'unavailable' });
      await expect(sync()).rejects.toMatchObject({ code: 'unavailable' });
      const { accounts, gone, asOf } = await parts.journal.status();
      expect({ accounts, gone, asOf }).toEqual({
        accounts: before.accounts,
        gone: before.gone,
        asOf: before.asOf,
      });
    });
  });
});
