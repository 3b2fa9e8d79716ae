/** Files of changes that follow the extracts of the demonstration. */
import { readFile, writeFile } from 'node:fs/promises';

import type { LocalSystem } from '../../local/start.ts';
import { ASSIGNMENT, FILE_NAME, PERSON, RECORDS } from '../../subgraphs/esr/files/go2-layout.ts';

/** A row of an extract, by column. */
export type Row = readonly string[];

/** A row with some columns changed. */
export const changed = (row: Row, values: Readonly<Record<number, string>>): Row =>
  row.map((value, column) => values[column] ?? value);

/** The full extract of an organisation of the demonstration. */
export async function fullFile(
  { extractsOf }: LocalSystem['demonstration'],
  odsCode: string,
): Promise<{ readonly header: Row; readonly rows: readonly Row[] }> {
  const path = extractsOf([odsCode]).find((file) => file.endsWith('.DAT'));
  if (path === undefined) throw new Error(`no extract of ${odsCode}`);
  const [header = [], ...rows] = (await readFile(path, 'utf8'))
    .split('\n')
    .map((line) => line.trim().split('~'));
  return { header, rows };
}

/**
 * Writes a file of changes that follows a full file.
 *
 * @param place which of those that follow it is, the first being 1
 */
export async function writeChanges(
  path: string,
  header: Row,
  rows: readonly Row[],
  place = 1,
): Promise<string> {
  const [, vpd = '', , day = '', sequence = ''] = FILE_NAME.exec(header[1] ?? '') ?? [];
  const name = (header[1] ?? '')
    .replace('_GOF_', '_GOC_')
    .replace(`${day}_${sequence}`, `${day}_${String(Number(sequence) + place).padStart(8, '0')}`);
  if (!name.includes(vpd)) throw new Error('no name of a file');
  const lines = [changed(header, { 1: name }), ...rows, ['TRL', String(rows.length + 2)]];
  await writeFile(path, lines.map((row) => `${row.join('~')}\n`).join(''));
  return path;
}

/** The rows of one person and of their posts. */
export function rowsOf(
  rows: readonly Row[],
  employeeNumber: string,
): { readonly people: readonly Row[]; readonly posts: readonly Row[] } {
  const people = rows.filter(
    (row) => row[0] === `${RECORDS.person}A` && row[PERSON.employeeNumber] === employeeNumber,
  );
  const id = people.at(-1)?.[PERSON.esrPersonId];
  const posts = rows.filter(
    (row) => row[0] === `${RECORDS.assignment}A` && row[ASSIGNMENT.esrPersonId] === id,
  );
  return { people, posts };
}
