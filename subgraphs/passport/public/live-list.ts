/** Asking our own public address what it serves: some replica, or a cache before it. */
import type { Addresses } from '../domain/addresses.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { FROM_MEMORY, type LiveLists } from '../domain/ports/status-lists.ts';

/** How long one answer may take, in milliseconds. */
const DEADLINE_MS = 2_000;
/** Largest answer read, in bytes. */
const LARGEST = 8 * 2 ** 20;
/** After a failure the address is left alone this long, in milliseconds. */
const REST_MS = 60_000;

/** Fetches lists from the public address. What cannot be fetched in time is `undefined`. */
export function publicLists(
  addresses: Pick<Addresses, 'statusList'>,
  { now, ask = fetch }: { readonly now: Clock; readonly ask?: typeof fetch },
): LiveLists['fetch'] {
  let restUntil = 0;
  return async (listId) => {
    if (now().getTime() < restUntil) return undefined;
    try {
      const response = await ask(addresses.statusList(listId), {
        headers: {
          accept: 'application/statuslist+jwt',
          'cache-control': 'no-cache',
          [FROM_MEMORY]: '1',
        },
        redirect: 'error',
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      return response.ok ? await read(response) : undefined;
    } catch {
      restUntil = now().getTime() + REST_MS;
      return undefined;
    }
  };
}

async function read(response: Response): Promise<string | undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > LARGEST) return undefined;
  }
  return text;
}
