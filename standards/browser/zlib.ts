/** What the rules use of `node:zlib`, on a browser's streams (Compression Standard, WHATWG). */
import { answerTo } from './questions.ts';

/** What Node answers with `info`. */
export interface Inflated {
  /** The bytes. */
  readonly buffer: Buffer;
  /** How much was read. */
  readonly engine: Readonly<Record<'bytesWritten', number>>;
}

/**
 * Inflates exactly one zlib stream.
 *
 * @throws {TypeError} when it is none, has data after it, or is larger than allowed
 */
export function inflateSync(
  data: Uint8Array,
  { maxOutputLength }: { readonly maxOutputLength: number },
): Inflated {
  const name = `inflate ${String(maxOutputLength)} ${Buffer.from(data).toString('base64')}`;
  const bytes = answerTo(name, () => inflate(data, maxOutputLength).catch(() => undefined));
  if (bytes === undefined) throw new TypeError('not one zlib stream');
  // The stream refuses data after its end, so all of it was read.
  return { buffer: Buffer.from(bytes), engine: { bytesWritten: data.length } };
}

async function inflate(data: Uint8Array, most: number): Promise<Uint8Array> {
  const stream = new Blob([Uint8Array.from(data)])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'));
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = (await reader.read()) as { done: boolean; value?: Uint8Array };
    if (done || value === undefined) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new TypeError('larger than allowed');
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/** Not in a browser. */
export const deflateSync = (): never => {
  throw new TypeError('nothing is compressed here');
};
