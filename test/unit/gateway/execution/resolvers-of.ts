/** Resolvers of a whole subgraph, whose values are worked out from where they are. */
import {
  buildASTSchema,
  type GraphQLField,
  type GraphQLNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  visit,
} from 'graphql';

import { changeOf, type Given, type Thing } from './things.ts';

/** What a subgraph knows. */
export interface Known {
  readonly typeNameOf: (thing: Thing) => string;
  /** A value. An error where the field fails. */
  readonly valueOf: (thing: Thing, field: GraphQLField<unknown, unknown>, given: Given) => unknown;
  /** The thing that a representation is of. */
  readonly referred: (told: Readonly<Record<string, unknown>>) => Thing | null;
  /** Told of every change, in order. */
  readonly changed: (change: string) => void;
}

/** Resolves every field of a subgraph. */
export function resolversOf(
  sdl: string,
  { typeNameOf, valueOf, referred, changed }: Known,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const resolvers: Record<string, Readonly<Record<string, unknown>>> = {};
  const typeResolver = { __resolveType: typeNameOf };
  const reference = { __resolveReference: referred };
  for (const type of typesOf(sdl)) {
    if (isUnionType(type)) resolvers[type.name] = typeResolver;
    if (isInterfaceType(type)) resolvers[type.name] = { ...typeResolver, ...reference };
    if (!isObjectType(type)) continue;
    const fields = Object.values(type.getFields()).map((field) => [
      field.name,
      (source: Thing | undefined, given: Given) => {
        const thing = source ?? { kind: type.name, id: '' };
        if (type.name === 'Mutation') changed(changeOf(field.name, given));
        return valueOf(thing, field, given);
      },
    ]);
    const byName = Object.fromEntries(fields) as Readonly<Record<string, unknown>>;
    resolvers[type.name] = { ...byName, ...reference };
  }
  return resolvers;
}

/** The types of a subgraph, without what federation says of them. */
function typesOf(sdl: string): readonly GraphQLNamedType[] {
  const plain = visit(parse(sdl), { Directive: () => null });
  const schema = buildASTSchema(plain, { assumeValidSDL: true });
  return Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
}
