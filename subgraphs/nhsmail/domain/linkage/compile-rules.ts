import {
  type ComparedValue,
  type Comparator,
  ALTERNATIVE_LEVEL,
} from './comparators/comparator.ts';
import { comparatorOf } from './comparators.ts';
import { mixKey } from './key-hash.ts';
import type { LinkageRecord } from './record.ts';
import type { FieldRule, RuleSet } from './rule-set.ts';

/** Most values of one field of one record that are compared. The first ones are. */
const MOST_VALUES = 8;
/** Contents of a field that are kept for reuse; past that they are read anew. */
const MOST_CELLS = 200_000;
/** Longest value that is read, in characters. */
const LONGEST_VALUE = 200;

/** What a record has in one field. */
export interface Cell {
  readonly values: readonly ComparedValue[];
  readonly alternatives: readonly ComparedValue[];
  /** Halves of the hashes of its keys, by place of the key in the field; read when first needed. */
  readonly keys: Int32Array[];
  /** Its number among the contents of tables; below zero until it is in one. */
  number: number;
}

/** What a record has in a field of which nothing is known. */
export const NOTHING: Cell = { values: [], alternatives: [], keys: [], number: 0 };

/** A field that is ready to read. */
export interface CompiledField {
  readonly rule: FieldRule;
  readonly comparator: Comparator;
  /** The keys that blocks ask of it, in places. */
  readonly keys: ((value: ComparedValue) => readonly string[])[];
  /** Hashes of those keys, in places, for every content that a table has. */
  readonly hashes: KeyHashes[];
  /** What was read last, by what it was read from. */
  readonly cells: Map<string, Cell>;
  /** Values of cells that have several, by what they were read from: the same names come in many cells. */
  readonly values: Map<string, ComparedValue | undefined>;
  /** Every different content that a table has, by its number, and where it is found. The first is `NOTHING`. */
  readonly shared: Cell[];
  readonly numbers: Map<string, number>;
}

/** Hashes of one key of many contents, two halves each, one content after another. */
export interface KeyHashes {
  halves: Int32Array;
  /** Where those of a content begin, by its number; the next one's begin is their end. */
  start: Int32Array;
  /** How many contents were read. */
  known: number;
}

/** One key of a block: place of the field, and of the key in the field. */
export interface KeyPlace {
  readonly field: number;
  readonly key: number;
}

/** A rule set that is ready to read records. */
export interface CompiledRules {
  readonly ruleSet: RuleSet;
  readonly fields: readonly CompiledField[];
  readonly blocks: readonly (readonly KeyPlace[])[];
  readonly refine: readonly KeyPlace[];
}

/** A record that is ready to be compared by the rules that it was read for. */
export interface PreparedRecord {
  readonly id: string;
  /** By place of the field. */
  readonly cells: readonly Cell[];
}

/** A rule set asks for something that there is not. Says what, and in which rule. */
export class RuleSetError extends Error {
  override readonly name = 'RuleSetError';
  readonly code = 'rule_set_invalid';
}

/**
 * Makes a rule set ready to read records. One is enough for a process that compares record by record; it holds what the
 * tables hold that were made by it, so tables have one of their own.
 *
 * @throws {RuleSetError} for a block with an unknown field or key, and for two fields of one name
 */
export function compileRules(ruleSet: RuleSet): CompiledRules {
  const fields = ruleSet.fields.map((rule) => ({
    rule,
    comparator: comparatorOf(rule),
    keys: [],
    hashes: [],
    cells: new Map<string, Cell>(),
    values: new Map<string, ComparedValue | undefined>(),
    shared: [NOTHING],
    numbers: new Map<string, number>(),
  }));
  const names = ruleSet.fields.map(({ field }) => field);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new RuleSetError(`two fields are called ${twice}`);
  return {
    ruleSet,
    fields,
    blocks: ruleSet.blocks.map((block) => block.map((key) => placeKey(key, fields))),
    refine: (ruleSet.refine ?? []).map((key) => placeKey(key, fields)),
  };
}

