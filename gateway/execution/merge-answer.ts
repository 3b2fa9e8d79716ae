/** Puts what one subgraph knows of an object together with what is known already. */
import { isJsonObject, type JsonObject, readOwn, setOwn } from './own-properties.ts';

/** Merges `source` into `target`. Parts of `source` become parts of `target`. */
export function mergeAnswer(target: JsonObject, source: JsonObject): void {
  if (target === source) return;
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const known = readOwn(target, key);
    if (known === value) continue;
    if (typeof value !== 'object' || value === null || typeof known !== 'object') {
      setOwn(target, key, value);
    } else if (isJsonObject(known) && isJsonObject(value)) {
      mergeAnswer(known, value);
    } else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
      mergeLists(known, value);
    } else {
      setOwn(target, key, value);
    }
  }
}

/** Two subgraphs that list the same things do so in the same order. */
function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [index, value] of source.entries()) {
    const known = target[index];
    if (isJsonObject(known) && isJsonObject(value)) mergeAnswer(known, value);
    else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) {
      mergeLists(known, value);
    } else target[index] = value;
  }
}
