/** When the passport on this device was last looked up with its issuer, and how it stood: for when there is no network. */
import { z } from 'zod';

import type { WalletStore } from './wallet-store.ts';

const NAME = 'last-check';

const shape = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  /** In words. */
  standing: z.string(),
});

/** A look-up. */
export type LastCheck = z.infer<typeof shape>;

/** Notes it, in place of the one before. */
export const noteCheck = (store: Pick<WalletStore, 'note'>, check: LastCheck): Promise<void> =>
  store.note(NAME, check);

/** The last one; `undefined` when there was none. */
export const lastChecked = async (
  store: Pick<WalletStore, 'noted'>,
): Promise<LastCheck | undefined> => shape.safeParse(await store.noted(NAME)).data;
