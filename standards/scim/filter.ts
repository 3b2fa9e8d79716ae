/**
 * Filters: `userName eq "bjensen" and emails[type eq "work"]`. Read once, in time that grows with their length alone, into a
 * tree whose names are the schema's own.
 *
 * Source: RFC 7644, section 3.4.2.2 (figure 1: the grammar) and section 3.5.2 (paths of PATCH).
 */
import { type AttributePath, findAttributePath } from './attribute-path.ts';
import { findAttribute, type ResourceType, type ScimAttribute } from './schema.ts';
import { ScimError, type ScimErrorType } from './scim-error.ts';

/** How a value is compared. `ne` reads as the opposite of `eq`. */
export type Comparison = 'eq' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** A filter that was read. A comparison with a value that is not there does not hold. */
export type ScimFilter =
  | {
      /** All of them hold, or at least one. */
      readonly kind: 'and' | 'or';
      /** Two or more. */
      readonly filters: readonly ScimFilter[];
    }
  | {
      /** It does not hold. */
      readonly kind: 'not';
      /** What does not. */
      readonly filter: ScimFilter;
    }
  | {
      /** There is a value. */
      readonly kind: 'present';
      /** Where. */
      readonly path: AttributePath;
    }
  | {
      /** A value compares so. */
      readonly kind: 'compare';
      /** Where it is. */
      readonly path: AttributePath;
      /** How it compares. */
      readonly comparison: Comparison;
      /** In lower case where case does not count; a moment as `toISOString` writes it. */
      readonly value: string | boolean;
    }
  | {
      /** One of the values of an attribute matches. */
      readonly kind: 'value';
      /** The attribute. */
      readonly path: AttributePath;
      /** What the value matches; its paths are of the sub-attributes. */
      readonly filter: ScimFilter;
    };

/** Where a PATCH operation works (`PATH` of the grammar). */
export interface PatchPath extends AttributePath {
  /** Which of the values; all of them when left out. */
  readonly filter?: ScimFilter;
}

/** Longest filter, in characters. */
const MAX_LENGTH = 2_000;
/** Most comparisons in one filter. */
const MAX_COMPARISONS = 50;
/** How deep brackets may be nested. */
const MAX_DEPTH = 10;

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);

/**
 * Reads a filter.
 *
 * @throws {ScimError} `invalidFilter`
 */
export function parseFilter(type: ResourceType, text: string): ScimFilter {
  const reader = createReader(text, 'invalidFilter', (name) => findAttributePath(type, name));
  const filter = reader.readFilter();
  reader.expectEnd();
  return filter;
}

/**
 * Reads the path of a PATCH operation: `name.familyName`, `emails[type eq "work"]`, `emails[type eq "work"].value`.
 *
 * @throws {ScimError} `invalidPath`
 */
export function parsePatchPath(type: ResourceType, text: string): PatchPath {
  const reader = createReader(text, 'invalidPath', (name) => findAttributePath(type, name));
  const path = reader.readPatchPath();
  reader.expectEnd();
  return path;
}

interface Token {
  readonly kind: 'word' | 'text' | '(' | ')' | '[' | ']' | 'end';
  readonly value: string;
}

/** Letters, digits and what else names and numbers are written with. */
const WORD = /[\w$:.+-]+/y;
const SPACE = /\s*/y;

