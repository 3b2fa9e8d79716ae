/** Every error code a client of the graph can get: those of whole answers, and those that the schema has for changes. */
import { PUBLIC_CODES, REQUEST_ERRORS } from '../../runtime/graphql-error-codes.ts';
import {
  ERROR_ENUMS,
  ERRORS,
  GRAPH_ERROR_WORDS,
  MUTATION_ERROR_WORDS,
} from '../words/developers/errors.ts';
import type { Reference } from './reference.ts';

/** One code where it turns up. */
export interface ErrorCodeReference {
  readonly code: string;
  readonly where: string;
  readonly means: string;
  readonly todo: string;
}

/** Names of enums that are lists of error codes. */
export const errorEnumsIn = ({ types }: Reference): readonly string[] =>
  types
    .filter(({ kind, name }) => kind === 'enum' && name.endsWith('ErrorCode'))
    .map(({ name }) => name);

/** All of them, those of whole answers first; what the schema says of a code comes before our own words. */
export function errorCodesIn(reference: Reference): readonly ErrorCodeReference[] {
  const ofAnswers = [...Object.keys(PUBLIC_CODES), ...Object.keys(REQUEST_ERRORS)].map((code) => ({
    code,
    where: ERRORS.graph,
    ...GRAPH_ERROR_WORDS[code as keyof typeof GRAPH_ERROR_WORDS],
  }));
  const ofChanges = new Map<string, ErrorCodeReference>();
  for (const name of errorEnumsIn(reference)) {
    const where = ERROR_ENUMS[name] ?? name;
    for (const { name: code, description } of reference.types.find((one) => one.name === name)
      ?.values ?? []) {
      const words = MUTATION_ERROR_WORDS[code];
      const means =
        description === '' ? (words?.means ?? '') : `${description.replaceAll('\n', ' ')}.`;
      // The same code in several enums is one row, unless the schema says different things of it.
      const key = `${code} ${means}`;
      const known = ofChanges.get(key);
      ofChanges.set(key, {
        code,
        where: known === undefined ? where : `${known.where}, ${where}`,
        means,
        todo: words?.todo ?? '',
      });
    }
  }
  return [...ofAnswers, ...ofChanges.values()];
}

/** Those in which every word turns up. */
export function findErrorCodes(
  codes: readonly ErrorCodeReference[],
  text: string,
): readonly ErrorCodeReference[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return codes.filter(({ code, means, todo, where }) => {
    const all = `${code} ${code.replaceAll('_', ' ')} ${means} ${todo} ${where}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
