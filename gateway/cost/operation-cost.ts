/**
 * What an operation is estimated to cost, before it is planned.
 *
 * An object costs 1 and a leaf nothing, a mutation 10 more, and a list as many times its item as it may have items,
 * unless the schema says otherwise: as Apollo's router counts (`@cost`, `@listSize`). What is asked for twice, or in
 * fragments on several types, counts each time: as long as lists are no longer than is said, no estimate is below what is done.
 *
 * An operation is compiled once, into a number and the few places that variables decide: an estimate takes no longer
 * than adding those up.
 */
import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import type { CostRules, ListSize } from './cost-rules.ts';
import { longestPage } from './page-limits.ts';
import { fragmentsOf } from '../fragments-of.ts';

/** Values of variables, coerced and with their defaults. */
export type CoercedVariables = Readonly<Record<string, unknown>>;

/** What an operation costs. */
export interface CostEstimate {
  readonly estimated: number;
  /** The first field that is asked for a longer page than there is: `Type.field`. */
  readonly pageTooLong?: string;
}

/** Estimates the cost of one operation. */
export type OperationCost = (variables: CoercedVariables) => CostEstimate;

/** A graph and its rules. */
export interface CostedGraph {
  readonly schema: GraphQLSchema;
  readonly rules: CostRules;
}

/** Items of a list of which nothing is known. */
const USUAL_LIST = 10;
/** What a mutation costs besides what it returns. */
const MUTATION = 10;

/** A number that variables may decide. */
type Amount = number | ((variables: CoercedVariables) => number);

/** Compiles an operation that is valid for the graph, and whose selections have been found few. */
export function compileCost(
  { schema, rules }: CostedGraph,
  operation: OperationDefinitionNode,
  document: DocumentNode,
): OperationCost {
  const fragments = fragmentsOf(document);
  const pages: { readonly field: string; readonly asked: Amount }[] = [];

  const ofSelections = (
    { selections }: SelectionSetNode,
    parent: GraphQLNamedType,
    sizes: ReadonlyMap<string, Amount>,
  ): Amount => sum(selections.map((one) => whenIncluded(one, ofSelection(one, parent, sizes))));

  const ofSelection = (
    selection: SelectionNode,
    parent: GraphQLNamedType,
    sizes: ReadonlyMap<string, Amount>,
  ): Amount => {
    if (selection.kind === Kind.FIELD) return ofField(selection, parent, sizes);
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment === undefined) return 0;
    const condition = fragment.typeCondition?.name.value;
    const type = condition === undefined ? parent : (schema.getType(condition) ?? parent);
    return ofSelections(fragment.selectionSet, type, sizes);
  };

  const ofField = (
    node: FieldNode,
    parent: GraphQLNamedType,
    sizes: ReadonlyMap<string, Amount>,
  ): Amount => {
    const name = node.name.value;
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    // `__typename`, `__schema` and `__type`.
    if (field === undefined) return 0;
    const type = getNamedType(field.type);
    const own =
      ruleOf(rules.weights, parent, name) ??
      rules.weights.get(type.name) ??
      (isCompositeType(type) ? 1 : 0);
    const listSize = ruleOf(rules.listSizes, parent, name);
    const size = listSize === undefined ? undefined : sizeOf(node, parent, field, listSize);
    const sized = new Map((listSize?.sizedFields ?? []).map((below) => [below, size ?? 0]));
    const below =
      node.selectionSet === undefined ? 0 : ofSelections(node.selectionSet, type, sized);
    const items = isListType(getNullableType(field.type))
      ? (sizes.get(name) ?? (sized.size === 0 ? size : undefined) ?? USUAL_LIST)
      : 1;
    const given = (node.arguments ?? []).map(
      (argument) => rules.weights.get(`${parent.name}.${name}(${argument.name.value}:)`) ?? 0,
    );
    return sum([...given, product(items, sum([own, below]))]);
  };

  /** How long the list may get. */
  const sizeOf = (
    node: FieldNode,
    parent: GraphQLNamedType,
    field: GraphQLField<unknown, unknown>,
    { assumedSize = USUAL_LIST, slicingArguments }: ListSize,
  ): Amount => {
    const asked = slicingArguments.flatMap((name) => {
      const amount = argumentAmount(node, field, name);
      return amount === undefined ? [] : [amount];
    });
    for (const one of asked) pages.push({ field: `${parent.name}.${field.name}`, asked: one });
    return asked.length === 0 ? assumedSize : largest(asked, assumedSize);
  };

  const ruleOf = <Rule>(
    from: ReadonlyMap<string, Rule>,
    parent: GraphQLNamedType,
    field: string,
  ): Rule | undefined =>
    [parent, ...(isAbstractType(parent) ? schema.getPossibleTypes(parent) : [])]
      .map(({ name }) => from.get(`${name}.${field}`))
      .find((rule) => rule !== undefined);

  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error('an operation without a root type');
  const mutations =
    operation.operation === OperationTypeNode.MUTATION
      ? operation.selectionSet.selections.length
      : 0;
  const total = sum([MUTATION * mutations, ofSelections(operation.selectionSet, root, new Map())]);
  return (variables) => {
    const tooLong = pages.find(
      ({ field, asked }) => valueOf(asked, variables) > longestPage(field),
    );
    return {
      estimated: valueOf(total, variables),
      ...(tooLong === undefined ? {} : { pageTooLong: tooLong.field }),
    };
  };
}

