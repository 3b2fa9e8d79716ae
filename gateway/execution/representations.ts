/** Entities as one subgraph is told of them: `_entities(representations:)`, each once however often it is in the data. */
import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';

import { mergeAnswer } from './merge-answer.ts';
import { isInherited, isJsonObject, type JsonObject, readOwn, setOwn } from './own-properties.ts';
import { applyRewrites } from './rewrites.ts';
import { isOfType } from './runtime-type.ts';

/** The representations of some objects. */
export interface Representations {
  /** JSON texts, each of them once. */
  readonly texts: readonly string[];
  /** For each object the index of its representation; -1 for an object that cannot be represented. */
  readonly indexes: readonly number[];
}

/** Objects about which a source has not answered. */
export type Unanswered = Pick<WeakSet<JsonObject>, 'has'>;

/** What representations are made by. */
export interface RepresentationRules {
  /** Of the supergraph. */
  readonly schema: GraphQLSchema;
  /** The keys by which the subgraph knows a type: of each the names of its fields. */
  readonly keysOf: (type: string) => readonly (readonly string[])[];
}

/**
 * Compiles what a plan requires of an object for it to be known by a subgraph.
 *
 * @returns a function of the objects and of those about which a source has not answered. Of any other object, what is
 *   required and not there has not been asked for: only what is left out by a condition, or is asked of another type, needs
 *   it. So it is left out too.
 */
export function representationsOf(
  rules: RepresentationRules,
  requires: readonly QueryPlanSelectionNode[],
  rewrites: readonly FetchDataRewrite[] = [],
): (objects: readonly JsonObject[], unanswered: Unanswered) => Representations {
  const general = generalText(rules, requires, rewrites);
  const simple = rewrites.length > 0 ? undefined : simpleForm(requires);
  return (objects, unanswered) => {
    const texts: string[] = [];
    const known = new Map<string, number>();
    const indexes: number[] = [];
    const add = (name: string, text: string): number => {
      const index = texts.push(text) - 1;
      known.set(name, index);
      return index;
    };
    for (const object of objects) {
      const key = simple?.keyOf(object);
      if (simple !== undefined && key !== undefined) {
        indexes.push(known.get(key) ?? add(key, simple.textOf(key)));
        continue;
      }
      const text = general(object, !unanswered.has(object));
      indexes.push(text === undefined ? -1 : (known.get(text) ?? add(text, text)));
    }
    return { texts, indexes };
  };
}

/** The text of an object's representation. `undefined` when it cannot be represented. */
type TextOf = (object: JsonObject, isPart: boolean) => string | undefined;

const TYPE_NAME = '__typename';

/** Representations by one key that is text. */
interface SimpleForm {
  /** `undefined` for an object that is of another type, or whose key is something else. */
  readonly keyOf: (object: JsonObject) => string | undefined;
  readonly textOf: (key: string) => string;
}

/**
 * For what is required nearly always: one leaf of one type of object, besides its name. A key is never `{` and more, which
 * is how the text of any other representation begins.
 *
 * @returns `undefined` when something else is required
 */
function simpleForm(requires: readonly QueryPlanSelectionNode[]): SimpleForm | undefined {
  const [only, ...others] = requires;
  if (only?.kind !== 'InlineFragment' || others.length > 0) return undefined;
  const { typeCondition, selections } = only;
  const leaves = selections.flatMap((selection) =>
    selection.kind === 'Field' && selection.selections === undefined
      ? (selection.alias ?? selection.name)
      : [],
  );
  const [leaf, ...more] = leaves.filter((name) => name !== TYPE_NAME);
  if (leaf === undefined || more.length > 0 || selections.length !== 2) return undefined;
  if (!leaves.includes(TYPE_NAME) || isInherited(leaf)) return undefined;
  const start = `{"${TYPE_NAME}":${JSON.stringify(typeCondition)},${JSON.stringify(leaf)}:`;
  return {
    keyOf: (object) => {
      const value = object[leaf];
      if (typeof value !== 'string' || object[TYPE_NAME] !== typeCondition) return undefined;
      return value.startsWith('{') ? undefined : value;
    },
    textOf: (key) => `${start}${PLAIN.test(key) ? `"${key}"` : JSON.stringify(key)}}`,
  };
}

/** Text that is JSON between quotation marks as it is. */
const PLAIN = /^[\w .@:/-]*$/;

const generalText =
  (
    { schema, keysOf }: RepresentationRules,
    requires: readonly QueryPlanSelectionNode[],
    rewrites: readonly FetchDataRewrite[],
  ): TextOf =>
  (object, isPart) => {
    const representation = project({ schema, isPart }, object, requires);
    const type = representation?.[TYPE_NAME];
    if (representation === undefined || typeof type !== 'string') return undefined;
    applyRewrites(schema, rewrites, representation);
    // What is required of one type can be there of another, which the subgraph does not know.
    const known = keysOf(String(representation[TYPE_NAME])).some((key) =>
      key.every((name) => readOwn(representation, name) !== undefined),
    );
    return known ? JSON.stringify(representation) : undefined;
  };

interface Projection {
  readonly schema: GraphQLSchema;
  /** Whether what is not known is left out. */
  readonly isPart: boolean;
}

/** The required part of an object. `undefined` when a field is not known: a source that failed has not given it. */
function project(
  projection: Projection,
  source: JsonObject,
  selections: readonly QueryPlanSelectionNode[],
): JsonObject | undefined {
  const result: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection;
      if (
        typeCondition === undefined ||
        isOfType(projection.schema, source, typeCondition) !== true
      )
        continue;
      const part = project(projection, source, selection.selections);
      if (part === undefined) return undefined;
      mergeAnswer(result, part);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const value = readOwn(source, name);
    if (value === undefined) {
      if (projection.isPart) continue;
      return undefined;
    }
    setOwn(result, name, projectValue(projection, value, selection.selections));
  }
  return result;
}

function projectValue(
  projection: Projection,
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
): unknown {
  if (selections === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown) => projectValue(projection, item, selections));
  }
  return isJsonObject(value) ? (project(projection, value, selections) ?? null) : null;
}
