/** The `Range` header for one range of bytes (RFC 9110, section 14.1.2). */

/** Bytes of a file, both ends included, counted from 0. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

const ONE = /^bytes=(?<first>\d{0,15})-(?<last>\d{0,15})$/i;

/**
 * Reads the header.
 *
 * @param size bytes of the whole file
 * @returns `undefined` for the whole file: without a header, and for one with several ranges or in other units
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const { first, last } = ONE.exec(header ?? '')?.groups ?? {};
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= size ? 'unsatisfiable' : { from, to };
}
