/**
 * Type conditions over an interface that a subgraph knows only as an object (`@interfaceObject`).
 *
 * The planner's library has no plan for a condition on another interface or a union there (`{ member { ... on Named { name } } }`):
 * from such an object it knows the way to the types behind the interface only. So these take the condition's place.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentSpreadNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { fragmentsOf } from '../fragments-of.ts';

/** Finds the interfaces that a supergraph's subgraphs know as objects (`@join__type(isInterfaceObject: true)`). */
export function interfaceObjectsOf(supergraph: DocumentNode): ReadonlySet<string> {
  const found = new Set<string>();
  const isObject = ({ name, arguments: given = [] }: DirectiveNode): boolean =>
    name.value === 'join__type' &&
    given.some((one) => one.name.value === 'isInterfaceObject' && valueFromASTUntyped(one.value));
  visit(supergraph, {
    InterfaceTypeDefinition({ name, directives = [] }) {
      if (directives.some(isObject)) found.add(name.value);
      return false;
    },
  });
  return found;
}

/** What operations are rewritten by. */
export interface ObjectConditions {
  readonly schema: GraphQLSchema;
  readonly interfaceObjects: ReadonlySet<string>;
}

/** An operation whose conditions over such interfaces are on types of objects. */
export function withObjectConditions(
  { schema, interfaceObjects }: ObjectConditions,
  document: DocumentNode,
): DocumentNode {
  if (interfaceObjects.size === 0) return document;
  const fragments = fragmentsOf(document);

  const rewritten = (
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
  ): SelectionSetNode => {
    const left = selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return [rewrittenField(selection, parent)];
      const fragment = fragmentOf(selection);
      const condition = typeOf(fragment, parent);
      if (isBehind(parent) && isAbstractType(condition)) {
        return selectionsOf({ kind: Kind.SELECTION_SET, selections: [selection] }, parent);
      }
      const isKnown = !isInterfaceType(parent) || !interfaceObjects.has(parent.name);
      if (isKnown || !isAbstractType(condition) || condition === parent) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection];
        return [{ ...selection, selectionSet: rewritten(selection.selectionSet, condition) }];
      }
      return schema
        .getPossibleTypes(parent)
        .filter((type) => schema.isSubType(condition, type))
        .flatMap((type) => {
          const below = selectionsOf(fragment.selectionSet, type);
          const { directives = [] } = selection;
          return below.length === 0 ? [] : [inlineFragment(directives, below, type)];
        });
    });
    return { kind: Kind.SELECTION_SET, selections: left.length === 0 ? [TYPE_FIELD] : left };
  };

  const isBehind = (type: GraphQLNamedType): type is GraphQLObjectType =>
    isObjectType(type) && type.getInterfaces().some(({ name }) => interfaceObjects.has(name));

  const rewrittenField = (field: FieldNode, parent: GraphQLNamedType): FieldNode => {
    const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
    const type = fields[field.name.value]?.type;
    if (field.selectionSet === undefined || type === undefined) return field;
    return { ...field, selectionSet: rewritten(field.selectionSet, getNamedType(type)) };
  };

  /** What of a selection is for objects of one type: conditions on other types would be on nothing that there can be. */
  const selectionsOf = (
    { selections }: SelectionSetNode,
    type: GraphQLObjectType,
  ): readonly SelectionNode[] =>
    selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return [rewrittenField(selection, type)];
      const fragment = fragmentOf(selection);
      const condition = typeOf(fragment, type);
      const applies =
        condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
      const below = applies ? selectionsOf(fragment.selectionSet, type) : [];
      const { directives = [] } = selection;
      if (below.length === 0 || directives.length === 0) return below;
      return [inlineFragment(directives, below)];
    });

  const fragmentOf = (selection: FragmentSpreadNode | InlineFragmentNode) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
    const fragment = fragments.get(selection.name.value);
    if (fragment === undefined) throw new Error('a fragment that is not there');
    return fragment;
  };
  const typeOf = (
    { typeCondition }: Pick<InlineFragmentNode, 'typeCondition'>,
    parent: GraphQLNamedType,
  ): GraphQLNamedType => schema.getType(typeCondition?.name.value ?? parent.name) ?? parent;

  return {
    ...document,
    definitions: document.definitions.map((definition) => {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        const type = schema.getType(definition.typeCondition.name.value);
        if (!type) return definition;
        return { ...definition, selectionSet: rewritten(definition.selectionSet, type) };
      }
      if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
      const root = schema.getRootType(definition.operation);
      if (!root) return definition;
      return { ...definition, selectionSet: rewritten(definition.selectionSet, root) };
    }),
  };
}

const inlineFragment = (
  directives: readonly DirectiveNode[],
  selections: readonly SelectionNode[],
  type?: GraphQLObjectType,
): InlineFragmentNode => ({
  kind: Kind.INLINE_FRAGMENT,
  directives,
  selectionSet: { kind: Kind.SELECTION_SET, selections },
  ...(type && {
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
  }),
});

const TYPE_FIELD: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
