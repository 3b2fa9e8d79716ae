/** Operations that select everything there is below a field, and what came of each field in an answer. */
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** A selected field and what is selected below it. */
export interface Selected {
  /** `Type.field`. */
  readonly coordinate: string;
  readonly name: string;
  /** With its parentheses. */
  readonly args: string;
  readonly below: readonly Selected[];
}

/** Fields inside one another, at most; the gateway takes ten. */
const DEPTH = 6;

/** What is selected of a type that was met before: enough to tell that it is there. Of the others, the first plain field. */
const AGAIN: Readonly<Record<string, readonly string[]>> = {
  StaffMember: ['id', 'workEmail', 'name'],
};

/** Arguments that a field needs, where any value that fits will not do. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  'StaffMember.removals': '(changedSince: "2020-01-01T00:00:00Z")',
};

/**
 * Selects everything of a type.
 *
 * @param met types that have been selected whole somewhere else: once is enough to have every field
 */
export function everything(
  type: GraphQLNamedType,
  depth = DEPTH,
  met = new Set<string>(),
): readonly Selected[] {
  if (!isObjectType(type)) return [];
  const fields = Object.values(type.getFields());
  if (met.has(type.name)) {
    const plain = fields.find((field) => !isObjectType(getNamedType(field.type)));
    const again = AGAIN[type.name]?.filter((name) => type.getFields()[name] !== undefined);
    const names = again ?? (plain === undefined ? [] : [plain.name]);
    // Frames have nothing plain that says whether there is anything in them.
    return (
      names.length === 0 || names[0] === 'cursor' ? fields.map(({ name }) => name) : names
    ).flatMap((name) => select(type, name, { depth, met }));
  }
  met.add(type.name);
  return fields.flatMap(({ name }) => select(type, name, { depth, met }));
}

/** Selects one field, with everything below it. Nothing when there is no room for what is below. */
export function select(
  type: GraphQLObjectType,
  name: string,
  {
    depth = DEPTH,
    met = new Set<string>(),
    given,
  }: { readonly depth?: number; readonly met?: Set<string>; readonly given?: string } = {},
): readonly Selected[] {
  const field = type.getFields()[name];
  if (field === undefined) throw new Error(`no field ${type.name}.${name}`);
  const coordinate = `${type.name}.${name}`;
  const args = given ?? ARGUMENTS[coordinate] ?? requiredArguments(field.args);
  const value = getNamedType(field.type);
  if (!isObjectType(value)) return [{ coordinate, name, args, below: [] }];
  const below = depth <= 1 ? [] : everything(value, depth - 1, met);
  return below.length === 0 ? [] : [{ coordinate, name, args, below }];
}

function requiredArguments(args: readonly GraphQLArgument[]): string {
  const needed = args.filter(isRequiredArgument);
  if (needed.length === 0) return '';
  return `(${needed.map(({ name, type }) => `${name}: ${anyValue(type)}`).join(', ')})`;
}

/** Some value that fits an input type. */
export function anyValue(type: GraphQLInputType): string {
  if (isNonNullType(type)) return anyValue(type.ofType);
  if (isListType(type)) return `[${anyValue(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'NONE';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isRequiredInputField(field));
    return `{ ${needed.map((field) => `${field.name}: ${anyValue(field.type)}`).join(', ')} }`;
  }
  switch (type.name) {
    case 'Int':
      return '1';
    case 'Float':
      return '1.5';
    case 'Boolean':
      return 'true';
    case 'Date':
      return '"2026-01-01"';
    case 'DateTime':
      return '"2026-01-01T00:00:00Z"';
    default:
      return '"none"';
  }
}

/** The text of a selection. */
export const textOf = (selected: readonly Selected[]): string =>
  selected
    .map(
      ({ name, args, below }) => `${name}${args}${below.length > 0 ? ` { ${textOf(below)} }` : ''}`,
    )
    .join(' ');

/** How many fields a selection has. */
export const sizeOf = (selected: readonly Selected[]): number =>
  selected.reduce((sum, { below }) => sum + 1 + sizeOf(below), 0);

/** Splits what is selected below one field until each part has at most so many fields. */
export function split(whole: Selected, most: number): readonly Selected[] {
  if (sizeOf([whole]) <= most) return [whole];
  const [only] = whole.below;
  if (whole.below.length === 1 && only !== undefined) {
    return split(only, most - 1).map((part) => ({ ...whole, below: [part] }));
  }
  const parts: Selected[] = [];
  let group: Selected[] = [];
  for (const one of whole.below) {
    if (sizeOf([one]) >= most) {
      parts.push(...split(one, most - 1).map((part) => ({ ...whole, below: [part] })));
      continue;
    }
    if (sizeOf([...group, one]) >= most) {
      parts.push({ ...whole, below: group });
      group = [];
    }
    group.push(one);
  }
  return group.length === 0 ? parts : [...parts, { ...whole, below: group }];
}

/** Every coordinate of a selection. */
export const coordinatesOf = (selected: readonly Selected[]): readonly string[] =>
  selected.flatMap(({ coordinate, below }) => [coordinate, ...coordinatesOf(below)]);

/** Puts the coordinates under which an answer holds anything into `found`. Returns whether there is one. */
export function findIn(data: unknown, selected: readonly Selected[], found: Set<string>): boolean {
  if (Array.isArray(data)) {
    return data.map((item: unknown) => findIn(item, selected, found)).includes(true);
  }
  if (typeof data !== 'object' || data === null) return false;
  let any = false;
  for (const { name, coordinate, below } of selected) {
    const value = (data as Readonly<Record<string, unknown>>)[name];
    const here = below.length === 0 ? isSomething(value) : findIn(value, below, found);
    if (!here) continue;
    any = true;
    found.add(coordinate);
  }
  return any;
}

/** Zero, false and empty tell nothing about anybody. An empty passport is what everybody has who has none. */
function isSomething(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSomething);
  return (
    value !== null &&
    value !== undefined &&
    value !== false &&
    value !== 0 &&
    value !== '' &&
    value !== 'EMPTY'
  );
}
