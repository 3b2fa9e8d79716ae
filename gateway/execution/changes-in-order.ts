/**
 * Changes in the order that the client wrote (GraphQL, October 2021, section 6.2.2).
 *
 * The planner's library looks for the document's fragments in what it sends, and puts what is in one before the rest; and it
 * joins fragments under the same condition. So it is given mutations without named fragments, and with the fields at the root
 * next to one another, each under its own conditions.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  visit,
} from 'graphql';

/** A document with one mutation, without fragments of its own. Any other is left as it is. */
export function withChangesInOrder(document: DocumentNode): DocumentNode {
  const operation = document.definitions.find(isMutation);
  if (operation === undefined) return document;
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
  const { selectionSet, ...rest } = withoutSpreads(operation, fragments);
  const selections = selectionSet.selections.flatMap((one) => fieldsOf(one, []));
  const definitions = [{ ...rest, selectionSet: { ...selectionSet, selections } }];
  return { ...document, definitions };
}

const isMutation = (node: DocumentNode['definitions'][number]): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.MUTATION;

const withoutSpreads = (
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): OperationDefinitionNode =>
  visit(operation, {
    FragmentSpread({ name, directives = [] }): InlineFragmentNode {
      const fragment = fragments.get(name.value);
      if (fragment === undefined) throw new Error('a fragment that is not there');
      const { typeCondition, selectionSet } = fragment;
      return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet };
    },
  });

/** The fields of a selection at the root. */
function fieldsOf(selection: SelectionNode, above: readonly DirectiveNode[]): SelectionNode[] {
  if (selection.kind === Kind.FIELD) return [underConditions(selection, above)];
  if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('a fragment that is still spread');
  const conditions = [...above, ...(selection.directives ?? [])];
  return selection.selectionSet.selections.flatMap((inner) => fieldsOf(inner, conditions));
}

/** A field takes one condition of a name itself. Any other is around it. */
function underConditions(field: FieldNode, conditions: readonly DirectiveNode[]): SelectionNode {
  const own = [...(field.directives ?? [])];
  const around: DirectiveNode[] = [];
  for (const condition of conditions) {
    const isTaken = own.some(({ name }) => name.value === condition.name.value);
    (isTaken ? around : own).push(condition);
  }
  return around.reduce<SelectionNode>(
    (inner, condition) => ({
      kind: Kind.INLINE_FRAGMENT,
      directives: [condition],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [inner] },
    }),
    { ...field, directives: own },
  );
}
