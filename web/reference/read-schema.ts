/** Reads the reference for developers out of the composed schema: what is published about the graph is the graph. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DirectiveNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';

import type {
  Alternatives,
  FieldReference,
  InputReference,
  OperationKind,
  OperationReference,
  Reference,
  Rules,
  TypeKind,
  TypeReference,
  TypeUse,
} from './reference.ts';

const ROOTS: Readonly<Record<string, OperationKind>> = {
  Query: 'query',
  Mutation: 'mutation',
  Subscription: 'subscription',
};
const KINDS: Readonly<Partial<Record<DefinitionNode['kind'], TypeKind>>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
};

/**
 * Reads it.
 *
 * @param sdl a composed supergraph
 * @throws {GraphQLError} when it is not GraphQL
 */
export function readReference(sdl: string): Reference {
  const definitions = parse(sdl, { noLocation: true }).definitions.filter(
    (definition): definition is TypeDefinitionNode =>
      KINDS[definition.kind] !== undefined &&
      // What composition added is no part of what clients see.
      !(definition as TypeDefinitionNode).name.value.includes('__'),
  );
  const ours = new Set(
    definitions.map(({ name }) => name.value).filter((name) => ROOTS[name] === undefined),
  );
  const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
    one.name < other.name ? -1 : 1;
  const operations = definitions.flatMap((definition): readonly OperationReference[] => {
    const kind = ROOTS[definition.name.value];
    return kind === undefined || definition.kind !== Kind.OBJECT_TYPE_DEFINITION
      ? []
      : fieldsOf(definition.fields, ours, definition).map((field) => ({ ...field, kind }));
  });
  const types = definitions
    .filter(({ name }) => ours.has(name.value))
    .map((definition) => typeOf(definition, ours, definitions));
  return { operations: operations.sort(byName), types: types.sort(byName) };
}

function typeOf(
  definition: TypeDefinitionNode,
  ours: ReadonlySet<string>,
  all: readonly TypeDefinitionNode[],
): TypeReference {
  const name = definition.name.value;
  const base = {
    name,
    kind: KINDS[definition.kind] ?? 'object',
    description: definition.description?.value ?? '',
    fields: [],
    inputs: [],
    values: [],
    members: [],
    sources: sourcesOf(definition.directives, 'join__type'),
    ...rulesOf(definition.directives),
  };
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
      return { ...base, fields: fieldsOf(definition.fields, ours, definition) };
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        ...base,
        fields: fieldsOf(definition.fields, ours, definition),
        members: all
          .filter(
            (other) =>
              other.kind === Kind.OBJECT_TYPE_DEFINITION &&
              other.interfaces?.some((one) => one.name.value === name) === true,
          )
          .map((other) => other.name.value),
      };
    case Kind.UNION_TYPE_DEFINITION:
      return { ...base, members: (definition.types ?? []).map((one) => one.name.value) };
    case Kind.ENUM_TYPE_DEFINITION:
      return {
        ...base,
        values: (definition.values ?? []).map((value) => ({
          name: value.name.value,
          description: value.description?.value ?? '',
          deprecated: deprecationOf(value.directives),
        })),
      };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return { ...base, inputs: inputsOf(definition.fields, ours) };
    case Kind.SCALAR_TYPE_DEFINITION:
      return base;
  }
}

const fieldsOf = (
  fields: readonly FieldDefinitionNode[] = [],
  ours: ReadonlySet<string>,
  parent: TypeDefinitionNode,
): readonly FieldReference[] =>
  fields.map((field) => {
    const size = directive(field.directives, 'listSize');
    const cost = argument(directive(field.directives, 'cost'), 'weight');
    const assumed = argument(size, 'assumedSize');
    const paged = argument(size, 'slicingArguments');
    const own = sourcesOf(field.directives, 'join__field');
    return {
      name: field.name.value,
      type: useOf(field.type, ours),
      description: field.description?.value ?? '',
      inputs: inputsOf(field.arguments, ours),
      deprecated: deprecationOf(field.directives),
      cost: typeof cost === 'number' ? cost : undefined,
      assumedSize: typeof assumed === 'number' ? assumed : undefined,
      pageArguments: Array.isArray(paged) ? paged.map(String) : [],
      // A field that does not say comes from wherever its type does.
      sources: own.length > 0 ? own : sourcesOf(parent.directives, 'join__type'),
      ...rulesOf(field.directives),
    };
  });

const inputsOf = (
  inputs: readonly InputValueDefinitionNode[] = [],
  ours: ReadonlySet<string>,
): readonly InputReference[] =>
  inputs.map((input) => ({
    name: input.name.value,
    type: useOf(input.type, ours),
    usually: input.defaultValue === undefined ? undefined : print(input.defaultValue),
    description: input.description?.value ?? '',
    deprecated: deprecationOf(input.directives),
  }));

function useOf(type: TypeNode, ours: ReadonlySet<string>): TypeUse {
  let inner = type;
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
  const name = inner.name.value;
  return { text: print(type), name, isOurs: ours.has(name) };
}

type Directives = readonly (DirectiveNode | ConstDirectiveNode)[] | undefined;

const directive = (directives: Directives, name: string) =>
  directives?.find((one) => one.name.value === name);

const argument = (given: DirectiveNode | ConstDirectiveNode | undefined, name: string): unknown => {
  const value = given?.arguments?.find((one) => one.name.value === name)?.value;
  return value === undefined ? undefined : valueFromASTUntyped(value);
};

const rulesOf = (directives: Directives): Rules => ({
  signedIn: directive(directives, 'authenticated') !== undefined,
  scopes: alternatives(argument(directive(directives, 'requiresScopes'), 'scopes')),
  policies: alternatives(argument(directive(directives, 'policy'), 'policies')),
});

const alternatives = (value: unknown): Alternatives =>
  Array.isArray(value)
    ? value.map((one: unknown) => (Array.isArray(one) ? one.map(String) : [String(one)]))
    : [];

function deprecationOf(directives: Directives): string | undefined {
  const given = directive(directives, 'deprecated');
  if (given === undefined) return undefined;
  const reason = argument(given, 'reason');
  return typeof reason === 'string' ? reason : 'No longer supported';
}

const sourcesOf = (directives: Directives, name: string): readonly string[] => [
  ...new Set(
    (directives ?? [])
      .filter((one) => one.name.value === name)
      .map((one) => argument(one, 'graph'))
      .filter((graph) => typeof graph === 'string'),
  ),
];
