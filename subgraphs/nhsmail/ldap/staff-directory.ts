/** The NHSmail directory over LDAP. */
import DataLoader from 'dataloader';

import {
  AndFilter,
  EqualityFilter,
  type LdapEntry,
  type LdapFilter,
  type LdapPool,
  OrFilter,
} from '../../../runtime/ldap-pool.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';
import type { StaffDirectory } from '../domain/ports.ts';
import type { DirectorySchema } from './directory-schema.ts';
import { readAccounts } from './read-accounts.ts';

/** Most look-ups in one question to the server. */
const BATCH = 50;
/** How long a look-up waits for others to go with it, in milliseconds. */
const WINDOW_MS = 1;
/** Longest value that is looked up. No address is longer (RFC 5321, section 4.5.3.1). */
const VALUE_LIMIT = 254;
/** Most accounts that may share an employee number and are still shown. */
const SHARED_NUMBER_LIMIT = 10;
const PAGE_SIZE = 500;
/** Accounts that are read at the same time. */
const AT_ONCE = 16;

/** The directory behind these connections. */
export function ldapStaffDirectory(
  pool: LdapPool,
  options: {
    readonly baseDn: string;
    readonly schema: DirectorySchema;
    readonly now: () => Date;
  },
): StaffDirectory {
  const { baseDn, schema, now } = options;
  const { keys, attributes } = schema;
  const find = async (
    filter: LdapFilter,
    sizeLimit: number,
  ): Promise<readonly DirectoryEntry[]> => {
    const readAt = now();
    const entries = await pool.search(baseDn, { filter, scope: 'sub', attributes, sizeLimit });
    return accounts(await readAccounts(pool, schema, { entries, readAt }));
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
  const byMail = loader(keys.mail, ({ mail, aliases }) => [mail, ...aliases]);
  const byId = loader(keys.id, ({ id }) => [id.toLowerCase()]);

  /** The one account with an id. */
  const findAlone = async (id: string): Promise<DirectoryEntry | undefined> => {
    const found = (await byId.load(id.toLowerCase())).filter((entry) => entry.id === id);
    return found.length === 1 ? found[0] : undefined;
  };

  return {
    findByMail: async (mail) => {
      const key = mail.trim().toLowerCase();
      if (!isValue(key)) return undefined;
      const [entry, another] = await byMail.load(key);
      if (entry === undefined || another !== undefined) return undefined;
      // Parts of a tree may give an id twice: whose the account is could not be told by it.
      return (await findAlone(entry.id)) === undefined ? undefined : entry;
    },
    findByIds: async (ids) => {
      const wanted = [...new Set(ids)].filter(isValue);
      const found = await Promise.all(wanted.map(findAlone));
      return new Map(found.flatMap((entry) => (entry === undefined ? [] : [[entry.id, entry]])));
    },
    findByEmployeeNumber: async ({ odsCode, employeeNumber }) => {
      const { employeeNumber: byNumber, odsCode: byOrganisation } = keys;
      if (byNumber === undefined || byOrganisation === undefined) return [];
      if (!isValue(odsCode) || !isValue(employeeNumber)) return [];
      return find(
        new AndFilter({
          filters: [
            new EqualityFilter({ attribute: byNumber, value: employeeNumber }),
            new EqualityFilter({ attribute: byOrganisation, value: odsCode }),
          ],
        }),
        SHARED_NUMBER_LIMIT,
      );
    },
    async *readAll() {
      const entries = pool.searchStream(baseDn, {
        filter: schema.accounts(),
        scope: 'sub',
        attributes,
        pageSize: PAGE_SIZE,
      });
      const readAt = now();
      let some: LdapEntry[] = [];
      for await (const entry of entries) {
        if (some.push(entry) < AT_ONCE) continue;
        yield* accounts(await readAccounts(pool, schema, { entries: some, readAt }));
        some = [];
      }
      yield* accounts(await readAccounts(pool, schema, { entries: some, readAt }));
    },
  };
}

/** What is no account is left out. */
const accounts = (read: readonly (DirectoryEntry | undefined)[]): readonly DirectoryEntry[] =>
  read.filter((account) => account !== undefined);

const isValue = (value: string): boolean =>
  value !== '' && Buffer.byteLength(value, 'utf8') <= VALUE_LIMIT;
