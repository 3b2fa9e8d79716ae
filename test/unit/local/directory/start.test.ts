import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  type EmbeddedDirectory,
  startEmbeddedDirectory,
} from '../../../../local/directory/start.ts';
import { ldapBind } from '../../../../runtime/ldap-bind.ts';
import { createLdapPool, type LdapPool, PresenceFilter } from '../../../../runtime/ldap-pool.ts';
import { createLog } from '../../../../runtime/log.ts';
import { eventually } from '../../../servers/child.ts';

const run = promisify(execFile);
const log = createLog({ name: 'test', level: 'silent' });
/** A deadline that no test waits for, in milliseconds. */
const deadlineMs = 60_000;
const BASE = 'ou=people,dc=nhs,dc=example';
const SERVICE = { serviceDn: 'cn=lanyard,dc=nhs,dc=example', servicePassword: 'of the service' };
const salt = Buffer.from('salt');
const ssha = `{SSHA}${Buffer.concat([createHash('sha1').update('of a1').update(salt).digest(), salt]).toString('base64')}`;
const people = Array.from({ length: 345 }, (_, n) => n).map(
  (n) => `dn: uid=a${String(n)},${BASE}
objectClass: inetOrgPerson
uid: a${String(n)}
cn: Person ${String(n)}
sn:: TcO8bGxlcg==
mail: a${String(n)}@rz1.example
createTimestamp: 20200101000000Z
userPassword: ${ssha}
`,
);

let folder: string;
let directory: EmbeddedDirectory;
let pool: LdapPool;
const everybody = {
  filter: new PresenceFilter({ attribute: 'uid' }),
  scope: 'sub',
  attributes: [],
} as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanyard-directory-'));
  const ldifFile = join(folder, 'directory.ldif');
  await writeFile(
    ldifFile,
    ['dn: dc=nhs,dc=example\ndc: nhs\n', `dn: ${BASE}\nou: people\n`, ...people].join('\n'),
  );
  directory = await startEmbeddedDirectory({ ldifFile, ...SERVICE });
  pool = createLdapPool(
    {
      url: directory.url,
      bindDn: SERVICE.serviceDn,
      bindPassword: SERVICE.servicePassword,
      deadlineMs,
    },
    log,
  );
});
afterAll(async () => {
  await pool.close();
  await directory.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the embedded directory', () => {
  it('never gives out a password', async () => {
    const all = await pool.search(BASE, everybody);
    expect(all).toHaveLength(345);
    expect(all.filter(({ attributes }) => attributes.has('userpassword'))).toEqual([]);
    const asked = await pool.search(BASE, { ...everybody, attributes: ['userPassword', 'UID'] });
    expect([...(asked[0]?.attributes.keys() ?? [])]).toEqual(['uid']);
  });

  it('pages and keeps to the size limit', async () => {
    expect(await pool.search(BASE, { ...everybody, pageSize: 100 })).toHaveLength(345);
    expect(await pool.search(BASE, { ...everybody, sizeLimit: 5 })).toHaveLength(5);
  });

  it.each([
    ['accepted', `uid=a1,${BASE}`, 'of a1'],
    ['accepted', `UID=A1, ${BASE}`, 'of a1'],
    ['accepted', SERVICE.serviceDn, SERVICE.servicePassword],
    ['rejected', `uid=a1,${BASE}`, 'of a2'],
    ['rejected', `uid=a1,${BASE}`, ssha],
    ['rejected', `uid=nobody,${BASE}`, 'of a1'],
    ['rejected', BASE, 'of a1'],
    ['rejected', SERVICE.serviceDn, 'of a1'],
    ['rejected', 'cn=other,dc=elsewhere', 'of a1'],
  ] as const)('signing in is %s for %p', async (outcome, dn, password) => {
    expect(await ldapBind({ url: directory.url, dn, password, deadlineMs })).toBe(outcome);
  });

  it('comes back on the same port after its worker died', async () => {
    await pool.check();
    await directory.crash();
    await expect(pool.check()).rejects.toMatchObject({ code: 'unavailable' });
    await eventually(() => pool.check());
    expect(await pool.search(BASE, everybody)).toHaveLength(345);
  });

  it.each([
    ['text', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['zeroes', Buffer.alloc(100)],
    ['an unknown operation', Buffer.from('3005020101ff00', 'hex')],
    [
      'a search with an empty value',
      Buffer.from(
        '30250201016320040064000a01000a0100020100020100010100a30a04036d61696c0400',
        'hex',
      ),
    ],
    ['half a message', Buffer.from('3084000000', 'hex')],
  ])('outlives %s from a stranger', async (_name, bytes) => {
    const port = Number(new URL(directory.url).port);
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.end(bytes);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve();
      });
      socket.setTimeout(500, () => socket.destroy());
    });
    await eventually(() => pool.check());
    expect(await pool.search(BASE, everybody)).toHaveLength(345);
  });

  it('does not start on a file that is not LDIF', async () => {
    const ldifFile = join(folder, 'wrong.ldif');
    await writeFile(ldifFile, 'not: an entry');
    await expect(startEmbeddedDirectory({ ldifFile, ...SERVICE })).rejects.toThrow();
  });
});

