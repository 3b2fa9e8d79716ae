/** Reference data: what is the same for everybody who may see it, and says nothing about a person. The one list of it. */
import {
  getNamedType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

/**
 * The fields of reference types that may be kept. Not among them: what depends on the day (`status`), and what hangs below an
 * organisation and is about people.
 */
export const REFERENCE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Organisation: ['odsCode', 'name', 'type', 'openedOn', 'closedOn', 'successor', 'vpd'],
  CodedValue: ['system', 'code', 'display'],
};

/** The subgraph whose reference data is kept. */
export const REFERENCE_SOURCE = 'esr';

const ENTITIES = '_entities';

/** Whether a request to a subgraph asks for reference data and nothing else. */
export function readsReference(supergraph: GraphQLSchema, operation: string): boolean {
  const document = parse(operation, { noLocation: true });
  const [definition, ...others] = document.definitions;
  if (others.length > 0 || definition?.kind !== Kind.OPERATION_DEFINITION) return false;
  if (definition.operation !== OperationTypeNode.QUERY) return false;
  return definition.selectionSet.selections.every((selection) => {
    if (selection.kind !== Kind.FIELD || selection.selectionSet === undefined) return false;
    if (selection.name.value === ENTITIES) return entitiesAre(supergraph, selection.selectionSet);
    const type = supergraph.getQueryType()?.getFields()[selection.name.value]?.type;
    return type !== undefined && isOf(supergraph, getNamedType(type).name, selection.selectionSet);
  });
}

const entitiesAre = (supergraph: GraphQLSchema, { selections }: SelectionSetNode): boolean =>
  selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename';
    return (
      selection.kind === Kind.INLINE_FRAGMENT &&
      selection.typeCondition !== undefined &&
      isOf(supergraph, selection.typeCondition.name.value, selection.selectionSet)
    );
  });

/** Whether everything selected of a type may be kept. */
function isOf(
  supergraph: GraphQLSchema,
  typeName: string,
  { selections }: SelectionSetNode,
): boolean {
  const fields = REFERENCE_FIELDS[typeName];
  const type = supergraph.getType(typeName);
  if (fields === undefined || !isObjectType(type)) return false;
  return selections.every((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value ?? typeName;
      return isOf(supergraph, condition, selection.selectionSet);
    }
    const { name, selectionSet } = selection;
    if (name.value === '__typename') return true;
    const field = type.getFields()[name.value];
    if (field === undefined || !fields.includes(name.value)) return false;
    return (
      selectionSet === undefined || isOf(supergraph, getNamedType(field.type).name, selectionSet)
    );
  });
}
