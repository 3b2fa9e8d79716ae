import type { LdapEntry, LdapPool } from '../../../runtime/ldap-pool.ts';
import type { DirectoryEntry } from '../domain/directory-entry.ts';
import type { DirectorySchema } from './directory-schema.ts';

/** Accounts whose further entries are read at the same time. */
const AT_ONCE = 16;
/** Most further entries of one account. */
const BELOW_LIMIT = 500;

/**
 * Reads accounts, with what stands below their entries where the schema has such.
 *
 * @returns one for each entry, in their order; `undefined` for what is no account
 */
export async function readAccounts(
  pool: Pick<LdapPool, 'search'>,
  { parse, below }: DirectorySchema,
  { entries, readAt }: { readonly entries: readonly LdapEntry[]; readonly readAt: Date },
): Promise<readonly (DirectoryEntry | undefined)[]> {
  if (below === undefined) return entries.map((entry) => parse(entry, readAt));
  const accounts: (DirectoryEntry | undefined)[] = [];
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    const belows = await Promise.all(
      some.map(({ dn }) =>
        pool.search(dn, {
          filter: below.filter(),
          scope: 'sub',
          attributes: below.attributes,
          sizeLimit: BELOW_LIMIT,
        }),
      ),
    );
    accounts.push(...some.map((entry, at) => parse(entry, readAt, belows[at])));
  }
  return accounts;
}