const withLdapsearch = existsSync('/usr/bin/ldapsearch') ? describe : describe.skip;

withLdapsearch('the embedded directory, read with ldapsearch', () => {
  const search = async (...args: string[]) =>
    run('/usr/bin/ldapsearch', ['-x', '-LLL', '-H', directory.url, ...args]).then(
      ({ stdout }) => stdout,
      (error: unknown) => `result ${String((error as { code: number }).code)}`,
    );
  const service = ['-D', SERVICE.serviceDn, '-w', SERVICE.servicePassword];

  it('gives every entry in pages', async () => {
    const text = await search(...service, '-b', BASE, '-E', 'pr=100/noprompt', '(uid=*)', 'mail');
    expect(text.match(/^dn: /gm)).toHaveLength(345);
    expect(text.match(/^mail: /gm)).toHaveLength(345);
  });

  it('stops at the size limit with result code 4', async () => {
    expect(await search(...service, '-b', BASE, '-z', '3', '(uid=*)')).toBe('result 4');
  });

  it('answers a filter with parts', async () => {
    const text = await search(...service, '-b', BASE, '(&(mail=A12*)(!(uid=a12)))', 'sn');
    expect(text.match(/^dn: /gm)).toHaveLength(10);
    expect(text).toContain('sn:: TcO8bGxlcg==');
  });

  it('knows of its entries when they were changed, and tells when asked', async () => {
    const one = async (...asked: string[]) => search(...service, '-b', BASE, '(uid=a1)', ...asked);
    expect(await one()).not.toContain('modifyTimestamp');
    expect(await one('*')).not.toContain('entryUUID');
    const all = await one('+');
    expect(all).toMatch(/^modifyTimestamp: \d{14}Z$/m);
    expect(all).toMatch(/^createTimestamp: 20200101000000Z$/m);
    expect(all).toMatch(
      /^entryUUID: [0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/m,
    );
    expect(all).not.toContain('mail:');
    expect(await one('entryuuid')).toMatch(/^entryUUID: /m);
  });

  it.each([
    ['(modifyTimestamp>=20200101000000Z)', 345],
    ['(modifyTimestamp<=20200101000000Z)', 0],
    ['(createTimestamp<=20200101010000+0100)', 345],
    ['(createTimestamp>=20200101000001Z)', 0],
    ['(&(uid>=a97)(uid<=A98))', 2],
  ])('compares with %s', async (filter, count) => {
    const text = await search(...service, '-b', BASE, `(&(mail=*)${filter})`, '1.1');
    expect(text.match(/^dn: /gm) ?? []).toHaveLength(count);
  });

  it.each([
    ['anonymously', [], 'result 50'],
    ['with a name and no password', ['-D', SERVICE.serviceDn, '-w', ''], 'result 53'],
    ['with a wrong password', ['-D', SERVICE.serviceDn, '-w', 'x'], 'result 49'],
    ['of a base that is not there', [...service, '-b', 'dc=elsewhere'], 'result 32'],
  ])('refuses a search %s', async (_name, args, result) => {
    expect(await search('-b', BASE, ...args, '(uid=*)')).toBe(result);
  });

  it('describes itself', async () => {
    expect(await search('-b', '', '-s', 'base', '+', '*')).toContain(
      'namingContexts: dc=nhs,dc=example',
    );
  });
});
