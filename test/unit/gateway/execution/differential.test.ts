/**
 * Whatever the subgraphs know together, the executor answers as graphql-js does on one schema that knows it all: the same
 * data, and the same errors as far as the specification says which (GraphQL, October 2021, section 6.4.4).
 *
 * `LANYARD_DIFF_RUNS` is how many operations are drawn, `LANYARD_DIFF_SEED` from which seed.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DocumentNode, parse, validate } from 'graphql';

import type { Grants } from '../../../../gateway/authorization/rules.ts';
import { drawFrom, type DrawnOperation, drawOperation } from './drawn-operation.ts';
import { inProcessGraph, NoPlan, type WholeAnswer } from './in-process-graph.ts';
import { manySidedGraph, SCOPES } from './many-sided-graph.ts';
import { asksTooMuch, type Expected, oneSchema } from './one-schema.ts';

const RUNS = Number(process.env['LANYARD_DIFF_RUNS'] ?? 500);
const SEED = Number(process.env['LANYARD_DIFF_SEED'] ?? 20_261_126);
/** More errors than this are not all told. */
const MOST_ERRORS = 90;

type Path = readonly (string | number)[];

const changes: string[] = [];
const graph = inProcessGraph(manySidedGraph((change) => changes.push(change)));
const { schema } = graph.graph;
const expectedOf = oneSchema(schema, graph.rules);

/** Where a null is that an error at this path explains. */
function placeOf(data: unknown, path: Path): Path {
  let here: unknown = data;
  for (const [at, step] of path.entries()) {
    if (here === null || typeof here !== 'object') return path.slice(0, at);
    here = (here as Record<string | number, unknown>)[step];
  }
  return path;
}

const textOf = (errors: Expected['errors']): ReadonlySet<string> =>
  new Set(errors.map(({ path, code }) => JSON.stringify([path, code])));

/** What is wrong with an answer. */
function faultOf(answer: WholeAnswer, expected: Expected): string | undefined {
  if (JSON.stringify(answer.data) !== JSON.stringify(expected.data)) return 'other data';
  if (expected.errors.length > MOST_ERRORS) return undefined;
  const told = answer.errors.map(({ path = [], extensions }) => ({
    path,
    code: extensions['code'],
  }));
  const texts = textOf(told);
  if (texts.size !== told.length) return 'an error told twice';
  const possible = textOf(expected.errors);
  // A subgraph says why one field under a null failed, and nothing of the others there.
  const isUnsaid = ({ path, code }: Expected['errors'][number]): boolean =>
    code === 'INTERNAL_SERVER_ERROR' && placeOf(expected.data, path).length < path.length;
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

interface Asked extends DrawnOperation {
  readonly document: DocumentNode;
  readonly scopes: readonly string[];
}

/** An operation that is valid, at the latest after some tries. */
function drawValid(draw: (bound: number) => number): Asked | undefined {
  for (let tries = 0; tries < 6; tries += 1) {
    const drawn = drawOperation(schema, draw);
    const document = parse(drawn.text);
    const scopes = SCOPES.filter(() => draw(2) === 0);
    if (validate(schema, document).length === 0) return { ...drawn, document, scopes };
  }
  return undefined;
}

async function compare({ text, variables, document, scopes }: Asked): Promise<string | undefined> {
  const grants: Grants = { kind: 'person', scopes: new Set(scopes) };
  changes.length = 0;
  graph.sent.length = 0;
  const answer = await graph.askAs(grants, text, variables);
  if (asksTooMuch({ schema, rules: graph.rules }, document, grants)) {
    return graph.sent.length === 0 ? undefined : 'a change that is refused as a whole';
  }
  const done = [...changes];
  const expected = expectedOf(document, variables, grants);
  const isSame = JSON.stringify(done) === JSON.stringify(expected.changes);
  const fault = isSame ? faultOf(answer, expected) : 'other changes';
  return fault && `${fault}\ntold ${JSON.stringify(answer)}\nexpected ${JSON.stringify(expected)}`;
}

describe('an operation over many subgraphs', () => {
  it('is answered as one schema answers it', async () => {
    let compared = 0;
    let unplanned = 0;
    const outcome = await fc.check(
      fc.asyncProperty(fc.integer(), async (from) => {
        const asked = drawValid(drawFrom(from));
        if (asked === undefined) return;
        compared += 1;
        const fault = await compare(asked).catch((error: unknown) => {
          if (!(error instanceof NoPlan)) return String(error);
          unplanned += 1;
          return undefined;
        });
        if (fault === undefined) return;
        const { text, variables, scopes } = asked;
        const sent = graph.sent.map((request) => JSON.stringify(request)).join('\n');
        throw new Error([text, JSON.stringify({ variables, scopes }), fault, sent].join('\n'));
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    if (outcome.failed) {
      const { seed, counterexamplePath } = outcome;
      throw new Error(
        `seed ${String(seed)}, at ${String(counterexamplePath)}\n${String(outcome.errorInstance)}`,
      );
    }
    expect(compared).toBeGreaterThan(RUNS * 0.7);
    expect(unplanned).toBeLessThan(RUNS * 0.25);
  });
});