const valueOf = (amount: Amount, variables: CoercedVariables): number =>
  typeof amount === 'number' ? amount : amount(variables);

function sum(amounts: readonly Amount[]): Amount {
  const decided = amounts.filter((amount) => typeof amount === 'function');
  const certain = amounts.reduce<number>(
    (total, amount) => (typeof amount === 'number' ? total + amount : total),
    0,
  );
  if (decided.length === 0) return certain;
  return (variables) => {
    let total = certain;
    for (const amount of decided) total += amount(variables);
    return total;
  };
}

function product(one: Amount, other: Amount): Amount {
  if (typeof one === 'number' && typeof other === 'number') return one * other;
  return (variables) => valueOf(one, variables) * valueOf(other, variables);
}

/** The largest of what is given; `otherwise` when none is a number. */
function largest(amounts: readonly Amount[], otherwise: number): Amount {
  const of = (values: readonly number[]): number => {
    const numbers = values.filter((value) => !Number.isNaN(value));
    return numbers.length === 0 ? otherwise : Math.max(0, ...numbers);
  };
  return amounts.every((amount) => typeof amount === 'number')
    ? of(amounts)
    : (variables) => of(amounts.map((amount) => valueOf(amount, variables)));
}

/** What an argument asks for; not a number when it is null. `undefined` when it is left out and has no default. */
function argumentAmount(
  { arguments: given = [] }: FieldNode,
  field: GraphQLField<unknown, unknown>,
  name: string,
): Amount | undefined {
  const value = given.find((argument) => argument.name.value === name)?.value;
  const { defaultValue } = field.args.find((argument) => argument.name === name) ?? {};
  const otherwise = typeof defaultValue === 'number' ? defaultValue : undefined;
  if (value === undefined) return otherwise;
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return NaN;
  return (variables) => {
    const asked = variables[value.name.value];
    // A variable that is not given leaves the argument to its default.
    return typeof asked === 'number' ? asked : (otherwise ?? NaN);
  };
}

/** Nothing where `@skip` and `@include` leave it out. */
function whenIncluded({ directives = [] }: SelectionNode, amount: Amount): Amount {
  return directives.reduce<Amount>((rest, { name, arguments: [condition] = [] }) => {
    const isSkip = name.value === 'skip';
    if ((!isSkip && name.value !== 'include') || condition === undefined) return rest;
    const { value } = condition;
    if (value.kind === Kind.BOOLEAN) return value.value === isSkip ? 0 : rest;
    if (value.kind !== Kind.VARIABLE) return rest;
    return product((variables) => (variables[value.name.value] === isSkip ? 0 : 1), rest);
  }, amount);
}
