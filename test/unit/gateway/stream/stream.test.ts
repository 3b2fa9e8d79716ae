import { hash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { announcer } from '../../../../runtime/announcements.ts';
import { createLog } from '../../../../runtime/log.ts';
import { memoryKeyValue } from '../../../../runtime/memory-key-value.ts';
import type { SubgraphMessage } from '../../../../gateway/subgraphs/transport.ts';
import { freePort } from '../../../servers/child.ts';
import {
  type Asker,
  credentialStates,
  NOW,
  startTestGraph,
  type TestGraph,
  token,
  UNLIMITED,
} from '../test-graph.ts';

const keyValue = memoryKeyValue(() => NOW);
const announce = announcer(keyValue, createLog({ name: 'test', level: 'silent' }));

/** Told of the next question on this path, which is then never answered. */
const frozen: { path?: string | undefined; arrived?: (signal: AbortSignal) => void } = {};
const freeze = ({ path, deadline: { signal } }: SubgraphMessage) => {
  if (path !== frozen.path) return undefined;
  frozen.path = undefined;
  frozen.arrived?.(signal);
  return new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
};

/** Two in ten seconds. */
const FEW = { perSecond: 0.2 };

let graph: TestGraph;
let url: string;
let metrics: string;
beforeAll(async () => {
  const metricsPort = await freePort();
  metrics = `http://127.0.0.1:${String(metricsPort)}/metrics`;
  graph = await startTestGraph({
    keyValue,
    settings: {
      GATEWAY_METRICS_PORT: metricsPort,
      GATEWAY_RATE_LIMITS: { ...UNLIMITED, clients: { 'few-streams': FEW, 'few-events': FEW } },
    },
    before: { passport: freeze, identity: freeze },
  });
  await graph.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = graph.app.server.address() as AddressInfo;
  url = `http://127.0.0.1:${String(port)}/graphql/stream`;
});
afterAll(() => graph.stop());
beforeEach(() => {
  credentialStates.clear();
  graph.sent.length = 0;
});

const QUERY = `subscription Watch($id: ID!) {
  credentialStatusChanged(id: $id) { ...Shown }
}
fragment Shown on Credential { id state }`;
const asker: Asker = { scopes: 'self:read' };
/** What passport answers to it. */
const FIRST = JSON.stringify({
  data: { credential: { __typename: 'Credential', id: 'crd_1', state: 'ACTIVE' } },
});

const openStream = async (
  id: string,
  {
    extensions,
    query = extensions === undefined ? QUERY : undefined,
    who = asker,
    documentId,
    headers = {},
    left = new AbortController(),
  }: {
    readonly query?: string | undefined;
    readonly extensions?: object;
    readonly left?: AbortController;
    readonly documentId?: string;
    readonly who?: Asker | undefined;
    readonly headers?: Record<string, string>;
  } = {},
) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${await token(who)}`,
      ...headers,
    },
    body: JSON.stringify({
      ...(documentId === undefined ? { query, extensions } : { documentId }),
      variables: { id },
    }),
    signal: left.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  /** The next event; comments and times are left out. */
  const next = async (): Promise<
    { readonly event: string; readonly data: unknown } | undefined
  > => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end === -1) {
        const part = await reader?.read();
        if (part === undefined || part.done) return undefined;
        text += part.value;
        continue;
      }
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const { event, data = '' } =
        /^event: (?<event>\w+)\ndata: (?<data>.*)$/.exec(block)?.groups ?? {};
      if (event !== undefined) {
        return { event, data: data === '' ? '' : (JSON.parse(data) as { data: unknown }).data };
      }
    }
  };
  return {
    response,
    next,
    leave: () => {
      left.abort();
    },
  };
};
const state = (id: string, now: string) => ({
  event: 'next',
  data: { credentialStatusChanged: { id, state: now } },
});

describe('a stream', () => {
  it('begins with what is true now, and goes on with every change', async () => {
    const { response, next, leave } = await openStream('crd_1');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('connection')).toBe('close');
    expect(await next()).toEqual(state('crd_1', 'ACTIVE'));
    for (const now of ['SUSPENDED', 'REVOKED']) {
      credentialStates.set('crd_1', now);
      announce({ kind: 'credential', id: 'crd_1' });
      expect(await next()).toEqual(state('crd_1', now));
    }
    leave();
  });

  it('says nothing of other things, and nothing when nothing has changed', async () => {
    const { next, leave } = await openStream('crd_1');
    await next();
    graph.sent.length = 0;
    announce({ kind: 'credential', id: 'crd_2' });
    announce({ kind: 'case', id: 'crd_1' });
    announce({ kind: 'credential', id: 'crd_1' });
    credentialStates.set('crd_1', 'REVOKED');
    announce({ kind: 'credential', id: 'crd_1' });
    expect(await next()).toEqual(state('crd_1', 'REVOKED'));
    expect(graph.sent.every(({ body }) => !body.includes('crd_2'))).toBe(true);
    leave();
  });

  it('hears of what nobody announced, by asking', async () => {
    const { next, leave } = await openStream('crd_1');
    await next();
    credentialStates.set('crd_1', 'REVOKED');
    graph.changes.push({ number: 3, change: { kind: 'credential', id: 'crd_1' } });
    await graph.lookForChanges();
    expect(await next()).toEqual(state('crd_1', 'REVOKED'));
    leave();
  });

  it('that is opened again begins with what is true then, whatever was missed', async () => {
    const before = await openStream('crd_1');
    await before.next();
    before.leave();
    credentialStates.set('crd_1', 'SUSPENDED');
    announce({ kind: 'credential', id: 'crd_1' });
    const after = await openStream('crd_1', { headers: { 'last-event-id': '17' } });
    expect(await after.next()).toEqual(state('crd_1', 'SUSPENDED'));
    after.leave();
  });

  it('tells somebody else nothing, like of a thing that is not there, and ends', async () => {
    const own = await openStream('crd_other', { who: { ...asker, subject: 'stf_other' } });
    expect(await own.next()).toEqual(state('crd_other', 'ACTIVE'));
    const others = await openStream('crd_other');
    expect(await others.next()).toEqual({ event: 'next', data: { credentialStatusChanged: null } });
    expect(await others.next()).toEqual({ event: 'complete', data: '' });
    expect(await others.next()).toBeUndefined();
    own.leave();
  });

  it('goes by the rules of the fields, and writes down every reading', async () => {
    const { next, leave } = await openStream('crd_read');
    await next();
    credentialStates.set('crd_read', 'REVOKED');
    announce({ kind: 'credential', id: 'crd_read' });
    await next();
    const recorded = graph.sent.filter(({ path }) => path === '/access-log');
    expect(recorded.map(({ body }) => JSON.parse(body) as object)).toEqual([
      { entries: [expect.objectContaining({ people: ['stf_1'] })] },
      { entries: [expect.objectContaining({ people: ['stf_1'] })] },
    ]);
    leave();
    const unscoped = await openStream('crd_1', { who: { scopes: 'event:read' } });
    expect(await unscoped.next()).toEqual({
      event: 'next',
      data: { credentialStatusChanged: null },
    });
  });

  it('is one of ten of the same person at most', async () => {
    const who = { ...asker, subject: 'stf_many' };
    const all = [];
    for (let number = 0; number < 10; number += 1) all.push(await openStream('crd_1', { who }));
    expect(all.map(({ response }) => response.status)).toEqual(all.map(() => 200));
    const eleventh = (await openStream('crd_1', { who })).response;
    expect([eleventh.status, eleventh.headers.get('retry-after')]).toEqual([429, '1']);
    const [first] = all;
    first?.leave();
    for (const { leave } of all) leave();
  });

  it.each([
    ['a query', '{ me { id } }'],
    ['no field that is streamed', 'subscription { open }'],
    [
      'two fields',
      'subscription { a: credentialStatusChanged(id: "1") { id } b: credentialStatusChanged(id: "1") { id } }',
    ],
    ['a field of a name that objects have', 'subscription { constructor(id: "1") { id } }'],
    ['no id', 'subscription { credentialStatusChanged { id } }'],
    ['fields that are not there', 'subscription { credentialStatusChanged(id: "1") { nothing } }'],
    [
      'a fragment at the root',
      'subscription { ...F } fragment F on Subscription { credentialStatusChanged(id: "1") { id } }',
    ],
    ['the words of the schema', 'subscription { __schema { types { name } } }'],
    ['something else', 'what?'],
  ])('is refused for %s', async (_what, query) => {
    const { response } = await openStream('crd_1', { query });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('is one, and no list of them', async () => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await token(asker)}`,
      },
      body: JSON.stringify([{ query: QUERY, variables: { id: 'crd_1' } }]),
    });
    expect(answer.status).toBe(400);
  });

  it('can be asked for by the id of a registered subscription, by the client that registered it', async () => {
    const sha256 = hash('sha256', QUERY);
    const documentId = `sha256:${sha256}`;
    expect((await openStream('crd_1', { documentId })).response.status).toBe(400);
    const who = { ...asker, clientId: 'hr-1' };
    graph.identity.documents.set(`hr-1 ${sha256}`, QUERY);
    const { next } = await openStream('crd_1', { documentId, who });
    expect(await next()).toEqual(state('crd_1', 'ACTIVE'));

    // Taken back while the stream is open: nothing more is told.
    graph.identity.documents.clear();
    await graph.hearIdentity('v-withdrawn');
    credentialStates.set('crd_1', 'REVOKED');
    announce({ kind: 'credential', id: 'crd_1' });
    expect(await next()).toEqual({ event: 'next', data: undefined });
    expect(await next()).toEqual({ event: 'complete', data: '' });
  });

  it('is counted as a registered operation', async () => {
    const sha256 = hash('sha256', QUERY);
    const who = { ...asker, clientId: 'hr-2' };
    graph.identity.documents.set(`hr-2 ${sha256}`, QUERY);
    const counted = async (): Promise<readonly number[]> => {
      const text = await (await fetch(metrics)).text();
      return [
        /^lanyard_trusted_operation_seconds_count\{operation="Watch",.*\} (\d+)$/m,
        /^lanyard_field_uses\{field="Subscription.credentialStatusChanged",.*\} (\d+)$/m,
      ].map((line) => Number(line.exec(text)?.[1] ?? 0));
    };
    const before = await counted();
    const { next, leave } = await openStream('crd_1', { documentId: `sha256:${sha256}`, who });
    await next();
    leave();
    expect(await counted()).toEqual(before.map((count) => count + 1));
  });

  it('keeps what was sent with its hash once it has begun, and nothing that is no stream', async () => {
    const opened = [];
    for (const query of ['{ me { id } }', QUERY]) {
      const extensions = { persistedQuery: { version: 1, sha256Hash: hash('sha256', query) } };
      for (const text of [query, undefined]) {
        const stream = await openStream('crd_1', { query: text, extensions });
        opened.push(stream.response.status);
        stream.leave();
      }
    }
    expect(opened).toEqual([400, 400, 200, 200]);
  });

  it('says how much may still be asked, and when to come back', async () => {
    const who = { ...asker, clientId: 'few-streams' };
    const answers = [];
    for (let time = 0; time < 3; time += 1) {
      const { response, leave } = await openStream('crd_1', { who });
      answers.push([
        response.status,
        response.headers.get('ratelimit-remaining'),
        response.headers.get('retry-after'),
      ]);
      leave();
    }
    expect(answers).toEqual([
      [200, '1', null],
      [200, '0', null],
      [429, '0', '10'],
    ]);
  });

  it('goes on waiting when nothing is left for what follows', async () => {
    const few = await openStream('crd_1', { who: { ...asker, clientId: 'few-events' } });
    const other = await openStream('crd_1');
    const events: (string | undefined)[] = [];
    const read = async (): Promise<void> => {
      for (;;) {
        const next = await few.next();
        events.push(next?.event);
        if (next === undefined) return;
      }
    };
    const reading = read().catch(() => undefined);
    await other.next();
    for (const now of ['SUSPENDED', 'ACTIVE', 'SUSPENDED', 'ACTIVE']) {
      credentialStates.set('crd_1', now);
      announce({ kind: 'credential', id: 'crd_1' });
      expect(await other.next()).toEqual(state('crd_1', now));
    }
    await setTimeout(100);
    expect(events).not.toContain('complete');
    expect(events.filter((event) => event === 'next').length).toBeLessThan(3);
    few.leave();
    other.leave();
    await reading;
  });

  it('that opens while the process stops begins and ends', async () => {
    const arrived = Promise.withResolvers<undefined>();
    const letGo = Promise.withResolvers<undefined>();
    let held = false;
    const stopping: TestGraph = await startTestGraph({
      before: {
        passport: (message) => {
          if (message.path !== '/graphql' || held) return undefined;
          held = true;
          arrived.resolve(undefined);
          return letGo.promise.then(() => ({ status: 200, body: FIRST }));
        },
      },
    });
    const address = await stopping.app.listen({ host: '127.0.0.1', port: 0 });
    const asked = fetch(`${address}/graphql/stream`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await token(asker)}`,
      },
      body: JSON.stringify({ query: QUERY, variables: { id: 'crd_1' } }),
    });
    await arrived.promise;
    const stopped = stopping.stop();
    letGo.resolve(undefined);
    const text = await (await asked).text();
    expect(text).toMatch(/event: next\ndata: .+\n\nevent: complete\ndata: \n\n$/);
    await stopped;
  });

  it.each(['the first answer', 'a later one', 'its own text'])(
    'that the client leaves ends what was being read for %s',
    async (which) => {
      const isLater = which === 'a later one';
      const left = new AbortController();
      const arrived = new Promise<AbortSignal>((resolve) => (frozen.arrived = resolve));
      if (isLater) await (await openStream('crd_1', { left })).next();
      frozen.path = which === 'its own text' ? '/internal/documents' : '/graphql';
      if (isLater) announce({ kind: 'credential', id: 'crd_1' });
      else {
        const documentId = which === 'its own text' ? `sha256:${'1'.repeat(64)}` : undefined;
        void openStream('crd_1', {
          left,
          ...(documentId === undefined ? {} : { documentId }),
        }).catch(() => undefined);
      }
      const signal = await arrived;
      left.abort();
      if (!signal.aborted) await once(signal, 'abort');
      expect(String(signal.reason)).toMatch('the client has gone');
    },
  );

  it('is refused without a good token', async () => {
    const { response } = await openStream('crd_1', { headers: { authorization: 'Bearer a.b.c' } });
    expect(response.status).toBe(401);
  });

  it('is no way to subscribe at the usual address', async () => {
    const answer = await graph.ask(
      'subscription { credentialStatusChanged(id: "1") { id } }',
      asker,
    );
    expect(answer.status).toBe(400);
  });
});

it('passes on where a request belongs', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const answer = await graph.post({
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await token(asker)}`,
      'x-correlation-id': 'undertaking-1',
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
    },
    body: JSON.stringify({ query: '{ me { id } }' }),
  });
  expect(answer.headers).toMatchObject({
    'x-correlation-id': 'undertaking-1',
    traceparent: expect.stringMatching(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`)),
  });
  expect(graph.sent[0]?.trace).toMatchObject({
    'x-correlation-id': 'undertaking-1',
    traceparent: answer.headers['traceparent'],
  });
});
