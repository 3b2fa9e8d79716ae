/** Values that are worked out from where they are: whoever is asked, and however often, they are the same. */
import {
  getNullableType,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Something in the graph. */
export interface Thing {
  /** Name of its type, or what several types are to a subgraph that cannot tell them apart. */
  readonly kind: string;
  readonly id: string;
  /** What a subgraph was told of it. */
  readonly told?: Readonly<Record<string, unknown>>;
}

/** The arguments of a field, coerced. */
export type Given = Readonly<Record<string, unknown>>;

const CODES = ['NOT_FOUND', 'CONFLICT', 'INTERNAL_SERVER_ERROR'];

/** A number for a text, the same every time (FNV-1a, mixed). */
export function numberOf(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_519);
  hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_917);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One of some, the same every time. */
export const pick = <Item>(items: readonly Item[], seed: string): Item =>
  items[numberOf(`${seed}?`) % items.length] as Item;

/** Arguments as text, in the order of their names. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

/** A change as it is told. */
export const changeOf = (field: string, given: Given): string => `${field}${canonical(given)}`;

/** Makes the values of a graph. */
export interface Make {
  /** A value for a type that is neither a list nor must be there. */
  readonly named: (seed: string, type: GraphQLNamedType) => unknown;
  /** Of so many values that may fail, one does. */
  readonly oneFailsIn: number;
}

/** Makes a value: null and errors among them, but no error of what is reliable. */
export function makeValue(
  make: Make,
  seed: string,
  type: GraphQLOutputType,
  reliable: boolean,
): unknown {
  const drawn = numberOf(`${seed}!`) % make.oneFailsIn;
  const nullable = getNullableType(type);
  if (drawn === 0 && !reliable) return failure(seed);
  if (!isNonNullType(type) && drawn > 0 && drawn < 4) return null;
  if (isListType(nullable)) {
    return Array.from({ length: numberOf(seed) % 4 }, (_, at) =>
      makeValue(make, `${seed}.${String(at)}`, nullable.ofType, reliable),
    );
  }
  return make.named(seed, nullable as GraphQLNamedType);
}

const failure = (seed: string): GraphQLError =>
  new GraphQLError(`failed ${seed}`, { extensions: { code: pick(CODES, seed) } });
