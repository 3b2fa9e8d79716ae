import type { AccountStore } from './account-store.ts';
import type { StaffDirectory } from './ports.ts';

/**
 * The directory, and by id the accounts that organisations push as well. Looking for an address finds what is in the
 * directory alone: nobody signs in with an account that its own organisation says there is.
 */
export const withPushedAccounts = (
  directory: StaffDirectory,
  accounts: Pick<AccountStore, 'findByIds'>,
): StaffDirectory => ({
  findByMail: (mail) => directory.findByMail(mail),
  findByEmployeeNumber: (key) => directory.findByEmployeeNumber(key),
  readAll: () => directory.readAll(),
  findByIds: async (ids) => {
    const read = await directory.findByIds(ids);
    const missing = ids.filter((id) => !read.has(id));
    if (missing.length === 0) return read;
    const pushed = [...(await accounts.findByIds(missing))].filter(
      ([, { source, goneAt }]) => source !== 'ldap' && goneAt === undefined,
    );
    return new Map([...read, ...pushed]);
  },
});
