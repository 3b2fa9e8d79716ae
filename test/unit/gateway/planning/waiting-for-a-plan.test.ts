import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { afterEach, describe, expect, it } from '@jest/globals';

import type { Planner } from '../../../../gateway/planning/planner-port.ts';
import { impatient } from '../../../impatient.ts';
import {
  type Asker,
  plannerOf,
  startTestGraph,
  type TestGraph,
  token,
  UNLIMITED,
} from '../test-graph.ts';

let graph: TestGraph | undefined;
afterEach(async () => {
  await graph?.stop();
  graph = undefined;
});

const staff: Asker = { scopes: 'self:read' };
const QUERY = '{ me { nickname } }';

/** A planner that plans when it is let go on. */
function heldPlanner() {
  const asked: Parameters<Planner['plan']>[] = [];
  const coming = Promise.withResolvers<undefined>();
  const held = Promise.withResolvers<undefined>();
  const startPlanner = (sdl: string): Planner => ({
    plan: async (...given) => {
      asked.push(given);
      coming.resolve(undefined);
      await held.promise;
      return plannerOf(sdl)(given[0], given[1]);
    },
    ready: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  });
  const goOn = (): void => {
    held.resolve(undefined);
  };
  return { startPlanner, asked, coming: coming.promise, goOn };
}

describe('whoever waits for a plan', () => {
  it('is told at the deadline that there is none, and the planner that nobody waits', async () => {
    const { startPlanner, asked } = heldPlanner();
    graph = await startTestGraph({ startPlanner });
    const patient = impatient();
    const answer = await graph.ask(QUERY, staff).finally(patient);
    expect(answer).toMatchObject({ status: 503, data: undefined });
    expect(answer.headers).toHaveProperty('retry-after');
    expect(answer.errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'SERVICE_UNAVAILABLE', retryable: true, requestId: 'request-0001' },
    ]);
    expect(asked.map(([, , asker]) => asker.left.aborted)).toEqual([true]);
  });

  it('gets it although somebody else who waited has left', async () => {
    const { startPlanner, asked, coming, goOn } = heldPlanner();
    graph = await startTestGraph({ startPlanner });
    const waiting = graph.ask(QUERY, { ...staff, subject: 'stf_2' });
    await coming;
    await graph.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = graph.app.server.address() as AddressInfo;
    const accepted = once(graph.app.server, 'connection') as Promise<[Socket]>;
    const body = JSON.stringify({ query: QUERY });
    const client = connect(port, '127.0.0.1');
    client.write(
      `POST /graphql HTTP/1.1\r\nhost: graph\r\ncontent-type: application/json\r\nauthorization: Bearer ${await token(staff)}\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`,
    );
    const [served] = await accepted;
    await setTimeout(50);
    client.destroy();
    await once(served, 'close');
    goOn();
    expect(await waiting).toMatchObject({ data: { me: { nickname: 'nick-stf_2' } } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.[2]?.left.aborted).toBe(false);
  });

  it('is known to the planner as who they are', async () => {
    const { startPlanner, asked, goOn } = heldPlanner();
    goOn();
    graph = await startTestGraph({ startPlanner });
    await graph.ask(QUERY, { ...staff, clientId: 'one' });
    await graph.ask('{ me { id } }', { ...staff, clientId: 'another' });
    await graph.ask('{ me { id nickname } }', { ...staff, subject: 'stf_2' });
    const [one, same, other] = asked.map(([, , asker]) => asker.holder);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe('an operation that has yet to be planned', () => {
  it('counts as one request more, also when nothing of it is asked for', async () => {
    graph = await startTestGraph({
      settings: {
        GATEWAY_RATE_LIMITS: { ...UNLIMITED, person: { perSecond: 1, perDay: 1_000 } },
      },
    });
    const text = 'query ($f: Boolean!) { me @include(if: $f) { nickname } }';
    const left: unknown[] = [];
    for (let nth = 0; nth < 2; nth += 1) {
      const { status, headers } = await graph.ask(text, staff, { f: false });
      left.push([status, headers['ratelimit-remaining']]);
    }
    expect(left).toEqual([
      [200, '8'],
      [200, '7'],
    ]);
  });
});
