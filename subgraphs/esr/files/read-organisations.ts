/** Reads the list of organisations. A fault anywhere refuses the list. */
import { identifierFault } from '../domain/identifiers.ts';
import { FileRefused } from '../domain/import-outcome.ts';
import type { OrganisationRow } from '../domain/records.ts';
import { csvRow } from './csv-row.ts';
import { ORGANISATION_LIST } from './feed-layout.ts';
import type { Line } from './read-lines.ts';

const TYPES = ['NHS_TRUST', 'CARE_TRUST', 'ICB', 'OTHER'] as const;
const STATUSES = ['OPEN', 'CLOSED'] as const;

/**
 * Reads the list.
 *
 * @throws {FileRefused} at the first fault
 */
export async function readOrganisations(
  pieces: AsyncIterable<readonly Line[]>,
): Promise<OrganisationRow[]> {
  const rows: OrganisationRow[] = [];
  const seen = new Set<string>();
  let header = true;
  for await (const { number, text } of linesOf(pieces)) {
    const columns = csvRow(text, number).map((value) => value.trim());
    if (header) {
      if (columns.join() !== ORGANISATION_LIST.join()) {
        throw new FileRefused(number, 'file', 'file_kind_unknown');
      }
      header = false;
      continue;
    }
    const [odsCode = '', name = '', type, status, vpd = ''] = columns;
    const refuse = (field: string, code: ConstructorParameters<typeof FileRefused>[2]): never => {
      throw new FileRefused(number, field, code);
    };
    if (columns.length !== ORGANISATION_LIST.length) refuse('record', 'column_count');
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
    });
  }
  if (rows.length === 0) throw new FileRefused(0, 'file', 'file_empty');
  return rows;
}

async function* linesOf(pieces: AsyncIterable<readonly Line[]>): AsyncIterable<Line> {
  for await (const piece of pieces) yield* piece;
}
