/**
 * Conditions that no variable decides. The planner's library loses some of them (`@skip(if: true)` in a fragment under a
 * condition), and a field that is left out would be asked for, or done. So it never sees one.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql';

/** Leaves out what is always left out. Where nothing remains, the type is asked for. */
export const withoutSettledConditions = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SelectionSet: {
      leave(node) {
        const selections = node.selections.filter((one) => !isLeftOut(one)).map(withOpenConditions);
        return { ...node, selections: selections.length === 0 ? [TYPE_FIELD] : selections };
      },
    },
  });

/** What a condition comes to, when it is known. */
function outcomeOf({ name, arguments: given = [] }: DirectiveNode): boolean | undefined {
  const value = given.find((one) => one.name.value === 'if')?.value;
  if (value?.kind !== Kind.BOOLEAN) return undefined;
  return name.value === 'skip' ? !value.value : value.value;
}

const isLeftOut = ({ directives = [] }: SelectionNode): boolean =>
  directives.some((directive) => outcomeOf(directive) === false);

function withOpenConditions(selection: SelectionNode): SelectionNode {
  const { directives = [] } = selection;
  if (directives.length === 0) return selection;
  return { ...selection, directives: directives.filter((one) => outcomeOf(one) === undefined) };
}

const TYPE_FIELD: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
