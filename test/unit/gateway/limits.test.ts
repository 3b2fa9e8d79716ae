import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { operationFault } from '../../../gateway/operation-limits.ts';
import { startTestGraph, type TestGraph } from './test-graph.ts';

const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;
const many = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join(' ');
const doubling = (levels: number) =>
  `{ ...F0 } ${many(levels, (index) => `fragment F${String(index)} on Q { a { ...F${String(index + 1)} } b { ...F${String(index + 1)} } }`)} fragment F${String(levels)} on Q { c }`;

describe('the limits', () => {
  it.each<[string, string]>([
    ['depth 10', nested(10)],
    ['30 aliases', `{ r { ${many(30, (index) => `x${String(index)}: a`)} } }`],
    ['10 root fields', `{ ${many(10, (index) => `f${String(index)}`)} }`],
    ['10 directives', `{ r { ${many(10, () => 'a @include(if: true)')} } }`],
    ['5 operations', many(5, (index) => `query Q${String(index)} { a }`)],
    [
      'introspection',
      '{ __schema { a { b { c { d { e { f { g { h { i { j { k } } } } } } } } } } } }',
    ],
    ['an alias like its field', '{ id: id }'],
    ['a field 63 times', `{ r { ${'a '.repeat(63)} } }`],
    ['300 fragments', `{ r { ${many(300, (index) => `... on T { f${String(index)} }`)} } }`],
    ['an alias like an entity’s key', '{ me { id: nickname } }'],
  ])('let through %s', (_what, source) => {
    expect(operationFault(source)).toBeUndefined();
  });

  it.each<[string, string, ReturnType<typeof operationFault>]>([
    ['depth 11', nested(11), 'too-large'],
    ['depth 200', nested(200), 'too-large'],
    ['depth through fragments', `{ ...F } fragment F on Q ${nested(11)}`, 'too-large'],
    ['31 aliases', `{ r { ${many(31, (index) => `x${String(index)}: a`)} } }`, 'too-large'],
    [
      '31 aliases of __typename',
      `{ r { ${many(31, (index) => `x${String(index)}: __typename`)} } }`,
      'too-large',
    ],
    ['11 root fields', `{ ${many(11, (index) => `f${String(index)}`)} }`, 'too-large'],
    [
      '11 root fields through a fragment',
      `{ a ...F } fragment F on Q { ${many(10, (index) => `f${String(index)}`)} }`,
      'too-large',
    ],
    ['11 directives', `{ r { ${many(11, () => 'a @include(if: true)')} } }`, 'too-large'],
    ['10,000 unknown directives', `{ a ${'@aa '.repeat(10_000)} }`, 'too-large'],
    ['a field 64 times', `{ r { ${'a '.repeat(64)} } }`, 'too-large'],
    [
      'a field 64 times, in pairs of pairs',
      `{ r { ${'a { b { c c } b { c c } } '.repeat(16)} } }`,
      'too-large',
    ],
    [
      'a field 64 times, in a fragment',
      `{ r { ${'...F '.repeat(64)} } } fragment F on R { a }`,
      'too-large',
    ],
    [
      '301 fragments',
      `{ r { ${many(301, (index) => `... { f${String(index)} }`)} } }`,
      'too-large',
    ],
    [
      '51 fragment definitions',
      `{ r { ...F0 } } ${many(51, (index) => `fragment F${String(index)} on R { a }`)}`,
      'too-large',
    ],
    ['6 operations', many(6, (index) => `query Q${String(index)} { a }`), 'too-large'],
    ['2,001 tokens', `{ r { ${'a '.repeat(2_000)} } }`, 'too-large'],
    ['a fragment that contains itself', '{ ...F } fragment F on Q { a { ...F } }', 'too-large'],
    [
      'two fragments that contain each other',
      '{ ...F } fragment F on Q { ...G } fragment G on Q { ...F }',
      'too-large',
    ],
    ['a subscription', 'subscription { a }', 'subscription'],
    ['no GraphQL', '{ a', 'not-graphql'],
    ['an empty selection', '{ }', 'not-graphql'],
    ['a null character', '{ a \u0000 }', 'not-graphql'],
  ])('refuse %s', (_what, source, fault) => {
    expect(operationFault(source)).toBe(fault);
  });

  it.each([4, 10, 20, 30])('refuse %i levels of doubling fragments at once', (levels) => {
    // Followed one by one, the billion fields of thirty levels would take minutes.
    expect(operationFault(doubling(levels))).toBe(levels < 9 ? undefined : 'too-large');
  });
});

