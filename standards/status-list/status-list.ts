/**
 * One small number for each credential, packed into a compressed byte array.
 *
 * Source: draft-ietf-oauth-status-list, sections 4.1, 4.2 and 7.1.
 */
import { deflateSync, inflateSync } from 'node:zlib';

import { decodeBase64url, encodeBase64url } from '../base64url.ts';
import { StandardError } from '../standard-error.ts';

/** Status values registered by section 7.1. */
export const STATUS = {
  /** The credential stands. */
  valid: 0x00,
  /** The credential was revoked, for good. */
  invalid: 0x01,
  /** The credential does not count for now. */
  suspended: 0x02,
} as const;

/** How many bits hold one status (section 4.1, step 1). */
export type BitsPerStatus = 1 | 2 | 4 | 8;

/** A list in memory. It holds `bytes.length * 8 / bits` statuses, index 0 in the lowest bits. */
export interface StatusList {
  /** How many bits hold one status. */
  readonly bits: BitsPerStatus;
  /** The statuses, packed. */
  readonly bytes: Uint8Array;
}

/** A list as it travels in a token (section 4.2). */
export interface EncodedStatusList {
  /** How many bits hold one status. */
  readonly bits: BitsPerStatus;
  /** The packed statuses: zlib data, base64url. */
  readonly lst: string;
}

/** Largest list, in bytes once inflated: 16 MiB, or 64 million credentials at 2 bits. */
export const MAX_STATUS_LIST_BYTES = 2 ** 24;

/** Where one status sits in a byte array. */
export interface StatusPosition {
  /** Which byte, from 0. */
  readonly byteIndex: number;
  /** How far to shift that byte right. */
  readonly shift: number;
  /** What to keep after the shift. */
  readonly mask: number;
}

/**
 * Finds where a status sits (section 4.1, step 3).
 *
 * @param index counted from 0
 * @throws {StandardError} `status_index_out_of_range`; section 8.3 then says reject the credential
 */
export function statusPosition(list: StatusList, index: number): StatusPosition {
  const perByte = 8 / list.bits;
  if (!Number.isInteger(index) || index < 0 || index >= list.bytes.length * perByte) {
    throw new StandardError('status_index_out_of_range', 'the index is outside the status list');
  }
  return {
    byteIndex: Math.floor(index / perByte),
    shift: (index % perByte) * list.bits,
    mask: 2 ** list.bits - 1,
  };
}

/**
 * Makes a list in which every credential is valid.
 *
 * @param bits how many bits hold one status
 * @param size how many credentials; rounded up to whole bytes
 * @throws {StandardError} `status_list_malformed` when the list would pass 16 MiB
 */
export function createStatusList(bits: BitsPerStatus, size: number): StatusList {
  const length = Math.ceil((size * bits) / 8);
  if (!Number.isInteger(size) || size < 1 || length > MAX_STATUS_LIST_BYTES) {
    throw new StandardError('status_list_malformed', 'a status list holds 1 byte to 16 MiB');
  }
  return { bits, bytes: new Uint8Array(length) };
}

/**
 * Reads the status of one credential.
 *
 * @param index the credential's `status.status_list.idx`
 * @throws {StandardError} `status_index_out_of_range`; section 8.3 then says reject the credential
 */
export function readStatus(list: StatusList, index: number): number {
  const { byteIndex, shift, mask } = statusPosition(list, index);
  return ((list.bytes[byteIndex] ?? 0) >> shift) & mask;
}

/**
 * Returns a copy of the list with one status changed. The input is left as it was.
 *
 * @throws {StandardError} `status_index_out_of_range` or `status_value_out_of_range`
 */
export function withStatus(list: StatusList, index: number, status: number): StatusList {
  const position = statusPosition(list, index);
  const bytes = Uint8Array.from(list.bytes);
  bytes[position.byteIndex] = byteWith(bytes[position.byteIndex] ?? 0, position, status);
  return { bits: list.bits, bytes };
}

/**
 * A byte with one of its statuses replaced.
 *
 * @throws {StandardError} `status_value_out_of_range` when the value needs more bits than there are
 */
export function byteWith(byte: number, { shift, mask }: StatusPosition, status: number): number {
  if (!Number.isInteger(status) || status < 0 || status > mask) {
    throw new StandardError('status_value_out_of_range', 'the status needs more bits');
  }
  return (byte & ~(mask << shift)) | (status << shift);
}

/** Packs a list for a token, at the highest compression level (section 4.1, step 4). */
export function encodeStatusList(list: StatusList): EncodedStatusList {
  return { bits: list.bits, lst: encodeBase64url(deflateSync(list.bytes, { level: 9 })) };
}

/** Tells whether a number is one of the widths of section 4.1. */
export function isBitsPerStatus(bits: unknown): bits is BitsPerStatus {
  return bits === 1 || bits === 2 || bits === 4 || bits === 8;
}

/**
 * Unpacks the list found in a token.
 *
 * @throws {StandardError} `status_list_malformed` when `bits` is another number, or `lst` is not
 * exactly one zlib stream in canonical base64url that inflates to at most 16 MiB
 */
export function decodeStatusList({ bits, lst }: EncodedStatusList): StatusList {
  if (!isBitsPerStatus(bits)) throw new StandardError('status_list_malformed', 'bits is unknown');
  try {
    const compressed = decodeBase64url(lst);
    // With `info` Node answers an object that its types do not know.
    const { buffer, engine } = inflateSync(compressed, {
      maxOutputLength: MAX_STATUS_LIST_BYTES,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (engine.bytesWritten !== compressed.length) throw new Error('data after the stream');
    if (buffer.length === 0) throw new Error('no statuses');
    return { bits, bytes: buffer };
  } catch (cause) {
    throw new StandardError('status_list_malformed', 'lst is not a zlib byte array', { cause });
  }
}
