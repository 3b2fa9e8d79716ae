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

/** Compiles what a plan requires of an object for it to be known by a subgraph. */
export function representationsOf(
  schema: GraphQLSchema,
  requires: readonly QueryPlanSelectionNode[],
  rewrites: readonly FetchDataRewrite[] = [],
): (objects: readonly JsonObject[]) => Representations {
  const general = generalText(schema, requires, rewrites);
  const textOf = rewrites.length > 0 ? general : simpleText(requires, general);
  return (objects) => {
    const texts: string[] = [];
    const known = new Map<string, number>();
    const indexes = objects.map((object) => {
      const text = textOf(object);
      if (text === undefined) return -1;
      const index = known.get(text) ?? texts.length;
      if (index === texts.length) {
        known.set(text, index);
        texts.push(text);
      }
      return index;
    });
    return { texts, indexes };
  };
}

/** The text of an object's representation. `undefined` when it cannot be represented. */
type TextOf = (object: JsonObject) => string | undefined;

const TYPE_NAME = '__typename';

/** For what is required nearly always: some leaves of one type of object. The rest is `general`. */
function simpleText(requires: readonly QueryPlanSelectionNode[], general: TextOf): TextOf {
  const [only, ...others] = requires;
  if (only?.kind !== 'InlineFragment' || others.length > 0) return general;
  const { typeCondition, selections } = only;
  const leaves = selections.flatMap((selection) =>
    selection.kind === 'Field' && selection.selections === undefined
      ? (selection.alias ?? selection.name)
      : [],
  );
  if (leaves.length < selections.length || new Set(leaves).size < leaves.length) return general;
  if (!leaves.includes(TYPE_NAME) || leaves.some(isInherited)) return general;
  const start = `{"${TYPE_NAME}":${JSON.stringify(typeCondition)}`;
  const fields = leaves
    .filter((name) => name !== TYPE_NAME)
    .map((name) => ({ name, key: `,${JSON.stringify(name)}:` }));
  return (object) => {
    if (object[TYPE_NAME] !== typeCondition) return general(object);
    let text = start;
    for (const { name, key } of fields) {
      const value = object[name];
      if (value === undefined) return undefined;
      text += key + JSON.stringify(value);
    }
    return `${text}}`;
  };
}

const generalText =
  (
    schema: GraphQLSchema,
    requires: readonly QueryPlanSelectionNode[],
    rewrites: readonly FetchDataRewrite[],
  ): TextOf =>
  (object) => {
    const representation = project(schema, object, requires);
    if (representation === undefined || typeof representation[TYPE_NAME] !== 'string') {
      return undefined;
    }
    applyRewrites(schema, rewrites, representation);
    return JSON.stringify(representation);
  };

/** The required part of an object. `undefined` when a field is not known: a source that failed has not given it. */
function project(
  schema: GraphQLSchema,
  source: JsonObject,
  selections: readonly QueryPlanSelectionNode[],
): JsonObject | undefined {
  const result: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection;
      if (typeCondition === undefined || isOfType(schema, source, typeCondition) !== true) continue;
      const part = project(schema, source, selection.selections);
      if (part === undefined) return undefined;
      mergeAnswer(result, part);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const value = readOwn(source, name);
    if (value === undefined) return undefined;
    setOwn(result, name, projectValue(schema, value, selection.selections));
  }
  return result;
}

function projectValue(
  schema: GraphQLSchema,
  value: unknown,
  selections: readonly QueryPlanSelectionNode[] | undefined,
): unknown {
  if (selections === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown) => projectValue(schema, item, selections));
  }
  return isJsonObject(value) ? (project(schema, value, selections) ?? null) : null;
}
