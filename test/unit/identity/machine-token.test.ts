import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, SignJWT, UnsecuredJWT } from 'jose';

import { verifyAccessToken } from '../../../standards/access-token.ts';
import { GRAPH, type Identity, newKey, startIdentity } from './harness.ts';

let identity: Identity;
beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(() => identity.stop());

const seconds = () => Math.floor(Date.now() / 1000);

/** Claims of a good assertion of the HR system. */
const good = () => ({
  iss: 'hr-rz1',
  sub: 'hr-rz1',
  aud: identity.issuer,
  jti: randomUUID(),
  iat: seconds(),
  exp: seconds() + 60,
});

const sign = (claims: object, jwk = identity.keys.hr.private) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: jwk.kid })
    .sign(createPrivateKey({ key: jwk, format: 'jwk' }));

async function ask(
  assertion: string,
  form: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${identity.issuer}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'hr:read passport:read',
      resource: GRAPH,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      ...form,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const verify = async (token: unknown, audience: string) =>
  verifyAccessToken(String(token), {
    issuer: identity.issuer,
    audience,
    keys: createLocalJWKSet(
      (await (await fetch(`${identity.issuer}/oauth/jwks`)).json()) as { keys: [] },
    ),
    now: new Date(),
  });

describe('an HR system', () => {
  it('gets a five-minute token that names its organisation', async () => {
    const { status, body } = await ask(await sign(good()));
    expect({ status, ...body, access_token: 'jwt' }).toEqual({
      status: 200,
      access_token: 'jwt',
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'hr:read passport:read',
    });
    expect(await verify(body['access_token'], GRAPH)).toEqual({
      subject: 'hr-rz1',
      clientId: 'hr-rz1',
      scopes: new Set(['hr:read', 'passport:read']),
      tokenId: expect.any(String),
      expiresAt: expect.any(Date),
      issuedAt: expect.any(Date),
      odsCode: 'RZ1',
      name: 'HR system of Ashbourne Valley',
      kind: 'machine',
      purposes: expect.arrayContaining(['PRE_EMPLOYMENT', 'HR_ADMINISTRATION']),
    });
  });

  it('uses an assertion once, even with 20 requests at the same time', async () => {
    const assertion = await sign(good());
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(assertion)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const refusals = new Set(
      answers.filter(({ status }) => status !== 200).map(({ body }) => body['error']),
    );
    expect(refusals).toEqual(new Set(['invalid_client']));
    expect((await ask(assertion)).body['error']).toBe('invalid_client');
  });

  it.each([
    ['another audience', { aud: 'https://elsewhere.example' }],
    ['the token endpoint as audience', { aud: 'TOKEN' }],
    ['several audiences', { aud: ['ISSUER', 'https://elsewhere.example'] }],
    ['an end in the past', { iat: seconds() - 120, exp: seconds() - 60 }],
    ['more than five minutes', { exp: seconds() + 3600 }],
    ['no end', { exp: undefined }],
    ['no start', { iat: undefined }],
    ['no jti', { jti: undefined }],
    ['an issuer that is not the subject', { iss: 'hr-rz2' }],
    ['a client that does not exist', { iss: 'hr-none', sub: 'hr-none' }],
  ])('refuses an assertion with %s', async (_what, change) => {
    const claims = JSON.parse(
      JSON.stringify({ ...good(), ...change })
        .replaceAll('TOKEN', `${identity.issuer}/oauth/token`)
        .replaceAll('ISSUER', identity.issuer),
    ) as object;
    const { status, body } = await ask(await sign(claims));
    expect({ status, error: body['error'] }).toEqual({ status: 401, error: 'invalid_client' });
  });

  it.each(['at+jwt', 'openid4vci-proof+jwt', 'caller+jwt', 'kb+jwt'])(
    'refuses a token of another kind: %s',
    async (typ) => {
      const jwk = identity.keys.hr.private;
      const token = await new SignJWT({ ...good() })
        .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ })
        .sign(createPrivateKey({ key: jwk, format: 'jwk' }));
      const { status, body } = await ask(token);
      expect({ status, error: body['error'] }).toEqual({ status: 401, error: 'invalid_client' });
    },
  );

  it.each(['JWT', 'client-authentication+jwt'])(
    'takes a client assertion of type %s',
    async (typ) => {
      const jwk = identity.keys.hr.private;
      const token = await new SignJWT({ ...good() })
        .setProtectedHeader({ alg: 'ES256', kid: jwk.kid, typ })
        .sign(createPrivateKey({ key: jwk, format: 'jwk' }));
      expect((await ask(token)).status).toBe(200);
    },
  );

  it('refuses a key that is not registered', async () => {
    const { body } = await ask(await sign(good(), newKey('hr-1').private));
    expect(body['error']).toBe('invalid_client');
  });

  it('refuses an unsigned assertion', async () => {
    const { body } = await ask(new UnsecuredJWT(good()).encode());
    expect(body['error']).toBe('invalid_client');
  });

  it('refuses HS256 made from the public key', async () => {
    const secret = Buffer.from(JSON.stringify(identity.keys.hr.public));
    const assertion = await new SignJWT(good()).setProtectedHeader({ alg: 'HS256' }).sign(secret);
    expect((await ask(assertion)).body['error']).toBe('invalid_client');
  });

  it('refuses RS256', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const assertion = await new SignJWT(good())
      .setProtectedHeader({ alg: 'RS256' })
      .sign(privateKey);
    expect((await ask(assertion)).body['error']).toBe('invalid_client');
  });

  it.each([
    ['a scope it is not registered for', { scope: 'hr:read passport:revoke' }, 'invalid_scope'],
    ['a scope of our own processes', { scope: 'record:read' }, 'invalid_scope'],
    ['a scope nobody has', { scope: 'everything' }, 'invalid_scope'],
    ['no scope', { scope: '' }, 'invalid_scope'],
    ['a resource that is not ours', { resource: 'https://elsewhere.example/' }, 'invalid_target'],
    ['the offers resource', { resource: 'OFFERS', scope: 'offer:create' }, 'invalid_target'],
    ['the credential endpoint', { resource: 'ISSUER', scope: 'identity' }, 'invalid_target'],
    ['a grant type of people', { grant_type: 'authorization_code', code: 'x' }, 'invalid_request'],
  ])('refuses %s', async (_what, change, error) => {
    const form = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [
        name,
        value
          .replace('OFFERS', `${identity.issuer}/openid4vci/offers`)
          .replace('ISSUER', identity.issuer),
      ]),
    );
    const { status, body } = await ask(await sign(good()), form);
    expect({ status, error: body['error'] }).toEqual({ status: 400, error });
  });
});

