/** Operations that are valid for a graph, drawn at random: the same for the same seed. */
import { createHash } from 'node:crypto';

import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** How large an operation gets. */
export interface OperationSize {
  /** Fields inside one another. */
  readonly depth: number;
  /** Fields of one selection. */
  readonly width: number;
}

/** Gives the operations of a seed, one after another. */
export function randomOperations(
  schema: GraphQLSchema,
  seed: number,
  size: OperationSize,
): () => string {
  const below = randomBelow(seed);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const some = <Item>(items: readonly Item[], most: number): readonly Item[] => {
    const left = [...items];
    const wanted = 1 + below(most);
    return Array.from({ length: Math.min(wanted, left.length) }, () =>
      left.splice(below(left.length), 1),
    ).flat();
  };

  const value = (type: GraphQLInputType): string => {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return `[${value(nullable.ofType)}]`;
    if (isEnumType(nullable)) return pick(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields());
      const required = fields.filter(isRequiredInputField);
      // Of an input without required fields one is given: that is how `@oneOf` inputs read here.
      const given = required.length > 0 ? required : fields.slice(0, 1);
      return `{${given.map((field) => `${field.name}: ${value(field.type)}`).join(', ')}}`;
    }
    switch (nullable.name) {
      case 'Int':
        return String(1 + below(20));
      case 'Float':
        return '0.5';
      case 'Boolean':
        return pick(['true', 'false']);
      case 'Date':
        return '"2026-11-22"';
      case 'DateTime':
        return '"2026-11-22T12:00:00Z"';
      default:
        return `"${pick(['RZ1', '90000017', 'stf_0000000000000000000000'])}"`;
    }
  };
  const callOf = (field: GraphQLField<unknown, unknown>): string => {
    const given = field.args.filter((argument) => isRequiredArgument(argument) || below(4) === 0);
    const text = given.map((argument) => `${argument.name}: ${value(argument.type)}`).join(', ');
    return given.length === 0 ? field.name : `${field.name}(${text})`;
  };
  const selection = (type: GraphQLNamedType, depth: number): string => {
    if (isAbstractType(type)) {
      const types = some(schema.getPossibleTypes(type), 3);
      return `{ __typename ${types.map((one) => `... on ${one.name} ${selection(one, depth)}`).join(' ')} }`;
    }
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    const usable = fields.filter((field) => depth > 1 || isLeafType(getNamedType(field.type)));
    if (usable.length === 0) return '{ __typename }';
    return `{ ${some(usable, size.width)
      .map((field) => {
        const named = getNamedType(field.type);
        return isLeafType(named)
          ? callOf(field)
          : `${callOf(field)} ${selection(named, depth - 1)}`;
      })
      .join(' ')} }`;
  };

  return () => {
    const root = schema.getQueryType();
    if (root == null) throw new Error('a graph without queries');
    return `query Random ${selection(root, size.depth)}`;
  };
}

/** Whole numbers below a bound, from a seed. */
function randomBelow(seed: number): (bound: number) => number {
  let drawn = 0;
  return (bound) => {
    drawn += 1;
    const digest = createHash('sha256')
      .update(`${String(seed)}.${String(drawn)}`)
      .digest();
    return digest.readUInt32BE() % bound;
  };
}
