/** An operation drawn at random, with everything that operations can have in them. */
import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  GraphQLNonNull,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** A whole number below a bound. */
export type Draw = (bound: number) => number;

/** An operation and what it is asked with. */
export interface DrawnOperation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** Names that mean something between subgraphs, and names that mean something to JavaScript. */
const ALIASES = [
  ...['id', 'email', 'name', 'size', 'desks', 'site', 'code', 'number', 'note', 'badge', 'legs'],
  ...[
    '_as_id',
    '_as__as_id',
    'representations',
    '_entities',
    '__proto__',
    'constructor',
    'toString',
    'a',
    'b',
  ],
];
/** Fields inside one another. */
const DEPTH = 4;
/** Fields of a whole operation. */
const MOST_FIELDS = 30;

/**
 * Draws an operation. It need not be valid: two fields of one name may be different ones.
 *
 * @param oneOf inputs of which exactly one field is given
 */
export function drawOperation(
  schema: GraphQLSchema,
  draw: Draw,
  oneOf: ReadonlySet<string> = new Set(),
): DrawnOperation {
  const declared: string[] = [];
  const variables: Record<string, unknown> = {};
  const fragments: { readonly name: string; readonly type: string; readonly text: string }[] = [];
  const conditions: string[] = [];
  let fields = 0;
  const chance = (percent: number): boolean => draw(100) < percent;
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[draw(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };

  /** A value as JSON, and as text of GraphQL. */
  const value = (type: GraphQLInputType, depth = 2): readonly [unknown, string] => {
    if (!isNonNullType(type) && chance(15)) return [null, 'null'];
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const items = Array.from({ length: draw(3) }, () => value(nullable.ofType, depth));
      return [items.map(([json]) => json), `[${items.map(([, text]) => text).join(', ')}]`];
    }
    if (isEnumType(nullable)) {
      const { name } = pick(nullable.getValues());
      return [name, name];
    }
    if (isInputObjectType(nullable)) {
      const all = Object.values(nullable.getFields());
      const only = oneOf.has(nullable.name) ? pick(all) : undefined;
      const given = all.flatMap((field) => {
        if (only !== undefined) {
          const type = new GraphQLNonNull(getNullableType(field.type));
          return field === only ? [[field.name, value(type, depth - 1)] as const] : [];
        }
        const isRequired = isRequiredInputField(field);
        if (depth < 1 && !isRequired) return [];
        return isRequired || chance(50)
          ? [[field.name, value(field.type, depth - 1)] as const]
          : [];
      });
      return [
        Object.fromEntries(given.map(([name, [json]]) => [name, json])),
        `{${given.map(([name, [, text]]) => `${name}: ${text}`).join(', ')}}`,
      ];
    }
    const json =
      nullable.name === 'Int'
        ? draw(5)
        : nullable.name === 'Boolean'
          ? chance(50)
          : pick(['1', '2', '5', '7', '9']);
    return [json, JSON.stringify(json)];
  };
  const argument = (type: GraphQLInputType): string => {
    const [json, text] = value(type);
    if (!chance(40)) return text;
    const name = pick(['representations', '_as_v', 'v', 'id']) + String(declared.length);
    const byDefault = chance(25) && json !== null;
    declared.push(`$${name}: ${String(type)}${byDefault ? ` = ${text}` : ''}`);
    if (!byDefault || chance(50)) variables[name] = json;
    return `$${name}`;
  };
  const called = (field: GraphQLField<unknown, unknown>): string => {
    const given = field.args.filter((one) => isRequiredArgument(one) || chance(40));
    if (given.length === 0) return field.name;
    return `${field.name}(${given.map((one) => `${one.name}: ${argument(one.type)}`).join(', ')})`;
  };
  const condition = (): string => {
    if (chance(30)) return pick(['true', 'false']);
    if (conditions.length < 3) {
      const name = `if${String(conditions.length)}`;
      const byDefault = chance(20);
      declared.push(
        byDefault ? `$${name}: Boolean = ${pick(['true', 'false'])}` : `$${name}: Boolean!`,
      );
      if (!byDefault || chance(50)) variables[name] = chance(50);
      // With a default it could be null all the same, and null is no condition.
      conditions.push(name);
    }
    return `$${pick(conditions)}`;
  };
  const directives = (): string => {
    if (!chance(15)) return '';
    const [first, second] = pick([['skip'], ['include'], ['skip', 'include'], ['include', 'skip']]);
    return [first, second]
      .flatMap((name) => (name === undefined ? [] : ` @${name}(if: ${condition()})`))
      .join('');
  };

  const overlapping = (type: GraphQLNamedType): readonly GraphQLNamedType[] =>
    Object.values(schema.getTypeMap()).filter(
      (other) =>
        isCompositeType(other) &&
        isCompositeType(type) &&
        !other.name.startsWith('__') &&
        possible(other).some((one) => possible(type).includes(one)),
    );
  const possible = (type: GraphQLNamedType): readonly GraphQLNamedType[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];

  const fieldOf = (type: GraphQLNamedType, depth: number): string => {
    if (chance(8)) return chance(50) ? '__typename' : `${pick(ALIASES)}: __typename`;
    const all = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
    const usable = all.filter((field) => depth > 1 || isLeafType(getNamedType(field.type)));
    const below = all.filter((field) => !isLeafType(getNamedType(field.type)));
    if (usable.length === 0) return '__typename';
    const field = pick(depth > 2 && below.length > 0 && chance(60) ? below : usable);
    fields += 1;
    const alias = chance(25) ? `${pick(ALIASES)}: ` : '';
    const named = getNamedType(field.type);
    const selected = isLeafType(named) ? '' : ` ${selection(named, depth - 1)}`;
    return `${alias}${called(field)}${directives()}${selected}`;
  };
  const fragment = (type: GraphQLNamedType, depth: number): string => {
    if (chance(50)) {
      const others = overlapping(type);
      const known = fragments.filter((one) => others.some(({ name }) => name === one.type));
      if (known.length > 0 && chance(50)) return `...${pick(known).name}${directives()}`;
      const on = pick(others);
      const text = selection(on, depth);
      const name = `F${String(fragments.length)}`;
      fragments.push({ name, type: on.name, text });
      return `...${name}${directives()}`;
    }
    const on = chance(15) ? undefined : pick(overlapping(type));
    return `...${on === undefined ? '' : ` on ${on.name}`}${directives()} ${selection(on ?? type, depth)}`;
  };
  const selection = (type: GraphQLNamedType, depth: number): string => {
    const parts = Array.from({ length: 1 + draw(4) }, () => {
      if (fields >= MOST_FIELDS) return '__typename';
      const isField = isAbstractType(type) ? chance(35) : chance(80);
      return isField || depth === 0 ? fieldOf(type, depth) : fragment(type, depth);
    });
    return `{ ${parts.join(' ')} }`;
  };

  const kind = chance(15) ? 'mutation' : 'query';
  const root = kind === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  if (!root) throw new Error('a graph without a root');
  const body = selection(root, DEPTH);
  const head = declared.length === 0 ? '' : `(${declared.join(', ')})`;
  const ends = fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`);
  return { text: [`${kind} Drawn${head} ${body}`, ...ends].join('\n'), variables };
}

/** Draws from a seed (mulberry32): the same for the same seed. */
export function drawFrom(seed: number): Draw {
  let state = seed | 0;
  return (bound) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
