/** A subgraph's answer, checked by hand: this is on the way of every request. */
import type { SubgraphAnswer, SubgraphError } from '../execution/ports.ts';
import { isJsonObject, type JsonObject } from '../execution/own-properties.ts';
import { SubgraphUnavailable } from './ask-subgraph.ts';

/** A subgraph's answer, and whose records are in it. */
export interface DisclosingAnswer extends SubgraphAnswer {
  /** Ids of people. */
  readonly people: readonly string[];
}

/**
 * Reads a subgraph's answer.
 *
 * @throws {SubgraphUnavailable} when it is not an answer
 */
export function parseSubgraphAnswer(text: string): DisclosingAnswer {
  const answer = parseJson(text);
  if (!isJsonObject(answer)) throw unusable();
  const { data = null, errors, extensions } = answer;
  const isData = data === null || isJsonObject(data);
  if (!isData || (errors !== undefined && !isListOf(errors, isError))) throw unusable();
  return { data, people: disclosed(extensions), ...(errors === undefined ? {} : { errors }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unusable(cause);
  }
}

/** Who was read has to be known: an answer that says so in another way is no answer. */
function disclosed(extensions: unknown): readonly string[] {
  if (extensions === undefined) return [];
  if (!isJsonObject(extensions)) throw unusable();
  const { people = [] } = extensions;
  if (!isListOf(people, isString)) throw unusable();
  return people;
}

function isError(value: unknown): value is SubgraphError {
  if (!isJsonObject(value)) return false;
  const { message, path, extensions }: JsonObject = value;
  return (
    isString(message) &&
    (path === undefined || isListOf(path, isStep)) &&
    (extensions === undefined || isJsonObject(extensions))
  );
}

const isString = (value: unknown): value is string => typeof value === 'string';

const isStep = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

const isListOf = <Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] =>
  Array.isArray(value) && value.every(isItem);

const unusable = (cause?: unknown): SubgraphUnavailable =>
  new SubgraphUnavailable('a subgraph answered something else', { cause });
