/** The lines of a file as a stream: bounded, in UTF-8 or Latin-1, ended by LF or CRLF, with the digest of what was read. */
import { createHash } from 'node:crypto';

import { FileRefused } from '../domain/import-outcome.ts';

/** One line without its ending. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

/** A file being read. */
export interface LineReader {
  readonly lines: AsyncIterable<Line>;
  /** SHA-256 of the whole file, hex. Known once the lines have been read to the end. */
  readonly sha256: () => string;
}

const MAX_LINE_BYTES = 8_192;
const MAX_LINES = 1_000_000;
const LF = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/** Reads lines from chunks of bytes. */
export function readLines(chunks: AsyncIterable<Uint8Array>): LineReader {
  const hash = createHash('sha256');
  let digest: string | undefined;
  async function* lines(): AsyncIterable<Line> {
    let rest: Uint8Array = new Uint8Array();
    let number = 0;
    for await (const chunk of chunks) {
      hash.update(chunk);
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, start)) {
        number += 1;
        yield { number, text: decode(bytes.subarray(start, end), number) };
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > MAX_LINE_BYTES) throw new FileRefused(number + 1, 'file', 'line_too_long');
    }
    if (rest.length > 0) yield { number: number + 1, text: decode(rest, number + 1) };
    digest = hash.digest('hex');
  }
  return {
    lines: lines(),
    sha256: () => {
      if (digest === undefined) throw new Error('the file has not been read to the end');
      return digest;
    },
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array, number: number): string {
  if (number > MAX_LINES) throw new FileRefused(number, 'file', 'file_too_long');
  if (bytes.length > MAX_LINE_BYTES) throw new FileRefused(number, 'file', 'line_too_long');
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    text = Buffer.from(bytes).toString('latin1');
  }
  if (number === 1 && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
  if (text.endsWith('\r')) text = text.slice(0, -1);
  // C0 and C1 controls never belong in a name, and could end up in somebody's terminal.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) {
    throw new FileRefused(number, 'file', 'character_not_allowed');
  }
  return text;
}
