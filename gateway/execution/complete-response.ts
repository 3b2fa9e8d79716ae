/**
 * The answer that a client gets, from what the subgraphs have said: withheld fields null with an error each, values that
 * cannot be there null with an error each, and null going up to the next position that can be null
 * (GraphQL, October 2021, sections 6.4.3 and 6.4.4).
 */
import {
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import { leafCheck } from './leaf-values.ts';
import { isJsonObject, type JsonObject, readOwn, setOwn } from './own-properties.ts';
import type { Path } from './positions.ts';
import type { FieldShape, SelectionShape, ShapedType, Withheld } from './response-shape.ts';

/** What answers are completed by. */
export interface Completion {
  readonly schema: GraphQLSchema;
  readonly root: GraphQLObjectType;
  readonly shape: SelectionShape;
  readonly withheld: Pick<Withheld, 'type'> | undefined;
}

/** What is known of the one answer besides its data. */
export interface CompletionContext {
  /** Errors of the subgraphs, by the client's names. A null that one of them explains is not explained again. */
  readonly explained: readonly { readonly path?: Path | undefined }[];
  /** Whether any subgraph was asked: otherwise everything is null because of what was withheld. */
  readonly asked: boolean;
  /** Words an error about what is withheld. */
  readonly refusal: (path: Path, node: FieldNode | undefined) => GraphQLError;
  /** Answers a field that asks about the schema itself. */
  readonly introspect: (field: FieldShape) => unknown;
}

/** Most errors that completing adds to one answer. The values are null all the same. */
const MAX_ERRORS = 100;

/** Completes an answer. */
export function completeResponse(
  { schema, root, shape, withheld }: Completion,
  data: JsonObject,
  { explained, asked, refusal, introspect }: CompletionContext,
): { readonly data: JsonObject | null; readonly errors: readonly GraphQLError[] } {
  const errors: GraphQLError[] = [];
  const path: (string | number)[] = [];

  const refuse = (node: FieldNode | undefined): null => {
    if (errors.length < MAX_ERRORS) errors.push(refusal([...path], node));
    return null;
  };
  /** A null that no source has explained, where there must be something. */
  const miss = (): null => {
    if (!asked || errors.length >= MAX_ERRORS) return null;
    const isExplained = [...explained, ...errors].some(
      (error) => error.path === undefined || isOnTheWay(error.path, path),
    );
    if (!isExplained) errors.push(unforeseen([...path]));
    return null;
  };
  const invalid = (): null => {
    if (errors.length < MAX_ERRORS) errors.push(unforeseen([...path]));
    return null;
  };

  const completeObject = (
    type: ShapedType,
    selection: SelectionShape,
    source: JsonObject,
  ): JsonObject | null => {
    const result: JsonObject = {};
    let whole = true;
    for (const field of selection.fieldsOf(type)) {
      path.push(field.key);
      const value = completeField(type, field, source);
      path.pop();
      if (value === null && isNonNull(field)) whole = false;
      setOwn(result, field.key, value);
    }
    return whole ? result : null;
  };

  const completeField = (type: ShapedType, field: FieldShape, source: JsonObject): unknown => {
    if (field.withheld !== undefined) return refuse(field.withheld.node);
    if (field.type !== undefined) {
      return completeValue(field.type, field, readOwn(source, field.source) ?? null);
    }
    if (field.source !== TYPE_NAME) return introspect(field);
    return isObjectType(type) ? type.name : miss();
  };

  const completeValue = (type: GraphQLOutputType, field: FieldShape, value: unknown): unknown => {
    if (isNonNullType(type)) {
      return value === null ? miss() : completeValue(type.ofType, field, value);
    }
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      return Array.isArray(value) ? completeList(type.ofType, field, value) : invalid();
    }
    if (isLeafType(type)) return (leafCheck(type)?.(value) ?? true) ? value : invalid();
    if (!isJsonObject(value)) return invalid();
    const runtimeType = typeOf(schema, type, value);
    if (runtimeType === undefined) return invalid();
    if (withheld?.type(runtimeType) === true) return refuse(undefined);
    // Whoever knows which it is has not answered.
    if (isInterfaceType(runtimeType) && !field.below.isSettled(runtimeType)) return miss();
    return completeObject(runtimeType, field.below, value);
  };

  const completeList = (
    type: GraphQLOutputType,
    field: FieldShape,
    values: readonly unknown[],
  ): readonly unknown[] | null => {
    const items: unknown[] = [];
    let whole = true;
    for (const [index, item] of values.entries()) {
      path.push(index);
      const value = completeValue(type, field, item ?? null);
      path.pop();
      if (value === null && isNonNullType(type)) whole = false;
      items.push(value);
    }
    return whole ? items : null;
  };

  return { data: completeObject(root, shape, data), errors };
}

const TYPE_NAME = '__typename';

/** Whether null cannot stay where this field is. `__typename` and `__schema` are never null; `__type` can be. */
const isNonNull = ({ type, source }: FieldShape): boolean =>
  type === undefined ? source === TYPE_NAME : isNonNullType(type);

/** The type of an object in the data, where a value of `type` belongs. `undefined` when it cannot be there. */
function typeOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  value: JsonObject,
): ShapedType | undefined {
  const name = readOwn(value, TYPE_NAME);
  if (isObjectType(type)) return name === undefined || name === type.name ? type : undefined;
  // A subgraph that knows an interface only as an object is not always asked for a type.
  if (isInterfaceType(type) && name === undefined) return type;
  const named = typeof name === 'string' ? schema.getType(name) : undefined;
  if (!isAbstractType(type) || !(isObjectType(named) || isInterfaceType(named))) return undefined;
  return named === type || schema.isSubType(type, named) ? named : undefined;
}

/** Whether one path leads to or through the other. */
const isOnTheWay = (one: Path, other: Path): boolean => {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return false;
  return true;
};

const unforeseen = (path: Path): GraphQLError =>
  new GraphQLError('A source has answered what cannot be there.', {
    path,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
