/** Takes what a caller may not read out of an operation, before anything is planned or asked. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isAbstractType,
  isIntrospectionType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import type { Grants, Rules } from './rules.ts';
import type { Unapproved } from './step-up.ts';
import { fragmentsOf } from '../fragments-of.ts';

/** An operation and what is left of it. */
export interface FilteredOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fields of the operation that the caller may not read. */
  readonly denied: ReadonlySet<FieldNode>;
  /** Whether the answer has to be completed: fields were taken out, or objects of a refused type may be in it. */
  readonly guarded: boolean;
  /** The operation to plan. `undefined` when nothing may be asked. */
  readonly document: DocumentNode | undefined;
}

/** What an operation is filtered by. */
export interface FilterInput {
  readonly schema: GraphQLSchema;
  readonly rules: Rules;
  readonly grants: Grants;
  /** Fields for which an approval is lacking. */
  readonly unapproved: Pick<Unapproved['transactions'], 'has'>;
}

/** Filters one operation for one set of grants. */
export function filterOperation(
  input: FilterInput,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): FilteredOperation {
  const fragments = fragmentsOf(document);
  const whole: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [operation, ...fragments.values()],
  };
  const { denied, mixed } = deniedFields(input, whole);
  const guarded = denied.size > 0 || mixed;
  const unchanged = { operation, fragments, denied, guarded };
  if (!guarded) return { ...unchanged, document: whole };
  if (
    operation.operation === OperationTypeNode.MUTATION &&
    rootFields(operation, fragments).some((field) => denied.has(field))
  ) {
    // Nothing is changed on behalf of somebody who asked for more than they may change.
    return { ...unchanged, document: undefined };
  }
  return { ...unchanged, document: withoutDenied(input.schema, whole, denied) };
}

/** Fields that are refused, and whether a value may be of a refused type behind an interface or a union. */
function deniedFields(
  { schema, rules, grants, unapproved }: FilterInput,
  document: DocumentNode,
): { readonly denied: ReadonlySet<FieldNode>; readonly mixed: boolean } {
  const denied = new Set<FieldNode>();
  let mixed = false;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        // Introspection is allowed or refused as a whole, before an operation comes here.
        if (node.name.value.startsWith('__') || (parent && isIntrospectionType(parent)))
          return undefined;
        if (
          !parent ||
          !field ||
          unapproved.has(node) ||
          !rules.allowsField(parent, field, grants)
        ) {
          denied.add(node);
          return false;
        }
        const type = getNamedType(field.type);
        mixed ||=
          isAbstractType(type) &&
          schema.getPossibleTypes(type).some((possible) => !rules.allowsType(possible, grants));
        return undefined;
      },
    }),
  );
  return { denied, mixed };
}

/** The fields that an operation selects on its root type, through any fragment. */
function rootFields(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FieldNode[] {
  const found: FieldNode[] = [];
  const seen = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) found.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  return found;
}

function withoutDenied(
  schema: GraphQLSchema,
  document: DocumentNode,
  denied: ReadonlySet<FieldNode>,
): DocumentNode {
  const types = new TypeInfo(schema);
  const filtered: DocumentNode = visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => (denied.has(node) ? null : undefined),
      SelectionSet: {
        leave(node) {
          const parent = types.getParentType();
          const needsType = isAbstractType(parent) || node.selections.length === 0;
          return needsType ? { ...node, selections: [...node.selections, typeField] } : undefined;
        },
      },
    }),
  );
  return onlyWhatIsUsed(filtered);
}

/** Asked for so that there is a selection at all, and so that an object's type is known. */
const typeField: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

/** Drops fragments and variables that nothing refers to any more. */
function onlyWhatIsUsed(document: DocumentNode): DocumentNode {
  const operation = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operation === undefined) return document;
  const fragments = fragmentsOf(document);
  const usedFragments = new Set<string>();
  const usedVariables = new Set<string>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      VariableDefinition: () => false,
      Variable: (variable) => {
        usedVariables.add(variable.name.value);
      },
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || usedFragments.has(name.value)) return;
        usedFragments.add(name.value);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...operation,
        variableDefinitions: (operation.variableDefinitions ?? []).filter((definition) =>
          usedVariables.has(definition.variable.name.value),
        ),
      },
      ...[...fragments.values()].filter((fragment) => usedFragments.has(fragment.name.value)),
    ],
  };
}
