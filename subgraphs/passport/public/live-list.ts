/** Asking our own public address what it serves: some replica, or a cache before it. */
import { withPatience } from '../../../runtime/config.ts';
import type { Addresses } from '../domain/addresses.ts';
import type { Clock } from '../domain/ports/clock.ts';
import {
  FROM_MEMORY,
  type LiveLists,
  PublicListUnreachable,
} from '../domain/ports/status-lists.ts';

/** How long one answer may take, in milliseconds. */
const DEADLINE_MS = 2_000;
/** Largest answer read, in bytes. */
const LARGEST = 8 * 2 ** 20;
/** After a failure the address is left alone this long, in milliseconds; after an answer of another kind, the list. */
const REST_MS = 60_000;

/** Fetches lists from the public address. */
export function publicLists(
  addresses: Pick<Addresses, 'statusList'>,
  { now, ask = fetch }: { readonly now: Clock; readonly ask?: typeof fetch },
): LiveLists['fetch'] {
  let restUntil = 0;
  const listRestsUntil = new Map<string, number>();

  const answerOf = async (listId: string): Promise<Response> => {
    try {
      return await ask(addresses.statusList(listId), {
        headers: {
          accept: 'application/statuslist+jwt',
          'cache-control': 'no-cache',
          [FROM_MEMORY]: '1',
        },
        redirect: 'error',
        signal: AbortSignal.timeout(withPatience(DEADLINE_MS)),
      });
    } catch (cause) {
      restUntil = now().getTime() + REST_MS;
      throw new PublicListUnreachable('the public address does not answer', { cause });
    }
  };

  return async (listId) => {
    if (now().getTime() < Math.max(restUntil, listRestsUntil.get(listId) ?? 0)) {
      throw new PublicListUnreachable('the public address did not answer a moment ago');
    }
    const response = await answerOf(listId);
    if (response.status === 404) return undefined;
    try {
      // Another status comes from a proxy, or from a replica whose token has run out: neither says "nothing".
      if (!response.ok) throw new Error(`status ${String(response.status)}`);
      return await read(response);
    } catch (cause) {
      listRestsUntil.set(listId, now().getTime() + REST_MS);
      throw new PublicListUnreachable('the public address does not serve the list', { cause });
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
