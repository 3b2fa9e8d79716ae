import assert from 'node:assert/strict';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { type AdapterFactory, type AdapterPayload, Provider } from 'oidc-provider';

import { externalProviderShape } from '../../../identity/domain/external-provider.ts';
import { eventually } from '../../servers/child.ts';
import type { Page } from './browser.ts';
import { GRAPH, grantRole, type Identity, startIdentity } from './harness.ts';
import { Application } from './person-token.ts';

const HELEN = 'helen@nhs.example';
const SMARTCARD = '999000000001';
const HR_CODE = 'S8000:G8000:R8001';

/** CIS2, as another oidc-provider. `said` is what it says of whoever signs in next. */
let cis2: { issuer: string; server: Server; stop: () => Promise<void> };
let said: Record<string, unknown>;
/** Changes the ID token that the next exchange gives. */
let forged: ((claims: Record<string, unknown>) => Record<string, unknown>) | undefined;
let identity: Identity;
let keys: { private: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']; jwk: JWK };

const GOOD = {
  nhsid_useruid: SMARTCARD,
  idassurancelevel: '3',
  authentication_assurance_level: '3',
  nhsid_nrbac_roles: [
    { org_code: 'RZ1', role_code: HR_CODE, role_name: '"Support":"HR":"HR Officer"' },
    { org_code: 'RZ2', role_code: 'S0000:G0000:R0000' },
  ],
};

beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  keys = {
    private: pair.privateKey,
    jwk: { ...(await exportJWK(pair.privateKey)), kid: 'cis2-1', alg: 'ES256', use: 'sig' },
  };
  const clientPair = await generateKeyPair('RS512', { extractable: true });
  const clientKey = { ...(await exportJWK(clientPair.privateKey)), kid: 'lanyard-1', alg: 'RS512' };
  const { n, e, kty } = await exportJWK(clientPair.publicKey);

  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const providers = [
    {
      id: 'cis2',
      label: 'your smartcard',
      issuer,
      clientId: 'lanyard',
      clientKey,
      scope: 'openid nhsperson',
      userInfo: true,
      person: { by: 'link', claim: 'nhsid_useruid' },
      strengths: [
        {
          when: [
            { claim: 'idassurancelevel', atLeast: 2 },
            { claim: 'authentication_assurance_level', atLeast: 2 },
          ],
          acr: 'two-factor',
          amr: ['hwk', 'mfa'],
        },
        { when: [{ claim: 'weak', oneOf: ['ok'] }], acr: 'two-factor', amr: ['mfa'] },
      ],
      roles: {
        when: [
          { claim: 'idassurancelevel', atLeast: 2 },
          { claim: 'authentication_assurance_level', atLeast: 2 },
        ],
        codes: [{ code: HR_CODE, role: 'HR_OFFICER' }],
      },
    },
    {
      id: 'nhsmail',
      label: 'NHSmail',
      issuer,
      clientId: 'lanyard-mail',
      clientSecret: 'a secret of thirty-two characters',
      scope: 'openid nhsperson',
      userInfo: true,
      person: { by: 'mail', claim: 'preferred_username' },
      strengths: [{ when: [{ claim: 'amr', oneOf: ['mfa'] }], acr: 'two-factor', amr: ['mfa'] }],
    },
  ];
  identity = await startIdentity({
    settings: { IDENTITY_PROVIDERS: providers.map((one) => externalProviderShape.parse(one)) },
  });
  const provider = new Provider(issuer, {
    adapter: memoryAdapter([
      {
        client_id: 'lanyard',
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'RS512',
        jwks: { keys: [{ kty, n, e, kid: 'lanyard-1', alg: 'RS512' }] },
        redirect_uris: [`${identity.issuer}/sign-in/callback/cis2`],
        id_token_signed_response_alg: 'ES256',
      },
      {
        client_id: 'lanyard-mail',
        client_secret: 'a secret of thirty-two characters',
        redirect_uris: [`${identity.issuer}/sign-in/callback/nhsmail`],
        id_token_signed_response_alg: 'ES256',
      },
    ] as readonly AdapterPayload[]),
    enabledJWA: { clientAuthSigningAlgValues: ['RS512'], idTokenSigningAlgValues: ['ES256'] },
    jwks: { keys: [keys.jwk] },
    cookies: { keys: ['a key for cookies'] },
    pkce: { required: () => true },
    scopes: ['openid', 'nhsperson'],
    claims: {
      openid: ['sub'],
      nhsperson: [
        ...Object.keys(GOOD),
        ...['preferred_username', 'name', 'weak', 'amr', 'email_verified'],
      ],
    },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...said }) }),
    loadExistingGrant: async (ctx) => {
      const { session, client } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({
        accountId: session?.accountId ?? '',
        clientId: client?.clientId ?? '',
      });
      grant.addOIDCScope('openid nhsperson');
      await grant.save();
      return grant;
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: false } },
  });
  const handle = provider.callback();
  server.on('request', (req, res) => {
    if (req.url?.startsWith('/interaction/') === true) {
      void provider.interactionFinished(req, res, { login: { accountId: 'somebody' } });
      return;
    }
    if (req.url === '/token' && forged !== undefined) {
      void forgeToken(req, res, issuer);
      return;
    }
    if (req.url === '/me' && forged !== undefined) {
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify({ sub: 'somebody', ...said }));
      return;
    }
    void handle(req, res);
  });
  cis2 = {
    issuer,
    server,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  identity.world.people.set(HELEN, {
    employeeType: 'USER:ACTIVE',
    name: 'Helen Hart',
    staffId: 'stf_helen',
  });
  await identity.composed.linkExternal({
    providerId: 'cis2',
    subject: SMARTCARD,
    staffId: 'stf_helen',
    mail: HELEN,
    by: 'test',
  });
});
afterAll(async () => {
  await identity.stop();
  await cis2.stop();
});
beforeEach(() => {
  said = { ...GOOD };
  forged = undefined;
  nonces.clear();
});

