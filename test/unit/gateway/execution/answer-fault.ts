/** What is wrong with an answer, as far as the specification says which is right (GraphQL, October 2021, section 6.4.4). */
import type { WholeAnswer } from './in-process-graph.ts';
import type { Expected } from './one-schema.ts';

/** More errors than this are not all told. */
const MOST_ERRORS = 90;

/** What only the gateway says: of a null that nobody explains, and of a change that is not made after one that failed. */
const UNSAID = new Set<unknown>(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE']);

type Path = readonly (string | number)[];

/** Says how an answer differs from what is expected. */
export function answerFault(answer: WholeAnswer, expected: Expected): string | undefined {
  if (JSON.stringify(answer.data) !== JSON.stringify(expected.data)) return 'other data';
  if (expected.errors.length > MOST_ERRORS) return undefined;
  const told = answer.errors.map(({ path = [], extensions }) => ({
    path,
    code: extensions['code'],
  }));
  const texts = textsOf(told);
  // Two sources can fail at the same place.
  const whole = new Set(
    answer.errors.map(({ path, extensions }) => JSON.stringify([path, extensions])),
  );
  if (whole.size !== told.length) return 'an error told twice';
  const possible = textsOf(expected.errors);
  // A subgraph says why one field under a null failed, and nothing of the others there.
  const isUnsaid = ({ path, code }: Expected['errors'][number]): boolean =>
    UNSAID.has(code) && placeOf(expected.data, path).length < path.length;
  const strange = told.find(
    (error) => !possible.has(JSON.stringify([error.path, error.code])) && !isUnsaid(error),
  );
  if (strange !== undefined) return `an error that is none: ${JSON.stringify(strange)}`;
  const placesOf = (errors: Expected['errors']) =>
    new Set(errors.map(({ path }) => JSON.stringify(placeOf(expected.data, path))));
  const places = placesOf(told);
  const silent = [...placesOf(expected.errors)].find((place) => !places.has(place));
  if (silent !== undefined) return `a null that no error explains: ${silent}`;
  const missing = expected.errors.find(
    (error) =>
      placeOf(expected.data, error.path).length === error.path.length &&
      !texts.has(JSON.stringify([error.path, error.code])),
  );
  return missing === undefined
    ? undefined
    : `an error that is not told: ${JSON.stringify(missing)}`;
}

/** Where a null is that an error at this path explains. */
function placeOf(data: unknown, path: Path): Path {
  let here: unknown = data;
  for (const [at, step] of path.entries()) {
    if (here === null || typeof here !== 'object') return path.slice(0, at);
    here = (here as Record<string | number, unknown>)[step];
  }
  return path;
}

const textsOf = (errors: Expected['errors']): ReadonlySet<string> =>
  new Set(errors.map(({ path, code }) => JSON.stringify([path, code])));
