/**
 * Fields that a person reads or runs only with a fresh approval (`@policy(policies: [["step_up"]])`).
 *
 * A system that signs in with a key of its own is exempt: there is nobody to ask, and its key is the stronger proof. So is
 * the record of the person who asks.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import { type Transaction, transactionHash, transactionOf } from '../../standards/transaction.ts';
import type { Rules } from './rules.ts';

/** One place in an operation where such a field is selected. */
interface Place {
  readonly node: FieldNode;
  /** `Type.field`. */
  readonly coordinate: string;
  /** From the root to the field itself. */
  readonly path: readonly Step[];
}

interface Step {
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
}

/** An operation, and the places in it that need an approval. The nodes are those of this document. */
export interface StepUpOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly places: readonly Place[];
}

/** What one request lacks. */
export interface Unapproved {
  /** Fields that are not approved, with the transaction that would approve each. */
  readonly transactions: ReadonlyMap<FieldNode, Transaction>;
  /** Two requests of the same operation with the same text lack the same fields. */
  readonly key: string;
}

/** Nothing is lacking. */
export const ALL_APPROVED: Unapproved = { transactions: new Map(), key: '' };

/** The type whose fields are a person's record. */
const PERSON = 'StaffMember';
/** The root field that gives callers their own record. */
const SELF = 'me';

/** Finds every place in an operation that needs an approval. Fragments have been bounded before. */
export function findStepUps(
  { schema, rules }: { readonly schema: GraphQLSchema; readonly rules: Rules },
  document: DocumentNode,
  operation: OperationDefinitionNode,
): StepUpOperation {
  const fragments = new Map<string, FragmentDefinitionNode>(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  );
  const places: Place[] = [];
  const walk = (
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
    path: readonly Step[],
    isOwn: boolean,
  ): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
        const field = fields[selection.name.value];
        if (field === undefined) continue;
        const here = [...path, { node: selection, field }];
        const coordinate = `${parent.name}.${field.name}`;
        if (!isOwn && rules.needsApproval(parent, field)) {
          places.push({ node: selection, coordinate, path: here });
        }
        if (selection.selectionSet === undefined) continue;
        const type = getNamedType(field.type);
        const own = type.name === PERSON ? path.length === 0 && field.name === SELF : isOwn;
        walk(selection.selectionSet, type, here, own);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined) continue;
      const type = schema.getType(fragment.typeCondition?.name.value ?? parent.name) ?? parent;
      const entersPerson = type.name === PERSON && parent.name !== PERSON;
      walk(fragment.selectionSet, type, path, isOwn && !entersPerson);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, [], false);
  return { document, operation, places };
}

/**
 * Compares what an operation needs with what the person has approved.
 *
 * @param approved the hash of the one transaction that was approved
 */
export function unapprovedFields(
  { places }: StepUpOperation,
  variables: Readonly<Record<string, unknown>>,
  approved: string | undefined,
): Unapproved {
  const transactions = new Map<FieldNode, Transaction>();
  const lacking: number[] = [];
  for (const [index, { node, coordinate, path }] of places.entries()) {
    const transaction = transactionOf(coordinate, argumentsOn(path, variables));
    if (approved !== undefined && transactionHash(transaction) === approved) continue;
    transactions.set(node, transaction);
    lacking.push(index);
  }
  return { transactions, key: lacking.join(' ') };
}

/** The arguments of every field on the way, by its path in names of the schema. Aliases and order make no difference. */
function argumentsOn(
  path: readonly Step[],
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const given = path.map(({ node, field }, index): [string, unknown] => [
    path
      .slice(0, index + 1)
      .map((step) => step.field.name)
      .join('.'),
    getArgumentValues(field, node, variables),
  ]);
  return Object.fromEntries(given.filter(([, values]) => Object.keys(values as object).length > 0));
}
