import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startTestGraph, type TestGraph } from './test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph.stop());

const asker = { scopes: 'self:read' };
const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

const hostile: readonly (readonly [string, string])[] = [
  ['nested 5,000 deep', `${'{ me '.repeat(5_000)}${'}'.repeat(5_000)}`],
  ['6,000 aliases', `{ ${repeat(6_000, (index) => `a${String(index)}: open`)} }`],
  [
    '1,000 aliases of __typename',
    `{ ${repeat(1_000, (index) => `a${String(index)}: __typename`)} }`,
  ],
  ['10,000 directives', `{ open ${'@aa'.repeat(10_000)} }`],
  ['a field 20,000 times', `{ ${'open '.repeat(20_000)} }`],
  [
    '30 doubling fragments',
    `{ ...F0 } ${repeat(30, (index) => `fragment F${String(index)} on Query { ...F${String(index + 1)} ...F${String(index + 1)} }`)} fragment F30 on Query { open }`,
  ],
  ['a circle of fragments', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
  [
    'entities',
    '{ _entities(representations: [{__typename: "StaffMember", id: "1"}]) { ... on StaffMember { secret } } }',
  ],
  ['the subgraph’s schema', '{ _service { sdl } }'],
  [
    'introspection in a fragment',
    '{ ...F } fragment F on Query { __schema { types { name fields { name } } } }',
  ],
  ['introspection by alias', '{ a: __type(name: "Query") { fields { name } } }'],
  ['a variable bomb', `query Q(${repeat(600, (index) => `$v${String(index)}: ID`)}) { open }`],
  ['a list in a list', `query Q($a: ID = ${'['.repeat(2_000)}${']'.repeat(2_000)}) { open }`],
  ['a string of 90 kB', `{ staff(id: "${'x'.repeat(90_000)}") { a } }`],
  ['a subscription', 'subscription { me { id } }'],
  ['a defer', '{ me { ... @defer { nickname } } }'],
  ['a stream', '{ things @stream(initialCount: 0) { id } }'],
  ['a type definition', 'type A { b: C }'],
  ['a null character', '{ op\u0000en }'],
  ['an unclosed string', '{ staff(id: "'],
  ['block string escapes', '{ staff(id: """\\"""") { id } '],
  ['many operations', repeat(300, (index) => `query Q${String(index)} { open }`)],
  ['conflicting fields', `{ me { ${repeat(28, (index) => `x: f${String(index)}`)} } }`],
];

describe('a hostile operation', () => {
  it.each(hostile)('is refused, without a word from inside: %s', async (_what, query) => {
    await graph.ask('{ __typename }', asker);
    graph.sent.length = 0;
    const answer = await graph.ask(query, asker);
    expect(answer.status).toBe(400);
    expect(answer.errors).toHaveLength(1);
    expect(answer.text).not.toMatch(
      /StaffMember|nickname|secret|Did you mean|node_modules|\.ts|stack/,
    );
    expect(answer.text.length).toBeLessThan(300);
    expect(graph.sent).toEqual([]);
  });

  it('does not hold up the others', async () => {
    const answers = await Promise.all(
      hostile.map(async ([, query]) => {
        void graph.ask(query, asker);
        return (await graph.ask('{ __typename }', asker)).data;
      }),
    );
    expect(answers).toEqual(hostile.map(() => ({ __typename: 'Query' })));
  });
});
