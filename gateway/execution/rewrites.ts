/** Changes that a plan makes to what is sent and to what comes back. */
import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';

import { isJsonObject, type JsonObject, readOwn, setOwn } from './own-properties.ts';
import { isOfType } from './runtime-type.ts';

/** What a path's element starts with when it is a type condition and no field. */
const CONDITION = '... on ';

/** Applies a plan's rewrites, in order, in place. */
export function applyRewrites(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataRewrite[],
  value: unknown,
): void {
  for (const rewrite of rewrites) applyAt(schema, rewrite, 0, value);
}

function applyAt(
  schema: GraphQLSchema,
  rewrite: FetchDataRewrite,
  at: number,
  value: unknown,
): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(schema, rewrite, at, item);
    return;
  }
  const step = rewrite.path[at];
  if (step === undefined || !isJsonObject(value)) return;
  if (at === rewrite.path.length - 1) rewriteField(rewrite, value, step);
  else if (!step.startsWith(CONDITION)) {
    applyAt(schema, rewrite, at + 1, readOwn(value, step));
  } else if (isOfType(schema, value, step.slice(CONDITION.length)) ?? true) {
    applyAt(schema, rewrite, at + 1, value);
  }
}

function rewriteField(rewrite: FetchDataRewrite, object: JsonObject, field: string): void {
  if (rewrite.kind === 'ValueSetter') {
    setOwn(object, field, rewrite.setValueTo);
    return;
  }
  const value = readOwn(object, field);
  if (value === undefined) return;
  setOwn(object, rewrite.renameKeyTo, value);
  setOwn(object, field, undefined);
}

/** What a plan renames in an answer: from the name in the answer to the name in the data. */
export const renamedKeys = (
  rewrites: readonly FetchDataRewrite[] = [],
): ReadonlyMap<string, string> =>
  new Map(
    rewrites.flatMap((rewrite) => {
      const last = rewrite.path.at(-1);
      return rewrite.kind === 'KeyRenamer' && last !== undefined
        ? [[last, rewrite.renameKeyTo]]
        : [];
    }),
  );