/** Keeps what the provider keeps. */
function memoryAdapter(clients: readonly AdapterPayload[]): AdapterFactory {
  const kept = new Map<string, AdapterPayload>();
  return (model) => ({
    upsert: async (id, payload) => {
      kept.set(`${model} ${id}`, payload);
      if (payload.uid !== undefined) kept.set(`${model} uid ${payload.uid}`, payload);
      await Promise.resolve();
    },
    find: (id) =>
      Promise.resolve(
        model === 'Client'
          ? clients.find((client) => client.client_id === id)
          : kept.get(`${model} ${id}`),
      ),
    findByUid: (uid) => Promise.resolve(kept.get(`${model} uid ${uid}`)),
    findByUserCode: () => Promise.resolve(undefined),
    consume: async (id) => {
      const payload = kept.get(`${model} ${id}`);
      if (payload !== undefined) payload.consumed = 1;
      await Promise.resolve();
    },
    destroy: async (id) => {
      kept.delete(`${model} ${id}`);
      await Promise.resolve();
    },
    revokeByGrantId: () => Promise.resolve(),
  });
}

/** Nonces by the authorization request that carried them. */
const nonces = new Map<string, string>();

/** A token endpoint that signs what the test wants. */
async function forgeToken(_req: unknown, res: ServerResponse, issuer: string): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  const claims = forged?.({
    iss: issuer,
    aud: 'lanyard',
    sub: 'somebody',
    iat: now,
    exp: now + 60,
    nonce: nonces.get('last'),
    ...said,
  });
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'cis2-1' })
    .sign(keys.private);
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify({ access_token: 'x', token_type: 'Bearer', id_token: token }));
}

const asked = { scope: 'openid self:read hr:read', resource: GRAPH };

/** Takes a browser to the provider and back, as far as the address that the provider sends it to. */
async function atTheProvider(
  id = 'cis2',
): Promise<{ readonly application: Application; readonly page: Page; readonly callback: URL }> {
  const application = new Application(identity);
  const page = await application.open(asked);
  const [, href = ''] = new RegExp(`href="([^"]*/with/${id})"`).exec(page.html) ?? [];
  const out = await application.browser.open(`${identity.issuer}${href}`);
  const jar = new Map<string, string>();
  let address = new URL(out.url);
  nonces.set('last', address.searchParams.get('nonce') ?? '');
  for (let step = 0; step < 10 && address.origin === cis2.issuer; step += 1) {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    if (!response.headers.has('location')) throw new Error(await response.text());
    address = new URL(response.headers.get('location') ?? '', address);
  }
  return { application, page, callback: address };
}

