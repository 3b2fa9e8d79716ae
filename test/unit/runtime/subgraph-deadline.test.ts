import { EventEmitter, once } from 'node:events';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';

import { signCallerStatement } from '../../../runtime/caller-statement.ts';
import { keysById, publicHalf, signerOf } from '../../../runtime/jwk-settings.ts';
import { createLog } from '../../../runtime/log.ts';
import {
  ofNoRequest,
  requestSignal,
  RequestOver,
  workFor,
} from '../../../runtime/request-deadline.ts';
import { withinRequest } from '../../../runtime/statement-deadline.ts';
import { type SubgraphRequest, subgraphRoutes } from '../../../runtime/subgraph-server.ts';
import { callerKey } from '../gateway/test-graph.ts';

const work = new EventEmitter();
let app: FastifyInstance;

const resolvers = {
  Query: {
    quick: () => 'here',
    /** Waits until it is told to stop, then tries a statement more. */
    hanging: async (_parent: unknown, _given: unknown, { signal }: SubgraphRequest) => {
      work.emit('started', requestSignal() === signal);
      await once(signal, 'abort');
      const next = await withinRequest('select 1', () => Promise.resolve('ran')).catch(
        (error: unknown) => (error instanceof RequestOver ? 'refused' : 'failed'),
      );
      const undo = await withinRequest('rollback', () => Promise.resolve('ran'));
      work.emit('stopped', next, undo);
      return 'late';
    },
  },
};

beforeAll(async () => {
  app = fastify();
  await app.register(
    subgraphRoutes<SubgraphRequest>({
      name: 'esr',
      sdl: 'type Query { quick: String hanging: String }',
      resolvers,
      callerKeys: keysById({ keys: [publicHalf(callerKey.jwk)] }),
      now: () => new Date(),
      log: createLog({ name: 'test', level: 'silent' }),
      context: (request) => request,
    }),
  );
});
afterAll(() => app.close());

async function question(query: string) {
  const body = JSON.stringify({ query });
  const statement = await signCallerStatement(
    {
      kind: 'person',
      subject: 'stf_1',
      clientId: 'c',
      name: 'n',
      scopes: new Set(),
      requestId: 'request-0001',
    },
    { audience: 'esr', body, now: new Date() },
    signerOf(callerKey.jwk),
  );
  return { headers: { 'content-type': 'application/json', 'lanyard-caller': statement }, body };
}

async function ask(query: string, remaining: string | undefined) {
  const { headers, body } = await question(query);
  const { statusCode } = await app.inject({
    method: 'POST',
    url: '/graphql',
    headers: {
      ...headers,
      ...(remaining === undefined ? {} : { 'lanyard-deadline': remaining }),
    },
    body,
  });
  return statusCode;
}

it('has no part in what several requests share', async () => {
  const signal = AbortSignal.abort();
  const port = {
    name: 'store',
    read(id: string) {
      return withinRequest('select 1', () => Promise.resolve(`${this.name} ${id}`));
    },
  };
  await expect(workFor(signal, () => port.read('1'))).rejects.toThrow(RequestOver);
  expect(await workFor(signal, () => ofNoRequest(port).read('1'))).toBe('store 1');
});

describe('a request to a subgraph', () => {
  it.each([undefined, '1000000', '9999999999', '-1', 'soon'])(
    'is answered with %p milliseconds left',
    async (remaining) => {
      expect(await ask('{ quick }', remaining)).toBe(200);
    },
  );

  it('stops at its deadline, and nothing more is done for it', async () => {
    const stopped = once(work, 'stopped');
    expect(await ask('{ hanging }', '20')).toBe(503);
    expect(await stopped).toEqual(['refused', 'ran']);
  });

  it('stops when its connection is closed', async () => {
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const { headers, body } = await question('{ hanging }');
    const client = new AbortController();
    const started = once(work, 'started');
    const stopped = once(work, 'stopped');
    const answer = fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body,
      signal: client.signal,
    }).catch((error: unknown) => error);
    expect(await started).toEqual([true]);
    client.abort();
    expect(await stopped).toEqual(['refused', 'ran']);
    expect(await answer).toBeInstanceOf(DOMException);
    // Its deadline would be fifty seconds after it began.
  }, 45_000);
});
