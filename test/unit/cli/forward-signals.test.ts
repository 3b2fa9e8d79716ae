import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { type Forwarded, forwardSignals } from '../../../cli/forward-signals.ts';
import { type AskGraph, GraphRefused } from '../../../runtime/graph-client.ts';
import { guardedFetch } from '../../../runtime/guarded-fetch.ts';
import { RemoteUnavailable } from '../../../runtime/machine-client.ts';
import { newWebhookSecret, webhookHeaders } from '../../../standards/webhook-signature.ts';
import { httpSignalPusher } from '../../../subgraphs/passport/receivers/push-signal.ts';

const at = new Date('2026-11-26T12:00:00Z');
const secret = newWebhookSecret();

let receiver: Server;
/** What the developer's program answers, one after another; then 202. */
let answers: number[];
let received: { readonly headers: IncomingHttpHeaders; readonly body: string }[];
let told: Forwarded[];
let away: string[];
let pauses: number[];

beforeEach(async () => {
  [answers, received, told, away, pauses] = [[], [], [], [], []];
  receiver = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      response.statusCode = answers.shift() ?? 202;
      if (response.statusCode === 302) response.setHeader('location', 'http://elsewhere.example/');
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterEach(() => {
  receiver.close();
});

/** A graph with these signals, oldest first. It fails first as it is told. */
const graphOf =
  (signals: readonly string[], failures: Error[] = []): AskGraph =>
  ({ document, variables, shape }) => {
    const failure = failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    const { signal, first } = variables as { signal?: string; first: number };
    const node = (id: string) => ({
      node: { id, cause: 'STAFF_LEFT', securityEventToken: `token of ${id}` },
    });
    const rest = signals.slice(signal === undefined ? 0 : signals.indexOf(signal) + 1);
    return Promise.resolve(
      shape.parse(
        document.includes('signalsAfter')
          ? { signalsAfter: { edges: rest.slice(0, first).map(node) } }
          : { signals: { edges: signals.toReversed().slice(0, first).map(node) } },
      ),
    );
  };

/** Forwards until there was nothing new, or so many pauses. */
async function forward(
  earlier: number,
  ask: AskGraph,
  most = 1,
  port = (receiver.address() as AddressInfo).port,
): Promise<void> {
  const ending = new AbortController();
  const host = `127.0.0.1:${String(port)}`;
  await forwardSignals(earlier, {
    ask,
    pusher: httpSignalPusher(guardedFetch({ allowedHosts: [host], allowHttp: true })),
    to: { url: `http://${host}/hooks`, secret },
    tell: (one) => told.push(one),
    away: (code) => away.push(code),
    now: () => at,
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      if (pauses.length >= most) ending.abort();
      return Promise.resolve();
    },
    signal: ending.signal,
  });
}

const forwarded = (): readonly string[] =>
  told.map(({ signalId, outcome }) => `${signalId} ${outcome}`);

it('forwards what is new, signed anew, in order', async () => {
  await forward(2, graphOf(['sig_1', 'sig_2', 'sig_3']));
  expect(forwarded()).toEqual(['sig_2 taken', 'sig_3 taken']);
  const [first] = received;
  expect(first?.body).toBe('token of sig_2');
  expect(first?.headers).toMatchObject({
    'content-type': 'application/secevent+jwt',
    ...webhookHeaders({ id: 'sig_2', at, body: 'token of sig_2' }, [secret]),
  });
});

it.each([0, 3, 99])(
  'begins where it is told, and skips nothing of a long list: %p',
  async (last) => {
    const signals = Array.from({ length: 45 }, (_, nth) => `sig_${String(nth)}`);
    await forward(last, graphOf(signals));
    const expected = last === 0 ? [] : signals.slice(-last);
    expect(forwarded()).toEqual(expected.map((id) => `${id} taken`));
  },
);

it('holds on to a signal until it is taken with 202', async () => {
  answers = [500, 302, 200, 400, 202];
  await forward(2, graphOf(['sig_1', 'sig_2']), 5);
  expect(forwarded()).toEqual([
    'sig_1 http_500',
    'sig_1 http_302',
    'sig_1 http_200',
    'sig_1 http_400',
    'sig_1 taken',
    'sig_2 taken',
  ]);
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 2_000]);
});

it('waits for a program that is not there', async () => {
  const { port } = receiver.address() as AddressInfo;
  receiver.close();
  await once(receiver, 'close');
  await forward(1, graphOf(['sig_1']), 7, port);
  expect(new Set(forwarded())).toEqual(new Set(['sig_1 unreachable']));
  expect(pauses.at(-1)).toBe(30_000);
});

it('waits for a graph that is away or asks to be left alone, and ends when it is refused', async () => {
  const passing = [new RemoteUnavailable('down'), new GraphRefused('TOO_MANY_REQUESTS')];
  await forward(0, graphOf(['sig_1'], passing), 3);
  expect(away).toEqual(['unavailable', 'TOO_MANY_REQUESTS']);
  await expect(
    forward(0, graphOf(['sig_1'], [new GraphRefused('FORBIDDEN')])),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
