/**
 * Accounts of the Spine Directory Service: a person (`nhsPerson`) with an entry below for each organisation
 * (`nhsOrgPerson`) and for each role there (`nhsOrgPersonRole`). Dates are `YYYYMMDD`; years such as 2999 and 3000 say
 * that there is no end, and either date may be missing.
 */
import { EqualityFilter, type LdapEntry, OrFilter } from '../../../runtime/ldap-pool.ts';
import { VALUE, valuesOf, withoutUndefined } from './attribute-values.ts';
import type { DirectorySchema } from './directory-schema.ts';

/** Attributes that hold numbers of registrations, and the regulator that gave them. */
const REGISTERS = [
  ['nhsGMC', 'GMC'],
  ['nhsNMC', 'NMC'],
  ['nhsGDC', 'GDC'],
  // The pharmacists' register, since kept by the General Pharmaceutical Council with the same numbers.
  ['nhsRPSGB', 'GPHC'],
] as const;
const OPEN_DATES = ['nhsOrgOpenDate', 'nhsOpenDate'];
const CLOSE_DATES = ['nhsOrgCloseDate', 'nhsCloseDate'];
/** The status of a person who may sign in. */
const ACTIVE_STATUS = '1';

const ofClass = (value: string) => new EqualityFilter({ attribute: 'objectClass', value });

/** The Spine Directory Service. The account's id is the number of the smartcard identity. */
export const sds: DirectorySchema = {
  keys: { id: 'uid', mail: 'mail' },
  accounts: () => ofClass('nhsPerson'),
  attributes: [
    ...['uid', 'mail', 'cn', 'sn', 'givenName', 'nhsMiddleNames', 'personalTitle'],
    ...['telephoneNumber', 'nhsPersonStatus', 'createTimestamp', 'modifyTimestamp'],
    ...REGISTERS.map(([attribute]) => attribute),
  ],
  below: {
    filter: () => new OrFilter({ filters: [ofClass('nhsOrgPerson'), ofClass('nhsOrgPersonRole')] }),
    attributes: [
      ...['objectClass', 'nhsIDCode', 'nhsJobRole', 'nhsJobRoleCode'],
      ...OPEN_DATES,
      ...CLOSE_DATES,
    ],
  },
  parse: (entry, readAt, below = []) => {
    const [id] = valuesOf(valuesAt(entry, 'uid')?.slice(0, 1), VALUE.text);
    const [mail, ...aliases] = valuesOf(valuesAt(entry, 'mail'), VALUE.mail);
    if (id === undefined || mail === undefined) return undefined;
    const text = (name: string): string | undefined =>
      valuesOf(valuesAt(entry, name), VALUE.text)[0];
    const day = readAt.toISOString().slice(0, 10).replaceAll('-', '');
    const open = below.filter((place) => isOpen(place, day)).toSorted(latestFirst);
    const place = open.find(
      (one) => isOfClass(one, 'nhsOrgPerson') && odsCodeOf(one) !== undefined,
    );
    const odsCode = place === undefined ? undefined : odsCodeOf(place);
    const role = open.find(
      (one) =>
        isOfClass(one, 'nhsOrgPersonRole') && odsCode !== undefined && odsCodeOf(one) === odsCode,
    );
    return {
      id,
      mail,
      aliases,
      kind: 'USER',
      status: text('nhsPersonStatus') === ACTIVE_STATUS ? 'ACTIVE' : 'DISABLED',
      registrations: REGISTERS.flatMap(([attribute, body]) =>
        valuesOf(
          valuesAt(entry, attribute)?.map((number) => `${body}:${number}`),
          VALUE.registration,
        ),
      ),
      connectorManaged: false,
      owners: [],
      readAt,
      ...withoutUndefined({
        title: text('personalTitle'),
        displayName: text('cn'),
        givenName: text('givenName'),
        middleNames: text('nhsMiddleNames'),
        familyName: text('sn'),
        phone: text('telephoneNumber'),
        odsCode,
        jobRole: role && valuesOf(valuesAt(role, 'nhsJobRole'), VALUE.text)[0],
        jobRoleCode: role && valuesOf(valuesAt(role, 'nhsJobRoleCode'), VALUE.text)[0],
        smartcardId: VALUE.smartcardId.safeParse(id).data,
        createdAt: valuesOf(valuesAt(entry, 'createTimestamp'), VALUE.moment)[0],
        modifiedAt: valuesOf(valuesAt(entry, 'modifyTimestamp'), VALUE.moment)[0],
      }),
    };
  },
};

const valuesAt = ({ attributes }: LdapEntry, name: string): readonly string[] | undefined =>
  attributes.get(name.toLowerCase());

const odsCodeOf = (entry: LdapEntry): string | undefined =>
  valuesOf(valuesAt(entry, 'nhsIDCode'), VALUE.odsCode)[0];

const isOfClass = (entry: LdapEntry, name: string): boolean =>
  valuesAt(entry, 'objectClass')?.some((value) => value.toLowerCase() === name.toLowerCase()) ??
  false;

const dateOf = (entry: LdapEntry, names: readonly string[]): string | undefined =>
  names.map((name) => valuesAt(entry, name)?.[0]).find((value) => value !== undefined);

/** Open on that day, the last one included. A date that cannot be read is no reason to take it for open. */
function isOpen(entry: LdapEntry, day: string): boolean {
  const from = dateOf(entry, OPEN_DATES) ?? '00000000';
  const until = dateOf(entry, CLOSE_DATES) ?? '99999999';
  return [from, until].every((date) => /^\d{8}$/.test(date)) && from <= day && day <= until;
}

/** Of several that are open, the one that opened last; by name where that does not tell. */
function latestFirst(a: LdapEntry, b: LdapEntry): number {
  const [opened, other] = [dateOf(a, OPEN_DATES) ?? '', dateOf(b, OPEN_DATES) ?? ''];
  if (opened !== other) return opened < other ? 1 : -1;
  return a.dn < b.dn ? -1 : 1;
}
