/** Rejected rows as a file that a spreadsheet opens: CSV (RFC 4180) in UTF-8 with a byte order mark. */
import type { ImportFault } from '../subgraphs/esr/domain/import-outcome.ts';

/** What the file begins with. */
export const REJECTS_HEADER = `\uFEFF${csvLine(['line', 'field', 'code', 'rule', 'value'])}`;

/** The lines of these rows, each with its end. */
export const rejectsCsv = (faults: readonly ImportFault[]): string =>
  faults
    .map(({ line, field, code, rule, value }) => csvLine([String(line), field, code, rule, value]))
    .join('');

function csvLine(values: readonly string[]): string {
  return `${values.map((value) => `"${inert(value).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** A spreadsheet takes what begins with one of these for a formula. */
function inert(value: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
}
