/**
 * JSON with one meaning: what two parsers could read differently is refused.
 *
 * Source: RFC 8259, section 4 (names SHOULD be unique); RFC 7515, section 4 and RFC 7519, section 4
 * (duplicate names are rejected).
 */
import { endOfString, readEscapedJson } from './escaped-json.ts';
import { StandardError } from './standard-error.ts';

/** Bounds for one JSON text. */
export interface StrictJsonLimits {
  /** How many objects and arrays may be nested; 16 unless told. */
  readonly maxDepth?: number;
  /** Longest text in UTF-16 code units; 1,048,576 unless told. */
  readonly maxLength?: number;
}

/** A JSON object whose members are not checked yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells whether a parsed value is a JSON object (and not an array or `null`). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parses JSON and refuses repeated member names, the names `__proto__`, `constructor` and
 * `prototype`, numbers too large to hold, and texts past the limits.
 *
 * @throws {StandardError} `json_malformed`, `json_too_long`, `json_depth_exceeded`,
 * `json_duplicate_member` or `json_forbidden_name`
 */
export function parseStrictJson(text: string, limits: StrictJsonLimits = {}): unknown {
  const { maxDepth = 16, maxLength = 2 ** 20 } = limits;
  if (text.length > maxLength) {
    throw new StandardError('json_too_long', 'JSON text is longer than allowed');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No cause: the engine's message quotes the input.
    throw new StandardError('json_malformed', 'not JSON');
  }
  if (text.includes('\\')) value = readEscapedJson(text, maxDepth);
  // The engine keeps the last of two equal names, so a lost member shows up as a lower count.
  const members = countMembers(value, maxDepth);
  if (members !== countNameEnds(text) && members !== countColons(text)) {
    throw new StandardError('json_duplicate_member', 'a member name appears twice in one object');
  }
  return value;
}

/** Counts the members of every object inside a parsed value and checks names, numbers and depth. */
function countMembers(value: unknown, depthLeft: number): number {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new StandardError('json_malformed', 'number too large');
    return 0;
  }
  if (typeof value !== 'object' || value === null) return 0;
  if (depthLeft === 0) {
    throw new StandardError('json_depth_exceeded', 'JSON is nested deeper than allowed');
  }
  let members = 0;
  if (Array.isArray(value)) {
    for (const element of value as unknown[]) members += countMembers(element, depthLeft - 1);
    return members;
  }
  const object = value as JsonObject;
  for (const name of Object.keys(object)) {
    if (name === '__proto__' || name === 'constructor' || name === 'prototype') {
      throw new StandardError('json_forbidden_name', 'a member name is not allowed');
    }
    members += 1 + countMembers(object[name], depthLeft - 1);
  }
  return members;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const COLON = 0x3a;

/**
 * Counts the colons that come after a quote or white space, as each one outside strings does: never
 * fewer than there are members written, so when it equals the members read, none was lost. Most texts
 * need no closer look: where strings have colons, they are those of addresses and times.
 */
function countNameEnds(text: string): number {
  let ends = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before === QUOTE || before <= SPACE) ends += 1;
  }
  return ends;
}

/** Counts the colons outside strings in a text known to be JSON: one for each member written. */
function countColons(text: string): number {
  let colons = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === COLON) colons += 1;
    else if (unit === QUOTE) at = endOfString(text, at);
  }
  return colons;
}
