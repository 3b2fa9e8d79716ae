/** A process that asks the graph while it works for somebody: what it says of that. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';

import { type AskGraph, graphClient } from '../../../runtime/graph-client.ts';
import { RemoteUnavailable } from '../../../runtime/machine-client.ts';
import { workFor } from '../../../runtime/request-deadline.ts';
import { readTraceContext, withinTrace } from '../../../runtime/trace-context.ts';

let server: Server;
let ask: AskGraph;
const received: IncomingHttpHeaders[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    received.push(request.headers);
    request.resume();
    response.setHeader('content-type', 'application/json').end('{"data":{"me":"m"}}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}/graphql`;
  ask = graphClient({ url, accessToken: () => Promise.resolve('token') });
});
afterAll(() => {
  server.close();
});

const question = {
  document: '{ me }',
  variables: {},
  purpose: 'HR_ADMINISTRATION',
  shape: z.object({ me: z.string() }),
} as const;

it('says which trace its question belongs to', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const trace = readTraceContext(
    { traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: 'congo=t61rcWkgMzE' },
    'request-1',
  );
  expect(await withinTrace(trace, () => ask(question))).toEqual({ me: 'm' });
  expect(received.pop()).toMatchObject({
    traceparent: `00-${traceId}-${trace.spanId}-01`,
    tracestate: 'congo=t61rcWkgMzE',
    'x-request-id': 'request-1',
    'x-correlation-id': trace.correlationId,
  });
});

it('is given up with the request that it is asked for', async () => {
  const over = new AbortController();
  over.abort();
  const asked = workFor(over.signal, () => ask(question));
  await expect(asked).rejects.toThrow(RemoteUnavailable);
  expect(received).toEqual([]);
});

it('belongs to none when nobody has caused it', async () => {
  await ask(question);
  expect(received.pop()).not.toHaveProperty('traceparent');
});
