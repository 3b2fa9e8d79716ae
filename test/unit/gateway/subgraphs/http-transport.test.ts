import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { questionDeadline } from '../../../../gateway/deadline.ts';
import { type HttpSubgraph, httpSubgraph } from '../../../../gateway/subgraphs/http-transport.ts';
import { readTraceContext, withinTrace } from '../../../../runtime/trace-context.ts';
import { NotConnected } from '../../../../gateway/subgraphs/transport.ts';

let server: Server | undefined;
let subgraph: HttpSubgraph | undefined;
afterEach(async () => {
  await subgraph?.close();
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<HttpSubgraph> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return (subgraph = httpSubgraph(`http://127.0.0.1:${String(port)}/base`));
}

const message = {
  path: '/graphql',
  body: '{"query":"{ a }"}',
  statement: 'signed',
  requestId: 'request-0001',
  repeatable: true,
  deadline: questionDeadline(),
} as const;
/** The same with little time left. */
const urgent = () => ({ ...message, deadline: questionDeadline(100) });

describe('a subgraph over HTTP', () => {
  it('gets the body, the statement, the request id and the time left', async () => {
    const { send } = await serve((request, response) => {
      const { method, url, headers } = request;
      response.end(
        JSON.stringify([
          method,
          url,
          headers['lanyard-caller'],
          headers['x-request-id'],
          headers['lanyard-deadline'],
        ]),
      );
    });
    const deadline = { ...message.deadline, remaining: () => 1_234 };
    const answer = await send({ ...message, deadline });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      200,
      ['POST', '/base/graphql', 'signed', 'request-0001', '1234'],
    ]);
  });

  it('is told where the request belongs', async () => {
    const { send } = await serve(({ headers }, response) => {
      const { traceparent = '', tracestate } = headers;
      response.end(JSON.stringify([headers['x-correlation-id'], traceparent, tracestate]));
    });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const trace = readTraceContext(
      {
        traceparent: `00-${traceId}-b7ad6b7169203331-01`,
        tracestate: 'vendor=1',
        'x-correlation-id': 'correlation-0001',
      },
      'request-0001',
    );
    const { body } = await withinTrace(trace, () => send(message));
    expect(JSON.parse(body)).toEqual([
      'correlation-0001',
      expect.stringContaining(traceId),
      'vendor=1',
    ]);
  });

  it('is given up when it does not answer in time', async () => {
    let closed: Promise<unknown> | undefined;
    const { send } = await serve((request) => {
      closed = once(request.socket, 'close');
    });
    await expect(send(urgent())).rejects.toThrow('timeout');
    // The other side sees that nobody waits.
    await closed;
  });

  it('is given up while connections are all taken', async () => {
    const { send } = await serve(() => undefined);
    const asked = Array.from({ length: 60 }, () => send(urgent()));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  });

  it('that closes the connection may be asked again', async () => {
    const { send } = await serve((request) => {
      request.socket.destroy();
    });
    await expect(send(message)).rejects.toThrow(NotConnected);
  });

  it('is given up when its answer stops half way', async () => {
    const { send } = await serve((_request, response) => {
      response.write('{"data":');
    });
    await expect(send(urgent())).rejects.toThrow('timeout');
  });

  it('is given up when its answer is over 2 MB', async () => {
    const { send } = await serve((_request, response) => {
      response.end('x'.repeat(3 * 1024 * 1024));
    });
    await expect(send(message)).rejects.toThrow();
  });

  it('is not followed to another place', async () => {
    const { send } = await serve((_request, response) => {
      response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end();
    });
    await expect(send(message)).resolves.toMatchObject({ status: 307 });
  });

  it.each([
    [200, true],
    [503, false],
  ])('that answers %i is alive: %p', async (status, alive) => {
    const { check } = await serve((request, response) => {
      response.writeHead(request.url === '/base/livez' ? status : 404).end();
    });
    const outcome = await check().then(
      () => true,
      () => false,
    );
    expect(outcome).toBe(alive);
  });
});
