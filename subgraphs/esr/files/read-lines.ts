/** The lines of a file as a stream: bounded, in UTF-8 or Latin-1 or both, ended by LF or CRLF, with the digest of what was read. */
import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

import type { ExtractPosition } from '../domain/extract.ts';
import { FileRefused } from '../domain/import-outcome.ts';

/** One line without its ending. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** The byte after the line's ending, counted in the file. */
  readonly end: number;
}

/** A file being read. */
export interface LineReader {
  /** The lines of one piece of the file after another, in order. */
  readonly pieces: AsyncIterable<readonly Line[]>;
  /** SHA-256 of the bytes before the end of a line of the latest piece, or of the piece before; hex. Asked in the order of the lines. */
  readonly prefix: (end: number) => string;
  /** SHA-256 of all bytes that were read, hex, and how many there were. Known once the pieces have been read to the end. */
  readonly end: () => { readonly sha256: string; readonly bytes: number };
}

/** Longest line, in bytes: a file has no longest length, a line has. */
export const MAX_LINE_BYTES = 8_192;
/** Ends a line. */
export const LF = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads lines from chunks of bytes.
 *
 * @param from goes on after this line of a file whose chunks still come from its beginning
 */
export function readLines(
  chunks: AsyncIterable<Uint8Array>,
  from: ExtractPosition = { offset: 0, line: 0 },
): LineReader {
  const hash = createHash('sha256');
  let ended: { readonly sha256: string; readonly bytes: number } | undefined;
  let piece: Uint8Array = new Uint8Array();
  let start = 0;
  let hashed = 0;
  /** Takes bytes of the piece into the digest. */
  const hashTo = (offset: number): void => {
    hash.update(piece.subarray(hashed - start, offset - start));
    hashed = offset;
  };
  async function* pieces(): AsyncIterable<readonly Line[]> {
    let rest: Uint8Array = new Uint8Array();
    let skipped = 0;
    let number = from.line;
    start = from.offset;
    hashed = from.offset;
    for await (const chunk of chunks) {
      let bytes = chunk;
      if (skipped < from.offset) {
        const before = chunk.subarray(0, from.offset - skipped);
        hash.update(before);
        skipped += before.length;
        bytes = chunk.subarray(before.length);
        if (skipped === from.offset) checkPrefix(hash.copy().digest('hex'), from);
      }
      if (rest.length > 0) bytes = Buffer.concat([rest, bytes]);
      const whole = bytes.lastIndexOf(LF) + 1;
      rest = bytes.subarray(whole);
      if (rest.length > MAX_LINE_BYTES) refuseLong(bytes, number);
      if (whole === 0) continue;
      piece = bytes.subarray(0, whole);
      const lines = linesOf(piece, start, number);
      yield lines;
      number += lines.length;
      hashTo(start + piece.length);
      start += piece.length;
    }
    if (skipped < from.offset) throw new FileRefused(from.line, 'file', 'file_changed');
    if (rest.length > 0) {
      piece = rest;
      yield linesOf(piece, start, number);
      hashTo(start + piece.length);
      start += piece.length;
    }
    ended = { sha256: hash.digest('hex'), bytes: start };
  }
  return {
    pieces: pieces(),
    prefix: (end) => {
      hashTo(end);
      return hash.copy().digest('hex');
    },
    end: () => {
      if (ended === undefined) throw new Error('the file has not been read to the end');
      return ended;
    },
  };
}

function checkPrefix(sha256: string, { line, prefix }: ExtractPosition): void {
  if (prefix !== undefined && prefix !== sha256) {
    throw new FileRefused(line, 'file', 'file_changed');
  }
}

/** The line that is too long may not be the last. */
function refuseLong(bytes: Uint8Array, number: number): never {
  linesOf(bytes, 0, number);
  throw new FileRefused(number + 1, 'file', 'line_too_long');
}

/** A control character, a carriage return at the end of a line aside. C0 and C1 never belong in a name, and could end up in a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n|$)/;

/** The lines of bytes that begin with a line. */
function linesOf(bytes: Uint8Array, start: number, before: number): Line[] {
  const lines: Line[] = [];
  // Plain bytes, which is nearly all of a file, are decoded and looked through at once.
  const plain = isAscii(bytes) ? asBuffer(bytes).toString('latin1') : undefined;
  const checked = plain !== undefined && !CONTROL.test(plain);
  for (let at = 0; at < bytes.length;) {
    const lf = bytes.indexOf(LF, at);
    const end = lf === -1 ? bytes.length : lf;
    const number = before + lines.length + 1;
    if (end - at > MAX_LINE_BYTES) throw new FileRefused(number, 'file', 'line_too_long');
    let text = plain?.slice(at, end) ?? decode(bytes.subarray(at, end));
    if (number === 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
    if (!checked && CONTROL.test(text)) {
      throw new FileRefused(number, 'file', 'character_not_allowed');
    }
    if (text.endsWith('\r')) text = text.slice(0, -1);
    at = lf === -1 ? end : end + 1;
    lines.push({ number, text, end: start + at });
  }
  return lines;
}

/** What is called Latin-1 is mostly this: it has the typographic apostrophe of O’Neill. */
const latin1 = new TextDecoder('windows-1252');

/** Each line for itself: an employer's file may be put together from two. */
const decode = (bytes: Uint8Array): string =>
  isUtf8(bytes) ? asBuffer(bytes).toString('utf8') : latin1.decode(bytes);

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
