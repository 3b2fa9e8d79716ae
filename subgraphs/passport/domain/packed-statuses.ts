/**
 * The statuses of one list, packed for its token: what changes is applied, and only that is compressed again.
 *
 * Source: draft-ietf-oauth-status-list, section 4.1.
 */
import {
  createStatusListCompressor,
  type StatusListCompressor,
} from '../../../standards/status-list/status-list-compressor.ts';
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

/** Lists in which every place is valid, packed, by size. Most lists are, for long. */
const untouched = new Map<number, string>();

/** A list in which every place is valid. */
export function packedStatuses(size: number): PackedStatuses {
  const make = () => createStatusListCompressor({ bits: BITS, size });
  let compressor: StatusListCompressor | undefined;
  return {
    async apply(changes) {
      if (compressor === undefined && changes.length === 0) {
        const lst = untouched.get(size) ?? make().lst();
        untouched.set(size, lst);
        return lst;
      }
      compressor ??= make();
      let lst = compressor.lst();
      const slices = inSlices(changes);
      for (const slice of slices) {
        for (const { index, status } of slice) compressor.set(index, status);
        lst = compressor.lst();
        if (slices.length > 1) await pause();
      }
      return lst;
    },
  };
}

/** Changes by where they are in the list, each slice in the order in which they were made. */
function inSlices(changes: readonly PlacedStatus[]): readonly (readonly PlacedStatus[])[] {
  const slices = new Map<number, PlacedStatus[]>();
  for (const change of changes) {
    const at = Math.floor(change.index / SLICE);
    const slice = slices.get(at);
    if (slice === undefined) slices.set(at, [change]);
    else slice.push(change);
  }
  return [...slices.values()];
}

/** Lets other work run. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
