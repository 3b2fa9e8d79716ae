/** What an operation's answer looks like: for every selection, the fields of each type it may be of. */
import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { type EntityFields, plannedKey } from './own-names.ts';

/** A type that objects in an answer can be of. An interface only while nobody has said what is behind it. */
export type ShapedType = GraphQLObjectType | GraphQLInterfaceType;

/** Which parts of an answer are withheld from the caller. */
export interface Withheld {
  /** Whether this caller gets the field, selected by these nodes on this type. */
  readonly field: (
    type: ShapedType,
    nodes: readonly FieldNode[],
  ) => { readonly node: FieldNode | undefined } | undefined;
  /** Whether the caller may see no object of this type. */
  readonly type: (type: ShapedType) => boolean;
}

/** One field of an answer. */
export interface FieldShape {
  /** The client's name for it. */
  readonly key: string;
  /** Its name in the data. */
  readonly source: string;
  readonly nodes: readonly FieldNode[];
  /** `undefined` for `__typename` and for the two fields that introspect. */
  readonly type: GraphQLOutputType | undefined;
  /** The refused node, when the caller does not get the field. */
  readonly withheld: { readonly node: FieldNode | undefined } | undefined;
  readonly below: SelectionShape;
}

/** The shape of one selection. */
export interface SelectionShape {
  /** The fields that an object of this type answers with, in order (GraphQL, October 2021, section 6.3.2). */
  readonly fieldsOf: (type: ShapedType) => readonly FieldShape[];
  /** Whether all types behind an interface answer with the same: then it need not be known which of them an object is of. */
  readonly isSettled: (type: GraphQLInterfaceType) => boolean;
  /** The selection by its names in the data, whatever the type and the conditions: for paths of errors. */
  readonly step: (
    source: string,
  ) => { readonly key: string; readonly below: SelectionShape } | undefined;
}

/** What shapes are made of. */
export interface ShapeInput {
  readonly schema: GraphQLSchema;
  readonly entityFields: EntityFields;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Nothing when the caller gets all of it. */
  readonly withheld: Withheld | undefined;
  /** Coerced. Only those that `@skip` and `@include` read make a difference. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The shape of a whole answer. */
export const responseShape = (input: ShapeInput): SelectionShape =>
  selectionShape(input, [input.operation.selectionSet]);

function selectionShape(
  input: ShapeInput,
  selectionSets: readonly SelectionSetNode[],
): SelectionShape {
  const known = new Map<string, readonly FieldShape[]>();
  const settled = new Map<string, boolean>();
  const steps = new Map<string, ReturnType<SelectionShape['step']>>();
  const fieldsOfType = (type: ShapedType): readonly FieldShape[] => {
    let fields = known.get(type.name);
    if (fields === undefined) known.set(type.name, (fields = fieldsOf(input, type, selectionSets)));
    return fields;
  };
  return {
    fieldsOf: fieldsOfType,
    isSettled(type) {
      let same = settled.get(type.name);
      if (same === undefined) {
        const fields = fieldsOfType(type);
        same = input.schema
          .getPossibleTypes(type)
          .every((possible) => isSame(fieldsOfType(possible), fields));
        settled.set(type.name, same);
      }
      return same;
    },
    step(source) {
      if (!steps.has(source)) {
        const nodes = nodesNamed(input, source, selectionSets);
        const [first] = nodes;
        steps.set(
          source,
          first && {
            key: responseKey(first),
            below: selectionShape(input, selectionSetsOf(nodes)),
          },
        );
      }
      return steps.get(source);
    },
  };
}

const isSame = (some: readonly FieldShape[], others: readonly FieldShape[]): boolean =>
  some.length === others.length &&
  some.every(({ nodes }, at) => {
    const same = others[at]?.nodes ?? [];
    return same.length === nodes.length && nodes.every((node, index) => node === same[index]);
  });

const responseKey = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

const selectionSetsOf = (nodes: readonly FieldNode[]): readonly SelectionSetNode[] =>
  nodes.flatMap(({ selectionSet }) => selectionSet ?? []);

function fieldsOf(
  input: ShapeInput,
  type: ShapedType,
  selectionSets: readonly SelectionSetNode[],
): readonly FieldShape[] {
  const { schema } = input;
  const byKey = new Map<string, FieldNode[]>();
  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const conditionType = schema.getType(condition);
    return isAbstractType(conditionType) && schema.isSubType(conditionType, type);
  };
  const visited = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, input.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = responseKey(selection);
        const nodes = byKey.get(key);
        if (nodes === undefined) byKey.set(key, [selection]);
        else nodes.push(selection);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (visited.has(selection.name.value)) continue;
        visited.add(selection.name.value);
      }
      const fragment = fragmentOf(input, selection);
      if (fragment !== undefined && applies(fragment.typeCondition?.name.value)) {
        collect(fragment.selectionSet);
      }
    }
  };
  selectionSets.forEach(collect);
  return [...byKey].flatMap(([key, nodes]) => {
    const [first] = nodes;
    if (first === undefined) return [];
    const field = type.getFields()[first.name.value];
    return {
      key,
      nodes,
      source: plannedKey(first, input.entityFields),
      type: field?.type,
      withheld: field === undefined ? undefined : input.withheld?.field(type, nodes),
      below: selectionShape(input, selectionSetsOf(nodes)),
    };
  });
}

function nodesNamed(
  input: ShapeInput,
  source: string,
  selectionSets: readonly SelectionSetNode[],
): readonly FieldNode[] {
  return selectionSets.flatMap(({ selections }) =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) {
        return plannedKey(selection, input.entityFields) === source ? selection : [];
      }
      const fragment = fragmentOf(input, selection);
      return fragment === undefined ? [] : nodesNamed(input, source, [fragment.selectionSet]);
    }),
  );
}

const fragmentOf = ({ fragments }: ShapeInput, selection: Exclude<SelectionNode, FieldNode>) =>
  selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);

const isIncluded = (
  { directives = [] }: SelectionNode,
  variables: Readonly<Record<string, unknown>>,
): boolean => areMet(directives, variables);

/**
 * Reads `@skip` and `@include` (section 3.13).
 *
 * @param directives of which any others make no difference
 * @param variables coerced
 */
export const areMet = (
  directives: readonly DirectiveNode[],
  variables: Readonly<Record<string, unknown>>,
): boolean =>
  directives.every(({ name, arguments: given = [] }) => {
    const isSkip = name.value === 'skip';
    if (!isSkip && name.value !== 'include') return true;
    const condition = given[0]?.value;
    const value =
      condition?.kind === Kind.VARIABLE
        ? variables[condition.name.value] === true
        : condition?.kind === Kind.BOOLEAN && condition.value;
    return value !== isSkip;
  });
