/** Where in the data a part of a query plan works: a path with `@` for every member of a list. */
import { isJsonObject, type JsonObject, readOwn } from './own-properties.ts';

/** A path as the planner writes it. */
export type PlanPath = readonly string[];

/** A path in an answer. */
export type Path = readonly (string | number)[];

/** A list's every member, in a planner's path. */
const EVERY = '@';

/** The objects at a path, in order. Nulls, and what is not there, are left out. */
export function objectsAt(data: JsonObject, path: PlanPath): JsonObject[] {
  if (path.length === 0) return [data];
  const found: JsonObject[] = [];
  collect(data, path, 0, found);
  return found;
}

function collect(start: unknown, path: PlanPath, from: number, found: JsonObject[]): void {
  let value = start;
  for (let at = from; at < path.length; at += 1) {
    const step = path[at];
    if (step === EVERY) {
      if (!Array.isArray(value)) return;
      for (const item of value) collect(item, path, at + 1, found);
      return;
    }
    if (step === undefined || !isJsonObject(value)) return;
    value = readOwn(value, step);
  }
  if (isJsonObject(value)) found.push(value);
}

/** The paths of what {@link objectsAt} finds, in the same order. */
export function pathsAt(data: JsonObject, path: PlanPath): readonly Path[] {
  const found: Path[] = [];
  const walk = (value: unknown, at: number, here: Path): void => {
    const step = path[at];
    if (step === undefined) {
      if (isJsonObject(value)) found.push(here);
    } else if (step === EVERY) {
      if (!Array.isArray(value)) return;
      for (const [index, item] of value.entries()) walk(item, at + 1, [...here, index]);
    } else if (isJsonObject(value)) {
      walk(readOwn(value, step), at + 1, [...here, step]);
    }
  };
  walk(data, 0, []);
  return found;
}
