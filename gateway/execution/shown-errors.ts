/** The subgraphs' errors as the client may see them: by its own names, about what it has asked for, and each once. */
import { GraphQLError, isObjectType } from 'graphql';

import type { Completion } from './complete-response.ts';
import type { ExecutionState } from './execution-state.ts';
import { isJsonObject, type JsonObject, readOwn } from './own-properties.ts';
import type { Path } from './positions.ts';
import type { FieldShape, SelectionShape } from './response-shape.ts';

/** Words errors for the client. */
export function shownErrors(
  completion: Pick<Completion, 'schema' | 'root' | 'shape'>,
  { data, errors }: Pick<ExecutionState, 'data' | 'errors'>,
): readonly GraphQLError[] {
  if (errors.length === 0) return [];
  const shown = new Map<string, GraphQLError>();
  for (const { message, path = [], extensions } of errors) {
    const place = clientPath(completion, data, path);
    if (place === undefined) continue;
    const error = new GraphQLError(message, {
      extensions,
      ...(place.length === 0 ? {} : { path: place }),
    });
    shown.set(JSON.stringify([message, place, extensions]), error);
  }
  return [...shown.values()];
}

/**
 * As far as the path goes through what the client has asked for: the rest is between the subgraphs.
 *
 * @returns `undefined` for a field that was asked for of objects of another type only, while nothing of this one is missing:
 *   where a subgraph cannot tell the types apart (`@interfaceObject`), it answers for both
 */
function clientPath(
  { schema, root, shape }: Pick<Completion, 'schema' | 'root' | 'shape'>,
  data: JsonObject,
  path: Path,
): Path | undefined {
  const shown: (string | number)[] = [];
  let here: SelectionShape | undefined = shape;
  let value: unknown = data;
  for (const step of path) {
    if (typeof step === 'number') {
      shown.push(step);
      value = Array.isArray(value) ? value[step] : undefined;
      continue;
    }
    const next: ReturnType<SelectionShape['step']> = here.step(step);
    if (next === undefined) break;
    const object: JsonObject | undefined = isJsonObject(value) ? value : undefined;
    const type =
      object === data ? root : schema.getType(String(object && readOwn(object, '__typename')));
    if (object !== undefined && isObjectType(type)) {
      const fields = here.fieldsOf(type);
      if (!fields.some(({ source }) => source === step)) {
        return isWhole(object, fields) ? undefined : shown;
      }
    }
    shown.push(next.key);
    here = next.below;
    value = object && readOwn(object, step);
  }
  return shown;
}

const isWhole = (object: JsonObject, fields: readonly FieldShape[]): boolean =>
  fields.every(
    ({ type, withheld, source }) =>
      type === undefined || withheld !== undefined || readOwn(object, source) !== undefined,
  );
