import { createHash, randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { GRAPH, type Identity, startIdentity } from './harness.ts';

describe('in production, behind a proxy that ends TLS', () => {
  let identity: Identity;
  beforeAll(async () => {
    identity = await startIdentity({ issuer: 'https://id.example' });
  });
  afterAll(() => identity.stop());

  it.each([
    {},
    { 'x-forwarded-proto': 'http', 'x-forwarded-host': 'elsewhere.example' },
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'id.example' },
  ])('names public addresses (%p)', async (headers) => {
    const response = await fetch(`${identity.address}/.well-known/openid-configuration`, {
      headers,
    });
    const metadata = (await response.json()) as Record<string, unknown>;
    const endpoints = Object.entries(metadata).filter(([name]) => name.endsWith('_endpoint'));
    expect(endpoints.length).toBeGreaterThan(4);
    expect(endpoints.filter(([, url]) => !String(url).startsWith('https://id.example/'))).toEqual(
      [],
    );
  });

  it('marks cookies for https, and has no explorer', async () => {
    const query = new URLSearchParams({
      client_id: 'lanyard-explorer',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:4000/explorer/callback',
      scope: 'self:read',
      resource: GRAPH,
      code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const response = await fetch(`${identity.address}/oauth/authorize?${query.toString()}`, {
      redirect: 'manual',
    });
    expect(response.status).toBe(400);
    const page = await fetch(`${identity.address}/oauth/sign-out`);
    const cookies = page.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    expect(cookies.filter((cookie) => !/; secure/i.test(cookie))).toEqual([]);
    expect(cookies.filter((cookie) => !/; httponly/i.test(cookie))).toEqual([]);
    const [session = ''] = cookies.filter((cookie) => cookie.includes('lanyard_session='));
    expect(session).toMatch(/^__Host-lanyard_session=[^;]+; path=\/;/);
    expect(session).not.toMatch(/domain=/i);
  });
});
