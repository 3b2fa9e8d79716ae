import { createHmac } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { foreignKey, issuerKey, NOW, startTestGraph, type TestGraph, token } from './test-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
});
afterAll(() => graph.stop());

const staff = { scopes: 'self:read' };
const seconds = Math.floor(NOW.getTime() / 1000);
const ask = (authorization: string) =>
  graph.post({
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query: '{ me { id } }' }),
  });
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const payloadOf = (good: string) => good.split('.')[1] ?? '';

/** A good token with another header, unsigned or signed with the public key as if it were a secret. */
async function withAlgorithm(alg: string): Promise<string> {
  const payload = payloadOf(await token(staff));
  const input = `${encode({ alg, typ: 'at+jwt', kid: 'identity-1' })}.${payload}`;
  if (alg.toLowerCase() === 'none') return `${input}.`;
  const secret = issuerKey.publicKey.export({ type: 'spki', format: 'pem' });
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

describe('a token', () => {
  it('that holds lets its owner in', async () => {
    const answer = await ask(`Bearer ${await token(staff)}`);
    expect([answer.status, answer.data]).toEqual([200, { me: { id: 'stf_self' } }]);
  });

  it.each<[string, () => Promise<string>]>([
    ['is no token', () => Promise.resolve('abc')],
    ['is empty parts', () => Promise.resolve('..')],
    ['has expired', () => token(staff, { exp: seconds - 6 })],
    ['comes from the future', () => token(staff, { iat: seconds + 60, exp: seconds + 300 })],
    ['is not valid yet', () => token(staff, { nbf: seconds + 60 })],
    ['comes from another issuer', () => token(staff, { iss: 'https://other.example' })],
    ['is for another resource', () => token(staff, { aud: 'https://other.example/graphql' })],
    ['is for the gateway without its path', () => token(staff, { aud: 'https://graph.example' })],
    [
      'is for several resources',
      () => token(staff, { aud: ['https://graph.example/graphql', 'https://other.example'] }),
    ],
    [
      'is for one resource in a list',
      () => token(staff, { aud: ['https://graph.example/graphql'] }),
    ],
    ['is of type JWT', () => token(staff, {}, { typ: 'JWT' })],
    ['is a caller statement by type', () => token(staff, {}, { typ: 'caller+jwt' })],
    [
      'is signed with another key of the same name',
      () => token(staff, {}, {}, foreignKey.privateKey),
    ],
    ['names a key that is not there', () => token(staff, {}, { kid: '../../etc/passwd' })],
    ['is not signed (none)', () => withAlgorithm('none')],
    ['is not signed (NONE)', () => withAlgorithm('NONE')],
    ['is signed with the public key as a secret', () => withAlgorithm('HS256')],
    [
      'has no scope of the right kind',
      () => token(staff, { scope: ['self:read'] as unknown as string }),
    ],
    ['has no client', () => token(staff, { client_id: '' })],
    ['has a signature cut short', async () => (await token(staff)).slice(0, -2)],
    [
      'has a changed payload',
      async () => {
        const [header, , signature] = (await token(staff)).split('.');
        return `${String(header)}.${payloadOf(await token({ scopes: 'hr:read' }))}.${String(signature)}`;
      },
    ],
  ])('that %s is refused', async (_how, create) => {
    const answer = await ask(`Bearer ${await create()}`);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer error="invalid_token", DPoP algs="ES256"',
    );
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toEqual([
      {
        message: 'Sign in first.',
        extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String) },
      },
    ]);
    expect(graph.sent.filter((message) => message.body.includes('me{'))).toHaveLength(1);
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'DPoP abc', ''])(
    'is not looked for in %p',
    async (authorization) => {
      const answer = await ask(authorization);
      expect([answer.status, answer.errors[0]?.extensions['code']]).toEqual([
        401,
        'UNAUTHENTICATED',
      ]);
    },
  );
});

describe('a token that names purposes of use', () => {
  const asking = async (purpose: string, purposes?: string[]) => {
    const answer = await graph.post({
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await token(staff, purposes === undefined ? {} : { purposes })}`,
        'lanyard-purpose': purpose,
      },
      body: JSON.stringify({ query: '{ me { id } }' }),
    });
    return [answer.status, answer.errors[0]?.extensions['code']];
  };

  it('is good for those alone', async () => {
    expect(await asking('ROTATION', ['PRE_EMPLOYMENT', 'ROTATION'])).toEqual([200, undefined]);
    expect(await asking('AUDIT', ['PRE_EMPLOYMENT', 'ROTATION'])).toEqual([403, 'FORBIDDEN']);
    expect(await asking('AUDIT')).toEqual([200, undefined]);
  });
});
