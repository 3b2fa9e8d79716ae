/**
 * Changes in the order that the client wrote (GraphQL, October 2021, section 6.2.2).
 *
 * The planner's library puts what is in a mutation's fragments before the rest, and makes changes under the same conditions
 * together. So it plans the changes under the same conditions that are next to one another, and no others with them.
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
  print,
  type SelectionNode,
  visit,
} from 'graphql';
import { fragmentsOf } from '../fragments-of.ts';

/** Part of an operation. */
export interface OperationPart {
  /** What has to hold for it. */
  readonly conditions: readonly DirectiveNode[];
  /** None of these may hold whole: then it has run before. */
  readonly unless: readonly (readonly DirectiveNode[])[];
  readonly document: DocumentNode;
}

/** An operation in parts that run one after another: several for a mutation with conditions at its root, or else one. */
export function changesInOrder(document: DocumentNode): readonly OperationPart[] {
  const operation = document.definitions.find(isMutation);
  if (operation === undefined) return [{ conditions: [], unless: [], document }];
  const fragments = fragmentsOf(document);
  const { selectionSet, ...rest } = withoutSpreads(operation, fragments);
  const changes = selectionSet.selections.flatMap((one) => changesOf(one, []));
  return stepsOf(changes).map(({ conditions, unless, selections }) => ({
    conditions,
    unless,
    document: {
      ...document,
      definitions: [{ ...rest, selectionSet: { ...selectionSet, selections } }],
    },
  }));
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

/** A field at the root, without its conditions. */
interface Change {
  readonly field: FieldNode;
  readonly conditions: readonly DirectiveNode[];
}

function changesOf(selection: SelectionNode, above: readonly DirectiveNode[]): Change[] {
  const conditions = [...above, ...(selection.directives ?? [])];
  if (selection.kind === Kind.FIELD) {
    // The root's type is known: a request for it alone could fail, and then no change would be made after it.
    if (selection.name.value === '__typename') return [];
    return [{ field: { ...selection, directives: [] }, conditions }];
  }
  if (selection.kind === Kind.FRAGMENT_SPREAD) throw new Error('a fragment that is still spread');
  return selection.selectionSet.selections.flatMap((inner) => changesOf(inner, conditions));
}

interface Step extends Pick<OperationPart, 'conditions' | 'unless'> {
  readonly key: string;
  readonly selections: SelectionNode[];
}

/**
 * Fields of one name are one change, wherever they are: it is made where the first of them is that is not left out. Changes
 * under the same conditions are one step.
 */
function stepsOf(changes: readonly Change[]): readonly Step[] {
  const byName = new Map<string, Change[]>();
  for (const change of changes) {
    const same = byName.get(nameOf(change));
    if (same === undefined) byName.set(nameOf(change), [change]);
    else same.push(change);
  }
  const steps: Step[] = [];
  for (const change of changes) {
    const { conditions } = change;
    const same = byName.get(nameOf(change)) ?? [];
    const at = same.indexOf(change);
    const key = keyOf(conditions);
    if (same.some((other) => keyOf(other.conditions) !== key)) {
      const unless = same.slice(0, at).map((earlier) => earlier.conditions);
      steps.push({ key: '', conditions, unless, selections: same.map(underConditions) });
    } else if (at === 0) {
      const selections = same.map(({ field }) => field);
      const last = steps.at(-1);
      if (last?.key === key) last.selections.push(...selections);
      else steps.push({ key, conditions, unless: [], selections });
    }
  }
  return steps;
}

const nameOf = ({ field: { alias, name } }: Change): string => alias?.value ?? name.value;

/** Conditions as text. Their order and how often they are there make no difference. */
const keyOf = (conditions: readonly DirectiveNode[]): string =>
  JSON.stringify([...new Set(conditions.map(print))].sort());

const underConditions = ({ field, conditions }: Change): SelectionNode =>
  conditions.reduceRight<SelectionNode>(
    (inner, condition) => ({
      kind: Kind.INLINE_FRAGMENT,
      directives: [condition],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [inner] },
    }),
    field,
  );
