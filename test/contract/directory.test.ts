/** The directory, the embedded one and a real OpenLDAP server: the same entries, the same answers. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startEmbeddedDirectory } from '../../local/directory/start.ts';
import { createLdapPool, type LdapPool } from '../../runtime/ldap-pool.ts';
import { createLog } from '../../runtime/log.ts';
import type { DirectoryEntry } from '../../subgraphs/nhsmail/domain/directory-entry.ts';
import type { StaffDirectory } from '../../subgraphs/nhsmail/domain/ports.ts';
import { DIRECTORY_SCHEMAS } from '../../subgraphs/nhsmail/ldap/directory-schemas.ts';
import { ldapStaffDirectory } from '../../subgraphs/nhsmail/ldap/staff-directory.ts';
import { describeWithServers } from '../servers/available.ts';
import { startLdap } from '../servers/ldap.ts';
import { ACCOUNTS, ldifFileOf, PEOPLE_DN } from '../unit/subgraphs/nhsmail/directory-world.ts';

const log = createLog({ name: 'test', level: 'silent' });
const readAt = new Date('2026-11-22T10:00:00Z');
const MANY = Array.from({ length: 1_200 }, (_, n) => ({
  uid: `m${String(n)}`,
  sn: 'Many',
  mail: [`m${String(n)}@nhsmail.example`],
  employeeType: 'USER:ACTIVE',
  departmentNumber: 'RZ3',
}));

interface Opened {
  readonly url: string;
  readonly bindDn: string;
  readonly bindPassword: string;
  readonly stop: () => Promise<void>;
}

async function openEmbedded(ldif: string): Promise<Opened> {
  const bindDn = 'cn=lanyard,dc=nhs,dc=example';
  const bindPassword = 'of the service';
  const directory = await startEmbeddedDirectory({
    ldifFile: ldif,
    serviceDn: bindDn,
    servicePassword: bindPassword,
  });
  return { url: directory.url, bindDn, bindPassword, stop: () => directory.stop() };
}

const amara: DirectoryEntry = {
  id: 'a1000017',
  mail: 'amara.okafor@nhsmail.example',
  aliases: ['amara.lindqvist@nhsmail.example'],
  kind: 'USER',
  status: 'ACTIVE',
  givenName: 'Amara',
  familyName: 'Okafor-Lindqvist',
  jobTitle: 'Staff Nurse',
  odsCode: 'RZ1',
  employeeNumber: '90000017',
  title: 'Ms',
  jobRole: 'Nurse Access Role',
  jobRoleCode: 'S8000:G8000:R8001',
  smartcardId: '555000000017',
  registrations: [
    { body: 'NMC', number: '12A3456E' },
    { body: 'HCPC', number: 'PH123456' },
  ],
  connectorManaged: true,
  owners: [],
  createdAt: new Date('2020-01-01T00:00:00Z'),
  modifiedAt: new Date('2026-11-01T12:00:00Z'),
  lastActiveAt: new Date('2026-11-20T08:00:00Z'),
  readAt,
};

function keepsTheContract(open: (ldif: string) => Promise<Opened>): void {
  let ldif: Awaited<ReturnType<typeof ldifFileOf>>;
  let opened: Opened;
  let pool: LdapPool;
  let directory: StaffDirectory;

  beforeAll(async () => {
    ldif = await ldifFileOf([...ACCOUNTS, ...MANY]);
    opened = await open(ldif.path);
    // No test here is about the deadline.
    pool = createLdapPool({ ...opened, deadlineMs: 60_000 }, log);
    directory = ldapStaffDirectory(pool, {
      baseDn: PEOPLE_DN,
      schema: DIRECTORY_SCHEMAS.nhsmail,
      now: () => readAt,
    });
  });
  afterAll(async () => {
    await pool.close();
    await opened.stop();
    await ldif.remove();
  });

  it.each([
    'amara.okafor@nhsmail.example',
    ' AMARA.Okafor@NHSmail.example ',
    'amara.lindqvist@nhsmail.example',
  ])('finds an account by the address %p', async (mail) => {
    expect(await directory.findByMail(mail)).toEqual(amara);
  });

  it.each([
    ['no account has it', 'nobody@nhsmail.example'],
    ['two accounts have it', 'twice@nhsmail.example'],
    ['it is empty', ' '],
    ['it is a star', '*'],
    ['it is a filter', '*)(uid=*'],
    ['it is a filter in escapes', '\\2a\\29\\28uid=\\2a'],
    ['it holds a zero byte', 'amara.okafor@nhsmail.example\0'],
    ['it is longer than an address can be', `${'a'.repeat(300)}@nhsmail.example`],
    ['it is only the start of one', 'amara.okafor'],
  ])('finds no account by an address when %s', async (_name, mail) => {
    expect(await directory.findByMail(mail)).toBeUndefined();
  });

  it('finds accounts by id, more than fit one question, and leaves out those that are not there', async () => {
    const ids = ['a1000017', 'nobody', '*', '', ...MANY.map(({ uid }) => uid).slice(0, 120)];
    const found = await directory.findByIds(ids);
    expect(found.size).toBe(121);
    expect(found.get('a1000017')).toEqual(amara);
    expect(found.get('m119')?.mail).toBe('m119@nhsmail.example');
  });

  it('finds accounts by employee number at one organisation only', async () => {
    const employeeNumber = '90000021';
    const at = async (odsCode: string) =>
      (await directory.findByEmployeeNumber({ odsCode, employeeNumber })).map(({ id }) => id);
    expect(await at('RZ1')).toEqual(['a1000021']);
    expect(await at('RZ2')).toEqual([]);
    expect(await at('*')).toEqual([]);
  });

  it('reads names with quotes, accents, stars and brackets as they are', async () => {
    expect(await directory.findByMail('zoe@nhsmail.example')).toMatchObject({
      givenName: 'Zoë',
      familyName: `Ó "Cáit" O'Brien, \\ *)(uid=*`,
    });
  });

  it('takes an account of an unknown kind for nobody’s', async () => {
    expect(await directory.findByMail('odd@nhsmail.example')).toMatchObject({
      kind: 'APPLICATION',
      status: 'DISABLED',
    });
  });

  it('says which accounts own a shared mailbox', async () => {
    expect(await directory.findByMail('ward@nhsmail.example')).toMatchObject({
      kind: 'SHARED',
      owners: ['a1000017', 'a1000021'],
    });
  });

  it('reads everything, page by page', async () => {
    const ids = new Set<string>();
    for await (const { id } of directory.readAll()) ids.add(id);
    expect(ids).toEqual(new Set([...ACCOUNTS, ...MANY].map(({ uid }) => uid)));
  });

  it('answers a thousand look-ups at once', async () => {
    const found = await Promise.all(
      MANY.slice(0, 1_000).map(({ mail: [mail = ''] }) => directory.findByMail(mail)),
    );
    expect(found.map((entry) => entry?.id)).toEqual(MANY.slice(0, 1_000).map(({ uid }) => uid));
  });
}

describe('the staff directory on the embedded server', () => {
  keepsTheContract(openEmbedded);
});

describeWithServers('slapd')('the staff directory on OpenLDAP', () => {
  keepsTheContract((ldif) => startLdap({ ldif }));
});
