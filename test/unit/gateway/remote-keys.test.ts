import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { publicHalf } from '../../../runtime/jwk-settings.ts';
import { remoteKeys } from '../../../gateway/remote-keys.ts';
import { issuerKey, startTestGraph, token } from './test-graph.ts';

let server: Server;
let answer: { status: number; body: string };
let url: string;
let fetched = 0;

beforeEach(async () => {
  fetched = 0;
  answer = { status: 200, body: JSON.stringify({ keys: [publicHalf(issuerKey.jwk)] }) };
  server = createServer((_request, response) => {
    fetched += 1;
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/oauth/jwks`;
});
afterEach(
  () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    }),
);

const header = { alg: 'ES256', kid: 'identity-1' };
const jws = { payload: '', signature: '' };

describe('keys from a URL', () => {
  it('are fetched once and kept while their server is away', async () => {
    const { keys } = remoteKeys(url);
    await expect(keys(header, jws)).resolves.toMatchObject({ type: 'public' });
    answer = { status: 500, body: 'no' };
    await expect(keys(header, jws)).resolves.toMatchObject({ type: 'public' });
    expect(fetched).toBe(1);
  });

  it('say that a key is unknown when they could be fetched', async () => {
    const { keys } = remoteKeys(url);
    await expect(keys({ ...header, kid: 'other' }, jws)).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    });
  });

  it.each([
    ['an error', { status: 500, body: 'no' }],
    ['no key set', { status: 200, body: '{"keys":1}' }],
    ['no JSON', { status: 200, body: '<html>' }],
  ])('are unavailable when their server answers %s', async (_what, broken) => {
    answer = broken;
    const { keys, check } = remoteKeys(url);
    await expect(keys(header, jws)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(check()).rejects.toThrow();
  });

  it('make the gateway ready once they are there', async () => {
    const { check } = remoteKeys(url);
    await expect(check()).resolves.toBeUndefined();
    await check();
    expect(fetched).toBe(1);
  });
});

describe('the gateway without keys', () => {
  it('cannot say who is calling, and says so', async () => {
    answer = { status: 500, body: 'no' };
    const graph = await startTestGraph({ keys: false, settings: { GATEWAY_JWKS_URL: url } });
    try {
      const refused = await graph.ask('{ me { id } }', { scopes: 'self:read' });
      expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
      expect(refused.errors).toEqual([
        {
          message: 'A source did not answer. Try again.',
          extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true, requestId: 'request-0001' },
        },
      ]);
      expect((await graph.app.inject('/readyz')).statusCode).toBe(503);
      answer = { status: 200, body: JSON.stringify({ keys: [publicHalf(issuerKey.jwk)] }) };
      const later = await graph.ask('{ me { id } }', { scopes: 'self:read' });
      expect(later.data).toEqual({ me: { id: 'stf_self' } });
      expect(await token({ scopes: '' })).not.toBe('');
    } finally {
      await graph.stop();
    }
  });
});
