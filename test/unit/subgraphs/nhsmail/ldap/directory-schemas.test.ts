/** What an entry's attributes are taken to say, per schema. */
import { describe, expect, it } from '@jest/globals';

import type { LdapEntry } from '../../../../../runtime/ldap-pool.ts';
import { DIRECTORY_SCHEMAS } from '../../../../../subgraphs/nhsmail/ldap/directory-schemas.ts';

const readAt = new Date('2026-11-22T10:00:00Z');
const entry = (values: Readonly<Record<string, string | readonly string[]>>): LdapEntry => ({
  dn: 'uid=a1,ou=people,dc=nhs',
  attributes: new Map(
    Object.entries(values).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  ),
});
const LEAST = { uid: 'a1', mail: 'A.One@nhsmail.example' };
const nothing = {
  id: 'a1',
  mail: 'a.one@nhsmail.example',
  aliases: [],
  kind: 'APPLICATION',
  status: 'DISABLED',
  registrations: [],
  connectorManaged: false,
  owners: [],
  readAt,
};

describe('an entry of an NHSmail-like directory', () => {
  const { nhsmail, inetOrgPerson } = DIRECTORY_SCHEMAS;
  const everything = entry({
    ...LEAST,
    mail: ['A.One@nhsmail.example', 'alias@nhsmail.example', ' '],
    employeeType: 'user:leaver',
    personalTitle: 'Dr',
    displayName: 'ONE, Ann',
    givenName: ['Ann', 'Anna'],
    nhsmailMiddleNames: 'Zoë May',
    sn: 'One',
    title: 'Consultant',
    telephoneNumber: '01632 960001',
    departmentNumber: 'rz1',
    employeeNumber: ['not a number', '90000017'],
    nhsmailSmartcardId: '555012345678',
    nhsmailRegistration: ['gmc:7012345', 'NMC: 12 A3456E', 'without a body', ':1'],
    nhsmailJobRole: 'Clinical Practitioner Access Role',
    nhsmailJobRoleCode: 'S8000:G8000:R8000',
    nhsmailConnectorManaged: 'TRUE',
    owner: [
      'uid=a2,ou=people,dc=nhs',
      'UID = b\\2c\\C3\\A9\\,c ,ou=people',
      'cn=a3,dc=nhs',
      'uid=a4+cn=x,dc=nhs',
    ],
    createTimestamp: '20200101000000Z',
    modifyTimestamp: '20261101120000Z',
    nhsmailLeaverMarkedAt: '20261102000000Z',
    nhsmailDeleteDueAt: '20261202000000Z',
    nhsmailLastActiveAt: 'yesterday',
  });

  it('is read whole, values and lists alike, without what does not belong', () => {
    expect(nhsmail.parse(everything, readAt)).toEqual({
      id: 'a1',
      mail: 'a.one@nhsmail.example',
      aliases: ['alias@nhsmail.example'],
      kind: 'USER',
      status: 'LEAVER',
      title: 'Dr',
      displayName: 'ONE, Ann',
      givenName: 'Ann',
      middleNames: 'Zoë May',
      familyName: 'One',
      jobTitle: 'Consultant',
      jobRole: 'Clinical Practitioner Access Role',
      jobRoleCode: 'S8000:G8000:R8000',
      phone: '01632 960001',
      odsCode: 'RZ1',
      employeeNumber: '90000017',
      smartcardId: '555012345678',
      registrations: [
        { body: 'GMC', number: '7012345' },
        { body: 'NMC', number: '12A3456E' },
      ],
      connectorManaged: true,
      owners: ['a2', 'b,é,c'],
      createdAt: new Date('2020-01-01T00:00:00Z'),
      modifiedAt: new Date('2026-11-01T12:00:00Z'),
      leaverMarkedAt: new Date('2026-11-02T00:00:00Z'),
      deleteDueAt: new Date('2026-12-02T00:00:00Z'),
      readAt,
    });
  });

  it('says less under the standard class', () => {
    const read = inetOrgPerson.parse(everything, readAt);
    expect(read).toMatchObject({ familyName: 'One', registrations: [], owners: [] });
    expect(read).not.toHaveProperty('smartcardId');
    expect(inetOrgPerson.attributes).not.toContain('nhsmailSmartcardId');
  });

  it('is nobody’s when it says nothing of itself', () => {
    expect(nhsmail.parse(entry(LEAST), readAt)).toEqual(nothing);
  });

  it.each([
    ['without an id', { mail: LEAST.mail }],
    ['with an empty id', { ...LEAST, uid: ['', 'a1'] }],
    ['without an address', { uid: 'a1' }],
    ['with an address that is too long', { uid: 'a1', mail: `${'a'.repeat(255)}@x.example` }],
  ])('is no account %s', (_name, values) => {
    expect(nhsmail.parse(entry(values), readAt)).toBeUndefined();
    expect(DIRECTORY_SCHEMAS.sds.parse(entry(values), readAt)).toBeUndefined();
  });

  it.each([
    ['USER:ACTIVE', 'USER', 'ACTIVE'],
    ['USER:PENDING', 'USER', 'PENDING'],
    ['Shared:Deleted', 'SHARED', 'DELETED'],
    ['USER', 'APPLICATION', 'DISABLED'],
    ['USER:ACTIVE:MORE', 'APPLICATION', 'DISABLED'],
    ['ROBOT:ACTIVE', 'APPLICATION', 'DISABLED'],
  ])('of type %p is %s:%s', (employeeType, kind, status) => {
    expect(nhsmail.parse(entry({ ...LEAST, employeeType }), readAt)).toMatchObject({
      kind,
      status,
    });
  });
});

