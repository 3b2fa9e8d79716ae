import { hash, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';

import { signerOf } from '../../../runtime/jwk-settings.ts';
import { signClientAssertion } from '../../../standards/client-assertion.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { jwkThumbprint } from '../../../standards/jwk-thumbprint.ts';
import { testKey } from '../standards/keys.ts';
import { GRAPH, type Identity, startIdentity } from './harness.ts';

let identity: Identity;
beforeAll(async () => {
  identity = await startIdentity();
});
afterAll(() => identity.stop());

const key = testKey();
const seconds = () => Math.floor(Date.now() / 1000);
const prove = (claims: object = {}, header: Record<string, unknown> = {}): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'dpop+jwt', kid: undefined, jwk: key.jwk, ...header },
      payload: {
        jti: randomUUID(),
        htm: 'POST',
        htu: `${identity.issuer}/oauth/token`,
        iat: seconds(),
        ...claims,
      },
    },
    key.signer,
  );

async function ask(proof?: string) {
  const response = await fetch(`${identity.issuer}/oauth/token`, {
    method: 'POST',
    headers: proof === undefined ? {} : { dpop: proof },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'hr:read',
      resource: GRAPH,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await signClientAssertion({
        clientId: 'hr-rz1',
        audience: identity.issuer,
        signer: signerOf(identity.keys.hr.private),
        now: new Date(),
      }),
    }),
  });
  return {
    status: response.status,
    nonce: response.headers.get('dpop-nonce'),
    body: (await response.json()) as Record<string, unknown>,
  };
}

describe('a token asked for with a proof', () => {
  it('is bound to the key', async () => {
    const { status, body } = await ask(await prove());
    expect([status, body['token_type']]).toEqual([200, 'DPoP']);
    expect(decodeJwt(String(body['access_token']))['cnf']).toEqual({
      jkt: jwkThumbprint(key.jwk),
    });
  });

  it('is given once for one proof, with 20 requests at the same time', async () => {
    for (let round = 0; round < 3; round += 1) {
      const proof = await prove();
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask(proof)));
      const lost = answers.filter(({ status }) => status !== 200);
      expect(lost).toHaveLength(19);
      expect(
        new Set(lost.map(({ status, body }) => `${String(status)} ${String(body['error'])}`)),
      ).toEqual(new Set(['400 invalid_dpop_proof']));
    }
  });

  it.each([-90, 90])(
    'is given to a clock that is %i seconds off when the proof has our nonce',
    async (offset) => {
      const iat = seconds() + offset;
      const first = await ask(await prove({ iat }));
      expect([first.status, first.body['error']]).toEqual([400, 'use_dpop_nonce']);
      const second = await ask(await prove({ iat, nonce: first.nonce }));
      expect([second.status, second.body['token_type']]).toEqual([200, 'DPoP']);
      const third = await ask(await prove({ iat, nonce: 'made-up' }));
      expect([third.status, third.body['error']]).toEqual([400, 'use_dpop_nonce']);
    },
  );

  it.each<[string, () => Promise<string>]>([
    ['for another address', () => prove({ htu: `${identity.issuer}/oauth/par` })],
    ['for another method', () => prove({ htm: 'GET' })],
    ['of another type', () => prove({}, { typ: 'JWT' })],
    ['by another key', () => prove({}, { jwk: testKey().jwk })],
    ['with the private key in it', () => prove({}, { jwk: { ...key.jwk, d: 'A'.repeat(43) } })],
    ['without a name', () => prove({ jti: undefined })],
    ['with another spelling', async () => `${await prove()}=`],
    ['with the name of a megabyte', () => prove({ jti: 'x'.repeat(1_000) })],
    ['that is none', () => Promise.resolve('proof')],
  ])('is refused with a proof %s', async (_what, make) => {
    const { status, body } = await ask(await make());
    expect([status, body['error']]).toEqual([400, 'invalid_dpop_proof']);
  });

  it('comes as a bearer token without a proof', async () => {
    const { body } = await ask();
    expect(body['token_type']).toBe('Bearer');
    expect(decodeJwt(String(body['access_token']))['cnf']).toBeUndefined();
  });
});

it('a proof and an assertion of the same name do not get in each other’s way', async () => {
  const jti = hash('sha256', 'both', 'base64url');
  expect((await ask(await prove({ jti }))).status).toBe(200);
  const signer = signerOf(identity.keys.hr.private);
  const claims = {
    iss: 'hr-rz1',
    sub: 'hr-rz1',
    aud: identity.issuer,
    jti,
    iat: seconds(),
    exp: seconds() + 60,
  };
  const response = await fetch(`${identity.issuer}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'hr:read',
      resource: GRAPH,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await signCompactJws({ header: { typ: 'JWT' }, payload: claims }, signer),
    }),
  });
  expect(response.status).toBe(200);
});
