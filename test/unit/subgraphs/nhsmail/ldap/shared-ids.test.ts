import { expect, it } from '@jest/globals';

import type { LdapPool } from '../../../../../runtime/ldap-pool.ts';
import { nhsmail } from '../../../../../subgraphs/nhsmail/ldap/person-entries.ts';
import { ldapStaffDirectory } from '../../../../../subgraphs/nhsmail/ldap/staff-directory.ts';

const entry = (uid: string, place: string) => ({
  dn: `uid=${uid},ou=${place},dc=nhs,dc=example`,
  attributes: new Map([
    ['uid', [uid]],
    ['mail', [`${uid}.${place}@nhsmail.example`]],
    ['sn', ['Smith']],
    ['employeetype', ['USER:ACTIVE']],
  ]),
});
const ENTRIES = [entry('jsmith', 'rz1'), entry('jsmith', 'rz2'), entry('asmith', 'rz1')];

interface Asked {
  readonly attribute?: string;
  readonly value?: string;
  readonly filters?: readonly Asked[];
}
const termsOf = ({ attribute = '', value = '', filters = [] }: Asked): readonly string[] => [
  `${attribute}=${value}`,
  ...filters.flatMap(termsOf),
];

it('finds no account by an id that two parts of the tree have given, nor by the address of either', async () => {
  const pool = {
    search: (_dn: string, { filter }: { readonly filter: Asked }) => {
      const terms = new Set(termsOf(filter));
      const isAsked = ({ attributes }: (typeof ENTRIES)[number]): boolean =>
        ['uid', 'mail'].some((name) => terms.has(`${name}=${attributes.get(name)?.[0] ?? ''}`));
      return Promise.resolve(ENTRIES.filter(isAsked));
    },
  } as unknown as LdapPool;
  const now = (): Date => new Date('2026-11-26T10:00:00Z');
  const directory = ldapStaffDirectory(pool, { baseDn: 'dc=nhs,dc=example', schema: nhsmail, now });
  expect([...(await directory.findByIds(['jsmith', 'asmith'])).keys()]).toEqual(['asmith']);
  expect(await directory.findByMail('jsmith.rz1@nhsmail.example')).toBeUndefined();
  expect(await directory.findByMail('asmith.rz1@nhsmail.example')).toMatchObject({ id: 'asmith' });
});
