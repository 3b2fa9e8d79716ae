/** Addresses and passwords, on a real LDAP server. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { StaffDirectory } from '../../identity/domain/ports.ts';
import { ldapStaffDirectory } from '../../identity/ldap/staff-directory.ts';
import { createLdapPool, type LdapPool } from '../../runtime/ldap-pool.ts';
import { createLog } from '../../runtime/log.ts';
import { describeWithServers } from '../servers/available.ts';
import { eventually } from '../servers/child.ts';
import { type LdapServer, startLdap } from '../servers/ldap.ts';

const person = (uid: string, ...lines: string[]): string =>
  [
    `dn: uid=${uid},ou=people,dc=nhs,dc=example`,
    'objectClass: inetOrgPerson',
    `uid: ${uid}`,
    'sn: Name',
    ...lines,
    'userPassword: right',
  ].join('\n');

const LDIF = [
  'dn: dc=nhs,dc=example\nobjectClass: dcObject\nobjectClass: organization\ndc: nhs\no: NHS',
  'dn: ou=people,dc=nhs,dc=example\nobjectClass: organizationalUnit\nou: people',
  person(
    'a1',
    'cn: Zoe',
    'displayName:: WsO2ZSBOYW1l',
    'mail: Zoe.Name@nhs.example',
    'mail: zoe.old@nhs.example',
    'employeeType: USER:ACTIVE',
  ),
  person('a2', 'cn: One', 'mail: twice@nhs.example', 'employeeType: USER:ACTIVE'),
  person('a3', 'cn: Two', 'mail: twice@nhs.example', 'employeeType: USER:LEAVER'),
  '',
].join('\n\n');

/** An entry that says the rest is at another server (RFC 3296). */
const referral = (port: number): string =>
  [
    'dn: ou=elsewhere,ou=people,dc=nhs,dc=example',
    'objectClass: referral',
    'objectClass: extensibleObject',
    'ou: elsewhere',
    `ref: ldap://127.0.0.1:${String(port)}/ou=people,dc=nhs,dc=example`,
    '',
  ].join('\n');

describeWithServers('slapd')('the NHSmail directory', () => {
  let server: LdapServer;
  let pool: LdapPool;
  let directory: StaffDirectory;
  let folder: string;
  let followed = 0;
  /** Where a referral in the directory points. */
  const elsewhere = createServer((socket) => {
    followed += 1;
    socket.destroy();
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lanyard-ldif-'));
    const ldif = join(folder, 'people.ldif');
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    await writeFile(ldif, LDIF + referral(port));
    // The worst kind of server: it answers success to a name without a password.
    server = await startLdap({ ldif, allowUnauthenticatedBind: true });
    const log = createLog({ name: 'test', level: 'silent' });
    // No test here is about the deadline.
    const deadlineMs = 60_000;
    pool = createLdapPool({ ...server, size: 1, deadlineMs }, log);
    directory = ldapStaffDirectory({ url: server.url, baseDn: server.baseDn, deadlineMs, pool });
    await eventually(() => pool.check());
  });
  afterAll(async () => {
    await pool.close();
    await server.stop();
    elsewhere.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['zoe.name@nhs.example', 'ZOE.NAME@NHS.EXAMPLE', 'zoe.old@nhs.example'])(
    'finds %s',
    async (mail) => {
      expect(await directory.findByMail(mail)).toEqual({
        dn: 'uid=a1,ou=people,dc=nhs,dc=example',
        mail: 'zoe.name@nhs.example',
        displayName: 'Zöe Name',
        employeeType: 'USER:ACTIVE',
      });
    },
  );

  it.each([
    '*',
    '*@nhs.example',
    'nobody@nhs.example',
    ')(uid=*',
    'twice@nhs.example',
    '*)(uid=*))(|(uid=*',
    '*)(mail=*',
    'zoe.name@nhs.example)(employeeType=*',
    'zoe.name@nhs.example*',
    'z*@nhs.example',
    '(&(mail=*)(uid=a1))',
    '(|(mail=*))',
    '!(mail=x)',
    '*)(&',
    '*))%00',
    'zoe.name@nhs.example\0',
    '\\2a',
    '\\00',
    '%2a',
    '\\',
    '(',
    ')',
    '&',
    '|',
    'a=b',
    'mail:caseExactMatch:=*',
    'uid=a1,ou=people,dc=nhs,dc=example',
    '*)(userPassword=*',
    'zoe.name@nhs.example\r\nmail: x',
    'x'.repeat(254),
  ])('finds nobody for %s', async (mail) => {
    expect(await directory.findByMail(mail)).toBeUndefined();
  });

  it('does not follow the directory to another server', async () => {
    expect(await directory.findByMail('zoe.name@nhs.example')).toBeDefined();
    expect(followed).toBe(0);
  });

  it.each([
    ['right', true],
    ['wrong', false],
    ['Right', false],
    ['', false],
  ])('takes the password %p: %p', async (password, right) => {
    const account = await directory.findByMail('zoe.name@nhs.example');
    expect(await directory.verifyPassword(account, password)).toBe(right);
  });

  it.each(['right', ''])('says no to nobody with the password %p', async (password) => {
    expect(await directory.verifyPassword(undefined, password)).toBe(false);
  });

  it('says so when the server is away', async () => {
    const account = await directory.findByMail('zoe.name@nhs.example');
    await server.stop();
    await expect(directory.verifyPassword(account, 'right')).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(directory.findByMail('zoe.name@nhs.example')).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
