/** Which status list tokens are live, noted in the key-value store: it does not go back in time with the database. */
import { z } from 'zod';

import type { KeyValue } from '../../../runtime/key-value.ts';
import type { LiveLists } from '../domain/ports/status-lists.ts';

/** How long a note is kept, in seconds: longer than any credential counts. */
const KEPT_SECONDS = 3 * 366 * 86_400;
/** Most lists noted: the oldest are forgotten first. */
const MOST_LISTS = 20_000;

const note = z.object({
  odsCode: z.string(),
  version: z.number().int().positive(),
  token: z.string(),
});
const noted = z.array(z.string().max(64)).max(MOST_LISTS);

const INDEX = 'live-lists';
const nameOf = (listId: string): string => `live-list:${listId}`;

/** Notes in the key-value store. Without the store nothing is known, and nothing fails. */
export function keyValueLiveLists(
  keyValue: Pick<KeyValue, 'get' | 'set'>,
): Omit<LiveLists, 'fetch'> {
  const indexed = new Set<string>();

  const read = async <Value>(name: string, shape: z.ZodType<Value>): Promise<Value | undefined> => {
    try {
      const text = await keyValue.get(name);
      return text === undefined ? undefined : shape.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  };
  const ids = async (): Promise<readonly string[]> => (await read(INDEX, noted)) ?? [];

  return {
    find: (listId) => read(nameOf(listId), note),
    ids,
    async note({ id, odsCode, version, token }) {
      const before = await read(nameOf(id), note);
      // Two replicas may be here at once; the next signature, seconds later, settles it.
      if (before !== undefined && before.version >= version) return;
      const text = JSON.stringify({ odsCode, version, token });
      await keyValue.set(nameOf(id), text, KEPT_SECONDS);
      if (indexed.has(id) && before !== undefined) return;
      const all = await ids();
      if (!all.includes(id)) {
        const kept = JSON.stringify([...all, id].slice(-MOST_LISTS));
        await keyValue.set(INDEX, kept, KEPT_SECONDS);
      }
      indexed.add(id);
    },
  };
}
