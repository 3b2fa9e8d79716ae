/** Reading the fields of one row: each either gives its value or breaks a rule, which rejects the row. */
import { parseEsrDate } from '../domain/esr-date.ts';
import {
  type IdentifierFault,
  identifierFault,
  type IdentifierKind,
  isNhsNumber,
  niNumberFault,
} from '../domain/identifiers.ts';
import { type ImportFault, importFault, type ImportRule } from '../domain/import-outcome.ts';

const MAX_VALUE = 240;

/** A row that is left out; the file goes on. */
export class RowRejected extends Error {
  override readonly name = 'RowRejected';
  readonly fault: ImportFault;
  constructor(fault: ImportFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/** The columns of one row by name. */
export interface Fields<Name extends string> {
  readonly line: number;
  /** Free text, trimmed; `null` when empty. */
  readonly text: (name: Name) => string | null;
  readonly required: (name: Name) => string;
  /** An identifier; `null` when empty. */
  readonly identifier: (name: Name, kind: IdentifierKind, rule: ImportRule) => string | null;
  readonly requiredIdentifier: (name: Name, kind: IdentifierKind, rule: ImportRule) => string;
  readonly niNumber: (name: Name) => string | null;
  /** `null` for every spelling of "no date". */
  readonly date: (name: Name) => string | null;
  readonly requiredDate: (name: Name) => string;
  /** Two dates, of which the second is not before the first. */
  readonly period: (from: string | null, to: Name) => string | null;
  readonly reject: (name: Name, rule: ImportRule) => never;
}

/** Gives the fields of one row after another. Made once for each kind of row: what it gives is good until it is called again. */
export type FieldsOf<Name extends string> = (
  line: number,
  columns: readonly string[],
) => Fields<Name>;

/** Where each column is, when the columns are these. */
export const placesOf = <Name extends string>(
  names: readonly Name[],
): Readonly<Record<Name, number>> =>
  Object.fromEntries(names.map((name, index) => [name, index])) as Record<Name, number>;

/** Reads rows whose columns are at these places. */
export function fieldsAt<Name extends string>(
  places: Readonly<Record<Name, number>>,
): FieldsOf<Name> {
  let line = 0;
  let columns: readonly string[] = [];
  const reject = (name: Name, rule: ImportRule): never => {
    throw new RowRejected(importFault(line, name, rule, columns[places[name]]?.trim()));
  };
  const text = (name: Name): string | null => {
    const value = columns[places[name]]?.trim() ?? '';
    if (value.length > MAX_VALUE) return reject(name, 'value_too_long');
    return value === '' ? null : value;
  };
  const required = (name: Name): string => text(name) ?? reject(name, 'value_missing');
  const held = (name: Name, value: string, fault: IdentifierFault | undefined, rule: ImportRule) =>
    fault === undefined ? value : reject(name, fault === 'shape' ? rule : fault);
  const identifier = (name: Name, kind: IdentifierKind, rule: ImportRule): string | null => {
    const value = text(name);
    return value === null ? null : held(name, value, identifierFault(kind, value), rule);
  };
  const date = (name: Name): string | null => {
    const value = columns[places[name]]?.trim() ?? '';
    const day = parseEsrDate(value);
    if (day !== undefined) return day;
    return reject(name, isNhsNumber(value) ? 'nhs_number_not_allowed' : 'date_invalid');
  };
  const fields: Fields<Name> = {
    get line() {
      return line;
    },
    text,
    required,
    identifier,
    requiredIdentifier: (name, kind, rule) =>
      identifier(name, kind, rule) ?? reject(name, 'value_missing'),
    niNumber: (name) => {
      const value = text(name)?.replaceAll(' ', '').toUpperCase() ?? null;
      return value === null ? null : held(name, value, niNumberFault(value), 'ni_number_invalid');
    },
    date,
    requiredDate: (name) => date(name) ?? reject(name, 'value_missing'),
    period: (from, to) => {
      const end = date(to);
      return end !== null && from !== null && end < from ? reject(to, 'date_order') : end;
    },
    reject,
  };
  return (nextLine, nextColumns) => {
    line = nextLine;
    columns = nextColumns;
    return fields;
  };
}