describe('a system that pushes accounts', () => {
  const DIRECTORY = 'http://127.0.0.1:4000/scim/v2';
  const key = newKey('directory-1');
  const askAs = async (scope: string, resource: string) =>
    ask(await sign({ ...good(), iss: 'directory-rz1', sub: 'directory-rz1' }, key.private), {
      scope,
      resource,
    });
  beforeAll(() =>
    identity.composed.registerClient({
      clientId: 'directory-rz1',
      name: 'Directory of Ashbourne Valley',
      odsCode: 'RZ1',
      jwks: { keys: [key.public] },
      scopes: ['directory:write', 'hr:read'],
    }),
  );

  it('gets a token for that, which names its organisation, beside one for the graph', async () => {
    const { body } = await askAs('directory:write', DIRECTORY);
    expect(await verify(body['access_token'], DIRECTORY)).toMatchObject({
      kind: 'machine',
      scopes: new Set(['directory:write']),
      odsCode: 'RZ1',
    });
    expect((await askAs('hr:read', GRAPH)).status).toBe(200);
  });

  it.each([
    ['directory:write', GRAPH, 'invalid_scope'],
    ['hr:read', DIRECTORY, 'invalid_scope'],
    ['directory:write', `${DIRECTORY}/Users`, 'invalid_target'],
  ])('gets no token for %s at %s', async (scope, resource, error) => {
    expect((await askAs(scope, resource)).body['error']).toBe(error);
  });

  it('is nobody who was not registered for it', async () => {
    const form = { scope: 'directory:write', resource: DIRECTORY };
    expect((await ask(await sign(good()), form)).body['error']).toBe('invalid_target');
  });
});

describe('our own processes', () => {
  it('get tokens for each resource they call', async () => {
    const claims = () => ({ ...good(), iss: 'lanyard-passport', sub: 'lanyard-passport' });
    const offers = `${identity.issuer}/openid4vci/offers`;
    const graph = await ask(await sign(claims(), identity.keys.passport.private), {
      scope: 'record:read',
    });
    const offer = await ask(await sign(claims(), identity.keys.passport.private), {
      scope: 'offer:create',
      resource: offers,
    });
    expect((await verify(graph.body['access_token'], GRAPH)).scopes).toEqual(
      new Set(['record:read']),
    );
    expect((await verify(offer.body['access_token'], offers)).scopes).toEqual(
      new Set(['offer:create']),
    );
    expect((await verify(offer.body['access_token'], offers)).odsCode).toBeUndefined();
  });
});

describe('the published metadata', () => {
  it('names the one type of authorization details that is taken', async () => {
    for (const name of ['oauth-authorization-server', 'openid-configuration']) {
      const response = await fetch(`${identity.issuer}/.well-known/${name}`);
      expect(await response.json()).toMatchObject({
        authorization_details_types_supported: ['lanyard_transaction'],
      });
    }
  });

  it('names addresses under the issuer, whatever the request claims to be for', async () => {
    const response = await fetch(`${identity.issuer}/.well-known/oauth-authorization-server`, {
      headers: { 'x-forwarded-host': 'elsewhere.example', 'x-forwarded-proto': 'https' },
    });
    const metadata = (await response.json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      issuer: identity.issuer,
      token_endpoint: `${identity.issuer}/oauth/token`,
      jwks_uri: `${identity.issuer}/oauth/jwks`,
      pushed_authorization_request_endpoint: `${identity.issuer}/oauth/par`,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
    });
  });

  it('holds no private key', async () => {
    const { keys } = (await (await fetch(`${identity.issuer}/oauth/jwks`)).json()) as {
      keys: Record<string, unknown>[];
    };
    expect(keys.map(({ d }) => d)).toEqual([undefined]);
  });
});
