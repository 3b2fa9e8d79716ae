/** Entities as one subgraph is told of them: `_entities(representations:)`, each once however often it is in the data. */
import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';

import { mergeAnswer } from './merge-answer.ts';
import { isJsonObject, type JsonObject, readOwn, setOwn } from './own-properties.ts';
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
  return (objects) => {
    const texts: string[] = [];
    const known = new Map<string, number>();
    const indexes = objects.map((object) => {
      const representation = project(schema, object, requires);
      if (representation === undefined || typeof representation['__typename'] !== 'string') {
        return -1;
      }
      applyRewrites(schema, rewrites, representation);
      const text = JSON.stringify(representation);
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
