/** What a pushed user is as an account. */
import { isComplex, isList, type ScimResource } from '../../../standards/scim/schema.ts';
import { isPrimary } from '../../../standards/scim/read-resource.ts';
import { ScimError } from '../../../standards/scim/scim-error.ts';
import type { AccountKind, AccountStatus, DirectoryEntry } from '../domain/directory-entry.ts';
import { ENTERPRISE, STAFF_ACCOUNT } from './user-type.ts';

/** What is known of a user besides what its organisation says. */
export interface UserFacts {
  readonly id: string;
  readonly odsCode: string;
  readonly createdAt: Date;
  readonly at: Date;
  readonly isDeleted?: boolean;
}

/** An address without spaces, quotes or comments, and short enough for a mail server (RFC 5321, section 4.5.3.1). */
const ADDRESS =
  /^(?=.{3,254}$)[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]{1,64})*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}]{2,63}$/u;
const EMPLOYEE_NUMBER = /^\d{8}$/;

/**
 * Makes the account.
 *
 * @throws {ScimError} `invalidValue` when there is no address, or one that is none
 */
export function accountOfUser(user: ScimResource, facts: UserFacts): DirectoryEntry {
  const [mail, ...aliases] = addressesOf(user);
  if (mail === undefined)
    throw new ScimError('invalidValue', 'emails lacks an address for work, and userName is none');
  const name = part(user['name']);
  const enterprise = part(user[ENTERPRISE]);
  const staffAccount = part(user[STAFF_ACCOUNT]);
  const employeeNumber = text(enterprise['employeeNumber']);
  const leaverMarkedAt = text(staffAccount['leaverMarkedAt']);
  const texts = {
    title: text(name['honorificPrefix']),
    displayName: text(user['displayName']) ?? text(name['formatted']),
    givenName: text(name['givenName']),
    middleNames: text(name['middleName']),
    familyName: text(name['familyName']),
    jobTitle: text(user['title']),
    phone: phoneOf(user),
    employeeNumber:
      employeeNumber !== undefined && EMPLOYEE_NUMBER.test(employeeNumber)
        ? employeeNumber
        : undefined,
  };
  return {
    id: facts.id,
    mail,
    aliases,
    kind: (text(staffAccount['accountKind']) ?? 'USER') as AccountKind,
    status: statusOf(user, leaverMarkedAt, facts),
    ...withoutUndefined(texts),
    odsCode: facts.odsCode,
    registrations: [],
    connectorManaged: true,
    owners: textsOf(staffAccount['owners']),
    createdAt: facts.createdAt,
    ...(leaverMarkedAt === undefined ? {} : { leaverMarkedAt: new Date(leaverMarkedAt) }),
    modifiedAt: facts.at,
    readAt: facts.at,
  };
}

function statusOf(
  user: ScimResource,
  leaverMarkedAt: string | undefined,
  { isDeleted = false }: UserFacts,
): AccountStatus {
  if (isDeleted) return 'DELETED';
  if (user['active'] === false) return 'DISABLED';
  return leaverMarkedAt === undefined ? 'ACTIVE' : 'LEAVER';
}

/** The address of the account, then its aliases, in lower case. Addresses at home are nobody's business here. */
function addressesOf(user: ScimResource): readonly string[] {
  const emails = values(user['emails']).filter(({ type }) => type !== 'home');
  const first = emails.find(isPrimary) ?? emails.find(({ type }) => type === 'work') ?? emails[0];
  const addresses = [...(first === undefined ? [] : [first]), ...emails].flatMap(
    ({ value }) => text(value)?.toLowerCase() ?? [],
  );
  const userName = text(user['userName'])?.toLowerCase();
  if (addresses.length === 0 && userName !== undefined && ADDRESS.test(userName)) return [userName];
  if (!addresses.every((address) => ADDRESS.test(address))) {
    throw new ScimError('invalidValue', 'emails has a value that is not an address');
  }
  return [...new Set(addresses)];
}

function phoneOf(user: ScimResource): string | undefined {
  const numbers = values(user['phoneNumbers']).filter(({ type }) => type !== 'home');
  const first =
    numbers.find(isPrimary) ?? numbers.find(({ type }) => type === 'work') ?? numbers[0];
  return text(first?.['value'])?.replace(/^tel:/i, '');
}

const values = (value: ScimResource[string] | undefined): readonly ScimResource[] =>
  isList(value) ? value.filter((item) => isComplex(item)) : [];
const textsOf = (value: ScimResource[string] | undefined): readonly string[] =>
  isList(value) ? value.filter((item) => typeof item === 'string') : [];
const part = (value: ScimResource[string] | undefined): ScimResource =>
  isComplex(value) ? value : {};
const text = (value: ScimResource[string] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

function withoutUndefined<Values extends Readonly<Record<string, string | undefined>>>(
  given: Values,
): { readonly [Name in keyof Values]?: string } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Values]?: string;
  };
}
