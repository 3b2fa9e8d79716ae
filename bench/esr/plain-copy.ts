/** The floor under an import: the same rows, split into columns beforehand, by COPY into a table without an index. */
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { ASSIGNMENT_COLUMNS, DELIMITER } from '../../subgraphs/esr/files/go2-layout.ts';

/** Copies the rows of GO2 files, one table for all, as wide as the widest. */
export async function measurePlainCopy(
  url: string,
  files: readonly string[],
): Promise<{ readonly rows: number; readonly seconds: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const columns = Array.from(
    { length: ASSIGNMENT_COLUMNS },
    (_, place) => `c${String(place)} text`,
  );
  await client.query(`create table public.plain (${columns.join()})`);
  let rows = 0;
  let seconds = 0;
  for (const file of files) {
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(1, -1);
    const text = lines.map(asCopyLine).join('');
    rows += lines.length;
    const started = performance.now();
    await pipeline(
      Readable.from(portions(text)),
      client.query(copyFrom('copy public.plain from stdin')),
    );
    seconds += (performance.now() - started) / 1_000;
  }
  await client.query('drop table public.plain');
  await client.end();
  return { rows, seconds };
}

function asCopyLine(line: string): string {
  const columns = line.replaceAll('\\', '\\\\').split(DELIMITER);
  return `${columns.join('\t')}${'\t'.repeat(ASSIGNMENT_COLUMNS - columns.length)}\n`;
}

const PORTION = 1 << 20;

function* portions(text: string): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += PORTION) {
    yield bytes.subarray(start, start + PORTION);
  }
}
