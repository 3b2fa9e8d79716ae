/** What a graph would answer if it were one schema: the same operation run by graphql-js, with nothing in between. */
import {
  buildSchema,
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FieldNode,
  getNamedType,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  printSchema as printed,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { changeOf, type Given, type Thing } from './things.ts';

/** What is right. */
export interface Expected {
  readonly data: unknown;
  /** Every error there can be, those under a null of something above included: which of them are told is left open. */
  readonly errors: readonly {
    readonly path: readonly (string | number)[];
    readonly code: unknown;
  }[];
  /** Changes in their order. */
  readonly changes: readonly string[];
}

/** A field as it is asked for. */
export interface AskedField {
  /** The type of the object that it is read from. */
  readonly owner: GraphQLNamedType;
  /** The types on which it is selected. */
  readonly parents: readonly GraphQLNamedType[];
  readonly name: string;
  readonly given: Given;
  readonly source: Thing;
}

/** What there is, and who may see it. */
export interface World<Caller> {
  readonly typeNameOf: (thing: Thing) => string;
  /** A value, made of things where the schema has objects. An error where the field fails. */
  readonly valueOf: (
    thing: Thing,
    field: GraphQLField<unknown, unknown>,
    given: Given,
    typeOf: (typeName: string, field: string) => GraphQLOutputType,
  ) => unknown;
  /** The code with which a field is refused. */
  readonly refusal: (asked: AskedField, caller: Caller) => string | undefined;
  /** The code with which whatever is of a type is refused. */
  readonly typeRefusal?: (type: GraphQLNamedType, caller: Caller) => string | undefined;
  /** The code with which a field fails that its source does not answer. */
  readonly failure?: (asked: AskedField, caller: Caller) => string | undefined;
  /** A thing as it was reached. */
  readonly reached?: (thing: Thing, through: AskedField) => Thing;
}

/** Runs operations on the one schema. */
export function oneSchema<Caller>(schema: GraphQLSchema, world: World<Caller>) {
  // Where everything may be null no error hides another one.
  const lenient = buildSchema(
    print(
      visit(parse(printed(schema)), {
        FieldDefinition: { leave: (node) => ({ ...node, type: nullable(node.type) as never }) },
        InputValueDefinition: () => false,
      }),
    ),
  );
  const typeOf = (type: string, name: string): GraphQLOutputType =>
    fieldOf(typeNamed(schema, type), name).type;

  return (document: DocumentNode, variables: Record<string, unknown>, caller: Caller): Expected => {
    const parents = new Map<FieldNode, GraphQLNamedType>();
    const types = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(types, {
        Field(node) {
          const parent = types.getParentType();
          if (parent) parents.set(node, parent);
        },
      }),
    );
    const run = (on: GraphQLSchema) => {
      const changes: string[] = [];
      const resolve = (
        found: Thing | undefined,
        given: Given,
        _context: unknown,
        { fieldName: name, fieldNodes, parentType }: GraphQLResolveInfo,
      ): unknown => {
        const owner = typeNamed(schema, parentType.name);
        const field = fieldOf(owner, name);
        const source = found ?? { kind: parentType.name, id: '' };
        const selectedOn = fieldNodes.map((node) => parents.get(node) ?? owner);
        const asked = { owner, parents: selectedOn, name, given, source };
        const refused = world.refusal(asked, caller);
        if (refused !== undefined) return failed(refused);
        const failure = world.failure?.(asked, caller);
        if (failure !== undefined) {
          const isSilent = failure === UNANSWERED && !isNonNullType(field.type);
          return isSilent ? null : failed(failure);
        }
        if (parentType === on.getMutationType()) changes.push(changeOf(name, given));
        const value = world.valueOf(source, field, given, typeOf);
        const reached = (one: unknown): unknown => {
          if (Array.isArray(one)) return one.map(reached);
          if (one === null || one === undefined || one instanceof Error) return one;
          const type = typeNamed(schema, world.typeNameOf(one as Thing));
          const code = world.typeRefusal?.(type, caller);
          if (code !== undefined) return failed(code);
          return world.reached?.(one as Thing, asked) ?? one;
        };
        return isCompositeType(getNamedType(field.type)) ? reached(value) : value;
      };
      const result = execute({
        schema: on,
        document,
        variableValues: variables,
        fieldResolver: resolve,
        typeResolver: (value: Thing) => world.typeNameOf(value),
      }) as ExecutionResult;
      return { ...result, changes };
    };
    const { data, changes } = run(schema);
    const { errors = [] } = run(lenient);
    return {
      data: JSON.parse(JSON.stringify(data)),
      errors: errors.map(({ path = [], extensions }) => ({ path, code: extensions['code'] })),
      changes,
    };
  };
}

/** The code of what a source has not said, where there must be something. Where there need not be, it is null. */
export const UNANSWERED = 'INTERNAL_SERVER_ERROR';

/** Whether a mutation asks for a change that is refused: then nothing is changed. */
export function asksTooMuch(
  schema: GraphQLSchema,
  document: DocumentNode,
  isRefused: (field: GraphQLField<unknown, unknown>, node: FieldNode) => boolean,
): boolean {
  const mutation = schema.getMutationType();
  const isMutation = document.definitions.some(
    (one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION,
  );
  if (!mutation || !isMutation) return false;
  let found = false as boolean;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const field = types.getFieldDef();
        if (types.getParentType() !== mutation || !field) return;
        if (!node.name.value.startsWith('__')) found ||= isRefused(field, node);
      },
    }),
  );
  return found;
}

function typeNamed(schema: GraphQLSchema, name: string): GraphQLNamedType {
  const type = schema.getType(name);
  if (type === undefined) throw new Error(`there is no ${name}`);
  return type;
}

function fieldOf(type: GraphQLNamedType, name: string) {
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  if (field === undefined) throw new Error(`there is no ${type.name}.${name}`);
  return field;
}

const NON_NULL_TYPE: string = Kind.NON_NULL_TYPE;
const LIST_TYPE: string = Kind.LIST_TYPE;

const nullable = (node: { readonly kind: string; readonly type?: unknown }): unknown =>
  node.kind === NON_NULL_TYPE
    ? nullable(node.type as never)
    : node.kind === LIST_TYPE
      ? { ...node, type: nullable(node.type as never) }
      : node;

const failed = (code: string) => new GraphQLError(code, { extensions: { code } });
