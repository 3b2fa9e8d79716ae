/** Lists of records as CSV files, in and out. */
import { createReadStream } from 'node:fs';

import { CsvError, parse } from 'csv-parse';

import type { LinkageRecord } from '../subgraphs/nhsmail/domain/linkage/record.ts';
import { UsageError } from './command.ts';

/** Longest row, in characters. */
const LONGEST_ROW = 100_000;
/** Names of columns that tell records apart, without letter case and separators. */
const ID_COLUMN = /^(?:rec|record|row|unique|source)?id$/;
/** Patients' numbers are no business of matching staff. */
const NHS_NUMBER = /^nhs(?:no|number)$/;

/** What is in a list before its records. */
export interface RecordListHeader {
  readonly columns: readonly string[];
  /** The column that tells records apart. */
  readonly idColumn: string;
}

/**
 * Reads a list. The first row has the names of the columns; spaces around values say nothing.
 *
 * @param options.id the column that tells records apart; without it, one called `id`, `rec_id` and so on, or the first
 * @param options.begin is told the columns before the first record
 * @throws {UsageError} for a list without records that can be told apart, or with NHS numbers
 */
export async function* readRecordList(
  path: string,
  {
    id,
    begin,
  }: {
    readonly id?: string | undefined;
    readonly begin: (header: RecordListHeader) => void;
  },
): AsyncGenerator<LinkageRecord> {
  let idColumn = '';
  const parser = createReadStream(path).pipe(
    parse({
      bom: true,
      trim: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
      columns: (names: string[]) => {
        idColumn = checkColumns(path, names, id);
        begin({ columns: names.filter((name) => name !== idColumn), idColumn });
        return names;
      },
    }),
  );
  const seen = new Set<string>();
  try {
    for await (const row of parser) {
      const values = row as Readonly<Record<string, string>>;
      const own = values[idColumn] ?? '';
      if (own === '' || seen.has(own)) {
        throw new UsageError(
          `${path}: row ${String(seen.size + 2)} has ${own === '' ? 'no' : 'another row’s'} ${idColumn}`,
        );
      }
      seen.add(own);
      yield { id: own, values };
    }
  } catch (cause) {
    if (cause instanceof CsvError) throw new UsageError(`${path}: ${cause.message}`, { cause });
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      throw new UsageError(`${path}: there is no such file`, { cause });
    }
    throw cause;
  }
  if (idColumn === '') throw new UsageError(`${path}: the file is empty`);
}

function checkColumns(path: string, names: readonly string[], id: string | undefined): string {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${path}: two columns are called ${twice}`);
  if (names.some((name) => NHS_NUMBER.test(plain(name)))) {
    throw new UsageError(`${path}: NHS numbers are patients' numbers; leave the column out`);
  }
  if (id !== undefined && !names.includes(id)) {
    throw new UsageError(`${path}: there is no column ${id}`);
  }
  return id ?? names.find((name) => ID_COLUMN.test(plain(name))) ?? names[0] ?? '';
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** One row of a CSV file (RFC 4180), line end included. */
export const csvRow = (values: readonly string[]): string =>
  `${values.map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')}\n`;
