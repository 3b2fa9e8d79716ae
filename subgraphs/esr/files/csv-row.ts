/** One row of CSV (RFC 4180, section 2), without line breaks inside a value. */
import { FileRefused } from '../domain/import-outcome.ts';

/**
 * Splits a row into its values.
 *
 * @throws {FileRefused} `quote_invalid`
 */
export function csvRow(text: string, line: number): string[] {
  if (!text.includes('"')) return text.split(',');
  const values: string[] = [];
  const value = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const match = value.exec(text);
    if (match === null) throw new FileRefused(line, 'record', 'quote_invalid');
    values.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '') return values;
  }
}
