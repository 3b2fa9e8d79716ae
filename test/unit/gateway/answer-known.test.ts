import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { SubgraphTransport } from '../../../gateway/subgraphs/transport.ts';
import { type Asker, startTestGraph, type TestGraph, token } from './test-graph.ts';

const staff: Asker = { scopes: 'self:read' };
const hr: Asker = {
  scopes: 'self:read hr:read passport:read',
  purpose: 'HR_ADMINISTRATION',
  ods: 'RZ1',
};
const noPurpose: Asker = { scopes: 'hr:read', ods: 'RZ1' };
const administrator: Asker = {
  scopes: 'passport:revoke hr:read self:read',
  purpose: 'HR_ADMINISTRATION',
  ods: 'RZ1',
};

let graph: TestGraph;
let broken: TestGraph;
/** Answers of the broken graph's subgraph. */
let answer: SubgraphTransport = () => Promise.reject(new Error('down'));

beforeAll(async () => {
  graph = await startTestGraph({ environment: 'development' });
  broken = await startTestGraph({
    accessLogStatus: 500,
    transports: { passport: (message) => answer(message) },
  });
});
afterAll(async () => {
  await Promise.all([graph.stop(), broken.stop()]);
});

/** What every client says, and what the server has to understand itself. */
const FAST = 'application/graphql-response+json, application/json;q=0.9';
const WAYS = [
  { slow: 'application/graphql-response+json; q=0.95', fast: FAST },
  { slow: 'application/json; q=0.95', fast: 'application/json' },
];

interface Request {
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
  readonly asker?: Asker;
}

/** Everything that a client sees, but for the moment of the answer, its trace and how many more it may have. */
async function post(on: TestGraph, { asker, ...body }: Request, accept: string) {
  const { status, headers, text } = await on.post({
    headers: {
      'content-type': 'application/json',
      'x-request-id': 'request-0001',
      accept,
      ...(asker === undefined ? {} : { authorization: `Bearer ${await token(asker)}` }),
      ...(asker?.purpose === undefined ? {} : { 'lanyard-purpose': asker.purpose }),
    },
    body: JSON.stringify(body),
  });
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(?:date|ratelimit|traceparent)/.test(name),
  );
  return { status, headers: Object.fromEntries(kept), text };
}

describe('an answer past the server', () => {
  const VARIABLE =
    'query Q($id: ID!, $on: Boolean = true) { staff(id: $id) { id nickname @include(if: $on) } }';

  it.each<[string, Request]>([
    ['a read', { query: '{ me { id name { given } passport { status } } }', asker: staff }],
    ['a read of others', { query: VARIABLE, variables: { id: 'stf_1' }, asker: hr }],
    ['a condition', { query: VARIABLE, variables: { id: 'stf_1', on: false }, asker: hr }],
    ['a lack of a variable', { query: VARIABLE, variables: {}, asker: hr }],
    ['a wrong variable', { query: VARIABLE, variables: { id: { a: 'x' } }, asker: hr }],
    [
      'one of several operations',
      {
        query: 'query A { me { id } } query B { me { nickname } }',
        operationName: 'B',
        asker: staff,
      },
    ],
    [
      'another of them',
      {
        query: 'query A { me { id } } query B { me { nickname } }',
        operationName: 'A',
        asker: staff,
      },
    ],
    ['none of them', { query: 'query A { me { id } } query B { me { id } }', asker: staff }],
    ['an unknown one', { query: '{ me { id } }', operationName: 'C', asker: staff }],
    ['an empty name', { query: '{ me { id } }', operationName: '', asker: staff }],
    ['a missing purpose', { query: '{ staff(id: "1") { id } }', asker: noPurpose }],
    ['a refused field', { query: '{ me { id s: secret } staff(id: "1") { id } }', asker: staff }],
    ['a refused list', { query: '{ anything { ... on Vault { content } } }', asker: staff }],
    [
      'a refused value that cannot be null',
      { query: '{ strict { list { inner { must } } } }', asker: staff },
    ],
    ['nobody', { query: '{ me { id } open }' }],
    ['a change', { query: 'mutation { note(value: "a") { value hidden } }', asker: staff }],
    [
      'a change to approve',
      {
        query: 'mutation Seal($input: SealInput!) { seal(input: $input) { value } }',
        variables: { input: { credentialId: 'crd_1' } },
        asker: administrator,
      },
    ],
    [
      'a reading to approve',
      { query: '{ staff(id: "stf_1") { birth nickname } }', asker: administrator },
    ],
    [
      'introspection',
      { query: '{ __schema { queryType { name } } __type(name: "Thing") { name } }' },
    ],
    ['the root’s type', { query: '{ __typename a: __typename }' }],
  ])('is the same to the byte: %s', async (_what, request) => {
    for (const { slow, fast } of WAYS) {
      const expected = await post(graph, request, slow);
      const first = await post(graph, request, fast);
      const second = await post(graph, request, fast);
      expect([first, second]).toEqual([expected, expected]);
    }
  });

  const READ = { query: '{ me { nickname passport { status } } }', asker: staff };
  const json = (body: object) => () => Promise.resolve({ status: 200, body: JSON.stringify(body) });

  it.each<[string, SubgraphTransport, Request]>([
    ['a source that is down', () => Promise.reject(new Error('down')), READ],
    [
      'a source’s error',
      json({
        data: { _entities: [{ passport: null }] },
        errors: [{ message: 'x', path: ['_entities', 0, 'passport'], extensions: { code: 'A' } }],
      }),
      READ,
    ],
    ['a value that cannot be', json({ data: { _entities: [{ passport: 5 }] } }), READ],
    ['null where there is something', json({ data: { _entities: [{ passport: {} }] } }), READ],
    [
      'an access log that is not written',
      json({ data: { _entities: [null] }, extensions: { people: ['stf_2'] } }),
      { ...READ, asker: hr },
    ],
  ])('is the same to the byte after %s', async (_what, transport, request) => {
    answer = transport;
    const slow = await post(broken, request, 'application/graphql-response+json; q=0.95');
    const first = await post(broken, request, FAST);
    const second = await post(broken, request, FAST);
    expect([first, second]).toEqual([slow, slow]);
    expect(slow.text).toContain('"errors"');
  });

  it('does not look at a text again for its meaning', async () => {
    const request = { query: '{ me { known: id } }', asker: staff };
    expect((await post(graph, request, 'text/html')).status).toBe(406);
    await post(graph, request, FAST);
    // The server itself refuses what it cannot write: it is asked for everything unusual.
    expect((await post(graph, request, 'text/html')).status).toBe(406);
    expect((await post(graph, request, 'application/json')).headers['content-type']).toBe(
      'application/json; charset=utf-8',
    );
  });
});

describe('a change past the server', () => {
  it('is made each time', async () => {
    const change = { query: 'mutation { note(value: "twice") { value } }', asker: staff };
    await post(graph, change, FAST);
    graph.sent.length = 0;
    await Promise.all([change, change].map((request) => post(graph, request, FAST)));
    expect(graph.sent).toHaveLength(2);
  });
});
