import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';

import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { recordDeadline, startDeadline } from '../../../gateway/deadline.ts';
import type { SubgraphMessage, SubgraphTransport } from '../../../gateway/subgraphs/transport.ts';
import { type Asker, startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph | undefined;
afterEach(async () => {
  jest.useRealTimers();
  await graph?.stop();
  graph = undefined;
});

const staff: Asker = { scopes: 'self:read passport:revoke' };

/** All but `setTimeout`. */
const REAL = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
];

/** A subgraph that keeps still until the message's signal says stop, like one that is frozen. */
function frozen() {
  const arrived = new EventEmitter();
  const transport: SubgraphTransport = (message) => {
    arrived.emit('message', message);
    const { signal } = message.deadline;
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  };
  return { transport, arrival: once(arrived, 'message') as Promise<[SubgraphMessage]> };
}

describe('a subgraph that hangs', () => {
  it('costs its own fields at the deadline, and the others nothing', async () => {
    const passport = frozen();
    graph = await startTestGraph({ transports: { passport: passport.transport } });
    // The one timer there is goes off when the test says so, however busy this machine is.
    jest.useFakeTimers({ doNotFake: [...REAL] });
    const waiting = graph.ask('{ me { nickname passport { status } } }', staff);
    await passport.arrival;
    const other = await graph.ask('{ me { nickname } }', staff);
    jest.runOnlyPendingTimers();
    const hanging = await waiting;
    expect(other.data).toEqual({ me: { nickname: 'nick-stf_self' } });
    expect(hanging.data).toEqual({ me: { nickname: 'nick-stf_self', passport: null } });
    expect(hanging.errors.map(({ extensions }) => extensions)).toEqual([
      {
        code: 'SERVICE_UNAVAILABLE',
        source: 'passport',
        retryable: true,
        requestId: 'request-0001',
      },
    ]);
  });

  it('is told how long it has', async () => {
    graph = await startTestGraph();
    await graph.ask('{ me { nickname } }', staff);
    const remaining = graph.sent.at(-1)?.deadline.remaining() ?? 0;
    expect(remaining > 0 && remaining <= 2_500 * 60).toBe(true);
  });
});

describe('a client that goes away', () => {
  /** Sends an operation, and hangs up when it has reached the subgraph. */
  async function hangUp(query: string, arrival: Promise<[SubgraphMessage]>): Promise<AbortSignal> {
    if (graph === undefined) throw new Error('no graph');
    await graph.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = graph.app.server.address() as AddressInfo;
    const body = JSON.stringify({ query });
    const client = connect(port, '127.0.0.1');
    client.write(
      `POST /graphql HTTP/1.1\r\nhost: graph\r\ncontent-type: application/json\r\nauthorization: Bearer ${await token(staff)}\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`,
    );
    const [{ deadline }] = await arrival;
    client.destroy();
    return deadline.signal;
  }

  it('cancels a read', async () => {
    const esr = frozen();
    graph = await startTestGraph({ transports: { esr: esr.transport } });
    const signal = await hangUp('{ me { nickname } }', esr.arrival);
    if (!signal.aborted) await once(signal, 'abort');
    expect(String(signal.reason)).toMatch('the client has gone');
  });

  it('does not interrupt a change that has begun', async () => {
    const response = new EventEmitter();
    const { signal, uninterrupted } = startDeadline(response);
    let finish: () => void = () => undefined;
    const change = uninterrupted(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    response.emit('close');
    expect(signal.aborted).toBe(false);
    finish();
    await change;
    // Nothing else is begun for this client.
    expect(signal.aborted).toBe(true);
  });

  it('does not keep what was read out of the access log', () => {
    const response = new EventEmitter();
    const operation = startDeadline(response);
    response.emit('close');
    expect([operation.signal.aborted, recordDeadline(operation).signal.aborted]).toEqual([
      true,
      false,
    ]);
  });

  it('after the answer cancels nothing', () => {
    const response = new EventEmitter();
    const { signal } = startDeadline(response);
    response.emit('finish');
    response.emit('close');
    expect(signal.aborted).toBe(false);
  });
});
