/**
 * The statuses of one list, packed for its token: what changes is applied, and only that is compressed again.
 *
 * Source: draft-ietf-oauth-status-list, section 4.1.
 */
import { createStatusListCompressor } from '../../../standards/status-list/status-list-compressor.ts';
import type { PlacedStatus } from './ports/status-lists.ts';

/** Bits for one status: valid, revoked and suspended need two. */
export const BITS = 2;
/** Places that are compressed without a pause for other work: 64 KiB of the list. */
const SLICE = 2 ** 18;

/** Statuses in memory. */
export interface PackedStatuses {
  /** Applies changes, in their order, and answers the whole list: zlib data, base64url. */
  apply(changes: readonly PlacedStatus[]): Promise<string>;
}

/** A list in which every place is valid. */
export function packedStatuses(size: number): PackedStatuses {
  const compressor = createStatusListCompressor({ bits: BITS, size });
  return {
    async apply(changes) {
      const slices = new Map<number, PlacedStatus[]>();
      for (const change of changes) {
        const slice = Math.floor(change.index / SLICE);
        const there = slices.get(slice);
        if (there === undefined) slices.set(slice, [change]);
        else there.push(change);
      }
      let lst = compressor.lst();
      for (const slice of slices.values()) {
        for (const { index, status } of slice) compressor.set(index, status);
        lst = compressor.lst();
        if (slices.size > 1) await pause();
      }
      return lst;
    },
  };
}

/** Lets other work run. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