function placeKey(written: string, fields: readonly CompiledField[]): KeyPlace {
  const at = written.lastIndexOf(':');
  const name = at < 0 ? written : written.slice(0, at);
  const wanted = at < 0 ? 'value' : written.slice(at + 1);
  const place = fields.findIndex(({ rule }) => rule.field === name);
  const field = fields[place];
  if (field === undefined)
    throw new RuleSetError(`block key ${written}: there is no field ${name}`);
  const known = field.comparator.keys;
  const read = Object.hasOwn(known, wanted) ? known[wanted] : undefined;
  if (read === undefined) {
    throw new RuleSetError(
      `block key ${written}: a field compared as ${field.rule.comparator} has the keys ${Object.keys(known).join(', ')}`,
    );
  }
  const key = field.keys.indexOf(read);
  return { field: place, key: key < 0 ? field.keys.push(read) - 1 : key };
}

/** Reads a record, so that it can be compared and its keys told. */
export function readRecord(rules: CompiledRules, { id, values }: LinkageRecord): PreparedRecord {
  return { id, cells: rules.fields.map((field) => readCell(field, values)) };
}

/** Reads what a record has in one field. */
export function readCell(field: CompiledField, values: LinkageRecord['values']): Cell {
  const { rule } = field;
  const others = rule.alternatives === undefined ? NO_VALUES : rawValues(rule.alternatives, values);
  if (others.length === 0 && rule.values.length === 1) {
    // Most contents of most fields.
    const only = values[rule.values[0] as string];
    if (only === undefined || only === '') return NOTHING;
    if (typeof only === 'string') {
      return field.cells.get(only) ?? cellOf(field, only, [only], others);
    }
  }
  const found = rawValues(rule.values, values);
  if (others.length === 0) {
    if (found.length === 0) return NOTHING;
    const raw = found[0] as string;
    if (found.length === 1) return field.cells.get(raw) ?? cellOf(field, raw, found, others);
  }
  return cellOf(field, `${listed(found)}\u0002${listed(others)}`, found, others);
}

function listed(raws: readonly string[]): string {
  let text = raws[0] ?? '';
  for (let at = 1; at < raws.length; at += 1) text += `\u0001${raws[at] as string}`;
  return text;
}

function cellOf(
  field: CompiledField,
  raw: string,
  found: readonly string[],
  others: readonly string[],
): Cell {
  const known = field.cells.get(raw);
  if (known !== undefined) return known;
  if (field.cells.size >= MOST_CELLS) field.cells.clear();
  const isOne = found.length + others.length === 1;
  const read = isOne ? readValue : knownValue;
  const values = readValues(field, found, read);
  const alternatives = readValues(field, others, read).filter(
    ({ text }) => !values.some((value) => value.text === text),
  );
  // A former name is the name where no other is known.
  const [main, rest] = values.length === 0 ? [alternatives, []] : [values, alternatives];
  const cell: Cell =
    main.length === 0 ? NOTHING : { values: main, alternatives: rest, keys: [], number: -1 };
  field.cells.set(raw, cell);
  return cell;
}

/** The number of a content among those of tables: the same for all that are the same in normal form. */
export function numberCell(field: CompiledField, cell: Cell): number {
  if (cell.number >= 0) return cell.number;
  const [only] = cell.values;
  const normal =
    cell.values.length === 1 && cell.alternatives.length === 0 && only !== undefined
      ? only.text
      : `${cell.values.map(({ text }) => text).join('\u0001')}\u0002${cell.alternatives.map(({ text }) => text).join('\u0001')}`;
  const known = field.numbers.get(normal);
  cell.number = known ?? field.shared.push(cell) - 1;
  if (known === undefined) field.numbers.set(normal, cell.number);
  return cell.number;
}

const readValue = ({ comparator }: CompiledField, raw: string): ComparedValue | undefined =>
  comparator.read(raw.slice(0, LONGEST_VALUE));

function knownValue(field: CompiledField, raw: string): ComparedValue | undefined {
  const known = field.values.get(raw);
  if (known !== undefined) return known;
  const value = readValue(field, raw);
  if (field.values.size >= MOST_CELLS) field.values.clear();
  field.values.set(raw, value);
  return value;
}

function readValues(
  field: CompiledField,
  raws: readonly string[],
  read: typeof readValue,
): readonly ComparedValue[] {
  if (raws.length === 0) return NO_CONTENTS;
  const values: ComparedValue[] = [];
  for (const raw of raws) {
    const value = read(field, raw);
    if (value !== undefined && !values.some(({ text }) => text === value.text)) values.push(value);
    if (values.length === MOST_VALUES) break;
  }
  // The order in which a source lists them says nothing.
  return values.length < 2 ? values : values.toSorted((a, b) => (a.text < b.text ? -1 : 1));
}

