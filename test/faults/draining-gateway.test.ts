/** The gateway's own process, told to stop while it is asked: what it has begun is answered, and nobody's open connection keeps it. */
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'undici';

import { publicHalf } from '../../runtime/jwk-settings.ts';
import { eventually, freePort, startProgram } from '../servers/child.ts';
import { callerKey, issuerKey, token } from '../unit/gateway/test-graph.ts';
import { WHOLE } from './whole.ts';

const ROUNDS = WHOLE ? 15 : 1;
/** Clients that ask all the time, and requests that are under way when it is told to stop. */
const CLIENTS = 8;
const UNDER_WAY = 5;

/** Identity and the subgraphs. */
let others: Server;
let url: string;
const held = new EventEmitter().setMaxListeners(2 * UNDER_WAY);
beforeAll(async () => {
  const answers: Readonly<Record<string, unknown>> = {
    '/jwks': { keys: [publicHalf(issuerKey.jwk)] },
    '/internal/revocations': { version: 'none', entries: [] },
    '/changes': { changes: [], expired: [], last: 0, at: new Date().toISOString() },
    '/access-log': { written: [true] },
    '/livez': {},
    '/readyz': {},
    '/graphql': { data: { me: { __typename: 'StaffMember', id: 'stf_1', name: { given: 'A' } } } },
  };
  others = createServer((request, response) => {
    const answer = (): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[request.url ?? '']));
    };
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (!Buffer.concat(parts).includes('given')) answer();
      else {
        held.once('release', answer);
        held.emit('held');
      }
    });
  });
  others.listen(0, '127.0.0.1');
  await once(others, 'listening');
  url = `http://127.0.0.1:${String((others.address() as AddressInfo).port)}`;
});
afterAll(() => {
  others.close();
  others.closeAllConnections();
});

async function startGateway() {
  const port = await freePort();
  const address = `http://127.0.0.1:${String(port)}`;
  const program = startProgram(process.execPath, ['gateway/main.ts'], {
    env: {
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      GATEWAY_PORT: String(port),
      GATEWAY_PUBLIC_URL: address,
      GATEWAY_ISSUER: address,
      GATEWAY_JWKS_URL: `${url}/jwks`,
      GATEWAY_CALLER_KEY: JSON.stringify(callerKey.jwk),
      GATEWAY_ESR_URL: url,
      GATEWAY_NHSMAIL_URL: url,
      GATEWAY_PASSPORT_URL: url,
      GATEWAY_RATE_LIMITS: JSON.stringify({
        person: { perSecond: 100_000, perDay: 1_000_000_000 },
      }),
    },
  });
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: address, aud: `${address}/graphql`, iat: now, exp: now + 900 };
  /** A client that keeps its connections. */
  const clientOf = async (subject: string) => {
    const authorization = `Bearer ${await token({ subject, scopes: 'self:read' }, claims)}`;
    const pool = new Pool(address, { keepAliveTimeout: 60_000, connections: 1 });
    const ask = async (query: string) => {
      const { statusCode, headers, body } = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query }),
      });
      return { status: statusCode, connection: headers['connection'], text: await body.text() };
    };
    return { ask, close: () => pool.destroy() };
  };
  await eventually(async () => {
    const ready = await fetch(`${address}/readyz`);
    await ready.text();
    expect(ready.status).toBe(200);
  }, program);
  return { program, clientOf };
}

describe('a gateway that is told to stop', () => {
  it.each(Array.from({ length: ROUNDS }, (_none, nth) => nth + 1))(
    'answers what it has begun, and ends by itself: %d',
    async () => {
      const { program, clientOf } = await startGateway();
      const ended = once(program.child, 'exit');
      const clients = await Promise.all(
        Array.from({ length: CLIENTS }, (_none, nth) => clientOf(`stf_${String(nth)}`)),
      );
      const idle = await clientOf('stf_idle');
      expect((await idle.ask('{ me { id } }')).status).toBe(200);

      const answers: { readonly status: number; readonly connection: unknown }[] = [];
      /** Until its connection is closed, as that of each is. */
      const asking = clients.map(async ({ ask }) => {
        for (;;) answers.push(await ask('{ me { id } }'));
      });
      const closed = Promise.allSettled(asking);
      const slow = await Promise.all(
        Array.from({ length: UNDER_WAY }, (_none, nth) => clientOf(`stf_slow_${String(nth)}`)),
      );
      const underWay = [];
      for (const { ask } of slow) {
        const arrived = once(held, 'held');
        underWay.push(ask('{ me { id name { given } } }'));
        await arrived;
      }
      await eventually(() => {
        expect(answers.length).toBeGreaterThan(10 * CLIENTS);
        return Promise.resolve();
      });

      program.child.kill('SIGTERM');
      await closed;
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(program.child.exitCode).toBeNull();
      held.emit('release');
      for (const { status, connection, text } of await Promise.all(underWay)) {
        expect([status, connection]).toEqual([200, 'close']);
        expect(JSON.parse(text)).toMatchObject({ data: { me: { id: 'stf_1' } } });
      }
      expect(await ended).toEqual([0, null]);
      await Promise.all([idle, ...clients, ...slow].map(({ close }) => close()));
    },
  );
});
