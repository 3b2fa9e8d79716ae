import { Writable } from 'node:stream';

import { afterEach, describe, expect, it } from '@jest/globals';

import type { SubgraphTransport } from '../../../gateway/subgraphs/transport.ts';
import { createLog } from '../../../runtime/log.ts';
import { type Asker, startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph | undefined;
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
});
const start = async (options: Parameters<typeof startTestGraph>[0]): Promise<TestGraph> =>
  (graph = await startTestGraph(options));

const staff: Asker = { scopes: 'self:read' };
const hr: Asker = { scopes: 'hr:read', purpose: 'HR_ADMINISTRATION', ods: 'RZ1' };
const unavailable = (path: readonly (string | number)[], source = 'passport') => ({
  message: 'A source did not answer. Try again.',
  path,
  extensions: { code: 'SERVICE_UNAVAILABLE', source, retryable: true, requestId: 'request-0001' },
});

describe('a subgraph that does not answer', () => {
  it.each<[string, SubgraphTransport]>([
    ['is not there', () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:4004'))],
    ['answers 401', () => Promise.resolve({ status: 401, body: '{"errors":[{"message":"x"}]}' })],
    ['answers 500', () => Promise.resolve({ status: 500, body: 'stack at /srv/app.js:1' })],
    ['answers a page', () => Promise.resolve({ status: 200, body: '<html>' })],
    ['answers a list', () => Promise.resolve({ status: 200, body: '[]' })],
    [
      'answers data that is no object',
      () => Promise.resolve({ status: 200, body: '{"data":"x"}' }),
    ],
    [
      'answers 3 MB',
      () => Promise.resolve({ status: 200, body: `{"data":{"a":"${'x'.repeat(3_000_000)}"}}` }),
    ],
  ])('because it %s leaves its fields null and the rest as it is', async (_how, passport) => {
    const { ask } = await start({ transports: { passport } });
    const answer = await ask('{ me { nickname passport { status } } }', staff);
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({ me: { nickname: 'nick-stf_self', passport: null } });
    expect(answer.errors).toEqual([unavailable(['me', 'passport'])]);
  });

  it('loses its root fields, and what hangs below them', async () => {
    const { ask } = await start({ transports: { esr: () => Promise.reject(new Error('down')) } });
    const answer = await ask(
      '{ me { nickname passport { status } } credential(id: "c") { state } }',
      staff,
    );
    expect(answer.data).toEqual({ me: null, credential: { state: 'ACTIVE' } });
    expect(answer.errors).toEqual([unavailable(['me'], 'esr')]);
  });

  it('stays null where another field was refused', async () => {
    const { ask } = await start({ transports: { esr: () => Promise.reject(new Error('down')) } });
    const answer = await ask('{ me { nickname secret } staff(id: "1") { id } }', staff);
    expect(answer.data).toEqual({ me: null, staff: null });
    expect(answer.errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
      [['me'], 'SERVICE_UNAVAILABLE'],
      [['staff'], 'FORBIDDEN'],
    ]);
  });
});

describe('an error of a subgraph', () => {
  const answering =
    (errors: readonly object[]): SubgraphTransport =>
    () =>
      Promise.resolve({ status: 200, body: JSON.stringify({ data: { me: null }, errors }) });

  it.each<[string, object, string, string]>([
    [
      'a code for clients',
      { message: 'Give 1 to 100.', extensions: { code: 'INVALID_VALUE', hint: 'x' } },
      'INVALID_VALUE',
      'Give 1 to 100.',
    ],
    [
      'a code of its own',
      { message: 'select * from esr.person', extensions: { code: '23505' } },
      'INTERNAL_SERVER_ERROR',
      'Something went wrong.',
    ],
    [
      'no code',
      { message: 'at /srv/esr/main.ts:1', extensions: { stacktrace: ['at x'] } },
      'INTERNAL_SERVER_ERROR',
      'Something went wrong.',
    ],
  ])('with %s shows nothing from inside', async (_what, error, code, message) => {
    const { ask } = await start({ transports: { esr: answering([{ ...error, path: ['me'] }]) } });
    const answer = await ask('{ me { nickname } }', staff);
    expect(answer.data).toEqual({ me: null });
    expect(answer.errors).toEqual([
      { message, path: ['me'], extensions: { code, source: 'esr', requestId: 'request-0001' } },
    ]);
  });
});

