/** The demonstration directory as LDIF (RFC 2849). slapd loads it with the standard classes and `deploy/nhsmail.schema`. */
import { createHash } from 'node:crypto';

import { directoryLife } from './directory-life.ts';
import type { DemoAccount, DemoPerson } from './model.ts';

/** Where the people are. */
const PEOPLE_DN = 'ou=people,dc=nhs,dc=example';

/** The password of every account of the demonstration. */
export const DEMO_PASSWORD = 'Lanyard-demo-1';

/** The entries above the people. */
export const BASE_ENTRIES = [
  'dn: dc=nhs,dc=example',
  'objectClass: top',
  'objectClass: dcObject',
  'objectClass: organization',
  'dc: nhs',
  'o: Lanyard demonstration',
  '',
  `dn: ${PEOPLE_DN}`,
  'objectClass: top',
  'objectClass: organizationalUnit',
  'ou: people',
  '',
];

/**
 * The lines of one entry, the empty one after it included.
 *
 * @param beside whose account it is, and the accounts that answer for a shared one
 */
export function* ldifEntry(
  account: DemoAccount,
  seed: string,
  beside: { readonly holder?: DemoPerson; readonly owners?: readonly string[] } = {},
): Generator<string> {
  const dice = createHash('sha256').update(`${seed}:${account.uid}`).digest();
  const name = [account.given, account.family].filter((part) => part !== null).join(' ');
  yield `dn: uid=${account.uid},${PEOPLE_DN}`;
  yield 'objectClass: top';
  yield 'objectClass: person';
  yield 'objectClass: organizationalPerson';
  yield 'objectClass: inetOrgPerson';
  yield 'objectClass: nhsmailAccount';
  yield attribute('uid', account.uid);
  yield attribute('cn', name);
  yield attribute('sn', account.family);
  if (account.given !== null) yield attribute('givenName', account.given);
  const shown = account.given === null ? name : `${account.family.toUpperCase()}, ${account.given}`;
  yield attribute('displayName', shown);
  if (account.title !== null) yield attribute('title', account.title);
  for (const mail of [account.mail, ...account.aliases]) yield attribute('mail', mail);
  if (account.phone !== null) yield attribute('telephoneNumber', account.phone);
  if (account.employeeNumber !== null) yield attribute('employeeNumber', account.employeeNumber);
  yield attribute('departmentNumber', account.odsCode);
  yield attribute('employeeType', `${account.kind}:${account.state}`);
  if (account.kind === 'USER') {
    yield attribute('userPassword', saltedSha1(DEMO_PASSWORD, dice.subarray(0, 8)));
  }
  const owners = (beside.owners ?? []).map((uid) => `uid=${uid},${PEOPLE_DN}`);
  for (const [name, value] of directoryLife(account, beside.holder, owners, dice.subarray(8))) {
    yield attribute(name, value);
  }
  yield '';
}

/** `{SSHA}`: the digest that every directory understands. The salt comes from the seed, so the file is the same each time. */
function saltedSha1(password: string, salt: Uint8Array): string {
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}

/** RFC 2849, notes 4 and 8: what is not a safe string is written in base64. */
function attribute(name: string, value: string): string {
  return /^[!-9;=-~][ -~]*$/.test(value) && !value.endsWith(' ')
    ? `${name}: ${value}`
    : `${name}:: ${Buffer.from(value, 'utf8').toString('base64')}`;
}
