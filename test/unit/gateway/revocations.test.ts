import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';

import { eventually } from '../../servers/child.ts';
import { type Asker, NOW, startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph.stop());

const asker = { subject: 'stf_1', clientId: 'app', ods: 'RZ1', scopes: 'self:read' };
const claims = { jti: 'token-7', sid: 'session-7' };
const ask = async (changes: Partial<Asker> = {}, otherClaims: JWTPayload = {}) => {
  const { status } = await graph.post({
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await token({ ...asker, ...changes }, { ...claims, ...otherClaims })}`,
    },
    body: JSON.stringify({ query: '{ me { id } }' }),
  });
  return status;
};
let version = 0;
/** Has identity tell this, and waits until the gateway has heard it. */
const tell = async (...entries: TestGraph['identity']['entries']): Promise<void> => {
  version += 1;
  const mark = `mark-${String(version)}`;
  Object.assign(graph.identity, {
    version: `v${String(version)}`,
    entries: [...entries, { kind: 'token', value: mark, notBefore: 0 }],
  });
  await eventually(async () => {
    expect(await ask({ subject: 'stf_mark', clientId: 'mark' }, { jti: mark, sid: mark })).toBe(
      401,
    );
  });
};
const now = NOW.getTime();

describe('what identity has taken back', () => {
  const kinds = [
    ['a token', { kind: 'token', value: 'token-8', notBefore: 0 }, {}, { jti: 'token-8' }],
    ['a session', { kind: 'session', value: 'session-8', notBefore: 0 }, {}, { sid: 'session-8' }],
    ['a client', { kind: 'client', value: 'app-8', notBefore: now }, { clientId: 'app-8' }, {}],
    ['a person', { kind: 'subject', value: 'stf_8', notBefore: now }, { subject: 'stf_8' }, {}],
    [
      'a person at one organisation',
      { kind: 'membership', value: 'stf_1 RZ8', notBefore: now },
      { ods: 'RZ8' },
      {},
    ],
  ] as const;
  const answers = async () => {
    const statuses = [];
    for (const [what, , changes, other] of kinds) statuses.push([what, await ask(changes, other)]);
    return statuses;
  };

  it('is refused, each kind of it, and good again once it is given back', async () => {
    await tell(...kinds.map(([, entry]) => entry));
    expect(await answers()).toEqual(kinds.map(([what]) => [what, 401]));
    expect(await ask()).toBe(200);
    await tell();
    expect(await answers()).toEqual(kinds.map(([what]) => [what, 200]));
  });

  it('leaves others alone', async () => {
    await tell(
      ...kinds.map(([, entry]) => entry),
      // Tokens made after that moment are good.
      { kind: 'client', value: 'app', notBefore: now - 1 },
      { kind: 'subject', value: 'stf_1', notBefore: now - 1 },
    );
    expect(await ask()).toBe(200);
  });

  it('can be everything', async () => {
    await tell({ kind: 'all', value: '', notBefore: now });
    expect(await ask()).toBe(401);
    expect((await answers()).map(([, status]) => status)).toEqual(kinds.map(() => 401));
  });
});
