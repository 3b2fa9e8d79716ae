/**
 * Fields about which a request says more than its caller's grants do: a person reads or runs them only with a fresh approval
 * (`@policy(policies: [["step_up"]])`), or the operation names whose record it asks for (`own_record`).
 *
 * A system that signs in with a key of its own needs no approval: there is nobody to ask, and its key is the stronger proof.
 * Nor does the person whose record it is.
 */
import {
  type DocumentNode,
  type FieldNode,
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
import { LRUCache } from 'lru-cache';

import { fragmentsOf } from '../fragments-of.ts';
import type { PolicyCaller, PolicyRow } from '../../runtime/policies.ts';
import { type Transaction, transactionHash, transactionOf } from '../../standards/transaction.ts';
import type { Rules } from './rules.ts';

/** One place in an operation where such a field is selected. */
interface Place {
  readonly node: FieldNode;
  readonly parent: GraphQLNamedType;
  readonly field: GraphQLField<unknown, unknown>;
  /** Whom the operation names as the person whose record it is; left out where it names nobody. */
  readonly named?: NamedPerson | undefined;
  /** From the root to the field itself. */
  readonly path: readonly Step[];
}

interface Step {
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
}

/** The id by which a person is looked for; `undefined` when it is by something else. */
type NamedPerson = (variables: Readonly<Record<string, unknown>>) => unknown;

/** An operation, and the places in it that need a look at each request. The nodes are those of this document. */
export interface StepUpOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly rules: Rules;
  readonly places: readonly Place[];
  /** Grants that leave nothing to approve where nobody is named, by their text. */
  readonly settled: LRUCache<string, boolean>;
}

/** Who asks, and what they have approved. */
export interface Approval {
  readonly caller: PolicyCaller;
  /** Hash of the one transaction that was approved. */
  readonly approved: string | undefined;
}

/** What one request lacks. */
export interface Unapproved {
  /** Fields that are refused, with the transaction that would approve each; `undefined` where nothing would. */
  readonly transactions: ReadonlyMap<FieldNode, Transaction | undefined>;
  /** Two requests of the same operation with the same text lack the same fields. */
  readonly key: string;
}

/** Nothing is lacking. */
export const ALL_APPROVED: Unapproved = { transactions: new Map(), key: '' };

/** Grants about which that is remembered, for one operation. */
const SETTLED_KEPT = 30;

/** The type whose fields are a person's record. */
const PERSON = 'StaffMember';
/** The root field that gives callers their own record, and the one that gives the record of a person who is named. */
const SELF = 'me';
const NAMED = 'staff';

/** Whose record a place is in: the caller's own, that of whom the operation names, or not to be seen from the operation. */
type Whose = 'own' | 'named' | 'unknown';

/** Finds every place in an operation that needs a look at each request. Fragments have been bounded before. */
export function findStepUps(
  { schema, rules }: { readonly schema: GraphQLSchema; readonly rules: Rules },
  document: DocumentNode,
  operation: OperationDefinitionNode,
): StepUpOperation {
  const fragments = fragmentsOf(document);
  const places: Place[] = [];
  const walk = (
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
    path: readonly Step[],
    whose: Whose,
  ): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
        const field = fields[selection.name.value];
        if (field === undefined) continue;
        const here: readonly Step[] = [...path, { node: selection, field }];
        const root = here[0]?.node;
        const named = whose === 'named' && root !== undefined ? namedBy(root) : undefined;
        const depends = whose === 'named' ? rules.dependsOnMore : rules.needsApproval;
        if (whose !== 'own' && depends(parent, field)) {
          places.push({ node: selection, parent, field, named, path: here });
        }
        if (selection.selectionSet === undefined) continue;
        const type = getNamedType(field.type);
        const entered = path.length === 0 ? whoseIs(field.name) : 'unknown';
        walk(selection.selectionSet, type, here, type.name === PERSON ? entered : whose);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined) continue;
      const type = schema.getType(fragment.typeCondition?.name.value ?? parent.name) ?? parent;
      const entersPerson = type.name === PERSON && parent.name !== PERSON;
      walk(fragment.selectionSet, type, path, entersPerson ? 'unknown' : whose);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, [], 'unknown');
  return { document, operation, rules, places, settled: new LRUCache({ max: SETTLED_KEPT }) };
}

const whoseIs = (rootField: string): Whose =>
  rootField === SELF ? 'own' : rootField === NAMED ? 'named' : 'unknown';

/** Compares what an operation needs with who asks for whose record, and with what the person has approved. */
export function unapprovedFields(
  asked: StepUpOperation,
  variables: Readonly<Record<string, unknown>>,
  { caller, approved }: Approval,
): Unapproved {
  const { rules, places } = asked;
  if (
    places.every(({ named }) => typeof named?.(variables) !== 'string') &&
    isSettled(asked, caller)
  )
    return ALL_APPROVED;
  const transactions = new Map<FieldNode, Transaction | undefined>();
  const lacking: string[] = [];
  for (const [index, { node, parent, field, named, path }] of places.entries()) {
    const id = named?.(variables);
    const row: PolicyRow = typeof id === 'string' ? { staffIds: [id] } : {};
    const isRefused = (stepUp: 'granted' | 'refused'): boolean =>
      rules.judge(parent, field, caller, { row, stepUp }) === 'refused';
    if (isRefused('granted')) {
      transactions.set(node, undefined);
      lacking.push(`${String(index)}!`);
    } else if (caller.kind === 'person' && isRefused('refused')) {
      const given = argumentsOn(path, variables);
      const transaction = transactionOf(`${parent.name}.${field.name}`, given);
      if (approved !== undefined && transactionHash(transaction) === approved) continue;
      transactions.set(node, transaction);
      lacking.push(String(index));
    }
  }
  return { transactions, key: lacking.join(' ') };
}

/** Whether nothing is refused as long as nobody is named, approved or not: grants alone decide that. */
function isSettled({ rules, places, settled }: StepUpOperation, caller: PolicyCaller): boolean {
  const key = rules.grantsKey(caller);
  let known = settled.get(key);
  if (known === undefined) {
    known = places.every(
      ({ parent, field }) =>
        rules.judge(parent, field, caller, { row: {}, stepUp: 'refused' }) !== 'refused',
    );
    settled.set(key, known);
  }
  return known;
}

/** Finds out how a root field names a person: `staff(by: { id: ... })`, or `staff(id: ...)`. */
function namedBy({ arguments: given = [] }: FieldNode): NamedPerson | undefined {
  const by = given.find(({ name }) => name.value === 'by')?.value;
  if (by?.kind === Kind.VARIABLE) {
    const { value } = by.name;
    return (variables) => (variables[value] as { readonly id?: unknown } | null | undefined)?.id;
  }
  const parts = by?.kind === Kind.OBJECT ? by.fields : given;
  const id = parts.find(({ name }) => name.value === 'id')?.value;
  if (id?.kind === Kind.VARIABLE) {
    const { value } = id.name;
    return (variables) => variables[value];
  }
  return id?.kind === Kind.STRING || id?.kind === Kind.INT ? () => id.value : undefined;
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
