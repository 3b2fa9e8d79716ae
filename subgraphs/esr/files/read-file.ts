/** Opens a file, tells its kind from its first line and reads it. */
import { createReadStream } from 'node:fs';

import type { FileContent, ReadFile } from '../domain/extract.ts';
import { FileRefused } from '../domain/import-outcome.ts';
import type { OrganisationRow } from '../domain/records.ts';
import { PLACEMENT_FEED, REGISTRATION_FEED, TRAINING_FEED } from './feed-layout.ts';
import { readPlacements, readRegistrations, readTraining } from './read-feed.ts';
import { readGo2 } from './read-go2.ts';
import { type Line, readLines } from './read-lines.ts';
import { readOrganisations } from './read-organisations.ts';

/**
 * Reads a GO2 file or a feed from disk.
 *
 * @throws {FileRefused} when it is refused whole
 */
export const readRecordsFile = (path: string): Promise<ReadFile<FileContent>> =>
  readRecords(createReadStream(path));

/** The same from chunks of bytes. */
export async function readRecords(
  chunks: AsyncIterable<Uint8Array>,
): Promise<ReadFile<FileContent>> {
  const { lines, sha256 } = readLines(chunks);
  const rest = lines[Symbol.asyncIterator]();
  const first = await rest.next();
  if (first.done === true) throw new FileRefused(0, 'file', 'file_empty');
  const content = await readContent(first.value, { [Symbol.asyncIterator]: () => rest });
  return { content, sha256: sha256() };
}

/**
 * Reads the list of organisations from disk.
 *
 * @throws {FileRefused} when it is refused
 */
export async function readOrganisationsFile(path: string): Promise<ReadFile<OrganisationRow[]>> {
  const { lines, sha256 } = readLines(createReadStream(path));
  return { content: await readOrganisations(lines), sha256: sha256() };
}

function readContent(first: Line, rest: AsyncIterable<Line>): Promise<FileContent> {
  if (first.text.startsWith('HDR~')) return readGo2(first, rest);
  if (first.text === REGISTRATION_FEED.join()) return readRegistrations(rest);
  if (first.text === TRAINING_FEED.join()) return readTraining(rest);
  if (first.text === PLACEMENT_FEED.join()) return readPlacements(rest);
  throw new FileRefused(first.number, 'file', 'file_kind_unknown');
}
