/** What is known of an operation before it is executed: which fields, of which types, resolved by what. Worked out once. */
import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';

/** A field of any schema. */
type AnyField = GraphQLField<unknown, unknown>;

/** How a value becomes part of an answer. */
export type Shape = { readonly isNonNull: boolean } & (
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'object'; readonly type: GraphQLObjectType }
  | { readonly kind: 'abstract'; readonly type: GraphQLAbstractType }
);

/** One field of an object in the answer. */
export interface FieldPlan {
  /** Its name in the answer. */
  readonly name: string;
  readonly definition: AnyField;
  /** Where the operation asks for it. */
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly shape: Shape;
  /** Answered with the name of the type, whatever the object is. */
  readonly isTypeName: boolean;
  /** Its arguments, when no variable is among them. */
  readonly given: Readonly<Record<string, unknown>> | undefined;
  /** The fields of the objects that it gives, by their type: worked out when one is met. */
  readonly fieldsOf: (type: GraphQLObjectType) => readonly FieldPlan[];
}

/** One operation of a document. */
export interface OperationPlan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly fields: readonly FieldPlan[];
}

/**
 * Plans an operation that is valid.
 *
 * @param settled values of the variables that `@skip` and `@include` look at: the plan holds for these
 */
export function planOperation(
  { schema, operation, fragments }: Omit<OperationPlan, 'fields'>,
  rootType: GraphQLObjectType,
  settled: Readonly<Record<string, unknown>>,
): OperationPlan {
  const fragmentsByName = { ...fragments };
  const plan = (
    parentType: GraphQLObjectType,
    collected: ReadonlyMap<string, readonly FieldNode[]>,
  ): readonly FieldPlan[] =>
    [...collected].flatMap(([name, nodes]) => {
      const [node] = nodes;
      if (node === undefined) return [];
      const definition = fieldOf(schema, parentType, node.name.value);
      if (definition === undefined) return [];
      const byType = new Map<GraphQLObjectType, readonly FieldPlan[]>();
      const fieldsOf = (type: GraphQLObjectType): readonly FieldPlan[] => {
        let fields = byType.get(type);
        if (fields === undefined) {
          fields = plan(type, collectSubfields(schema, fragmentsByName, settled, type, nodes));
          byType.set(type, fields);
        }
        return fields;
      };
      return {
        name,
        definition,
        nodes,
        parentType,
        shape: shapeOf(definition.type),
        isTypeName: definition === TypeNameMetaFieldDef,
        given: argumentsWithoutVariables(definition, node),
        fieldsOf,
      };
    });
  const collected = collectFields(
    schema,
    fragmentsByName,
    settled,
    rootType,
    operation.selectionSet,
  );
  return { schema, operation, fragments, fields: plan(rootType, collected) };
}

function shapeOf(type: GraphQLOutputType): Shape {
  const isNonNull = isNonNullType(type);
  const nullable = isNonNull ? type.ofType : type;
  if (isListType(nullable)) return { isNonNull, kind: 'list', item: shapeOf(nullable.ofType) };
  if (isLeafType(nullable)) return { isNonNull, kind: 'leaf', type: nullable };
  return isObjectType(nullable)
    ? { isNonNull, kind: 'object', type: nullable }
    : { isNonNull, kind: 'abstract', type: nullable };
}

function fieldOf(
  schema: GraphQLSchema,
  parentType: GraphQLObjectType,
  name: string,
): AnyField | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (parentType === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return parentType.getFields()[name];
}

function argumentsWithoutVariables(definition: AnyField, node: FieldNode) {
  for (const argument of node.arguments ?? []) {
    const variables: string[] = [];
    visit(argument, {
      Variable: ({ name }) => void variables.push(name.value),
    });
    if (variables.length > 0) return undefined;
  }
  try {
    return getArgumentValues(definition, node);
  } catch {
    // Said again, and told, where the field is executed.
    return undefined;
  }
}
