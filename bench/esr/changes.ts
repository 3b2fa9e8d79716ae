/** What a night brings: a file with the rows that changed at each trust. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { go2FileName } from '../../cli/demo-data/go2.ts';
import { ASSIGNMENT, DELIMITER, PERSON, RECORDS } from '../../subgraphs/esr/files/go2-layout.ts';
import { importAll, type Imported } from './import-files.ts';
import type { Records } from './records.ts';

/** One person in ten. */
const CHANGED = 10;

/** Writes a file for each organisation and imports them. All of their rows say something new. */
export async function measureChanges({ url, folder, extracts }: Records): Promise<Imported> {
  const paths: string[] = [];
  for (const extract of extracts) paths.push(await writeChanges(extract, folder));
  return importAll(url, paths);
}

async function writeChanges(extract: string, folder: string): Promise<string> {
  const [header = '', ...rows] = (await readFile(extract, 'utf8')).trimEnd().split('\n');
  const vpd = header.split(DELIMITER)[3] ?? '';
  const name = go2FileName(vpd, { full: false, sequence: 2 });
  const path = join(folder, name);
  const changed = changedRows(rows);
  const head = header.split(DELIMITER).with(1, name).join(DELIMITER);
  const trailer = ['TRL', String(changed.length + 2)].join(DELIMITER);
  await writeFile(path, `${[head, ...changed, trailer].join('\n')}\n`);
  return path;
}

/** The person gets another title, and every dated row of their posts other hours. */
function changedRows(rows: readonly string[]): string[] {
  return rows
    .map((row) => row.split(DELIMITER))
    .filter(([code, id]) => KINDS.includes(code ?? '') && Number(id) % CHANGED === 0)
    .map((columns) =>
      (columns[0] === KINDS[0]
        ? columns.with(PERSON.title, columns[PERSON.title] === 'Dr' ? 'Prof' : 'Dr')
        : columns.with(ASSIGNMENT.fte, '0.5').with(ASSIGNMENT.hours, '18.75')
      ).join(DELIMITER),
    );
}

const KINDS = [`${RECORDS.person}A`, `${RECORDS.assignment}A`];
