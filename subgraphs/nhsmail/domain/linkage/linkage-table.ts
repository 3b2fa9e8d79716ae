import { type Cell, type CompiledRules, NOTHING, numberCell, readCell } from './compile-rules.ts';
import type { LinkageRecord } from './record.ts';

/** Many records, ready to be compared with many others: four bytes for each field, their ids, and what they have, each once. */
export interface LinkageTable {
  readonly rules: CompiledRules;
  readonly ids: string[];
  /** Numbers of what the records have, one after another, each in the order of the rules' fields. Has room for more. */
  cells: Int32Array;
}

/** Records for which there is room at first. */
const FIRST_ROOM = 1_024;

/** An empty table for records that are compared by these rules. */
export const createTable = (rules: CompiledRules): LinkageTable => ({
  rules,
  ids: [],
  cells: new Int32Array(FIRST_ROOM * rules.fields.length),
});

/** Reads a record into a table. */
export function addRecord(table: LinkageTable, { id, values }: LinkageRecord): void {
  const { fields } = table.rules;
  let at = table.ids.length * fields.length;
  if (at === table.cells.length) {
    const longer = new Int32Array(at * 2);
    longer.set(table.cells);
    table.cells = longer;
  }
  table.ids.push(id);
  for (const field of fields) {
    table.cells[at] = numberCell(field, readCell(field, values));
    at += 1;
  }
}

/** What a record has in one field. */
export const cellAt = ({ rules, cells }: LinkageTable, row: number, place: number): Cell =>
  rules.fields[place]?.shared[cells[row * rules.fields.length + place] ?? 0] ?? NOTHING;
