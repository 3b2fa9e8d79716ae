import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import ldap from 'ldapjs';

import {
  createLdapPool,
  EqualityFilter,
  type LdapPool,
  OrFilter,
  PresenceFilter,
} from '../../../runtime/ldap-pool.ts';
import { createLog } from '../../../runtime/log.ts';
import { describeWithServers } from '../../servers/available.ts';
import { eventually, freePort } from '../../servers/child.ts';
import { type LdapServer, startLdap } from '../../servers/ldap.ts';
import { ldifFile, suspend } from './ldap-directory.ts';

const log = createLog({ name: 'test', level: 'silent' });
const byMail = (mail: string) =>
  ({
    filter: new EqualityFilter({ attribute: 'mail', value: mail }),
    scope: 'sub',
    attributes: ['uid', 'sn', 'mail'],
  }) as const;
const everybody = {
  filter: new PresenceFilter({ attribute: 'uid' }),
  scope: 'sub',
  attributes: ['uid'],
} as const;

interface Asked {
  readonly dn: { readonly toString: () => string };
  readonly connection: Socket;
}
interface Answering {
  status: number;
  readonly send: (entry: object) => void;
  readonly end: () => void;
}

/** A deadline that no test waits for, in milliseconds. */
const LONG_MS = 60_000;
/** The deadline of the tests that wait for it, in milliseconds. */
const SHORT_MS = 1_000;

