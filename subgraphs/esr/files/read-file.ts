/** Reads a file whole. */
import { createReadStream } from 'node:fs';

import type { FileContent, Go2Row, OpenExtract, ReadFile } from '../domain/extract.ts';
import type { ListedOrganisation } from '../domain/records.ts';
import { openExtract } from './open-extract.ts';
import { readLines } from './read-lines.ts';
import { readOrganisations } from './read-organisations.ts';

/**
 * Reads a GO2 file or a feed from disk.
 *
 * @throws {FileRefused} when it is refused whole
 */
export async function readRecordsFile(path: string): Promise<ReadFile<FileContent>> {
  return readWhole(await openExtract(path));
}

/** Takes all batches of a file. */
export async function readWhole(extract: OpenExtract): Promise<ReadFile<FileContent>> {
  const rows = [];
  const rejected = [];
  for await (const batch of extract.batches) {
    for (const row of batch.rows) rows.push(row);
    rejected.push(...batch.faults);
  }
  const { rowsRead, sha256 } = extract.end();
  const { kind, header } = extract;
  if (kind !== 'GO2') {
    return { content: { kind, ...header, rowsRead, rows, rejected } as FileContent, sha256 };
  }
  const go2 = rows as Go2Row[];
  return {
    content: {
      kind,
      ...header,
      rowsRead,
      people: go2.filter((row) => row.record === 'PERSON' && row.action === 'A'),
      assignments: go2.filter((row) => row.record === 'ASSIGNMENT' && row.action === 'A'),
      deletedPeople: deleted(go2, 'PERSON'),
      deletedAssignments: deleted(go2, 'ASSIGNMENT'),
      rejected,
    },
    sha256,
  };
}

const deleted = (rows: readonly Go2Row[], record: Go2Row['record']): string[] =>
  rows.flatMap((row) => (row.action === 'D' && row.record === record ? [row.esrId] : []));

/**
 * Reads the list of organisations from disk.
 *
 * @throws {FileRefused} when it is refused
 */
export async function readOrganisationsFile(path: string): Promise<ReadFile<ListedOrganisation[]>> {
  const { pieces, end } = readLines(createReadStream(path));
  return { content: await readOrganisations(pieces), sha256: end().sha256 };
}
