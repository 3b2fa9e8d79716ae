/**
 * Which edition of the reference data is current, told in the key-value store by whoever keeps the data and read there by
 * whoever keeps answers. It lapses by itself: without somebody who goes on saying it, no edition is current.
 */
import type { KeyValue } from './key-value.ts';
import type { Logger } from './log.ts';
import { repeatedly } from './repeatedly.ts';

/** The key. */
export const EDITION_KEY = 'reference-edition';

/** How often it is told, in milliseconds. */
const TELL_MS = 1_000;
/** How long it holds, in seconds. */
const HOLDS_SECONDS = 5;

/**
 * Tells the edition again and again.
 *
 * @param edition looks at the data itself, so it makes no difference who has changed it
 * @returns stops
 */
export function tellEdition(
  store: KeyValue,
  edition: () => Promise<string>,
  log: Logger,
): () => Promise<void> {
  return repeatedly(
    async () => {
      await store.set(EDITION_KEY, await edition(), HOLDS_SECONDS);
    },
    TELL_MS,
    (error) => {
      log.debug({ err: error }, 'the edition of reference data could not be told');
    },
  );
}