describe('somebody with a smartcard', () => {
  it('signs in and acts in the role that the smartcard has', async () => {
    const { application, callback } = await atTheProvider();
    expect(callback.href).toContain(`${identity.issuer}/sign-in/callback/cis2?`);
    const choose = await application.browser.open(callback.href);
    expect(choose.html).toContain('HR officer at RZ1');
    expect(choose.html).not.toContain('RZ2');
    const last = await application.browser.submit(choose, { acting: 'HR_OFFICER:RZ1' });
    const { body } = await application.redeem(last, GRAPH);
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      sub: 'stf_helen',
      ods: 'RZ1',
      scope: 'self:read hr:read',
      acr: 'urn:lanyard:acr:two-factor',
      amr: ['hwk', 'mfa'],
    });
  });

  it.each([
    ['identity', { idassurancelevel: '1', weak: 'ok' }],
    ['authentication', { authentication_assurance_level: '1', weak: 'ok' }],
    ['a level that is no number', { idassurancelevel: '3x', weak: 'ok' }],
  ])('has no role here when %s is not assured', async (_what, change) => {
    said = { ...GOOD, ...change };
    const { application, callback } = await atTheProvider();
    const last = await application.browser.open(callback.href);
    const { body } = await application.redeem(last, GRAPH);
    expect(decodeJwt(String(body['access_token']))['scope']).toBe('self:read');
  });

  it.each([
    ['weakly', { authentication_assurance_level: '1' }, 'You need to sign in more strongly'],
    ['as nobody we know', { nhsid_useruid: '999000000002' }, 'We cannot find your staff record'],
    ['without a name', { nhsid_useruid: undefined }, 'We cannot find your staff record'],
  ])('does not get in %s', async (_what, change, text) => {
    said = { ...GOOD, ...change };
    const { application, callback } = await atTheProvider();
    const page = await application.browser.open(callback.href);
    expect([page.status, page.html.includes(text)]).toEqual([403, true]);
  });

  it('does not get in once they have left', async () => {
    identity.world.people.set(HELEN, {
      employeeType: 'USER:LEAVER',
      name: 'Helen Hart',
      staffId: 'stf_helen',
    });
    const { application, callback } = await atTheProvider();
    expect((await application.browser.open(callback.href)).status).toBe(403);
    identity.world.people.set(HELEN, {
      employeeType: 'USER:ACTIVE',
      name: 'Helen Hart',
      staffId: 'stf_helen',
    });
  });
});

describe('somebody with a smartcard who leaves', () => {
  const rolesAt = async (): Promise<readonly string[]> => {
    const db = identity.database.schema<{
      external_role: { staff_id: string; ods_code: string };
      role_grant: { mail: string; ods_code: string; state: string };
    }>('identity');
    const [external, granted] = await Promise.all([
      db
        .selectFrom('external_role')
        .select('ods_code')
        .where('staff_id', '=', 'stf_helen')
        .execute(),
      db
        .selectFrom('role_grant')
        .select('ods_code')
        .where('mail', '=', HELEN)
        .where('state', '=', 'APPROVED')
        .execute(),
    ]);
    return [...external, ...granted].map(({ ods_code: odsCode }) => odsCode).sort();
  };
  const leaves = async (works: boolean, left: readonly string[]): Promise<void> => {
    identity.world.leavers.push({ staffId: 'stf_helen', odsCode: 'RZ1', worksThere: false, works });
    await eventually(async () => {
      assert.deepEqual(await rolesAt(), left);
    });
  };

  it('loses the role there, and every role once they work nowhere', async () => {
    await grantRole(identity, { mail: HELEN, role: 'ADMINISTRATOR', odsCode: 'RZ9' });
    await grantRole(identity, { mail: HELEN, role: 'HR_OFFICER', odsCode: 'RZ8' });
    const { application, callback } = await atTheProvider();
    const choose = await application.browser.open(callback.href);
    expect(choose.html).toContain('Administrator at RZ9');
    expect(await rolesAt()).toEqual(['RZ1', 'RZ8', 'RZ9']);
    // A placement that ends takes away what they had at the host, and nothing at their employer.
    const placed = { staffId: 'stf_helen', odsCode: 'RZ8', works: true };
    identity.world.placements.push({ ...placed, worksThere: true });
    identity.world.placements.push({ ...placed, odsCode: 'RZ7', worksThere: false });
    await leaves(true, ['RZ8', 'RZ9']);
    identity.world.placements.push({ ...placed, worksThere: false });
    await eventually(async () => {
      assert.deepEqual(await rolesAt(), ['RZ9']);
    });
    await leaves(false, []);
  });
});

