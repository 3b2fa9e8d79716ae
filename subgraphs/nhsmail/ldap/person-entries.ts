/** Accounts that are one entry each: `inetOrgPerson` (RFC 2798), and the same with what NHSmail knows besides. */
import { z } from 'zod';

import { PresenceFilter } from '../../../runtime/ldap-pool.ts';
import type { AccountKind, AccountStatus } from '../domain/directory-entry.ts';
import { VALUE, valuesOf, withoutUndefined } from './attribute-values.ts';
import type { DirectorySchema } from './directory-schema.ts';

/** Where each thing stands. What is left out is not in the directory. */
interface AttributeMap {
  readonly id: string;
  readonly mail: string;
  /** `KIND:STATUS`. */
  readonly kindAndStatus: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly jobTitle: string;
  readonly phone: string;
  readonly odsCode: string;
  readonly employeeNumber: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly title?: string;
  readonly middleNames?: string;
  readonly jobRole?: string;
  readonly jobRoleCode?: string;
  readonly smartcardId?: string;
  /** `BODY:NUMBER`, as many as there are. */
  readonly registrations?: string;
  readonly connectorManaged?: string;
  /** Names of entries. */
  readonly owners?: string;
  readonly leaverMarkedAt?: string;
  readonly deleteDueAt?: string;
  readonly lastActiveAt?: string;
}

const INET_ORG_PERSON: AttributeMap = {
  id: 'uid',
  mail: 'mail',
  kindAndStatus: 'employeeType',
  displayName: 'displayName',
  givenName: 'givenName',
  familyName: 'sn',
  jobTitle: 'title',
  phone: 'telephoneNumber',
  odsCode: 'departmentNumber',
  employeeNumber: 'employeeNumber',
  createdAt: 'createTimestamp',
  modifiedAt: 'modifyTimestamp',
};

// deploy/nhsmail.schema defines what the standard classes do not have.
const NHSMAIL: AttributeMap = {
  ...INET_ORG_PERSON,
  title: 'personalTitle',
  middleNames: 'nhsmailMiddleNames',
  jobRole: 'nhsmailJobRole',
  jobRoleCode: 'nhsmailJobRoleCode',
  smartcardId: 'nhsmailSmartcardId',
  registrations: 'nhsmailRegistration',
  connectorManaged: 'nhsmailConnectorManaged',
  owners: 'owner',
  leaverMarkedAt: 'nhsmailLeaverMarkedAt',
  deleteDueAt: 'nhsmailDeleteDueAt',
  lastActiveAt: 'nhsmailLastActiveAt',
};

/** What is not understood belongs to nobody and cannot be used. */
const UNKNOWN: readonly [AccountKind, AccountStatus] = ['APPLICATION', 'DISABLED'];
const kindAndStatus = z
  .string()
  .transform((value) => value.toUpperCase().split(':'))
  .pipe(
    z.tuple([
      z.enum(['USER', 'SHARED', 'APPLICATION', 'CONTACT']),
      z.enum(['PENDING', 'ACTIVE', 'LEAVER', 'INACTIVE', 'DISABLED', 'DELETED']),
    ]),
  );

/** `inetOrgPerson`, with kind and status in `employeeType` and the organisation in `departmentNumber`. */
export const inetOrgPerson: DirectorySchema = onePerEntry(INET_ORG_PERSON);

/** NHSmail-like: `inetOrgPerson` with the auxiliary class `nhsmailAccount`. */
export const nhsmail: DirectorySchema = onePerEntry(NHSMAIL);

function onePerEntry(map: AttributeMap): DirectorySchema {
  return {
    keys: {
      id: map.id,
      mail: map.mail,
      odsCode: map.odsCode,
      employeeNumber: map.employeeNumber,
    },
    accounts: () => new PresenceFilter({ attribute: map.mail }),
    attributes: Object.values(map) as string[],
    parse: ({ attributes }, readAt) => {
      const all = <Value>(name: string | undefined, shape: z.ZodType<Value>): readonly Value[] =>
        name === undefined ? [] : valuesOf(attributes.get(name.toLowerCase()), shape);
      const first = <Value>(name: string | undefined, shape: z.ZodType<Value>): Value | undefined =>
        all(name, shape)[0];
      // The first value, or none: a second one is not the account's id.
      const id = VALUE.text.safeParse(attributes.get(map.id.toLowerCase())?.[0]).data;
      const [mail, ...aliases] = all(map.mail, VALUE.mail);
      if (id === undefined || mail === undefined) return undefined;
      const type = attributes.get(map.kindAndStatus.toLowerCase())?.[0];
      const [kind, status] = kindAndStatus.safeParse(type).data ?? UNKNOWN;
      return {
        id,
        mail,
        aliases,
        kind,
        status,
        registrations: all(map.registrations, VALUE.registration),
        connectorManaged: first(map.connectorManaged, VALUE.truth) ?? false,
        owners: all(map.owners, VALUE.accountName),
        readAt,
        ...withoutUndefined({
          title: first(map.title, VALUE.text),
          displayName: first(map.displayName, VALUE.text),
          givenName: first(map.givenName, VALUE.text),
          middleNames: first(map.middleNames, VALUE.text),
          familyName: first(map.familyName, VALUE.text),
          jobTitle: first(map.jobTitle, VALUE.text),
          jobRole: first(map.jobRole, VALUE.text),
          jobRoleCode: first(map.jobRoleCode, VALUE.text),
          phone: first(map.phone, VALUE.text),
          odsCode: first(map.odsCode, VALUE.odsCode),
          employeeNumber: first(map.employeeNumber, VALUE.employeeNumber),
          smartcardId: first(map.smartcardId, VALUE.smartcardId),
          createdAt: first(map.createdAt, VALUE.moment),
          leaverMarkedAt: first(map.leaverMarkedAt, VALUE.moment),
          deleteDueAt: first(map.deleteDueAt, VALUE.moment),
          lastActiveAt: first(map.lastActiveAt, VALUE.moment),
          modifiedAt: first(map.modifiedAt, VALUE.moment),
        }),
      };
    },
  };
}
