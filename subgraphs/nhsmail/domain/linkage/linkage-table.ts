import { type Cell, type CompiledRules, readCell } from './compile-rules.ts';
import type { LinkageRecord } from './record.ts';

/** Many records, ready to be compared with many others. Takes some 100 bytes for each, besides their ids and what is not shared. */
export interface LinkageTable {
  readonly rules: CompiledRules;
  readonly ids: string[];
  /** What the records have, one after another, each in the order of the rules' fields. */
  readonly cells: Cell[];
}

/** An empty table for records that are compared by these rules. */
export const createTable = (rules: CompiledRules): LinkageTable => ({ rules, ids: [], cells: [] });

/** Reads a record into a table. */
export function addRecord(
  { rules, ids, cells }: LinkageTable,
  { id, values }: LinkageRecord,
): void {
  ids.push(id);
  for (const field of rules.fields) cells.push(readCell(field, values));
}