describe('an operation that is wrong', () => {
  it.each([
    ['{ me { nicknam } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ me { nickname { a } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { open } query A { open }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ __type(name: "StaffMember") { name } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ _entities(representations: []) { __typename } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription { me }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ me { nickname ', 'GRAPHQL_PARSE_FAILED'],
    ['query A { open } query B { open }', 'OPERATION_RESOLUTION_FAILURE'],
  ])('gets one error in constant words: %s', async (query, code) => {
    const { ask, sent } = await start({});
    const answer = await ask(query, staff);
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toEqual([
      { message: expect.any(String), extensions: { code, requestId: 'request-0001' } },
    ]);
    expect(answer.text).not.toMatch(/nickname|StaffMember|Did you mean|introspection|Subscription/);
    expect(sent).toEqual([]);
  });

  it('by a variable says so without the value', async () => {
    const { ask } = await start({});
    const answer = await ask('query Q($id: ID!) { staff(id: $id) { id } }', hr, {
      id: { a: 'private' },
    });
    expect([answer.status, answer.errors]).toEqual([
      400,
      [
        {
          message: 'A value is not allowed.',
          extensions: { code: 'INVALID_VALUE', requestId: 'request-0001' },
        },
      ],
    ]);
  });

  it.each([
    ['{ me { nickname ', 'GRAPHQL_PARSE_FAILED'],
    ['{ me { nicknam } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['query A { open } query B { open }', 'OPERATION_RESOLUTION_FAILURE'],
    ['query Q($id: ID!) { staff(id: $id) { id } }', 'INVALID_VALUE'],
  ])('is an answer like others to clients of plain JSON: %s', async (query, code) => {
    const { post } = await start({});
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await token(hr)}`,
      'lanyard-purpose': 'HR_ADMINISTRATION',
    };
    const statuses = [];
    for (const accept of ['application/json', '*/*', 'application/graphql-response+json']) {
      const body = JSON.stringify({ query });
      const answer = await post({ headers: { ...headers, accept }, body });
      expect(answer.errors[0]?.extensions['code']).toBe(code);
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 200, 400]);
  });

  it('is explained in development, without suggestions', async () => {
    const { ask } = await start({ environment: 'development' });
    const answer = await ask('{ me { nicknam } }', staff);
    expect(answer.errors[0]?.message).toBe('Cannot query field "nicknam" on type "StaffMember".');
    const schema = await ask('{ __schema { queryType { name } } }');
    expect(schema.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
  });
});

describe('the access log', () => {
  const query =
    '{ staff(id: "stf_1") { nick: nickname ...F } me { secret } } fragment F on StaffMember { name { family } }';

  it('has who was read and what, before the answer goes out', async () => {
    const { ask, sent } = await start({});
    const answer = await ask(query, { ...hr, scopes: 'hr:read self:read' });
    expect(answer.data).toMatchObject({
      staff: { nick: 'nick-stf_1', name: { family: 'Okafor' } },
    });
    const entry = sent.find((message) => message.path === '/access-log');
    expect(entry?.to).toBe('passport');
    expect(entry?.caller.subject).toBe('lanyard-gateway');
    expect(JSON.parse(entry?.body ?? '')).toEqual({
      entries: [
        {
          reader: {
            subject: 'stf_self',
            name: 'A Person',
            odsCode: 'RZ1',
            purpose: 'HR_ADMINISTRATION',
            requestId: 'request-0001',
          },
          people: ['stf_1'],
          fields: ['nickname', 'name.family'],
        },
      ],
    });
  });

  it.each([401, 404, 500, 200])('that answers %i lets nothing out', async (accessLogStatus) => {
    const { ask } = await start({ accessLogStatus });
    // What was asked before takes another way.
    for (const answer of [await ask(query, hr), await ask(query, hr)]) {
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
      expect(answer.data).toBeUndefined();
      expect(answer.errors).toEqual([
        {
          message: 'A source did not answer. Try again.',
          extensions: {
            code: 'SERVICE_UNAVAILABLE',
            source: 'passport',
            retryable: true,
            requestId: 'request-0001',
          },
        },
      ]);
      expect(answer.text).not.toMatch(/Okafor|nick-/);
    }
  });

  it('is not written for people who read their own record', async () => {
    const { ask, sent } = await start({ accessLogStatus: 500 });
    const answer = await ask('{ me { nickname } }', { ...hr, scopes: 'hr:read self:read' });
    expect(answer.errors).toEqual([]);
    expect(sent.map((message) => message.path)).toEqual(['/graphql']);
  });

  it('is written for people who look their own record up by way of their work', async () => {
    const { ask, sent } = await start({});
    await ask('{ staff(id: "stf_self") { nickname } }', hr);
    const entry = sent.find((message) => message.path === '/access-log');
    expect(JSON.parse(entry?.body ?? '')).toMatchObject({
      entries: [{ people: ['stf_self'], fields: ['nickname'] }],
    });
  });

  it('is written for a system whatever it is called', async () => {
    const { ask, sent } = await start({});
    await ask('{ staff(id: "system") { nickname } }', {
      ...hr,
      subject: 'system',
      clientId: 'system',
    });
    expect(sent.map((message) => message.path)).toEqual(['/graphql', '/access-log']);
  });
});

describe('the log', () => {
  it('holds no token, name or value', async () => {
    const lines: string[] = [];
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const log = createLog({ name: 'test', level: 'debug' }, destination);
    const { ask, post } = await start({
      log,
      transports: { passport: () => Promise.reject(new Error('down')) },
    });
    await ask('{ me { nickname passport { status } } }', staff);
    await ask('query Q($id: ID!) { staff(id: $id) { id } }', hr, { id: 'private-id' });
    await post({
      headers: { 'content-type': 'application/json', authorization: 'Bearer secret-token' },
      body: '{"query":"{ open }"}',
    });
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('')).not.toMatch(/secret-token|private-id|Okafor|eyJ|A Person/);
  });
});
