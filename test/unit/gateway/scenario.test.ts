import { afterEach, expect, it, jest } from '@jest/globals';

import { type Asker, startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph | undefined;
afterEach(async () => {
  jest.useRealTimers();
  await graph?.stop();
  graph = undefined;
});

/** All but `setTimeout`. */
const REAL = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
];
const staff: Asker = { scopes: 'self:read' };
const QUERY = '{ me { nickname passport { status } } mailbox }';

async function askIn(environment: 'development' | 'production', scenario: string) {
  graph ??= await startTestGraph({ environment });
  return graph.post({
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      'x-request-id': 'request-0001',
      authorization: `Bearer ${await token(staff)}`,
      'lanyard-scenario': scenario,
    },
    payload: JSON.stringify({ query: QUERY }),
  });
}

const unavailable = (source: string) => ({
  code: 'SERVICE_UNAVAILABLE',
  source,
  retryable: true,
  requestId: 'request-0001',
});

it('has NHSmail away for one request, and for no other', async () => {
  const { data, errors } = await askIn('development', 'nhsmail-away');
  expect(data).toMatchObject({ me: { nickname: 'nick-stf_self' }, mailbox: null });
  expect(errors.map(({ extensions }) => extensions)).toEqual([unavailable('nhsmail')]);
  expect(graph?.sent.some(({ to }) => to === 'nhsmail')).toBe(false);
  // The breaker has heard of nothing, however often somebody tries it.
  for (let time = 0; time < 20; time += 1) await askIn('development', 'nhsmail-away');
  const next = await graph?.ask(QUERY, staff);
  expect(next?.errors).toEqual([]);
});

it('is no part of what the same person asks otherwise at the same moment', async () => {
  graph = await startTestGraph({ environment: 'development' });
  const answers = await Promise.all([
    askIn('development', 'nhsmail-away'),
    graph.ask(QUERY, staff),
  ]);
  expect(answers.map(({ errors }) => errors.length)).toEqual([1, 0]);
});

it('has ESR answer too late', async () => {
  graph = await startTestGraph({ environment: 'development' });
  // The one timer there is goes off when the test says so, however busy this machine is.
  jest.useFakeTimers({ doNotFake: [...REAL] });
  const waiting = askIn('development', 'esr-slow');
  while (graph.sent.length === 0) await new Promise(setImmediate);
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  jest.runOnlyPendingTimers();
  const { data, errors } = await waiting;
  expect(data).toEqual({ me: null, mailbox: 'm' });
  expect(errors.map(({ extensions }) => extensions)).toEqual([unavailable('esr')]);
  expect(graph.sent.map(({ to }) => to)).toEqual(['nhsmail']);
});

it.each([
  ['development', 'passport-away'],
  ['production', 'nhsmail-away'],
  ['production', 'esr-slow'],
] as const)('knows no such thing in %s: %s', async (environment, scenario) => {
  const { status, data, errors } = await askIn(environment, scenario);
  expect([status, data]).toEqual([400, undefined]);
  expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['INVALID_VALUE']);
  expect(graph?.sent).toEqual([]);
});
