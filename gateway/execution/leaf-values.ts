/** Which values of JSON a leaf of an answer can have (GraphQL, October 2021, sections 3.5 and 3.9). */
import { type GraphQLLeafType, isEnumType } from 'graphql';

/** Checks of the built-in scalars. Any other scalar's values are its subgraph's business. */
const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string' || Number.isInteger(value),
  Int: (value) => Number.isInteger(value) && isInt32(value as number),
  Float: (value) => Number.isFinite(value),
  Boolean: (value) => typeof value === 'boolean',
};

const isInt32 = (value: number): boolean => value >= -(2 ** 31) && value < 2 ** 31;

/** Whether a value can be one of a type's. `undefined`: any can. */
export type LeafCheck = ((value: unknown) => boolean) | undefined;

const known = new WeakMap<GraphQLLeafType, LeafCheck>();

/** The check of a type's values. */
export function leafCheck(type: GraphQLLeafType): LeafCheck {
  if (!known.has(type)) known.set(type, checkOf(type));
  return known.get(type);
}

function checkOf(type: GraphQLLeafType): LeafCheck {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    return (value) => typeof value === 'string' && names.has(value);
  }
  return Object.hasOwn(SCALARS, type.name) ? SCALARS[type.name] : undefined;
}
