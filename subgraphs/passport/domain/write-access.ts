/** Writing several entries of the access log together, without one of them standing in the way of the others. */
import { isAway } from './is-away.ts';
import type { AccessLog, AccessLogRecord } from './ports/access-log.ts';

/** The records of one reading. */
type Entry = readonly AccessLogRecord[];

/**
 * Writes entries, in one statement unless one of them cannot be written: then each alone.
 *
 * @param entries the records of each; `undefined` for what is no entry
 * @returns for each whether it is written, for good
 * @throws when none can be: the log is away
 */
export async function writeEntries(
  entries: readonly (Entry | undefined)[],
  log: Pick<AccessLog, 'write'>,
): Promise<readonly boolean[]> {
  const good = entries.filter((entry) => entry !== undefined);
  if (good.length === 0) return entries.map(() => false);
  try {
    await log.write(good.flat());
    return entries.map((entry) => entry !== undefined);
  } catch (error) {
    if (good.length === 1 || isAway(error)) throw error;
  }
  const written: boolean[] = [];
  for (const entry of entries) {
    written.push(entry !== undefined && (await isWritten(entry, log)));
  }
  return written;
}

async function isWritten(entry: Entry, log: Pick<AccessLog, 'write'>): Promise<boolean> {
  try {
    await log.write(entry);
    return true;
  } catch (error) {
    if (isAway(error)) throw error;
    return false;
  }
}
