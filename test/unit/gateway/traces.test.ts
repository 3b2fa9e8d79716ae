import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { createLog } from '../../../runtime/log.ts';
import { readTracingSettings } from '../../../runtime/tracing/settings.ts';
import { startTracing } from '../../../runtime/tracing/start-tracing.ts';
import type { Tracing } from '../../../runtime/tracing/tracer.ts';
import { type CollectedSpan, type Collector, startCollector } from '../../servers/collector.ts';
import { startTestGraph, type TestGraph, token } from './test-graph.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CLIENT = 'b7ad6b7169203331';

let collector: Collector;
let graph: TestGraph;
let tracings: Record<'gateway' | 'esr' | 'nhsmail' | 'passport', Tracing>;
let spans: readonly CollectedSpan[];

/** One operation over three subgraphs, each with a tracer of its own as in a process of its own. */
beforeAll(async () => {
  collector = await startCollector();
  const settings = readTracingSettings({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=a%20key',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  });
  const log = createLog({ name: 'test', level: 'silent' });
  const start = async (name: string): Promise<Tracing> => {
    const tracing = await startTracing(settings, { name, log });
    if (tracing === undefined) throw new Error('nothing is recorded');
    return tracing;
  };
  tracings = {
    gateway: await start('gateway'),
    esr: await start('esr'),
    nhsmail: await start('nhsmail'),
    passport: await start('passport'),
  };
  graph = await startTestGraph({
    tracers: {
      gateway: tracings.gateway.tracer,
      esr: tracings.esr.tracer,
      nhsmail: tracings.nhsmail.tracer,
      passport: tracings.passport.tracer,
    },
  });
  const sent = await graph.post({
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await token({ subject: 'stf_secret', scopes: 'self:read' })}`,
      traceparent: `00-${TRACE}-${CLIENT}-01`,
    },
    body: JSON.stringify({
      query:
        'query Private($id: ID!) { me { nickname } mailbox credential(id: $id) { state } literal: credential(id: "crd_literal") { id } }',
      variables: { id: 'crd_variable' },
    }),
  });
  if (sent.data === undefined) throw new Error(sent.text);
  await graph.app.inject('/livez');
  await graph.stop();
  await Promise.all(Object.values(tracings).map((tracing) => tracing.stop()));
  ({ spans } = collector);
});
afterAll(() => collector.stop());

const named = (name: string, service: string): CollectedSpan => {
  const found = spans.find((span) => span.name === name && span.service === service);
  if (found === undefined) throw new Error(`no span ${name} of ${service}`);
  return found;
};

it('makes one trace of an operation over three subgraphs, each request below the one that caused it', () => {
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  const request = named('POST /graphql', 'lanyard-gateway');
  expect(request.parentSpanId).toBe(CLIENT);
  expect(named('plan', 'lanyard-gateway').parentSpanId).toBe(request.spanId);
  for (const name of ['esr', 'nhsmail', 'passport']) {
    const asking = named(`${name} POST /graphql`, 'lanyard-gateway');
    expect(asking.parentSpanId).toBe(request.spanId);
    expect(named('POST /graphql', `lanyard-${name}`).parentSpanId).toBe(asking.spanId);
  }
});

it('says what was asked by its hash, and nothing about anybody', () => {
  expect(named('POST /graphql', 'lanyard-gateway').attributes).toEqual({
    'http.request.method': 'POST',
    'http.route': '/graphql',
    'http.response.status_code': 200,
    'graphql.operation.type': 'query',
    'graphql.document.hash': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
  expect(JSON.stringify(spans)).not.toMatch(/stf_|crd_|Private|nick-|Bearer|A Person|livez/);
});

it('shows the collector what lets us in', () => {
  expect(collector.headers()).toMatchObject({ 'x-collector-key': 'a key' });
});
