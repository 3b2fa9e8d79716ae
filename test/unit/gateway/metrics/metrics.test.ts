import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { startTestGraph, type TestGraph } from '../test-graph.ts';

let graph: TestGraph;
let port: number;
beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  ({ port } = probe.address() as AddressInfo);
  probe.close();
  await once(probe, 'close');
  graph = await startTestGraph({ settings: { GATEWAY_METRICS_PORT: port } });
});
afterAll(() => graph.stop());

const read = (path: string) => fetch(`http://127.0.0.1:${String(port)}${path}`);

it('counts operations, fields and requests to subgraphs, and nothing about anybody', async () => {
  const asker = { scopes: 'self:read' };
  for (let time = 0; time < 3; time += 1)
    await graph.ask('{ mine: me { ...F } } fragment F on StaffMember { nickname }', asker);
  await graph.ask('query Secret($id: ID!) { staff(id: $id) { nickname } }', asker, {
    id: 'stf_secret',
  });
  const text = await (await read('/metrics')).text();
  expect(text).toContain('lanyard_operation_seconds_count{kind="query",outcome="answered"} 3');
  expect(text).toContain('lanyard_operation_seconds_count{kind="query",outcome="errors"} 1');
  expect(text).toContain('lanyard_field_uses{field="Query.me",deprecated="false"} 3');
  expect(text).toContain('lanyard_field_uses{field="StaffMember.nickname",deprecated="false"} 4');
  expect(text).toContain('lanyard_field_uses{field="StaffMember.oldName",deprecated="true"} 0');
  expect(text).toContain('lanyard_subgraph_seconds_count{subgraph="esr",outcome="answered"} 3');
  expect(text).toContain('lanyard_subgraph_under_way{subgraph="esr"} 0');
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).not.toMatch(/stf_|Secret|mine|A Person|lanyard-explorer/);
});

it('tells it on a port of its own alone', async () => {
  expect((await read('/')).status).toBe(404);
  expect((await graph.app.inject('/metrics')).statusCode).toBe(404);
});