describe('the endpoint', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startTestGraph();
  });
  afterAll(() => graph.stop());
  const json = { 'content-type': 'application/json' };

  it.each<[string, number, object]>([
    ['a list of operations', 400, { headers: json, body: '[{"query":"{ open }"}]' }],
    ['no query', 400, { headers: json, body: '{}' }],
    ['a query that is no text', 400, { headers: json, body: '{"query":{"kind":"Document"}}' }],
    ['variables as text', 400, { headers: json, body: '{"query":"{ open }","variables":"{}"}' }],
    [
      'variables 22 deep',
      400,
      {
        headers: json,
        body: `{"query":"{ open }","variables":{"a":${'['.repeat(21)}${']'.repeat(21)}}}`,
      },
    ],
    [
      'variables 40,000 deep',
      400,
      {
        headers: json,
        body: `{"query":"{ open }","variables":{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`,
      },
    ],
    ['text that is not JSON', 400, { headers: json, body: '{"query":' }],
    ['a forbidden name', 400, { headers: json, body: '{"query":"{ open }","__proto__":{"a":1}}' }],
    [
      'a body over 100 kB',
      413,
      { headers: json, body: JSON.stringify({ query: `{ open } #${'x'.repeat(110_000)}` }) },
    ],
    [
      'plain text',
      415,
      { headers: { 'content-type': 'text/plain' }, body: '{"query":"{ open }"}' },
    ],
    [
      'a form',
      415,
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={open}' },
    ],
    [
      'a multipart form',
      415,
      { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' },
    ],
    [
      'GraphQL as text',
      415,
      { headers: { 'content-type': 'application/graphql' }, body: '{ open }' },
    ],
  ])('refuses %s', async (_what, status, request) => {
    const answer = await graph.post(request);
    expect([answer.status, answer.errors]).toEqual([
      status,
      [
        {
          message: 'The request is not a GraphQL request.',
          extensions: { code: 'BAD_REQUEST', requestId: expect.any(String) },
        },
      ],
    ]);
    expect(graph.sent).toEqual([]);
  });

  it.each(['GET', 'PUT', 'DELETE'] as const)('does not answer %s', async (method) => {
    const answer = await graph.app.inject({
      method,
      url: '/graphql?query=mutation{note(value:"x"){value}}',
      headers: json,
    });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST']);
    expect(graph.sent).toEqual([]);
  });

  it.each([
    [undefined, 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['application/*', 'application/json; charset=utf-8'],
    [
      'application/graphql-response+json, application/json',
      'application/graphql-response+json; charset=utf-8',
    ],
    ['application/json', 'application/json; charset=utf-8'],
  ])('answers Accept: %s with %s', async (accept, type) => {
    const headers = { ...json, ...(accept === undefined ? {} : { accept }) };
    const answer = await graph.post({ headers, body: '{"query":"{ __typename }"}' });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
  });

  const own = { scopes: 'self:read' };
  const hr = { clientId: 'hr-system', scopes: 'hr:read', purpose: 'HR_ADMINISTRATION' };
  const page = 'query ($n: Int) { page(first: $n) { name { given } } }';

  it('tells with every answer what it is estimated to cost, and what it may', async () => {
    const answer = await graph.ask('{ me { nickname manager { name { given } } } }', own);
    expect(JSON.parse(answer.text)).toMatchObject({
      data: { me: { nickname: 'nick-stf_self' } },
      extensions: { cost: { estimated: 3, max: 10_000 } },
    });
  });

  it('refuses what costs more than it may, and asks nobody', async () => {
    graph.sent.length = 0;
    const answer = await graph.ask('{ page(first: 100) { page(first: 100) { page { id } } } }', hr);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      400,
      {
        errors: [
          {
            message: 'The operation costs more than it may. Ask for less at a time.',
            extensions: { code: 'COST_EXCEEDED', requestId: 'request-0001' },
          },
        ],
        extensions: { cost: { estimated: 210_100, max: 10_000 } },
      },
    ]);
    expect(graph.sent).toEqual([]);
  });

  it.each([{ n: 101 }, { n: 200_000 }])('refuses a page of %p', async (variables) => {
    graph.sent.length = 0;
    const answer = await graph.ask(page, hr, variables);
    expect([answer.status, answer.errors[0]?.extensions['code']]).toEqual([400, 'INVALID_VALUE']);
    expect(graph.sent).toEqual([]);
  });
});