function createReader(
  text: string,
  fault: ScimErrorType,
  findPath: (name: string) => AttributePath | undefined,
) {
  const refuse = (message: string): never => {
    throw new ScimError(fault, message);
  };
  if (text.length > MAX_LENGTH) refuse('the filter is too long');
  let position = 0;
  let comparisons = 0;
  let current = read();

  function read(): Token {
    SPACE.lastIndex = position;
    SPACE.test(text);
    position = SPACE.lastIndex;
    const character = text[position];
    if (character === undefined) return { kind: 'end', value: '' };
    if (character === '(' || character === ')' || character === '[' || character === ']') {
      position += 1;
      return { kind: character, value: character };
    }
    if (character === '"') return { kind: 'text', value: readText() };
    WORD.lastIndex = position;
    if (!WORD.test(text)) refuse('there is a character that a filter does not have');
    const value = text.slice(position, WORD.lastIndex);
    position = WORD.lastIndex;
    return { kind: 'word', value };
  }

  /** A JSON string (RFC 7159, section 7). */
  function readText(): string {
    let end = position + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    const literal = text.slice(position, end + 1);
    position = end + 1;
    try {
      const value: unknown = JSON.parse(literal);
      if (typeof value === 'string') return value;
    } catch {
      // Told below: the engine's message quotes the input.
    }
    return refuse('a text in the filter is not closed, or is not a JSON string');
  }

  function advance(): Token {
    const token = current;
    current = read();
    return token;
  }

  const expect = (kind: Token['kind']): void => {
    if (advance().kind !== kind) refuse(`the filter lacks "${kind}"`);
  };
  const isNext = (kind: Token['kind']): boolean => current.kind === kind;
  const isWord = (word: string): boolean =>
    current.kind === 'word' && current.value.toLowerCase() === word;

  type Find = typeof findPath;

  function readAny(find: Find, depth: number): ScimFilter {
    return readJoined('or', () => readJoined('and', () => readOne(find, depth)));
  }

  function readJoined(kind: 'and' | 'or', next: () => ScimFilter): ScimFilter {
    const first = next();
    if (!isWord(kind)) return first;
    const filters = [first];
    while (isWord(kind)) {
      advance();
      filters.push(next());
    }
    return { kind, filters };
  }

  function readOne(find: Find, depth: number): ScimFilter {
    if (depth > MAX_DEPTH) refuse('the filter is nested too deeply');
    if (isNext('(')) return readGroup(find, depth);
    const { kind, value: name } = advance();
    if (kind !== 'word') refuse('the filter lacks the name of an attribute');
    // `not` is an operator where a bracket follows; grammar: *1"not" "(" FILTER ")".
    if (name.toLowerCase() === 'not' && isNext('(')) {
      return { kind: 'not', filter: readGroup(find, depth) };
    }
    const path = find(name) ?? refuse('the filter names an attribute that there is not');
    if (isNext('[')) return readValueFilter(path, depth);
    return readComparison(path);
  }

  function readGroup(find: Find, depth: number): ScimFilter {
    expect('(');
    const filter = readAny(find, depth + 1);
    expect(')');
    return filter;
  }

  function readValueFilter(path: AttributePath, depth: number): ScimFilter {
    const { attribute, subAttribute } = path;
    if (subAttribute !== undefined || attribute.type !== 'complex') {
      refuse('only an attribute with sub-attributes can be filtered by its values');
    }
    expect('[');
    const filter = readAny((name) => {
      const found = findAttribute(attribute.subAttributes ?? [], name);
      return found && { attribute: found };
    }, depth + 1);
    expect(']');
    return { kind: 'value', path, filter };
  }

  function readComparison(written: AttributePath): ScimFilter {
    comparisons += 1;
    if (comparisons > MAX_COMPARISONS) refuse('the filter compares too much');
    const { kind, value } = advance();
    const operator = value.toLowerCase();
    if (kind === 'word' && operator === 'pr') return { kind: 'present', path: written };
    if (kind !== 'word' || !(operator === 'ne' || COMPARISONS.has(operator))) {
      refuse('the filter lacks an operator');
    }
    const given = advance();
    if (given.kind === 'word' && given.value === 'null') {
      const present: ScimFilter = { kind: 'present', path: written };
      if (operator === 'ne') return present;
      if (operator === 'eq') return { kind: 'not', filter: present };
      refuse('null has no order');
    }
    const path = withValue(written);
    const comparison = operator === 'ne' ? 'eq' : (operator as Comparison);
    const filter: ScimFilter = {
      kind: 'compare',
      path,
      comparison,
      value: comparedValue(path.subAttribute ?? path.attribute, comparison, given),
    };
    return operator === 'ne' ? { kind: 'not', filter } : filter;
  }

  /** `emails co "x"` is about `emails.value` (RFC 7643, section 2.4). */
  function withValue(path: AttributePath): AttributePath {
    const { attribute, subAttribute } = path;
    if (subAttribute !== undefined || attribute.type !== 'complex') return path;
    const value = findAttribute(attribute.subAttributes ?? [], 'value');
    return value === undefined
      ? refuse('the filter compares an attribute that has no value of its own')
      : { ...path, subAttribute: value };
  }

  function comparedValue(
    { type, caseExact }: ScimAttribute,
    comparison: Comparison,
    { kind, value }: Token,
  ): string | boolean {
    if (type === 'boolean') {
      if (comparison !== 'eq') refuse('true and false have no order and no parts');
      // Some directories quote them.
      const lower = value.toLowerCase();
      if (kind !== 'text' && kind !== 'word') refuse('the filter lacks a value');
      return lower === 'true' || (lower !== 'false' && refuse('the value is not true or false'));
    }
    if (kind !== 'text') refuse('the value is not a text in quotes');
    if (type === 'dateTime') {
      if (['co', 'sw', 'ew'].includes(comparison)) refuse('a moment has no parts');
      const moment = new Date(value);
      return Number.isNaN(moment.getTime())
        ? refuse('the value is not a moment')
        : moment.toISOString();
    }
    return caseExact === true ? value : value.toLowerCase();
  }

  return {
    readFilter: () => readAny(findPath, 0),
    readPatchPath(): PatchPath {
      const { kind, value: name } = advance();
      const path = kind === 'word' ? findPath(name) : undefined;
      if (path === undefined) return refuse('the path names an attribute that there is not');
      if (!isNext('[')) return path;
      const selected = readValueFilter(path, 0);
      const filter = selected.kind === 'value' ? selected.filter : refuse('the path has no filter');
      if (isNext('end')) return { ...path, filter };
      const { value: rest } = advance();
      const subAttribute = rest.startsWith('.')
        ? findAttribute(path.attribute.subAttributes ?? [], rest.slice(1))
        : undefined;
      return subAttribute === undefined
        ? refuse('the path names a sub-attribute that there is not')
        : { ...path, filter, subAttribute };
    },
    expectEnd: () => {
      expect('end');
    },
  };
}
