import { readFile } from 'node:fs/promises';

import type { StatusListsReconciled } from '../../subgraphs/passport/domain/reconcile-status-lists.ts';
import { type Command, readArguments, UsageError } from '../command.ts';
import { operate } from '../operate.ts';

/** Mends the status lists after an old copy of passport's database was restored. */
export const reconcileStatus: Command = {
  usage: 'status reconcile [--token FILE]...',
  summary:
    'After a restored backup: carries what the live status lists say back into the record, and publishes again.',
  run: async (args, io) => {
    const { values } = readArguments(args, { token: { type: 'string', multiple: true } });
    const tokens = await Promise.all((values.token ?? []).map(readToken));
    const outcome = await operate(io, 'reconcileStatusLists', { tokens });
    const { reconciled, unresolved } = outcome as StatusListsReconciled;
    for (const list of reconciled) {
      const { listId, odsCode, liveVersion, publishedVersion, credentials, places } = list;
      const after = publishedVersion === undefined ? 'to be published' : String(publishedVersion);
      io.out(
        `${odsCode}  ${listId}  version ${String(liveVersion)} -> ${after}  ` +
          `${String(credentials)} credentials and ${String(places)} places carried back\n`,
      );
    }
    for (const { listId, liveVersion } of unresolved) {
      io.err(
        `${listId}  no token of version ${String(liveVersion)} or later was found: give one with --token\n`,
      );
    }
    if (reconciled.length + unresolved.length === 0)
      io.out('Every list is as new as what is live.\n');
    return unresolved.length === 0 ? 0 : 1;
  },
};

async function readToken(file: unknown): Promise<string> {
  try {
    return await readFile(String(file), 'utf8');
  } catch (cause) {
    throw new UsageError('a token file cannot be read', { cause });
  }
}
