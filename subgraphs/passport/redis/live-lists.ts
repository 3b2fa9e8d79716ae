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
  /** Lists that were found in the index when they were noted again. */
  const indexed = new Set<string>();
  let indexing: Promise<void> = Promise.resolve();

  const read = async <Value>(name: string, shape: z.ZodType<Value>): Promise<Value | undefined> => {
    try {
      const text = await keyValue.get(name);
      return text === undefined ? undefined : parsed(text, shape);
    } catch {
      return undefined;
    }
  };
  const ids = async (): Promise<readonly string[]> => (await read(INDEX, noted)) ?? [];

  /** Adds a list to the index, unless it is found there, with what another replica's write may have taken out. */
  const addToIndex = async (id: string): Promise<void> => {
    // A store that does not answer is not an empty index.
    const text = await keyValue.get(INDEX);
    const all = (text === undefined ? undefined : parsed(text, noted)) ?? [];
    const there = new Set(all);
    const missing = [...new Set([...indexed, id])].filter((one) => !there.has(one));
    if (there.has(id)) indexed.add(id);
    if (missing.length === 0) return;
    const kept = JSON.stringify([...all, ...missing].slice(-MOST_LISTS));
    await keyValue.set(INDEX, kept, KEPT_SECONDS);
  };
  /** One at a time: each reads the index, and writes it whole. */
  const index = (id: string): Promise<void> => {
    const run = indexing.then(() => addToIndex(id));
    indexing = run.catch(() => undefined);
    return run;
  };

  return {
    find: (listId) => read(nameOf(listId), note),
    ids,
    async note({ id, odsCode, version, token }) {
      const before = await read(nameOf(id), note);
      // Two replicas may be here at once; the next signature, seconds later, settles it.
      if (before !== undefined && before.version >= version) return;
      const text = JSON.stringify({ odsCode, version, token });
      await keyValue.set(nameOf(id), text, KEPT_SECONDS);
      // Two replicas may write the index at once: a list is believed to be there when its next note finds it.
      if (!indexed.has(id) || before === undefined) await index(id);
    },
  };
}

function parsed<Value>(text: string, shape: z.ZodType<Value>): Value | undefined {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