describe('somebody with NHSmail elsewhere', () => {
  it('is found by the address', async () => {
    said = { preferred_username: 'Helen@NHS.example', amr: ['pwd', 'mfa'] };
    const { application, callback } = await atTheProvider('nhsmail');
    const page = await application.browser.open(callback.href);
    const last = page.html.includes('value="STAFF"')
      ? await application.browser.submit(page, { acting: 'STAFF' })
      : page;
    const { body } = await application.redeem(last, GRAPH);
    expect(decodeJwt(String(body['access_token'])).sub).toBe('stf_helen');
  });
});

describe('an answer that is refused', () => {
  const expectRefused = async (url: string, application: Application): Promise<void> => {
    const page = await application.browser.open(url);
    expect([page.status, page.html.includes('This sign-in has ended')]).toEqual([400, true]);
  };
  const changed = (callback: URL, change: Record<string, string | undefined>): string => {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return url.href;
  };

  it.each<[string, Record<string, string | undefined>]>([
    ['another state', { state: 'A'.repeat(43) }],
    ['no state', { state: undefined }],
    ['another code', { code: 'A'.repeat(43) }],
    ['no code', { code: undefined }],
    ['another issuer (mix-up)', { iss: 'https://elsewhere.example' }],
    ['no issuer though the provider says it sends one', { iss: undefined }],
    ['an error', { code: undefined, error: 'access_denied' }],
  ])('has %s', async (_what, change) => {
    const { application, callback } = await atTheProvider();
    await expectRefused(changed(callback, change), application);
  });

  it('has its state twice', async () => {
    const { application, callback } = await atTheProvider();
    await expectRefused(
      `${callback.href}&state=${callback.searchParams.get('state') ?? ''}`,
      application,
    );
  });

  it('comes twice', async () => {
    const { application, callback } = await atTheProvider();
    await application.browser.open(callback.href);
    await expectRefused(callback.href, application);
  });

  it("comes back at another provider's address (mix-up)", async () => {
    const { application, callback } = await atTheProvider();
    await expectRefused(callback.href.replace('/callback/cis2', '/callback/nhsmail'), application);
  });

  it('comes to another browser', async () => {
    const { callback } = await atTheProvider();
    await expectRefused(callback.href, new Application(identity));
  });

  it('is for a provider that does not exist', async () => {
    const { application, page } = await atTheProvider();
    const [, href = ''] = /href="([^"]*\/with\/cis2)"/.exec(page.html) ?? [];
    await expectRefused(`${identity.issuer}${href.replace('cis2', 'other')}`, application);
  });

  it('is none of these when the token is as it should be', async () => {
    const { application, callback } = await atTheProvider();
    forged = (claims) => claims;
    expect((await application.browser.open(callback.href)).html).toContain('HR officer at RZ1');
  });

  it.each<[string, Record<string, unknown>]>([
    ['another nonce', { nonce: 'A'.repeat(43) }],
    ['no nonce', { nonce: undefined }],
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['another audience', { aud: 'somebody-else' }],
    ['two audiences and another authorized party', { aud: ['lanyard', 'x'], azp: 'x' }],
    ['an end in the past', { exp: 1_700_000_000 }],
    ['no subject', { sub: undefined }],
  ])('has an ID token with %s', async (_what, change) => {
    const { application, callback } = await atTheProvider();
    forged = (claims) => ({ ...claims, ...change });
    await expectRefused(callback.href, application);
  });

  it('has an ID token that somebody else has signed', async () => {
    const own = keys.private;
    const { application, callback } = await atTheProvider();
    forged = (claims) => claims;
    keys.private = (await generateKeyPair('ES256')).privateKey;
    await expectRefused(callback.href, application);
    keys.private = own;
  });
});
