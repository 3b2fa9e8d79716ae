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
      for (const { index, status } of changes) compressor.set(index, status);
      await compressor.prepare();
      return compressor.lst();
    },
  };
}