describeWithServers('slapd')('a pool of connections to OpenLDAP', () => {
  let ldif: Awaited<ReturnType<typeof ldifFile>>;
  let server: LdapServer;
  let pool: LdapPool;
  const connect = (to: LdapServer, deadlineMs = LONG_MS) =>
    createLdapPool(
      { url: to.url, bindDn: to.bindDn, bindPassword: to.bindPassword, deadlineMs },
      log,
    );

  beforeAll(async () => {
    ldif = await ldifFile();
    server = await startLdap({ ldif: ldif.path });
    pool = connect(server);
  });
  afterAll(async () => {
    await pool.close();
    await server.stop();
    await ldif.remove();
  });

  it('finds an entry by address in any case, with names as they are', async () => {
    const [entry, ...others] = await pool.search(server.baseDn, byMail('A1@RZ1.example'));
    expect(others).toEqual([]);
    expect(entry?.dn).toBe('uid=a1,ou=people,dc=nhs,dc=example');
    expect(Object.fromEntries(entry?.attributes ?? [])).toEqual({
      uid: ['a1'],
      sn: [`O'Brien-Ó "Cáit" \\ *)(`],
      mail: ['a1@rz1.example'],
    });
  });

  it('reads a name with spaces, quotes, commas and accents, and finds the entry by it', async () => {
    const [entry] = await pool.search(server.baseDn, byMail('quoted@rz1.example'));
    expect(entry?.attributes.get('uid')).toEqual([' "q" é,\\b']);
    const again = await pool.search(entry?.dn ?? '', { ...everybody, scope: 'base' });
    expect(again.map(({ dn }) => dn)).toEqual([entry?.dn]);
  });

  it.each(['*', '*)(uid=*', 'a1@rz1.example)(uid=*', '\\2a', 'a\0b', `O'Brien-Ó "Cáit" \\ *)(`])(
    'takes the value %p for what it says and nothing else',
    async (value) => {
      expect(await pool.search(server.baseDn, byMail(value))).toEqual([]);
      const bySurname = new EqualityFilter({ attribute: 'sn', value });
      const found = await pool.search(server.baseDn, { ...everybody, filter: bySurname });
      expect(found).toHaveLength(value.startsWith('O') ? 1 : 0);
    },
  );

  it('asks for fifty addresses at once', async () => {
    const filters = Array.from(
      { length: 50 },
      (_, n) => new EqualityFilter({ attribute: 'mail', value: `b${String(n)}@rz1.example` }),
    );
    const found = await pool.search(server.baseDn, {
      ...everybody,
      filter: new OrFilter({ filters }),
    });
    expect(found).toHaveLength(50);
  });

  it('stops at the size limit, with and without pages', async () => {
    expect(await pool.search(server.baseDn, { ...everybody, sizeLimit: 2 })).toHaveLength(2);
    expect(
      await pool.search(server.baseDn, { ...everybody, sizeLimit: 25, pageSize: 10 }),
    ).toHaveLength(25);
  });

  it('streams every entry page by page, several streams at a time', async () => {
    const count = async (): Promise<number> => {
      const seen = new Set<string>();
      for await (const { dn } of pool.searchStream(server.baseDn, { ...everybody, pageSize: 7 })) {
        seen.add(dn);
      }
      return seen.size;
    };
    expect(await Promise.all([count(), count(), count()])).toEqual([122, 122, 122]);
  });

  it('refuses streams past the limit at once', async () => {
    const streams = Array.from({ length: 5 }, () => pool.searchStream(server.baseDn, everybody));
    const first = await Promise.allSettled(streams.map((stream) => stream.next()));
    expect(first.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'fulfilled'),
      'rejected',
    ]);
    await Promise.all(streams.map((stream) => stream.return()));
    expect((await pool.searchStream(server.baseDn, everybody).next()).done).toBe(false);
  });

  it('says which result code a refused search had', async () => {
    await expect(pool.search('ou=elsewhere,dc=nhs,dc=example', everybody)).rejects.toMatchObject({
      code: 'ldap_refused',
      resultCode: 32,
    });
  });

  it('fails at once while the server is away and serves again when it is back, under load', async () => {
    await pool.check();
    const outcomes: string[] = [];
    let slowest = 0;
    let running = true;
    const asker = async (): Promise<void> => {
      while (running) {
        const from = performance.now();
        outcomes.push(
          await pool.search(server.baseDn, byMail('a1@rz1.example')).then(
            (entries) => `found ${String(entries.length)}`,
            (error: unknown) => (error as { code: string }).code,
          ),
        );
        slowest = Math.max(slowest, performance.now() - from);
        await delay(1);
      }
    };
    const askers = Array.from({ length: 20 }, asker);
    const outcome = async (wanted: string): Promise<void> => {
      const from = outcomes.length;
      await eventually(() => {
        expect(outcomes.slice(from)).toContain(wanted);
        return Promise.resolve();
      });
    };
    await outcome('found 1');
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    await outcome('unavailable');
    server = await startLdap({ ldif: ldif.path, port: server.port });
    await outcome('found 1');
    running = false;
    await Promise.all(askers);
    expect(new Set(outcomes)).toEqual(new Set(['found 1', 'unavailable']));
    // Whoever waited for the deadline would be seen.
    expect(slowest).toBeLessThan(LONG_MS / 2);
  });

  it('gives up on a server that hangs, and comes back to it', async () => {
    const hasty = connect(server, SHORT_MS);
    await eventually(() => hasty.check());
    await suspend(server.pid);
    try {
      await expect(hasty.search(server.baseDn, everybody)).rejects.toMatchObject({
        code: 'unavailable',
      });
      const stream = hasty.searchStream(server.baseDn, everybody);
      await expect(stream.next()).rejects.toMatchObject({ code: 'unavailable' });
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await eventually(() => hasty.check());
    await hasty.close();
  });

  it('turns away what is more than the connections can carry', async () => {
    await pool.check();
    await suspend(server.pid);
    let refused = 0;
    const searches = Array.from({ length: 200 }, () =>
      pool.search(server.baseDn, byMail('a1@rz1.example')).catch(() => {
        refused += 1;
      }),
    );
    try {
      await eventually(async () => {
        expect(refused).toBeGreaterThanOrEqual(72);
        await Promise.resolve();
      });
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await Promise.all(searches);
    expect(refused).toBeLessThan(200);
  });

  it('does not answer after it was closed', async () => {
    const closed = connect(server);
    await closed.check();
    const stream = closed.searchStream(server.baseDn, { ...everybody, pageSize: 7 });
    expect((await stream.next()).done).toBe(false);
    await closed.close();
    const unavailable = { code: 'unavailable' };
    await expect(closed.search(server.baseDn, everybody)).rejects.toMatchObject(unavailable);
    const rest = async (): Promise<void> => {
      for await (const entry of stream) expect(entry.dn).toContain('ou=people');
    };
    await expect(rest()).rejects.toMatchObject(unavailable);
  });

  it('is not ready with a wrong password', async () => {
    const wrong = createLdapPool(
      { url: server.url, bindDn: server.bindDn, bindPassword: 'wrong', deadlineMs: LONG_MS },
      log,
    );
    await expect(wrong.check()).rejects.toMatchObject({ code: 'unavailable' });
    await wrong.close();
  });
});

