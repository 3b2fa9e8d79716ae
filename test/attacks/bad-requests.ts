/** Bodies of requests to the graph that are wrong somewhere, drawn at random: the same for the same seed. */
import { createHash } from 'node:crypto';

import type { GraphQLSchema } from 'graphql';

import { HOSTILE_NAMES } from './hostile-names.ts';
import { randomOperations } from './random-operations.ts';

/** Draws bodies: good operations that were spoiled, and texts that never were one. */
export function badRequests(schema: GraphQLSchema, seed: number, count: number): readonly string[] {
  const below = randomBelow(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const good = randomOperations(schema, seed, { depth: 4, width: 4 });
  const hostile = (): string => pick(HOSTILE_NAMES);

  /** Does something to one of the words of an operation. */
  const spoilWord = (change: (word: string) => string) => (text: string) => {
    const words = text.split(' ');
    const at = 2 + below(Math.max(1, words.length - 2));
    return words.map((word, place) => (place === at ? change(word) : word)).join(' ');
  };
  const spoil: readonly ((text: string) => string)[] = [
    spoilWord((word) => word.slice(1)),
    spoilWord((word) => `${word}x`),
    spoilWord((word) => `${word}(nothing: 1)`),
    spoilWord((word) => `${word} @nowhere`),
    spoilWord((word) => `${word} { id }`),
    spoilWord(hostile),
    spoilWord((word) => `${word} ...Missing`),
    spoilWord((word) => `... on Nothing { ${word} }`),
    spoilWord(() => '{'),
    spoilWord(() => '}'),
    spoilWord((word) => `${word}: ${word}`),
    (text) => text.slice(0, 1 + below(text.length)),
    (text) => text.replace('query Random', `query Random($v: ${pick(['Nothing', '[', 'ID!'])})`),
    (text) => text.replace(/"[^"]*"/g, () => pick(['$missing', '{', '1e999', '"\\uD800"', 'null'])),
    (text) => text.replace('query', pick(['mutation', 'subscription', 'fragment F on', 'type'])),
    (text) => text.split(' ').reverse().join(' '),
  ];
  const operation = (): string => {
    let text = good();
    for (let turn = 0; turn <= below(3); turn += 1) text = pick(spoil)(text);
    return text;
  };
  const bodies: readonly (() => string)[] = [
    ...Array.from({ length: 8 }, () => () => JSON.stringify({ query: operation() })),
    () => JSON.stringify({ query: hostile() }),
    () => JSON.stringify({ query: operation(), operationName: hostile() }),
    () =>
      JSON.stringify({
        query:
          'query Q($id: ID!, $n: Int) { staffSearch(text: $id, first: $n) { edges { cursor } } }',
        variables: pick<unknown>([{}, { id: {} }, { id: [[]], n: 'x' }, { id: hostile(), n: -1 }]),
      }),
    () => `{"query":"{ __typename }",${JSON.stringify(hostile())}:${pick(['1', '{}', '[', ''])}}`,
    () =>
      JSON.stringify(pick<unknown>([null, 1, hostile(), [operation()], { query: [hostile()] }])),
    () => JSON.stringify({ documentId: hostile(), extensions: { persistedQuery: hostile() } }),
  ];
  return Array.from({ length: count }, () => pick(bodies)());
}

/** Whole numbers below a bound, from a seed. */
function randomBelow(seed: number): (bound: number) => number {
  let drawn = 0;
  return (bound) => {
    drawn += 1;
    const digest = createHash('sha256')
      .update(`bad ${String(seed)}.${String(drawn)}`)
      .digest();
    return digest.readUInt32BE() % bound;
  };
}
