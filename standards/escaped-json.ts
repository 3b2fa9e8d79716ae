/**
 * Reading JSON whose strings hold escapes, without the engine's own objects: V8 13 and 14 take an escaped member name for
 * another one that stood in the same place in an earlier text (nodejs/node issue 63785).
 *
 * Source: RFC 8259, sections 2 to 7.
 */
import { StandardError } from './standard-error.ts';

/**
 * Reads a text. Of a name that is repeated in one object the last counts; every name is an own member.
 *
 * @param text known to be JSON
 * @param maxDepth how many objects and arrays may be nested
 * @throws {StandardError} `json_depth_exceeded`
 */
export function readEscapedJson(text: string, maxDepth: number): unknown {
  return readValue({ text, at: 0 }, maxDepth);
}

/** The position of the quote that ends the string which starts at `start`, in a text known to be JSON. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let before = end - 1;
    while (text.charAt(before) === '\\') before -= 1;
    if ((end - before) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

/** A text and how far it has been read. */
interface Reading {
  readonly text: string;
  at: number;
}

/** A number, `true`, `false` or `null`. */
const word = /[^\s,\]}]+/y;
/** What stands between values. */
const gap = /[\s,:]*/y;

function readValue(reading: Reading, depthLeft: number): unknown {
  const first = nextCharacter(reading);
  if (first === '"') return readString(reading);
  if (first !== '{' && first !== '[') return JSON.parse(take(reading, word));
  if (depthLeft === 0) {
    throw new StandardError('json_depth_exceeded', 'JSON is nested deeper than allowed');
  }
  reading.at += 1;
  const value = first === '{' ? readMembers(reading, depthLeft) : readElements(reading, depthLeft);
  reading.at += 1;
  return value;
}

function readMembers(reading: Reading, depthLeft: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  while (nextCharacter(reading) !== '}') {
    const name = readString(reading);
    const value = readValue(reading, depthLeft - 1);
    // Defined, since a plain assignment to `__proto__` would vanish.
    Object.defineProperty(object, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return object;
}

function readElements(reading: Reading, depthLeft: number): unknown[] {
  const array: unknown[] = [];
  while (nextCharacter(reading) !== ']') array.push(readValue(reading, depthLeft - 1));
  return array;
}

/** A string by itself is read right by the engine. */
function readString(reading: Reading): string {
  const end = endOfString(reading.text, reading.at) + 1;
  const literal = reading.text.slice(reading.at, end);
  reading.at = end;
  return JSON.parse(literal) as string;
}

function nextCharacter(reading: Reading): string {
  take(reading, gap);
  return reading.text.charAt(reading.at);
}

function take(reading: Reading, pattern: RegExp): string {
  pattern.lastIndex = reading.at;
  const [taken = ''] = pattern.exec(reading.text) ?? [];
  reading.at += taken.length;
  return taken;
}
