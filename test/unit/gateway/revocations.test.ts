import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { NOW, startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph.stop());

const asker = { subject: 'stf_1', clientId: 'app', ods: 'RZ1', scopes: 'self:read' };
const claims = { jti: 'token-7', sid: 'session-7' };
const ask = async () => {
  const { status } = await graph.post({
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await token(asker, claims)}`,
    },
    body: JSON.stringify({ query: '{ me { id } }' }),
  });
  return status;
};
/** Waits until the gateway answers so, at most as long as the promise to clients. */
async function until(status: number): Promise<number> {
  const start = performance.now();
  while ((await ask()) !== status) {
    const waited = performance.now() - start;
    if (waited > 5_000) throw new Error(`no ${String(status)} within five seconds`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return performance.now() - start;
}
let version = 0;
const tell = (...entries: TestGraph['identity']['entries']): void => {
  version += 1;
  Object.assign(graph.identity, { version: `v${String(version)}`, entries });
};
const now = NOW.getTime();

describe('what identity has taken back', () => {
  it.each([
    ['a token', { kind: 'token', value: 'token-7', notBefore: 0 }],
    ['a session', { kind: 'session', value: 'session-7', notBefore: 0 }],
    ['a client', { kind: 'client', value: 'app', notBefore: now }],
    ['a person', { kind: 'subject', value: 'stf_1', notBefore: now }],
    ['a person at one organisation', { kind: 'membership', value: 'stf_1 RZ1', notBefore: now }],
    ['everything', { kind: 'all', value: '', notBefore: now }],
  ])('is refused within five seconds: %s', async (_what, entry) => {
    expect(await ask()).toBe(200);
    tell(entry);
    await until(401);
    tell();
    await until(200);
  });

  it('leaves others alone', async () => {
    tell(
      { kind: 'token', value: 'token-8', notBefore: now },
      { kind: 'session', value: 'session-8', notBefore: now },
      { kind: 'client', value: 'another', notBefore: now },
      // Tokens made after that moment are good.
      { kind: 'client', value: 'app', notBefore: now - 1 },
      { kind: 'subject', value: 'stf_2', notBefore: now },
      { kind: 'membership', value: 'stf_1 RZ2', notBefore: now },
      { kind: 'token', value: 'marker', notBefore: now },
    );
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await ask()).toBe(200);
  });
});
