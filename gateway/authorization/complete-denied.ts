/**
 * Puts the fields that were taken out of an operation back into its answer: null, with an error each, and null going up
 * to the next nullable position (GraphQL, October 2021, section 6.4.4).
 */
import {
  type FieldNode,
  getDirectiveValues,
  GraphQLError,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { publicError } from '../../runtime/graphql-error.ts';
import { approvalNeeded, type Transaction } from '../../standards/transaction.ts';
import { type FilteredOperation, TYPE_KEY } from './filter-operation.ts';
import type { Grants, Rules } from './rules.ts';
import type { Unapproved } from './step-up.ts';

/** Most errors for denied fields in one answer. The values are null all the same. */
const MAX_ERRORS = 100;

type Path = readonly (string | number)[];
type JsonObject = Readonly<Record<string, unknown>>;

/** What an answer is completed with. */
export interface CompletionInput {
  readonly schema: GraphQLSchema;
  readonly rules: Rules;
  readonly grants: Grants;
  readonly filtered: Pick<FilteredOperation, 'operation' | 'fragments' | 'denied'>;
  /** Fields for which an approval is lacking. */
  readonly unapproved: Unapproved['transactions'];
  /** Coerced variables of the whole operation. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Completes the answer to a filtered operation. */
export function completeDenied(
  input: CompletionInput,
  data: JsonObject,
): { readonly data: JsonObject | null; readonly errors: readonly GraphQLError[] } {
  const { schema, rules, grants, filtered, unapproved } = input;
  const errors: GraphQLError[] = [];

  const refuse = (path: Path, lacking?: Transaction): null => {
    if (errors.length < MAX_ERRORS) {
      const { message, extensions } =
        grants === undefined
          ? publicError('UNAUTHENTICATED')
          : lacking === undefined
            ? publicError('FORBIDDEN')
            : publicError('INSUFFICIENT_USER_AUTHENTICATION', { ...approvalNeeded(lacking) });
      errors.push(new GraphQLError(message, { path, extensions }));
    }
    return null;
  };

  const completeObject = (
    type: GraphQLObjectType,
    selectionSets: readonly SelectionSetNode[],
    source: JsonObject,
    path: Path,
  ): JsonObject | null => {
    const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    let whole = true;
    for (const [key, nodes] of collectFields(input, type, selectionSets)) {
      const [first] = nodes;
      const field = first === undefined ? undefined : type.getFields()[first.name.value];
      if (field === undefined) {
        // `__typename` and introspection: neither is ever taken out.
        result[key] = source[key] ?? null;
        continue;
      }
      const fieldPath = [...path, key];
      const denied = nodes.find((node) => filtered.denied.has(node));
      const allowed = rules.allowsField(type, field, grants);
      result[key] =
        denied !== undefined || !allowed
          ? refuse(fieldPath, allowed && denied ? unapproved.get(denied) : undefined)
          : completeValue(field.type, nodes, source[key], fieldPath);
      if (result[key] === null && isNonNullType(field.type)) whole = false;
    }
    return whole ? result : null;
  };

  const completeValue = (
    type: GraphQLOutputType,
    nodes: readonly FieldNode[],
    value: unknown,
    path: Path,
  ): unknown => {
    if (isNonNullType(type)) return completeValue(type.ofType, nodes, value, path);
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return null;
      const items = value.map((item, index) =>
        completeValue(type.ofType, nodes, item, [...path, index]),
      );
      return isNonNullType(type.ofType) && items.includes(null) ? null : items;
    }
    if (isLeafType(type)) return value;
    if (typeof value !== 'object') return null;
    const source = value as JsonObject;
    const runtimeType = isAbstractType(type) ? schema.getType(String(source[TYPE_KEY])) : type;
    if (!isObjectType(runtimeType) || !rules.allowsType(runtimeType, grants)) return refuse(path);
    const selectionSets = nodes.flatMap((node) => node.selectionSet ?? []);
    return completeObject(runtimeType, selectionSets, source, path);
  };

  const root = schema.getRootType(filtered.operation.operation);
  if (!root) return { data: null, errors };
  return { data: completeObject(root, [filtered.operation.selectionSet], data, []), errors };
}

/** The fields that an object answers with, by response key (section 6.3.2). */
function collectFields(
  { schema, filtered: { fragments }, variables }: CompletionInput,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = schema.getType(condition);
    return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
  };
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        fields.set(key, [...(fields.get(key) ?? []), selection]);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment !== undefined && applies(fragment.typeCondition?.name.value)) {
        collect(fragment.selectionSet);
      }
    }
  };
  selectionSets.forEach(collect);
  return fields;
}

function isIncluded(node: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  if (skip?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
}
