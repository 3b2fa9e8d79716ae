/**
 * JSON in one spelling, so that the same value has the same hash everywhere.
 *
 * Source: RFC 8785 (JSON Canonicalization Scheme), section 3.2. Strings and numbers are written as ECMAScript does.
 */
import { StandardError } from './standard-error.ts';
import { isJsonObject } from './strict-json.ts';

/** Most objects and arrays inside one another. */
const MAX_DEPTH = 16;

/**
 * Writes a value in its canonical form. Members that are `undefined` are left out, as in `JSON.stringify`.
 *
 * @throws {StandardError} `json_not_canonical` for what JSON cannot hold: numbers that are not finite, functions, half of a
 * surrogate pair, or more than 16 levels
 */
export const canonicalJson = (value: unknown): string => write(value, 0);

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw notCanonical();
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value);
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown) => write(item, depth + 1)).join(',')}]`;
  }
  if (!isJsonObject(value)) throw notCanonical();
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    // By UTF-16 code units, which is how strings compare (section 3.2.3).
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${write(name, depth)}:${write(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}

const notCanonical = (): StandardError =>
  new StandardError('json_not_canonical', 'the value has no canonical JSON');