describe('a server that fails in the middle of an answer', () => {
  const NAME = 'uid=a1,dc=x';
  const goingWrong = ldap.createServer();
  const net = (goingWrong as unknown as { readonly server: Server }).server;
  let url: string;
  let binds = 0;

  beforeAll(async () => {
    goingWrong.on('error', () => undefined);
    goingWrong.bind('', (_request: unknown, response: { end: () => void }) => {
      binds += 1;
      response.end();
    });
    goingWrong.search('', (request: Asked, response: Answering) => {
      const attributes = { objectClass: ['top'], uid: ['a1'] };
      response.send({ dn: NAME, attributes });
      switch (String(request.dn)) {
        case 'dc=stalls':
          break;
        case 'dc=garbage':
          request.connection.write(Buffer.alloc(64));
          break;
        case 'dc=nonsense':
          request.connection.write(Buffer.from('3003ffffff', 'hex'));
          break;
        case 'dc=half':
          request.connection.end(Buffer.from('30840000', 'hex'));
          break;
        case 'dc=referral':
          response.status = 10;
          response.end();
          break;
        default:
          response.end();
      }
    });
    goingWrong.listen(0, '127.0.0.1');
    await once(net, 'listening');
    url = `ldap://127.0.0.1:${String((net.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    net.close();
  });

  it.each([
    ['stalls', SHORT_MS, { code: 'unavailable' }, 0],
    ['garbage', LONG_MS, { code: 'unavailable' }, 1],
    ['nonsense', LONG_MS, { code: 'unavailable' }, 1],
    ['half', LONG_MS, { code: 'unavailable' }, 1],
    ['referral', LONG_MS, { code: 'ldap_refused', resultCode: 10 }, 0],
  ])(
    '%s: the search fails alone, and the next one is answered',
    async (base, deadlineMs, fault, signIns) => {
      const pool = createLdapPool(
        { url, bindDn: 'cn=x', bindPassword: 'x', size: 1, deadlineMs },
        log,
      );
      await eventually(() => pool.check());
      const before = binds;
      await expect(pool.search(`dc=${base}`, everybody)).rejects.toMatchObject(fault);
      await eventually(async () => {
        expect(await pool.search('dc=x', everybody)).toHaveLength(1);
      });
      // A connection that was lost is signed in anew. A busy machine may need more than one.
      expect(binds).toBeGreaterThanOrEqual(before + signIns);
      await pool.close();
    },
  );
});

describe('a server that does not keep to the protocol', () => {
  let server: Server;
  let port: number;
  let answer: Buffer;

  beforeEach(async () => {
    port = await freePort();
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (answer.length > 0) socket.write(answer);
      socket.on('data', () => {
        socket.write(answer);
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
  });

  it.each([
    ['text', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['zeroes', Buffer.alloc(64)],
    ['an endless length', Buffer.from('3084ffffffff', 'hex')],
    ['an answer to no question', Buffer.from('300c02016361070a010004000400', 'hex')],
    ['an operation that does not exist', Buffer.from('3005020101ff00', 'hex')],
    ['a bind answer with nothing in it', Buffer.from('300502010161 00'.replace(' ', ''), 'hex')],
    ['silence', Buffer.alloc(0)],
  ])('is taken for unavailable: %s', async (_name, bytes) => {
    answer = bytes;
    const pool = createLdapPool(
      {
        url: `ldap://127.0.0.1:${String(port)}`,
        bindDn: 'cn=x',
        bindPassword: 'x',
        deadlineMs: 300,
      },
      log,
    );
    await expect(pool.search('dc=x', everybody)).rejects.toMatchObject({ code: 'unavailable' });
    await delay(100);
    await expect(pool.check()).rejects.toMatchObject({ code: 'unavailable' });
    await pool.close();
  });
});
