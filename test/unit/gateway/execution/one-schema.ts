/** What a graph would answer if it were one schema: the same operation run by graphql-js, with nothing in between. */
import {
  buildSchema,
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FieldNode,
  getNamedType,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
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

import type { Grants, Rules } from '../../../../gateway/authorization/rules.ts';
import {
  changeOf,
  type Given,
  type Thing,
  toldOf,
  typeNameOf,
  UNKNOWN,
  valueOf,
  workedOut,
} from './many-sided-graph.ts';

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

/** Runs operations on the one schema. */
export function oneSchema(schema: GraphQLSchema, rules: Rules) {
  // Where everything may be null no error hides another one.
  const lenient = buildSchema(
    print(
      visit(parse(printed(schema)), {
        FieldDefinition: { leave: (node) => ({ ...node, type: nullable(node.type) as never }) },
        InputValueDefinition: () => false,
      }),
    ),
  );

  return (document: DocumentNode, variables: Record<string, unknown>, grants: Grants): Expected => {
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
        source: Thing | undefined,
        given: Given,
        _context: unknown,
        info: GraphQLResolveInfo,
      ): unknown => {
        const { fieldName: name, fieldNodes, parentType } = info;
        const owner = typeNamed(schema, parentType.name);
        const field = fieldOf(owner, name);
        const refused = fieldNodes.some((node) =>
          [owner, parents.get(node) ?? owner].some(
            (parent) => !rules.allowsField(parent, fieldOf(parent, name), grants),
          ),
        );
        if (refused) return forbidden();
        const thing = source ?? { kind: parentType.name, id: '' };
        if (parentType === on.getMutationType()) changes.push(changeOf(name, given));
        if (thing.kind === 'Member' && UNKNOWN.ids.has(thing.id) && UNKNOWN.fields.has(name)) {
          return isNonNullType(field.type) ? unforeseen() : null;
        }
        const told = toldOf(thing, name, typeOf);
        const value =
          told === undefined
            ? valueOf(thing, name, given, field.type)
            : workedOut(thing, name, given, field.type, told);
        return isThing(getNamedType(field.type)) ? hidden(value) : value;
      };
      const typeOf = (type: string, name: string): GraphQLOutputType =>
        fieldOf(typeNamed(schema, type), name).type;
      const hidden = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(hidden);
        if (value === null || value instanceof Error) return value;
        const type = typeNamed(schema, typeNameOf(value as Thing));
        return rules.allowsType(type, grants) ? value : forbidden();
      };
      const result = execute({
        schema: on,
        document,
        variableValues: variables,
        fieldResolver: resolve,
        typeResolver: (value: Thing) => typeNameOf(value),
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

/** Whether a mutation asks for a change that is refused: then nothing is changed. */
export function asksTooMuch(
  { schema, rules }: { readonly schema: GraphQLSchema; readonly rules: Rules },
  document: DocumentNode,
  grants: Grants,
): boolean {
  const mutation = schema.getMutationType();
  let found = false as boolean;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const field = types.getFieldDef();
        if (types.getParentType() !== mutation || !mutation || !field) return;
        if (!node.name.value.startsWith('__'))
          found ||= !rules.allowsField(mutation, field, grants);
      },
    }),
  );
  return (
    found &&
    document.definitions.some(
      (one) =>
        one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION,
    )
  );
}

const isThing = (type: GraphQLNamedType): boolean => 'getFields' in type || 'getTypes' in type;

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

const forbidden = () => new GraphQLError('refused', { extensions: { code: 'FORBIDDEN' } });
const unforeseen = () =>
  new GraphQLError('not known', { extensions: { code: 'INTERNAL_SERVER_ERROR' } });
