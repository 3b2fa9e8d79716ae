/** Effective-dated rows by the record they belong to. */
import { type ImportFault, importFault } from './import-outcome.ts';
import type { Effective } from './records.ts';

/** Groups rows; a second row that starts on the same day as another of its record is rejected. */
export function groupRows<Row extends Effective & { readonly line: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  rejected: ImportFault[],
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else if (group.some((one) => one.effectiveFrom === row.effectiveFrom)) {
      rejected.push(importFault(row.line, 'effectiveFrom', 'effective_rows_overlap'));
    } else group.push(row);
  }
  return groups;
}
