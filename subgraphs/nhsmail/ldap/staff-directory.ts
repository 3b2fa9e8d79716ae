/** The NHSmail directory over LDAP. Entries are `inetOrgPerson` (RFC 2798). */
import DataLoader from 'dataloader';
import { z } from 'zod';

import {
  AndFilter,
  EqualityFilter,
  type LdapEntry,
  type LdapFilter,
  type LdapPool,
  OrFilter,
  PresenceFilter,
} from '../../../runtime/ldap-pool.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';
import type { StaffDirectory } from '../domain/ports.ts';

/** Most look-ups in one question to the server. */
const BATCH = 50;
/** How long a look-up waits for others to go with it, in milliseconds. */
const WINDOW_MS = 1;
/** Longest value that is looked up. No address is longer (RFC 5321, section 4.5.3.1). */
const VALUE_LIMIT = 254;
/** Most accounts that may share an employee number and are still shown. */
const SHARED_NUMBER_LIMIT = 10;
const PAGE_SIZE = 500;
const ATTRIBUTES = [
  'uid',
  'displayName',
  'givenName',
  'sn',
  'title',
  'mail',
  'telephoneNumber',
  'employeeNumber',
  'departmentNumber',
  'employeeType',
];

const text = z.string().trim().min(1).max(512);
const lowerCase = text.transform((value) => value.toLowerCase());
/** `KIND:STATUS`. What is not understood belongs to nobody and cannot be used. */
const employeeType = z
  .string()
  .transform((value) => value.toUpperCase().split(':'))
  .pipe(
    z.tuple([
      z.enum(['USER', 'SHARED', 'APPLICATION', 'CONTACT']),
      z.enum(['ACTIVE', 'LEAVER', 'INACTIVE', 'DISABLED']),
    ]),
  )
  .catch(['APPLICATION', 'DISABLED']);

const entryShape = z.object({
  uid: z.tuple([text], z.unknown()),
  mail: z.array(lowerCase).min(1),
  displayname: z.array(text).catch([]),
  givenname: z.array(text).catch([]),
  sn: z.array(text).catch([]),
  title: z.array(text).catch([]),
  telephonenumber: z.array(text).catch([]),
  employeenumber: z.array(z.string().regex(/^\d{8}$/)).catch([]),
  departmentnumber: z
    .array(
      z
        .string()
        .toUpperCase()
        .regex(/^[A-Z0-9]{3,8}$/),
    )
    .catch([]),
  employeetype: z.tuple([employeeType], z.unknown()).catch([['APPLICATION', 'DISABLED']]),
});

/** The directory behind these connections. */
export function ldapStaffDirectory(
  pool: LdapPool,
  { baseDn, now }: { readonly baseDn: string; readonly now: () => Date },
): StaffDirectory {
  const find = async (
    filter: LdapFilter,
    sizeLimit: number,
  ): Promise<readonly DirectoryEntry[]> => {
    const entries = await pool.search(baseDn, {
      filter,
      scope: 'sub',
      attributes: ATTRIBUTES,
      sizeLimit,
    });
    const readAt = now();
    return entries.flatMap((entry) => parseEntry(entry, readAt) ?? []);
  };
  const loader = (attribute: string, keysOf: (entry: DirectoryEntry) => readonly string[]) =>
    new DataLoader<string, readonly DirectoryEntry[]>(
      async (keys) => {
        const distinct = [...new Set(keys)];
        const filters = distinct.map((value) => new EqualityFilter({ attribute, value }));
        const [only] = filters;
        const filter =
          filters.length === 1 && only !== undefined ? only : new OrFilter({ filters });
        // Room for values that several entries share.
        const found = await find(filter, distinct.length * SHARED_NUMBER_LIMIT);
        const byKey = new Map<string, DirectoryEntry[]>();
        for (const entry of found) {
          for (const key of new Set(keysOf(entry))) {
            byKey.set(key, [...(byKey.get(key) ?? []), entry]);
          }
        }
        return keys.map((key) => byKey.get(key) ?? []);
      },
      {
        cache: false,
        maxBatchSize: BATCH,
        batchScheduleFn: (run) => {
          setTimeout(run, WINDOW_MS);
        },
      },
    );
  const byMail = loader('mail', ({ mail, aliases }) => [mail, ...aliases]);
  const byId = loader('uid', ({ id }) => [id.toLowerCase()]);

  return {
    findByMail: async (mail) => {
      const key = mail.trim().toLowerCase();
      if (!isValue(key)) return undefined;
      const [entry, another] = await byMail.load(key);
      return another === undefined ? entry : undefined;
    },
    findByIds: async (ids) => {
      const wanted = [...new Set(ids)].filter(isValue);
      const found = await Promise.all(wanted.map((id) => byId.load(id.toLowerCase())));
      return new Map(
        found.flat().flatMap((entry) => (wanted.includes(entry.id) ? [[entry.id, entry]] : [])),
      );
    },
    findByEmployeeNumber: async ({ odsCode, employeeNumber }) => {
      if (!isValue(odsCode) || !isValue(employeeNumber)) return [];
      return find(
        new AndFilter({
          filters: [
            new EqualityFilter({ attribute: 'employeeNumber', value: employeeNumber }),
            new EqualityFilter({ attribute: 'departmentNumber', value: odsCode }),
          ],
        }),
        SHARED_NUMBER_LIMIT,
      );
    },
    async *readAll() {
      const entries = pool.searchStream(baseDn, {
        filter: new PresenceFilter({ attribute: 'mail' }),
        scope: 'sub',
        attributes: ATTRIBUTES,
        pageSize: PAGE_SIZE,
      });
      const readAt = now();
      for await (const entry of entries) {
        const parsed = parseEntry(entry, readAt);
        if (parsed !== undefined) yield parsed;
      }
    },
  };
}

const isValue = (value: string): boolean =>
  value !== '' && Buffer.byteLength(value, 'utf8') <= VALUE_LIMIT;

/** An entry without an id or an address is no account. */
function parseEntry({ attributes }: LdapEntry, readAt: Date): DirectoryEntry | undefined {
  const parsed = entryShape.safeParse(Object.fromEntries(attributes));
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const [id] = data.uid;
  const [[kind, status]] = data.employeetype;
  const [mail = '', ...aliases] = data.mail;
  const given = {
    displayName: data.displayname[0],
    givenName: data.givenname[0],
    familyName: data.sn[0],
    jobTitle: data.title[0],
    phone: data.telephonenumber[0],
    odsCode: data.departmentnumber[0],
    employeeNumber: data.employeenumber[0],
  };
  return { id, mail, aliases, kind, status, readAt, ...withoutUndefined(given) };
}

function withoutUndefined<Values extends Readonly<Record<string, string | undefined>>>(
  values: Values,
): { readonly [Name in keyof Values]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Values]?: string;
  };
}
