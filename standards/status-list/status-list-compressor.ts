/**
 * A status list that is compressed in blocks, so that one change compresses one block again.
 *
 * The result is an ordinary zlib stream: every block is deflated on its own and ends with a full
 * flush, and the checksums of the blocks are combined into the one that closes the stream.
 *
 * Source: draft-ietf-oauth-status-list, section 4.1; RFC 1950 (zlib), sections 2.2 and 8;
 * RFC 1951 (deflate), section 3.2.
 */
import { constants, deflateRaw, deflateRawSync, type ZlibOptions } from 'node:zlib';

import {
  type BitsPerStatus,
  byteWith,
  createStatusList,
  readStatus,
  type StatusList,
  statusPosition,
} from './status-list.ts';

/** Bytes of the list in one block. */
const BLOCK_BYTES = 8192;

/** How large the list is, and what it starts from. */
export interface StatusListCompressorOptions {
  /** How many bits hold one status. */
  readonly bits: BitsPerStatus;
  /** How many credentials; rounded up to whole bytes. */
  readonly size: number;
  /** The statuses to start from, packed; all valid unless given. Shorter than the list is fine. */
  readonly bytes?: Uint8Array;
}

/** A list in memory that can be published again cheaply after each change. */
export interface StatusListCompressor {
  /** How many bits hold one status. */
  readonly bits: BitsPerStatus;
  /** Changes one status; throws `status_index_out_of_range` or `status_value_out_of_range`. */
  set(index: number, status: number): void;
  /** Reads one status; throws `status_index_out_of_range`. */
  get(index: number): number;
  /**
   * Compresses what changed on other threads, so that {@link StatusListCompressor.lst} has little left
   * to do: a list of a million would hold this one up for tens of milliseconds. Changes may go on
   * meanwhile.
   */
  prepare(): Promise<void>;
  /** The list as zlib data in base64url, for a status list token. Compresses what changed, here and now. */
  lst(): string;
}

/**
 * Makes a compressor.
 *
 * @throws {StandardError} `status_list_malformed` when the list would pass 16 MiB
 */
export function createStatusListCompressor(
  options: StatusListCompressorOptions,
): StatusListCompressor {
  const { bits, size, bytes } = options;
  const list = createStatusList(bits, size);
  if (bytes !== undefined) list.bytes.set(bytes.subarray(0, list.bytes.length));
  const blocks: Block[] = [];
  const blockCount = Math.ceil(list.bytes.length / BLOCK_BYTES);
  const changed = new Set(Array(blockCount).keys());
  /** How often each block has changed: tells whether it is still what was compressed elsewhere. */
  const revisions = new Uint32Array(blockCount);
  let encoded: string | undefined;
  return {
    bits,
    set(index, status) {
      const position = statusPosition(list, index);
      const { byteIndex } = position;
      list.bytes[byteIndex] = byteWith(list.bytes[byteIndex] ?? 0, position, status);
      const block = Math.floor(byteIndex / BLOCK_BYTES);
      changed.add(block);
      revisions[block] = (revisions[block] ?? 0) + 1;
      encoded = undefined;
    },
    get: (index) => readStatus(list, index),
    async prepare() {
      for (const block of [...changed]) {
        const revision = revisions[block];
        // A copy: the block may change under the other thread's hands.
        const bytes = Buffer.from(blockOf(list, block));
        const deflated = await deflateElsewhere(bytes);
        if (revisions[block] !== revision || !changed.delete(block)) continue;
        blocks[block] = { deflated, checksum: adler32(bytes), length: bytes.length };
      }
    },
    lst() {
      if (encoded !== undefined) return encoded;
      for (const block of changed) {
        const bytes = blockOf(list, block);
        const deflated = deflateRawSync(bytes, DEFLATE);
        blocks[block] = { deflated, checksum: adler32(bytes), length: bytes.length };
      }
      changed.clear();
      return (encoded = assemble(blocks).toString('base64url'));
    },
  };
}

interface Block {
  readonly deflated: Buffer;
  readonly checksum: Adler32;
  /** Bytes before compression. */
  readonly length: number;
}

/** The two sums of RFC 1950, section 8, modulo 65,521. */
interface Adler32 {
  readonly low: number;
  readonly high: number;
}

const ADLER_MODULUS = 65_521;

function blockOf(list: StatusList, block: number): Uint8Array {
  return list.bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES);
}

const DEFLATE: ZlibOptions = {
  level: 9,
  // 9 would need pages of memory that the system has to clear each time, for the same result.
  memLevel: 8,
  // A full flush ends on a byte and forgets the window, so blocks can stand side by side.
  finishFlush: constants.Z_FULL_FLUSH,
};

function deflateElsewhere(bytes: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    deflateRaw(bytes, DEFLATE, (error, deflated) => {
      if (error === null) resolve(deflated);
      else reject(error);
    });
  });
}

function adler32(bytes: Uint8Array): Adler32 {
  let low = 1;
  let high = 0;
  for (let start = 0; start < bytes.length; start += 4096) {
    // 4,096 additions stay far below 2^53, so the remainder can wait until then.
    const end = Math.min(start + 4096, bytes.length);
    for (let at = start; at < end; at += 1) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= ADLER_MODULUS;
    high %= ADLER_MODULUS;
  }
  return { low, high };
}

/** The checksum of two byte arrays in a row, from the checksum of each and the length of the second. */
function combine(first: Adler32, second: Adler32, secondLength: number): Adler32 {
  const carried = first.low + ADLER_MODULUS - 1;
  return {
    low: (carried + second.low) % ADLER_MODULUS,
    high: (first.high + second.high + (secondLength % ADLER_MODULUS) * carried) % ADLER_MODULUS,
  };
}

/** RFC 1950, section 2.2: deflate with a 32 KiB window, compressed as well as the method can. */
const ZLIB_HEADER = Buffer.from([0x78, 0xda]);

function assemble(blocks: readonly Block[]): Buffer {
  let checksum: Adler32 = { low: 1, high: 0 };
  for (const block of blocks) checksum = combine(checksum, block.checksum, block.length);
  const end = Buffer.alloc(6);
  // An empty last block with fixed codes (RFC 1951, section 3.2.6), then the checksum.
  end.writeUInt16BE(0x0300, 0);
  end.writeUInt16BE(checksum.high, 2);
  end.writeUInt16BE(checksum.low, 4);
  return Buffer.concat([ZLIB_HEADER, ...blocks.map(({ deflated }) => deflated), end]);
}
