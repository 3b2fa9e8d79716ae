/** A small directory for tests: people, twins, a shared mailbox, awkward names. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where people are. */
export const PEOPLE_DN = 'ou=people,dc=nhs,dc=example';

/** One account as the file has it. */
export interface WorldAccount {
  readonly uid: string;
  readonly sn: string;
  readonly givenName?: string;
  readonly mail: readonly string[];
  readonly employeeType?: string;
  readonly departmentNumber?: string;
  readonly employeeNumber?: string;
  readonly title?: string;
  /** Attributes by the directory's own names. */
  readonly more?: Readonly<Record<string, string | readonly string[]>>;
}

/** The accounts. */
export const ACCOUNTS: readonly WorldAccount[] = [
  {
    uid: 'a1000017',
    givenName: 'Amara',
    sn: 'Okafor-Lindqvist',
    mail: ['amara.okafor@nhsmail.example', 'Amara.Lindqvist@nhsmail.example'],
    employeeType: 'USER:ACTIVE',
    departmentNumber: 'RZ1',
    employeeNumber: '90000017',
    title: 'Staff Nurse',
    more: {
      personalTitle: 'Ms',
      nhsmailSmartcardId: '555000000017',
      nhsmailRegistration: ['NMC:12A3456E', 'HCPC:PH123456'],
      nhsmailJobRole: 'Nurse Access Role',
      nhsmailJobRoleCode: 'S8000:G8000:R8001',
      nhsmailConnectorManaged: 'TRUE',
      nhsmailLastActiveAt: '20261120080000Z',
      createTimestamp: '20200101000000Z',
      modifyTimestamp: '20261101120000Z',
    },
  },
  {
    uid: 'a1000021',
    givenName: 'Siobhan',
    sn: 'Gallagher',
    mail: ['siobhan@nhsmail.example'],
    employeeType: 'USER:ACTIVE',
    departmentNumber: 'RZ1',
    employeeNumber: '90000021',
  },
  {
    uid: 'a1000022',
    givenName: 'Siobhan',
    sn: 'Gallagher',
    mail: ['siobhan.rz2@nhsmail.example'],
    employeeType: 'USER:LEAVER',
    departmentNumber: 'RZ2',
    employeeNumber: '90000022',
  },
  {
    uid: 'a1000050',
    givenName: 'Zoë',
    sn: `Ó "Cáit" O'Brien, \\ *)(uid=*`,
    mail: ['zoe@nhsmail.example'],
    employeeType: 'USER:ACTIVE',
    departmentNumber: 'RZ1',
  },
  {
    uid: 'a1000051',
    sn: 'Nair',
    mail: ['other@nhsmail.example'],
    employeeType: 'USER:ACTIVE',
    departmentNumber: 'RZ1',
    employeeNumber: '90000051',
  },
  {
    uid: 's1',
    sn: 'Ward Team',
    mail: ['ward@nhsmail.example', 'twice@nhsmail.example'],
    employeeType: 'SHARED:ACTIVE',
    departmentNumber: 'RZ1',
    more: { owner: [`uid=a1000017,${PEOPLE_DN}`, `uid=a1000021,${PEOPLE_DN}`] },
  },
  {
    uid: 'c1',
    sn: 'Supplier',
    mail: ['supplier@nhsmail.example', 'twice@nhsmail.example'],
    employeeType: 'CONTACT:ACTIVE',
  },
  { uid: 'odd', sn: 'Odd', mail: ['odd@nhsmail.example'], employeeType: 'ROBOT:BROKEN' },
];

const line = (name: string, value: string): string =>
  `${name}:: ${Buffer.from(value, 'utf8').toString('base64')}`;

/** The accounts as LDIF. */
export function ldifOf(accounts: readonly WorldAccount[]): string {
  return [
    'dn: dc=nhs,dc=example\nobjectClass: dcObject\nobjectClass: organization\no: NHS\ndc: nhs\n',
    `dn: ${PEOPLE_DN}\nobjectClass: organizationalUnit\nou: people\n`,
    ...accounts.map(({ uid, mail, givenName, sn, more = {}, ...rest }) =>
      [
        `dn: uid=${uid},${PEOPLE_DN}`,
        'objectClass: inetOrgPerson',
        'objectClass: nhsmailAccount',
        `uid: ${uid}`,
        line('cn', `${givenName ?? ''} ${sn}`.trim()),
        line('sn', sn),
        ...(givenName === undefined ? [] : [line('givenName', givenName)]),
        ...mail.map((address) => `mail: ${address}`),
        ...Object.entries(rest).map(([name, value]) => `${name}: ${value}`),
        ...Object.entries(more).flatMap(([name, values]) =>
          [values].flat().map((value) => `${name}: ${value}`),
        ),
        '',
      ].join('\n'),
    ),
  ].join('\n');
}

/** A file of these accounts. */
export async function ldifFileOf(
  accounts: readonly WorldAccount[] = ACCOUNTS,
): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lanyard-world-'));
  const path = join(folder, 'directory.ldif');
  await writeFile(path, ldifOf(accounts));
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
