/** A client library that others wrote, against this authorization server. */
import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';

import { GRAPH, type Identity, startIdentity } from './harness.ts';
import { Application } from './person-token.ts';

const CALLBACK = 'http://127.0.0.1:4999/callback';
const MAIL = 'ada@nhs.example';

let identity: Identity;
beforeAll(async () => {
  identity = await startIdentity();
  identity.world.people.set(MAIL, { employeeType: 'USER:ACTIVE', name: 'Ada', staffId: 'stf_ada' });
});
afterAll(() => identity.stop());

/** A key, the half of it to register, and its name. */
async function keyFor(algorithm: string) {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const kid = randomUUID();
  return {
    key: { key: pair.privateKey, kid },
    jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), kid }] },
  };
}
const discover = (clientId: string, authentication: client.ClientAuth) =>
  client.discovery(new URL(identity.issuer), clientId, undefined, authentication, {
    algorithm: 'oauth2',
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; this is loopback
    execute: [client.allowInsecureRequests],
  });

const without =
  (name: string): client.ModifyAssertionFunction =>
  (_header, claims) => {
    Reflect.deleteProperty(claims, name);
  };

describe('an HR system with openid-client', () => {
  it.each(['ES256', 'PS256', 'RS512'])('gets a token with %s', async (algorithm) => {
    const { key, jwks } = await keyFor(algorithm);
    const clientId = `hr-${algorithm.toLowerCase()}`;
    await identity.composed.registerClient({
      clientId,
      name: 'HR',
      odsCode: 'RZ1',
      algorithm,
      jwks,
    });
    const config = await discover(clientId, client.PrivateKeyJwt(key));
    const parameters = { scope: 'hr:read', resource: GRAPH };
    const bearer = await client.clientCredentialsGrant(config, parameters);
    expect(bearer).toMatchObject({ token_type: 'bearer', expires_in: 300, scope: 'hr:read' });
    const pair = await client.randomDPoPKeyPair('ES256');
    const DPoP = client.getDPoPHandle(config, pair);
    const bound = await client.clientCredentialsGrant(config, parameters, { DPoP });
    expect(bound.token_type).toBe('dpop');
    expect(decodeJwt(bound.access_token)['cnf']).toEqual({
      jkt: await calculateJwkThumbprint(await exportJWK(pair.publicKey)),
    });
    await client.tokenRevocation(config, bearer.access_token);
    const log = await identity.composed.clientLog({ clientId });
    expect(log).toEqual([]);
  });
});

describe('an application with openid-client', () => {
  const request = async () => {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    return {
      checks: { pkceCodeVerifier: verifier, expectedState: state },
      parameters: {
        redirect_uri: CALLBACK,
        scope: 'self:read',
        resource: GRAPH,
        state,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      },
    };
  };
  const signIn = async (address: URL): Promise<URL> => {
    const application = new Application(identity);
    const page = await application.browser.open(address.href);
    return new URL((await application.signIn(page, MAIL)).url);
  };

  it('that holds no key pushes its request and gets a bound token', async () => {
    const clientId = 'app-public';
    await identity.composed.registerApp({ clientId, name: 'App', redirectUris: [CALLBACK] });
    const config = await discover(clientId, client.None());
    const { checks, parameters } = await request();
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
    const address = await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
    expect([...address.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const back = await signIn(address);
    // RFC 9207: who answers. The library checks it, too.
    expect(back.searchParams.get('iss')).toBe(identity.issuer);
    const tokens = await client.authorizationCodeGrant(
      config,
      back,
      checks,
      { resource: GRAPH },
      { DPoP },
    );
    expect(tokens.token_type).toBe('dpop');
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'stf_ada', client_id: clientId });
  });

  it.each(['ES256', 'PS256'])(
    'that holds a key signs its request with %s, and may push that',
    async (algorithm) => {
      const { key, jwks } = await keyFor(algorithm);
      const clientId = `app-${algorithm.toLowerCase()}`;
      await identity.composed.registerApp({
        clientId,
        name: 'App',
        redirectUris: [CALLBACK],
        jwks,
        algorithm,
      });
      const config = await discover(clientId, client.PrivateKeyJwt(key));
      for (const push of [false, true]) {
        const { checks, parameters } = await request();
        const signed = await client.buildAuthorizationUrlWithJAR(config, parameters, key);
        const address = push
          ? await client.buildAuthorizationUrlWithPAR(config, signed.searchParams)
          : signed;
        const back = await signIn(address);
        const tokens = await client.authorizationCodeGrant(config, back, checks, {
          resource: GRAPH,
        });
        expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: 'stf_ada' });
      }
    },
  );

  it.each<[string, client.ModifyAssertionFunction]>([
    ['ends too late', (_header, claims) => void (claims['exp'] = Number(claims['iat']) + 3_600)],
    ['never ends', without('exp')],
    ['is for somebody else', (_header, claims) => void (claims['aud'] = 'https://other.example')],
    [
      'is for two',
      (_header, claims) => void (claims['aud'] = [identity.issuer, 'https://x.example']),
    ],
    ['is of another type', (header) => void (header['typ'] = 'JWT')],
    [
      'sends people elsewhere',
      (_header, claims) => void (claims['redirect_uri'] = `${CALLBACK}/x`),
    ],
    ['has no challenge', without('code_challenge')],
    [
      'has a plain challenge',
      (_header, claims) => void (claims['code_challenge_method'] = 'plain'),
    ],
  ])('is refused with a signed request that %s', async (_what, modify) => {
    const { key, jwks } = await keyFor('ES256');
    const clientId = 'app-wrong';
    await identity.composed.registerApp({ clientId, name: 'App', redirectUris: [CALLBACK], jwks });
    const config = await discover(clientId, client.PrivateKeyJwt(key));
    const { parameters } = await request();
    const signed = await client.buildAuthorizationUrlWithJAR(config, parameters, key, {
      [client.modifyAssertion]: modify,
    });
    await expect(
      client.buildAuthorizationUrlWithPAR(config, signed.searchParams),
    ).rejects.toMatchObject({ status: 400 });
  });

  it('that holds a key cannot do without it', async () => {
    const { jwks } = await keyFor('ES256');
    const clientId = 'app-keyless';
    await identity.composed.registerApp({ clientId, name: 'App', redirectUris: [CALLBACK], jwks });
    const config = await discover(clientId, client.None());
    const { parameters } = await request();
    await expect(client.buildAuthorizationUrlWithPAR(config, parameters)).rejects.toMatchObject({
      status: 401,
      error: 'invalid_client',
    });
  });
});
