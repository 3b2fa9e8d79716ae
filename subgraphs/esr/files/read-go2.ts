/** Reads the rows of a GO2 file. */
import type { DeletedRow, Go2Header, Go2Row } from '../domain/extract.ts';
import { identifierFault } from '../domain/identifiers.ts';
import { FileRefused } from '../domain/import-outcome.ts';
import type { ExtractFormat } from './extract-format.ts';
import { fieldsAt } from './fields.ts';
import { readAssignment } from './go2-assignment.ts';
import { contentDigest } from './go2-digest.ts';
import {
  ADDRESS,
  COSTING,
  DELIMITER,
  FILE_NAME,
  HEADER_COLUMNS,
  RECORDS,
  VEHICLE,
} from './go2-layout.ts';
import { readPerson } from './go2-person.ts';
import { readPhone } from './go2-phone.ts';
import { readDepartment, readLocation, readPosition } from './go2-structures.ts';
import type { Line } from './read-lines.ts';

/**
 * The format of a file that begins with this header.
 *
 * @throws {FileRefused} `header_invalid`
 */
export const go2Format = (header: Line): ExtractFormat<'GO2', Go2Header, Go2Row> => ({
  kind: 'GO2',
  header: parseHeader(header),
  split: (text) => text.split(DELIMITER),
  headerMark: 'HDR',
  read: (columns, line) => {
    const read = READERS.get(columns[0] ?? '');
    if (read === undefined) throw new FileRefused(line, 'record', 'record_code_unknown');
    return read(columns, line);
  },
  personOf: (columns) => {
    const [code = '', id = ''] = columns;
    if (!WITH_PERSON.has(code)) return undefined;
    return identifierFault('esrId', id) === undefined ? id : null;
  },
});

/** Records whose first column is the person. */
const WITH_PERSON: ReadonlySet<string> = new Set([`${RECORDS.person}A`, `${RECORDS.assignment}A`]);

type RowReader = (columns: readonly string[], line: number) => Go2Row | undefined;

/** By record code, `A` or `D` included. */
const READERS: ReadonlyMap<string, RowReader> = new Map([
  ...record(RECORDS.person, added('PERSON', readPerson), deleted('PERSON')),
  ...record(RECORDS.assignment, added('ASSIGNMENT', readAssignment), deleted('ASSIGNMENT')),
  ...record(RECORDS.location, added('LOCATION', readLocation), deleted('LOCATION')),
  ...record(RECORDS.organisation, added('ORGANISATION', readDepartment), deleted('ORGANISATION')),
  ...record(RECORDS.position, added('POSITION', readPosition), deleted('POSITION')),
  ...record(RECORDS.phone, added('PHONE', readPhone), deleted('PHONE')),
  ...record(RECORDS.address, checked(ADDRESS), checkDeleted),
  ...record(RECORDS.vehicle, checked(VEHICLE), checkDeleted),
  ...record(RECORDS.costing, checked(COSTING), checkDeleted),
]);

function record(code: string, add: RowReader, remove: RowReader): [string, RowReader][] {
  return [
    [`${code}A`, add],
    [`${code}D`, remove],
  ];
}

/** A row that adds or amends a record which is kept. */
function added(
  record: Go2Row['record'],
  read: (columns: readonly string[], line: number) => object | undefined,
): RowReader {
  return (columns, line) => {
    const content = read(columns, line);
    if (content === undefined) return undefined;
    // The table above pairs each record with the reader of its content.
    return { record, action: 'A', line, digest: contentDigest(content), ...content } as Go2Row;
  };
}

/** A row that takes one out. */
function deleted(kind: DeletedRow['record']): RowReader {
  return (columns, line) => ({ record: kind, action: 'D', line, esrId: deletedId(columns, line) });
}

function checkDeleted(columns: readonly string[], line: number): undefined {
  deletedId(columns, line);
}

/** A deletion names one record and nothing else, so a fault in it cannot be passed over. */
function deletedId(columns: readonly string[], line: number): string {
  const id = columns[1] ?? '';
  if (columns.length !== 2) throw new FileRefused(line, 'record', 'column_count');
  const fault = identifierFault('esrId', id);
  if (fault !== undefined) {
    throw new FileRefused(line, 'id', fault === 'shape' ? 'esr_id_invalid' : fault, id);
  }
  return id;
}

/** A row of a record that is not kept: it names what it belongs to. */
function checked<Name extends string>(places: Readonly<Record<Name, number>>): RowReader {
  const fieldsOf = fieldsAt(places);
  const names = Object.keys(places) as Name[];
  return (columns, line) => {
    const fields = fieldsOf(line, columns);
    for (const name of names) fields.requiredIdentifier(name, 'esrId', 'esr_id_invalid');
    return undefined;
  };
}

function parseHeader({ number, text }: Line): Go2Header {
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
