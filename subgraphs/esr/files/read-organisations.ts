/** Reads the list of organisations. A fault anywhere refuses the list. */
import { createReadStream } from 'node:fs';

import { parseEsrDate } from '../domain/esr-date.ts';
import { identifierFault } from '../domain/identifiers.ts';
import { FileRefused } from '../domain/import-outcome.ts';
import type { ListedOrganisation, OrganisationHistory } from '../domain/records.ts';
import { csvRow } from './csv-row.ts';
import { ORGANISATION_LIST, ORGANISATION_LIST_WITH_HISTORY } from './feed-layout.ts';
import { type Line, readLines } from './read-lines.ts';

const TYPES = ['NHS_TRUST', 'CARE_TRUST', 'ICB', 'OTHER'] as const;
const LAYOUTS: readonly (readonly string[])[] = [ORGANISATION_LIST, ORGANISATION_LIST_WITH_HISTORY];
const STATUSES = ['OPEN', 'CLOSED'] as const;

/**
 * Reads the list from disk.
 *
 * @throws {FileRefused} at the first fault
 */
export async function readOrganisationsFile(
  path: string,
): Promise<{ readonly content: readonly ListedOrganisation[] }> {
  return { content: await readOrganisations(readLines(createReadStream(path)).pieces) };
}

async function readOrganisations(
  pieces: AsyncIterable<readonly Line[]>,
): Promise<ListedOrganisation[]> {
  const rows: ListedOrganisation[] = [];
  const seen = new Set<string>();
  let layout: readonly string[] | undefined;
  for await (const { number, text } of linesOf(pieces)) {
    const columns = csvRow(text, number).map((value) => value.trim());
    if (layout === undefined) {
      layout = LAYOUTS.find((known) => known.join() === columns.join());
      if (layout === undefined) throw new FileRefused(number, 'file', 'file_kind_unknown');
      continue;
    }
    const [odsCode = '', name = '', type, status, vpd = '', ...history] = columns;
    const refuse = (field: string, code: ConstructorParameters<typeof FileRefused>[2]): never => {
      throw new FileRefused(number, field, code);
    };
    if (columns.length !== layout.length) refuse('record', 'column_count');
    if (identifierFault('odsCode', odsCode) !== undefined) refuse('odsCode', 'ods_code_invalid');
    if (name === '') refuse('name', 'value_missing');
    if (name.length > 240) refuse('name', 'value_too_long');
    if (vpd !== '' && identifierFault('vpd', vpd) !== undefined) refuse('vpd', 'vpd_unknown');
    for (const key of [`ods:${odsCode}`, ...(vpd === '' ? [] : [`vpd:${vpd}`])]) {
      if (seen.has(key)) refuse('odsCode', 'organisation_repeated');
      seen.add(key);
    }
    rows.push({
      odsCode,
      name,
      type: TYPES.find((known) => known === type) ?? refuse('type', 'value_unknown'),
      status: STATUSES.find((known) => known === status) ?? refuse('status', 'value_unknown'),
      vpd: vpd === '' ? null : vpd,
      ...(layout === ORGANISATION_LIST ? {} : historyOf(history, refuse)),
    });
  }
  if (rows.length === 0) throw new FileRefused(0, 'file', 'file_empty');
  return rows;
}

async function* linesOf(pieces: AsyncIterable<readonly Line[]>): AsyncIterable<Line> {
  for await (const piece of pieces) yield* piece;
}

/** What became of an organisation. */
function historyOf(
  [successor = '', openedOn = '', closedOn = '']: readonly string[],
  refuse: (field: string, code: ConstructorParameters<typeof FileRefused>[2]) => never,
): Required<OrganisationHistory> {
  if (successor !== '' && identifierFault('odsCode', successor) !== undefined) {
    refuse('successor', 'ods_code_invalid');
  }
  const day = (field: string, value: string): string | null => {
    if (value === '') return null;
    return parseEsrDate(value) === value ? value : refuse(field, 'date_invalid');
  };
  const [opened, closed] = [day('openedOn', openedOn), day('closedOn', closedOn)];
  if (opened !== null && closed !== null && closed < opened) refuse('closedOn', 'date_order');
  return {
    successorOdsCode: successor === '' ? null : successor,
    openedOn: opened,
    closedOn: closed,
  };
}
