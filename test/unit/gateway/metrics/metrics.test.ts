import { hash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { startTestGraph, type TestGraph, token, UNLIMITED } from '../test-graph.ts';

let graph: TestGraph;
let port: number;
let isBusy = false;
beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  ({ port } = probe.address() as AddressInfo);
  probe.close();
  await once(probe, 'close');
  graph = await startTestGraph({
    settings: {
      GATEWAY_METRICS_PORT: port,
      GATEWAY_RATE_LIMITS: { ...UNLIMITED, clients: { 'slow-client': { perSecond: 0.2 } } },
    },
    load: {
      sheds: () => isBusy,
      enter: () => undefined,
      leave: () => undefined,
      stop: () => undefined,
    },
  });
});
afterAll(() => graph.stop());

const read = (path: string) => fetch(`http://127.0.0.1:${String(port)}${path}`);

it('counts operations, fields and requests to subgraphs, and nothing about anybody', async () => {
  const asker = { scopes: 'self:read' };
  for (let time = 0; time < 3; time += 1)
    await graph.ask('{ mine: me { ...F } } fragment F on StaffMember { nickname }', asker);
  await graph.ask('{ me { oldName(short: true) } }', { scopes: 'self:read hr:read' });
  await graph.ask('query Secret($id: ID!) { staff(id: $id) { nickname } }', asker, {
    id: 'stf_secret',
  });
  const text = await (await read('/metrics')).text();
  expect(text).toContain('lanyard_operation_seconds_count{kind="query",outcome="answered"} 4');
  expect(text).toContain('lanyard_operation_seconds_count{kind="query",outcome="errors"} 1');
  expect(text).toContain('lanyard_field_uses{field="Query.me",deprecated="false"} 4');
  expect(text).toContain('lanyard_field_uses{field="StaffMember.nickname",deprecated="false"} 4');
  for (const old of ['StaffMember.oldName', 'StaffMember.oldName(short:)'])
    expect(text).toContain(`lanyard_field_uses{field="${old}",deprecated="true"} 1`);
  expect(text).toContain('lanyard_subgraph_seconds_count{subgraph="esr",outcome="answered"} 4');
  expect(text).toContain('lanyard_subgraph_under_way{subgraph="esr"} 0');
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).not.toMatch(/stf_|Secret|mine|A Person|lanyard-explorer/);
});

it('counts registered operations by name, plans, breakers, limits and what is let go', async () => {
  const text = 'query MyName { me { nickname } }';
  const sha256 = hash('sha256', text);
  graph.identity.documents.set(`lanyard-explorer ${sha256}`, text);
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${await token({ scopes: 'self:read' })}`,
  };
  const body = JSON.stringify({ documentId: `sha256:${sha256}` });
  for (let time = 0; time < 2; time += 1) await graph.post({ headers, body });
  // The same operation as text is nobody's registered one.
  await graph.ask(text, { scopes: 'self:read' });
  for (let time = 0; time < 2; time += 1)
    await graph.ask('{ me { id } }', { scopes: 'self:read', clientId: 'slow-client' });
  isBusy = true;
  await graph.ask('{ me { id } }', { scopes: 'self:read' });
  isBusy = false;
  const counted = await (await read('/metrics')).text();
  for (const line of [
    'lanyard_trusted_operation_seconds_count{operation="MyName",outcome="answered"} 2',
    'lanyard_plans_under_way 0',
    'lanyard_breaker_open{subgraph="esr"} 0',
    'lanyard_breaker_open{subgraph="identity"} 0',
    'lanyard_rate_limited_total{quota="client"} 1',
    'lanyard_turned_away_total{reason="rate_limit"} 1',
    'lanyard_turned_away_total{reason="shed"} 1',
    'lanyard_turned_away_total{reason="unavailable"} 0',
  ])
    expect(counted).toContain(`${line}\n`);
  expect(counted).toMatch(/lanyard_plan_seconds_count\{outcome="planned"\} [1-9]/);
});

it('tells it on a port of its own alone', async () => {
  expect((await read('/')).status).toBe(404);
  expect((await graph.app.inject('/metrics')).statusCode).toBe(404);
});