const NO_VALUES: readonly string[] = [];
const NO_CONTENTS: readonly ComparedValue[] = [];

function rawValues(names: readonly string[], values: LinkageRecord['values']): readonly string[] {
  let found: string[] | undefined;
  for (const name of names) {
    const value = values[name];
    if (typeof value === 'string') {
      if (value !== '') (found ??= []).push(value);
    } else if (value !== undefined) {
      for (const one of value) if (one !== '') (found ??= []).push(one);
    }
  }
  return found ?? NO_VALUES;
}

/** Hashes of one key of a cell, two halves each. */
export function keysOfCell(
  { fields }: Pick<CompiledRules, 'fields'>,
  { field, key }: KeyPlace,
  cell: Cell,
): Int32Array {
  const known = cell.keys[key];
  if (known !== undefined) return known;
  const texts = keyTexts(cell, fields[field]?.keys[key] ?? noKeys);
  const hashes = new Int32Array(texts.length * 2);
  writeHashes(texts, hashes, 0);
  cell.keys[key] = hashes;
  return hashes;
}

const noKeys = (): readonly string[] => [];

/** Hashes of one key of every content that tables have of a field, each read once. */
export function hashesOfField(
  { fields }: Pick<CompiledRules, 'fields'>,
  { field: place, key }: KeyPlace,
): KeyHashes {
  const { shared, keys, hashes } = fields[place] as CompiledField;
  const found = (hashes[key] ??= {
    halves: new Int32Array(1 << 12),
    start: new Int32Array(1 << 11),
    known: 0,
  });
  if (found.known === shared.length) return found;
  if (found.start.length <= shared.length) {
    found.start = longer(found.start, Math.ceil(shared.length * 1.25) + 1);
  }
  let end = found.start[found.known] as number;
  for (let number = found.known; number < shared.length; number += 1) {
    const texts = keyTexts(shared[number] as Cell, keys[key] ?? noKeys);
    const next = end + texts.length * 2;
    if (next > found.halves.length) found.halves = longer(found.halves, next * 2);
    writeHashes(texts, found.halves, end);
    end = next;
    found.start[number + 1] = end;
  }
  found.known = shared.length;
  return found;
}

function longer(list: Int32Array, size: number): Int32Array {
  const copy = new Int32Array(size);
  copy.set(list);
  return copy;
}

/** What a key of a cell is, each once. */
function keyTexts(
  { values, alternatives }: Cell,
  read: (value: ComparedValue) => readonly string[],
): readonly string[] {
  if (values.length === 1 && alternatives.length === 0) {
    const texts = read(values[0] as ComparedValue);
    if (texts.length < 2) return texts;
  }
  const texts = new Set<string>();
  for (const value of values) for (const text of read(value)) texts.add(text);
  for (const value of alternatives) for (const text of read(value)) texts.add(text);
  return [...texts];
}

function writeHashes(texts: readonly string[], into: Int32Array, from: number): void {
  let at = from;
  for (const text of texts) {
    into[at] = mixKey(0, text);
    into[at + 1] = mixKey(0x5bd1e995, text);
    at += 2;
  }
}

/**
 * What comes of comparing two cells of a field in which both know something: a place in the comparator's levels, and
 * the values that agreed where they did.
 */
export function compareCells(
  { comparator }: Pick<CompiledField, 'comparator'>,
  a: Cell,
  b: Cell,
  agreed?: string[],
): number {
  let best = comparator.levels.length - 1;
  for (const one of a.values) {
    for (const other of b.values) {
      const level = comparator.compare(one, other);
      if (level < best) best = level;
      if (level === 0) agreed?.push(one.text);
    }
  }
  if (best <= ALTERNATIVE_LEVEL) return best;
  // Both ways, so that every value that agrees is told whichever record comes first.
  const one = standsFor(a.alternatives, b.values, agreed);
  const other = standsFor(b.alternatives, a.values, agreed);
  if (one || other) return ALTERNATIVE_LEVEL;
  return best;
}

function standsFor(
  alternatives: readonly ComparedValue[],
  values: readonly ComparedValue[],
  agreed: string[] | undefined,
): boolean {
  let found = false;
  for (const { text } of alternatives) {
    if (!values.some((value) => value.text === text)) continue;
    agreed?.push(text);
    found = true;
  }
  return found;
}
