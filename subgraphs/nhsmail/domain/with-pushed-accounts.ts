import type { AccountStore } from './account-store.ts';
import type { FindAccounts } from './find-accounts.ts';

/**
 * Finds by id the accounts that organisations push as well. Looking for an address finds what is in the directory alone:
 * nobody signs in with an account that its own organisation says there is.
 */
export const withPushedAccounts =
  (find: FindAccounts, accounts: Pick<AccountStore, 'findByIds'>): FindAccounts =>
  async (ids) => {
    const read = await find(ids);
    const missing = ids.filter((_id, at) => read[at] === undefined);
    if (missing.length === 0) return read;
    const stored = await accounts.findByIds(missing);
    return ids.map((id, at) => {
      const pushed = stored.get(id);
      const isThere = pushed?.source !== 'ldap' && pushed?.goneAt === undefined;
      return read[at] ?? (isThere ? pushed : undefined);
    });
  };
