import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { type Asker, startTestGraph, type TestGraph, token, UNLIMITED } from './test-graph.ts';

const system = (clientId: string, ods: string): Asker => ({
  subject: clientId,
  clientId,
  ods,
  scopes: 'hr:read',
  purpose: 'HR_ADMINISTRATION',
});
const administrator = (ods: string): Asker => ({
  ods,
  scopes: 'signal:manage',
  purpose: 'HR_ADMINISTRATION',
});

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph({
    settings: {
      GATEWAY_RATE_LIMITS: {
        ...UNLIMITED,
        clients: { rota: { perSecond: 0.2, perDay: 1_000 } },
      },
    },
  });
});
afterAll(() => graph.stop());

const usageOf = async (clientId: string, asker?: Asker) => {
  const { statusCode, body } = await graph.app.inject({
    url: `/usage/${clientId}`,
    headers: asker === undefined ? {} : { authorization: `Bearer ${await token(asker)}` },
  });
  return {
    status: statusCode,
    body: JSON.parse(body) as { days?: unknown[]; limits?: unknown; now?: unknown },
  };
};

it('is counted for each system, and told to its own organisation', async () => {
  const rota = system('rota', 'RZ1');
  // What has yet to be planned counts for more: somebody else asks first.
  await graph.ask('{ organisation { name } }', system('before', 'RZ1'));
  const answers = [];
  for (let request = 0; request < 4; request += 1) {
    answers.push((await graph.ask('{ organisation { name } }', rota)).status);
  }
  expect(answers).toEqual([200, 200, 429, 429]);

  const own = await usageOf('rota', administrator('RZ1'));
  expect(own).toMatchObject({ status: 200, body: { limits: { perSecond: 0.2, perDay: 1_000 } } });
  expect(own.body.days).toHaveLength(7);
  expect(own.body.days?.[0]).toEqual({ day: '2026-11-22', requests: 2, refused: 2 });
  expect((await usageOf('rota', rota)).body.days?.[0]).toEqual(own.body.days?.[0]);
  const left = [
    { limit: 2, windowSeconds: 10, left: 0, resetSeconds: 10 },
    { limit: 1_000, windowSeconds: 86_400, left: 998, resetSeconds: 12 * 3_600 },
  ];
  expect(own.body.now).toEqual(left);
  // Looking takes nothing.
  expect((await usageOf('rota', rota)).body.now).toEqual(left);

  // To another organisation it is as if nobody had asked.
  const others = await usageOf('rota', administrator('RZ2'));
  expect(others.body.days).toEqual((await usageOf('nobody', administrator('RZ2'))).body.days);
  expect(others.body.days?.[0]).toEqual({ day: '2026-11-22', requests: 0, refused: 0 });
  expect(others.body.now).toEqual([]);
});

it.each<[string, number, Asker | undefined]>([
  ['a stranger', 401, undefined],
  ['another system', 403, system('other', 'RZ1')],
  ['HR', 403, { ods: 'RZ1', scopes: 'hr:read', purpose: 'HR_ADMINISTRATION' }],
  ['somebody who acts for nobody', 403, { scopes: 'signal:manage' }],
])('is not told to %s', async (_who, status, asker) => {
  expect((await usageOf('rota', asker)).status).toBe(status);
});

it('may be looked at ten times in ten seconds, by each who may', async () => {
  const eager = system('eager', 'RZ1');
  const answers: number[] = [];
  for (let time = 0; time < 11; time += 1) answers.push((await usageOf('eager', eager)).status);
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  expect((await usageOf('eager', { ...administrator('RZ1'), subject: 'stf_2' })).status).toBe(200);
});
