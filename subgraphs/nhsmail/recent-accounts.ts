/** Accounts as the directory said a short while ago. */
import { LRUCache } from 'lru-cache';

import type { Clock } from '../../runtime/clock.ts';
import type { DirectoryEntry } from './domain/directory-entry.ts';
import type { FindAccounts } from './domain/find-accounts.ts';
import type { StaffDirectory } from './domain/ports.ts';

/** Accounts that are kept. One takes a kilobyte or two. */
const KEPT = 10_000;

/**
 * Answers from what was read at most so long ago, by `readAt` of the account; otherwise the directory is asked, once for
 * all who wait for the same account. That there is no such account is never kept. Where the directory does not answer,
 * the error stands in place of what is not recent: nothing older is given out.
 */
export function recentAccounts(
  directory: Pick<StaffDirectory, 'findByIds'>,
  options: {
    /** Oldest that is given out, in milliseconds. */
    readonly ageMs: number;
    readonly now: Clock;
    readonly kept?: number;
  },
): FindAccounts {
  const { ageMs, now } = options;
  const kept = new LRUCache<string, DirectoryEntry>({ max: options.kept ?? KEPT });
  const asked = new Map<string, Promise<DirectoryEntry | undefined>>();

  const recall = (id: string): DirectoryEntry | undefined => {
    const entry = kept.get(id);
    if (entry === undefined) return undefined;
    const age = now().getTime() - entry.readAt.getTime();
    // A clock that went back says nothing about the age.
    if (age >= 0 && age < ageMs) return entry;
    kept.delete(id);
    return undefined;
  };
  const ask = (ids: readonly string[]): void => {
    const answer = directory.findByIds(ids);
    for (const id of ids) {
      const entry = answer
        .then((found) => {
          const entry = found.get(id);
          if (entry !== undefined) kept.set(id, entry);
          return entry;
        })
        .finally(() => asked.delete(id));
      asked.set(id, entry);
    }
  };

  return (ids) => {
    const recalled = ids.map(recall);
    const missing = ids.filter((id, at) => recalled[at] === undefined && !asked.has(id));
    if (missing.length > 0) ask([...new Set(missing)]);
    return Promise.all(
      ids.map(
        async (id, at) =>
          recalled[at] ?? (await asked.get(id)?.catch((error: unknown) => asError(error))),
      ),
    );
  };
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('not an error', { cause: error });