describe('an entry of the Spine Directory Service', () => {
  const { sds } = DIRECTORY_SCHEMAS;
  const person = entry({
    uid: '555012345678',
    mail: 'a.one@nhsmail.example',
    cn: 'Ann One',
    sn: 'One',
    givenName: ['Ann'],
    nhsMiddleNames: 'Zoë',
    nhsPersonStatus: '1',
    nhsNMC: ['12A3456E'],
    nhsRPSGB: '2090001',
  });
  const place = (nhsIDCode: string, dates: Readonly<Record<string, string>> = {}): LdapEntry => ({
    ...entry({ objectClass: ['top', 'nhsOrgPerson'], nhsIDCode, ...dates }),
    dn: `uniqueIdentifier=${nhsIDCode}`,
  });
  const role = (nhsIDCode: string, code: string, dates: Readonly<Record<string, string>> = {}) =>
    entry({
      objectClass: 'NHSOrgPersonRole',
      nhsIDCode,
      nhsJobRole: `role ${code}`,
      nhsJobRoleCode: code,
      ...dates,
    });

  it('is an account with the smartcard’s number', () => {
    expect(sds.parse(person, readAt)).toEqual({
      id: '555012345678',
      smartcardId: '555012345678',
      mail: 'a.one@nhsmail.example',
      aliases: [],
      kind: 'USER',
      status: 'ACTIVE',
      displayName: 'Ann One',
      givenName: 'Ann',
      middleNames: 'Zoë',
      familyName: 'One',
      registrations: [
        { body: 'NMC', number: '12A3456E' },
        { body: 'GPHC', number: '2090001' },
      ],
      connectorManaged: false,
      owners: [],
      readAt,
    });
  });

  it.each([
    ['2', 'DISABLED'],
    ['', 'DISABLED'],
  ])('with the status %p is %s', (nhsPersonStatus, status) => {
    const one = entry({ ...LEAST, nhsPersonStatus });
    expect(sds.parse(one, readAt)).toMatchObject({ status });
  });

  it.each<[string, readonly LdapEntry[], string | undefined]>([
    ['no dates at all', [place('RZ1')], 'RZ1'],
    [
      'a year that says no end',
      [place('RZ1', { nhsOrgOpenDate: '20200101', nhsOrgCloseDate: '29991231' })],
      'RZ1',
    ],
    [
      'another such year',
      [place('RZ1', { nhsOpenDate: '20200101', nhsCloseDate: '30000101' })],
      'RZ1',
    ],
    ['the last day', [place('RZ1', { nhsOrgCloseDate: '20261122' })], 'RZ1'],
    ['a day after the last', [place('RZ1', { nhsOrgCloseDate: '20261121' })], undefined],
    ['a day before the first', [place('RZ1', { nhsOrgOpenDate: '20261123' })], undefined],
    ['a date that cannot be read', [place('RZ1', { nhsOrgCloseDate: 'soon' })], undefined],
    [
      'a closed and an open place',
      [place('RZ1', { nhsOrgCloseDate: '20250101' }), place('RZ2', { nhsOrgOpenDate: '20250102' })],
      'RZ2',
    ],
    [
      'two open places, the later one first or last',
      [
        place('RZ1', { nhsOrgOpenDate: '20250102' }),
        place('RZ2', { nhsOrgOpenDate: '20240102' }),
        place('RZ3'),
      ],
      'RZ1',
    ],
  ])('is of the organisation that is open: %s', (_name, below, odsCode) => {
    expect(sds.parse(person, readAt, below)?.odsCode).toBe(odsCode);
    expect(sds.parse(person, readAt, below.toReversed())?.odsCode).toBe(odsCode);
  });

  it('has the role that is open at that organisation', () => {
    const below = [
      place('RZ1'),
      role('RZ1', 'R1', { nhsOpenDate: '20200101', nhsCloseDate: '20210101' }),
      role('RZ1', 'R2', { nhsOpenDate: '20210101' }),
      role('RZ2', 'R3', { nhsOpenDate: '20260101' }),
    ];
    expect(sds.parse(person, readAt, below)).toMatchObject({
      odsCode: 'RZ1',
      jobRole: 'role R2',
      jobRoleCode: 'R2',
    });
  });
});
