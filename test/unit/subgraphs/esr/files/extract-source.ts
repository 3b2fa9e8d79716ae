/** Files for tests that are not on a disk. */
import type { ExtractPosition, OpenExtract } from '../../../../../subgraphs/esr/domain/extract.ts';
import {
  type ExtractSource,
  readExtract,
} from '../../../../../subgraphs/esr/files/open-extract.ts';

/** Bytes that come in these parts. */
export function sourceOf(...parts: readonly Uint8Array[]): ExtractSource {
  const bytes = Buffer.concat(parts);
  return {
    size: bytes.length,
    head: (length) => Promise.resolve(bytes.subarray(0, length)),
    chunks: async function* () {
      await Promise.resolve();
      yield* parts;
    },
    close: () => Promise.resolve(),
  };
}

/** Opens a text, or bytes. */
export const extractOf = (
  content: string | Uint8Array,
  from?: ExtractPosition,
): Promise<OpenExtract> =>
  readExtract(
    sourceOf(typeof content === 'string' ? Buffer.from(content) : content),
    from === undefined ? {} : { from },
  );
