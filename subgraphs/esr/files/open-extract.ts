/** Opens a file, tells its kind from its first lines and reads it as a stream. */
import { type FileHandle, open } from 'node:fs/promises';

import type { ExtractBatch, ExtractOf, ExtractPosition, OpenExtract } from '../domain/extract.ts';
import { FileRefused, type ImportFault } from '../domain/import-outcome.ts';
import type { ExtractFormat } from './extract-format.ts';
import { TRAILER } from './feed-layout.ts';
import { RowRejected } from './fields.ts';
import { feedFormat } from './read-feed.ts';
import { go2Format } from './read-go2.ts';
import { TIS_HEADER, tisFormat } from './read-tis.ts';
import { LF, type Line, MAX_LINE_BYTES, readLines } from './read-lines.ts';

/** Lines of one batch. */
const BATCH = 2_000;
/** Bytes that are read at once. */
const CHUNK = 65_536;

/** Bytes that can be read from their beginning, more than once. */
export interface ExtractSource {
  readonly size: number;
  /** Up to so many bytes from the beginning. */
  readonly head: (bytes: number) => Promise<Uint8Array>;
  readonly chunks: () => AsyncIterable<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** Where to begin. */
interface ExtractOptions {
  readonly from?: ExtractPosition;
}

/**
 * Opens a GO2 file or a feed. Take its batches, or close it.
 *
 * @throws {FileRefused} when its first lines are those of no kind of file
 */
export async function openExtract(path: string, options?: ExtractOptions): Promise<OpenExtract> {
  const source = await fileSource(await open(path));
  try {
    return await readExtract(source, options);
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** The same for bytes from elsewhere. */
export async function readExtract(
  source: ExtractSource,
  options: ExtractOptions = {},
): Promise<OpenExtract> {
  const [first, second] = await headLines(source);
  if (first === undefined) throw new FileRefused(0, 'file', 'file_empty');
  if (first.text.startsWith(TIS_HEADER)) {
    const tis = tisFormat(first);
    return tis.kind === 'TRAINING_POSTS'
      ? streamOf(tis, source, options)
      : streamOf(tis, source, options);
  }
  if (first.text.startsWith('HDR~')) return streamOf(go2Format(first), source, options);
  const feed = feedFormat(first, second);
  // Each kind for itself: the kind decides the rows.
  switch (feed.kind) {
    case 'REGISTRATIONS':
      return streamOf(feed, source, options);
    case 'TRAINING':
      return streamOf(feed, source, options);
    case 'QUALIFICATIONS':
      return streamOf(feed, source, options);
    case 'PLACEMENTS':
      return streamOf(feed, source, options);
  }
}

async function fileSource(file: FileHandle): Promise<ExtractSource> {
  const { size } = await file.stat();
  return {
    size,
    head: async (bytes) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    },
    chunks: () =>
      file.createReadStream({
        start: 0,
        highWaterMark: CHUNK,
        autoClose: false,
      }) as AsyncIterable<Uint8Array>,
    close: () => file.close(),
  };
}

/** The first two lines: the header tells the kind, the first row whose feed it is. */
async function headLines(source: ExtractSource): Promise<readonly Line[]> {
  const bytes = await source.head(2 * (MAX_LINE_BYTES + 2));
  const end = bytes.indexOf(LF, bytes.indexOf(LF) + 1) + 1;
  const { pieces } = readLines(once(end === 0 ? bytes : bytes.subarray(0, end)));
  const lines: Line[] = [];
  for await (const piece of pieces) lines.push(...piece);
  return lines;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

function streamOf<Kind extends string, Header, Row>(
  format: ExtractFormat<Kind, Header, Row>,
  source: ExtractSource,
  { from }: ExtractOptions,
): ExtractOf<Kind, Header, Row> {
  const reader = readLines(source.chunks(), from);
  let last = from?.line ?? 0;
  async function* batches(): AsyncIterable<ExtractBatch<Row>> {
    let taken = last;
    let ended = false;
    let rows: Row[] = [];
    let faults: ImportFault[] = [];
    let leftOut: (string | null)[] = [];
    const batch = ({ number, end }: Pick<Line, 'number' | 'end'>): ExtractBatch<Row> => {
      const full = {
        rows,
        faults,
        leftOut,
        offset: end,
        line: number,
        prefix: reader.prefix(end),
      };
      [rows, faults, leftOut, taken] = [[], [], [], number];
      return full;
    };
    let before = from?.offset ?? 0;
    try {
      for await (const piece of reader.pieces) {
        for (const line of piece) {
          const { number, text, end } = line;
          if (text === '') throw new FileRefused(number, 'record', 'blank_line');
          if (number > 1) {
            const columns = format.split(text, number);
            checkPlace(format, columns, number, ended);
            if (columns[0] === TRAILER) {
              checkTrailer(columns, number);
              // What goes on after these rows reads the trailer again.
              if (last > taken) yield batch({ number: last, end: before });
              ended = true;
            } else {
              takeRow(format, columns, number, { rows, faults, leftOut });
              if (number - taken >= BATCH) yield batch(line);
            }
          }
          last = number;
          before = end;
        }
      }
      if (!ended) throw new FileRefused(last, 'trailer', 'trailer_missing');
    } finally {
      await source.close();
    }
  }
  return {
    kind: format.kind,
    header: format.header,
    size: source.size,
    batches: batches(),
    end: () => ({ ...reader.end(), rowsRead: last - 2 }),
    close: source.close,
  };
}

/** Nothing follows the trailer, and a header is only first. */
function checkPlace(
  { headerMark }: { readonly headerMark: string },
  columns: readonly string[],
  line: number,
  ended: boolean,
): void {
  if (columns[0] === headerMark) throw new FileRefused(line, 'record', 'second_header');
  if (ended) throw new FileRefused(line, 'record', 'data_after_trailer');
}

/** Every line before is a row, so the number of the trailer's line is the number of rows. */
function checkTrailer(columns: readonly string[], line: number): void {
  const count = columns[1] ?? '';
  if (columns.length !== 2 || !/^\d{1,12}$/.test(count)) {
    throw new FileRefused(line, 'trailer', 'column_count');
  }
  if (Number(count) !== line) throw new FileRefused(line, 'count', 'trailer_count', count);
}

function takeRow<Row>(
  format: Pick<ExtractFormat<string, unknown, Row>, 'read' | 'personOf'>,
  columns: readonly string[],
  line: number,
  { rows, faults, leftOut }: { rows: Row[]; faults: ImportFault[]; leftOut: (string | null)[] },
): void {
  try {
    const row = format.read(columns, line);
    if (row !== undefined) rows.push(row);
  } catch (error) {
    if (!(error instanceof RowRejected)) throw error;
    faults.push(error.fault);
    const person = format.personOf?.(columns);
    if (person !== undefined) leftOut.push(person);
  }
}
