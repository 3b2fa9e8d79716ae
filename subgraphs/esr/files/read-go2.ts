/** Reads a GO2 file whole before anything is changed: header, rows, trailer and count. */
import type { Go2File } from '../domain/extract.ts';
import { FileRefused, type ImportFault } from '../domain/import-outcome.ts';
import type { AssignmentRow, PersonRow } from '../domain/records.ts';
import { readRow } from './fields.ts';
import { assignmentRow } from './go2-assignment.ts';
import { DELIMITER, FILE_NAME, HEADER_COLUMNS, RECORDS, RECORDS_NOT_KEPT } from './go2-layout.ts';
import { personRow } from './go2-person.ts';
import type { Line } from './read-lines.ts';

/**
 * Reads the rows that follow the header.
 *
 * @throws {FileRefused} when the file as a whole cannot be trusted: cut short, joined with another, wrong count or layout
 */
export async function readGo2(header: Line, rest: AsyncIterable<Line>): Promise<Go2File> {
  const { vpd, sequence, full, day } = parseHeader(header);
  const rejected: ImportFault[] = [];
  const people: PersonRow[] = [];
  const assignments: AssignmentRow[] = [];
  const deletedPeople: string[] = [];
  const deletedAssignments: string[] = [];
  let rows = 1;
  let ended = false;

  for await (const { number, text } of rest) {
    if (ended) {
      const code = text.startsWith('HDR') ? 'second_header' : 'data_after_trailer';
      throw new FileRefused(number, 'record', code);
    }
    if (text === '') throw new FileRefused(number, 'record', 'blank_line');
    rows += 1;
    const columns = text.split(DELIMITER);
    const code = columns[0] ?? '';
    if (code === 'HDR') throw new FileRefused(number, 'record', 'second_header');
    if (code === 'TRL') {
      checkTrailer(columns, rows, number);
      ended = true;
      continue;
    }
    const record = code.slice(0, 2);
    const deletes = code.length === 3 && code.endsWith('D');
    if (!deletes && !(code.length === 3 && code.endsWith('A'))) {
      throw new FileRefused(number, 'record', 'record_code_unknown');
    }
    if (record === RECORDS.person) {
      if (deletes) deletedPeople.push(deletedId(columns, number));
      else keep(people, readRow(personRow(columns, number), rejected));
    } else if (record === RECORDS.assignment) {
      if (deletes) deletedAssignments.push(deletedId(columns, number));
      else keep(assignments, readRow(assignmentRow(columns, number), rejected));
    } else if (!RECORDS_NOT_KEPT.has(record)) {
      throw new FileRefused(number, 'record', 'record_code_unknown');
    }
  }
  if (!ended) throw new FileRefused(rows, 'trailer', 'trailer_missing');
  return {
    kind: 'GO2',
    vpd,
    sequence,
    full,
    day,
    rowsRead: rows - 2,
    people,
    assignments,
    deletedPeople,
    deletedAssignments,
    rejected,
  };
}

function keep<Row>(rows: Row[], row: Row | undefined): void {
  if (row !== undefined) rows.push(row);
}

function parseHeader({ number, text }: Line) {
  const columns = text.split(DELIMITER);
  const [, name = '', created = '', vpd = ''] = columns;
  const match = FILE_NAME.exec(name);
  if (columns.length !== HEADER_COLUMNS || columns[6] !== '01') {
    throw new FileRefused(number, 'header', 'header_invalid');
  }
  if (match === null) throw new FileRefused(number, 'fileName', 'header_invalid');
  if (!/^\d{8} \d{6}$/.test(created)) throw new FileRefused(number, 'created', 'header_invalid');
  if (vpd !== match[1]) throw new FileRefused(number, 'vpd', 'header_invalid');
  const day = match[3] ?? '';
  return {
    vpd,
    sequence: Number(match[4]),
    full: match[2] === 'GOF',
    day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`,
  };
}

function checkTrailer(columns: readonly string[], rows: number, line: number): void {
  if (columns.length !== 2 || !/^\d{1,9}$/.test(columns[1] ?? '')) {
    throw new FileRefused(line, 'trailer', 'column_count');
  }
  if (Number(columns[1]) !== rows) throw new FileRefused(line, 'count', 'trailer_count');
}

/** A deletion names one record and nothing else, so a fault in it cannot be passed over. */
function deletedId(columns: readonly string[], line: number): string {
  const id = columns[1] ?? '';
  if (columns.length !== 2) throw new FileRefused(line, 'record', 'column_count');
  if (!/^\d{1,15}$/.test(id)) throw new FileRefused(line, 'id', 'esr_id_invalid');
  return id;
}
