/**
 * Objects made of JSON from elsewhere, read and written so that no name in them means anything else: `constructor` is
 * not inherited, and `__proto__` is a field like any other.
 */

/** An object of JSON, or one of its parts. */
export type JsonObject = Record<string, unknown>;

/** Names that every object answers to. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Whether reading or writing this name plainly would reach what every object inherits. */
export const isInherited = (name: string): boolean => INHERITED.has(name);

/** The object's own value under a name, or `undefined`. */
export function readOwn(object: JsonObject, name: string): unknown {
  return INHERITED.has(name) && !Object.hasOwn(object, name) ? undefined : object[name];
}

/** Sets the object's own value under a name. */
export function setOwn(object: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    object[name] = value;
  }
}

/** Whether a value is an object and no list. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
