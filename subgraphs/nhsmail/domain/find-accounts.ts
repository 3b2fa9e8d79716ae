import type { DirectoryEntry } from './directory-entry.ts';
import type { StaffDirectory } from './ports.ts';

/**
 * Finds accounts by id: one answer for each, in their order. `undefined` where there is none, an error with code
 * `unavailable` where that cannot be said now.
 */
export type FindAccounts = (
  ids: readonly string[],
) => Promise<readonly (DirectoryEntry | undefined | Error)[]>;

/** Asks the directory itself, every time. */
export const askDirectory =
  (directory: Pick<StaffDirectory, 'findByIds'>): FindAccounts =>
  async (ids) => {
    const found = await directory.findByIds(ids);
    return ids.map((id) => found.get(id));
  };
