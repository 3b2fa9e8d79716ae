/** Who is turned away at the door of a process with too much to do, over real connections. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';

import type { FastifyInstance } from 'fastify';

import { knownWork } from '../../../gateway/shedding/known-work.ts';
import { turnAway } from '../../../gateway/shedding/turn-away.ts';
import { createHttpServer } from '../../../runtime/http-server.ts';
import type { LoadMeter, Work } from '../../../runtime/load.ts';
import { createLog } from '../../../runtime/log.ts';

const READ = '{ me { nickname } }';
const VERIFY = 'mutation { presentationVerify { ok } }';
const HASH = 'a'.repeat(64);
const byHash = (sha256Hash: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
});

describe('at the door', () => {
  let shed: Set<Work>;
  let stopping: boolean;
  let turnedAway: number;
  let reached: unknown[];
  let letIn: unknown[];
  let app: FastifyInstance;
  let url: string;

  beforeEach(async () => {
    shed = new Set();
    stopping = false;
    turnedAway = 0;
    reached = [];
    letIn = [];
    const load: LoadMeter = {
      sheds: (work) => shed.has(work),
      enter: () => undefined,
      leave: () => undefined,
      stop: () => undefined,
    };
    const works = knownWork();
    for (const text of [READ, VERIFY]) works.learn(text);
    works.learnHash(HASH, READ);
    app = await createHttpServer({
      name: 'test',
      log: createLog({ name: 'test', level: 'silent' }),
      checks: {},
      draining: () => stopping,
      door: turnAway(works, load, () => {
        turnedAway += 1;
      }),
      routes: [
        (plugin) => {
          plugin.post('/graphql', (request) => {
            reached.push(request.body);
            letIn.push(works.letIn.has(request.raw));
            return 'reached';
          });
          return Promise.resolve();
        },
      ],
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}/graphql`;
  });
  afterEach(() => app.close());

  it('forgets nothing that matters for a crowd of something else', () => {
    const works = knownWork();
    const stop = 'mutation { credentialRevoke(input: {}) { errors { code } } }';
    works.learn(stop);
    works.learnHash(HASH, stop);
    for (let nth = 0; nth < 2_000; nth += 1) works.learn(`{ me { a${String(nth)} } }`);
    expect([works.of(stop), works.of(HASH)]).toEqual(['revoke', 'revoke']);
    expect([works.of('{ me { a0 } }'), works.of('{ me { a1999 } }')]).toEqual([undefined, 'read']);
  });

  const ask = async (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  it('nobody is turned away while there is little to do', async () => {
    shed.add('read');
    await ask({ query: READ });
    expect(reached).toEqual([{ query: READ }]);
    expect(letIn).toEqual([true]);
  });

  it.each([
    ['what is let go', { query: READ }],
    ['what is let go, by its hash', byHash(HASH)],
    ['what nobody has asked before', { query: '{ me { id } }' }],
  ])('is turned away %s, with when to come back', async (_what, body) => {
    shed = new Set(['bulk', 'read']);
    const { status, headers, text } = await ask(body, { 'x-request-id': 'request-0001' });
    expect([status, headers.get('retry-after'), headers.get('x-request-id')]).toEqual([
      503,
      '1',
      'request-0001',
    ]);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(JSON.parse(text)).toMatchObject({
      errors: [
        {
          extensions: { code: 'SERVICE_UNAVAILABLE', retryAfter: 1, requestId: 'request-0001' },
        },
      ],
    });
    expect([reached, turnedAway]).toEqual([[], 1]);
  });

  it.each([
    ['what matters more', { query: VERIFY, variables: { name: 'Ségolène' } }],
    ['a hash that is not known', byHash('b'.repeat(64))],
    ['an id', { documentId: 'x' }],
  ])('comes through %s, with its whole body', async (_what, body) => {
    shed = new Set(['bulk', 'read']);
    expect((await ask(body)).text).toBe('reached');
    expect([reached, turnedAway]).toEqual([[body], 0]);
    // What has not been looked at may still be let go.
    expect(letIn).toEqual(['query' in body]);
  });

  it('comes through what is not JSON, and is the route’s to refuse', async () => {
    shed.add('bulk');
    expect((await ask('{')).status).toBe(400);
    expect(await ask('[1]')).toMatchObject({ text: 'reached' });
  });

  it('comes through a body that takes its time', async () => {
    shed = new Set(['bulk', 'read']);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const body = JSON.stringify({ query: READ });
    const head = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${String(body.length)}\r\n\r\n`;
    socket.write(head + body.slice(0, 5));
    await once(app.server, 'request');
    socket.write(body.slice(5));
    const answer = await socket.setEncoding('utf8').toArray();
    expect(answer.join('')).toMatch(/reached$/);
    expect(reached).toEqual([{ query: READ }]);
  });

  it('comes through everything while the process stops', async () => {
    shed = new Set(['bulk', 'read']);
    stopping = true;
    expect((await ask({ query: READ })).text).toBe('reached');
  });

  it('serves a connection on that has been turned away', async () => {
    shed = new Set(['bulk', 'read']);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    let got = '';
    socket.on('data', (text: string) => (got += text));
    const send = (query: string, connection: string): void => {
      const body = JSON.stringify({ query });
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: ${connection}\r\ncontent-type: application/json\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`,
      );
    };
    send(READ, 'keep-alive');
    send(READ, 'keep-alive');
    send(VERIFY, 'close');
    await once(socket, 'close');
    expect(got.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 503', 'HTTP/1.1 503', 'HTTP/1.1 200']);
    expect(turnedAway).toBe(2);
  });
});
