import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ORGANISATION_PURPOSES, PERSON_PURPOSES } from '../../../identity/domain/roles.ts';
import { purposeOfUse } from '../../../runtime/purpose.ts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, SignJWT, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

import { CALLER_HEADER, signCallerStatement } from '../../../runtime/caller-statement.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import { GRAPH, type Identity, newKey, startIdentity } from './harness.ts';

let identity: Identity;
let keyServer: Server;
let jwksUri: string;
let published: object[] = [];
beforeAll(async () => {
  keyServer = createServer((_request, response) =>
    response.end(JSON.stringify({ keys: published })),
  );
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
  jwksUri = `http://127.0.0.1:${String((keyServer.address() as AddressInfo).port)}/jwks`;
  identity = await startIdentity({
    settings: { IDENTITY_PRIVATE_HOSTS: [new URL(jwksUri).host] },
  });
});
afterAll(async () => {
  keyServer.closeAllConnections();
  keyServer.close();
  await identity.stop();
});

const seconds = () => Math.floor(Date.now() / 1000);
interface Signing {
  readonly alg?: string;
  readonly kid?: string | undefined;
  readonly typ?: string;
  readonly key?: JWK;
}
async function assertion(clientId: string, claims: object = {}, signing: Signing = {}) {
  const { alg = 'ES256', key = identity.keys.hr.private, typ = 'JWT' } = signing;
  const kid = 'kid' in signing ? signing.kid : (key.kid ?? 'hr-1');
  return new SignJWT({
    iss: clientId,
    sub: clientId,
    aud: identity.issuer,
    jti: randomUUID(),
    iat: seconds(),
    exp: seconds() + 60,
    ...claims,
  })
    .setProtectedHeader({ alg, typ, ...(kid === undefined ? {} : { kid }) })
    .sign(await importJWK(key, alg));
}
async function post(path: string, form: Record<string, string>) {
  const response = await fetch(`${identity.issuer}${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
}
const signed = (clientAssertion: string) => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: clientAssertion,
});
const ask = (clientAssertion: string) =>
  post('/oauth/token', {
    grant_type: 'client_credentials',
    scope: 'hr:read',
    resource: GRAPH,
    ...signed(clientAssertion),
  });
const register = (clientId: string, change: object = {}) =>
  identity.composed.registerClient({
    clientId,
    name: 'HR',
    odsCode: 'RZ1',
    jwks: { keys: [identity.keys.hr.public] },
    ...change,
  });
async function revocations(): Promise<unknown> {
  const body = '{}';
  const caller = 'lanyard-gateway';
  const statement = await signCallerStatement(
    {
      kind: 'machine',
      subject: caller,
      clientId: caller,
      name: caller,
      scopes: new Set(),
      requestId: 'request-0001',
    },
    { audience: 'identity', body, now: new Date() },
    signerOf(identity.keys.caller.private),
  );
  const response = await fetch(`${identity.issuer}/internal/revocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CALLER_HEADER]: statement },
    body,
  });
  return ((await response.json()) as { entries: unknown }).entries;
}

describe('the algorithm of a client', () => {
  it.each(['PS256', 'RS512'])('may be %s, and is then no other', async (algorithm) => {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const key = { ...(await exportJWK(privateKey)), kid: 'rsa-1' };
    const clientId = `hr-${algorithm.toLowerCase()}`;
    const jwk = { ...(await exportJWK(publicKey)), kid: 'rsa-1' };
    await register(clientId, { algorithm, jwks: { keys: [jwk] } });
    expect((await ask(await assertion(clientId, {}, { alg: algorithm, key }))).status).toBe(200);
    for (const alg of ['RS256', 'PS256', 'RS512', 'PS512'].filter((one) => one !== algorithm)) {
      const { status, body } = await ask(await assertion(clientId, {}, { alg, key }));
      expect([alg, status, body['error']]).toEqual([alg, 401, 'invalid_client']);
    }
  });
});

describe('a client that gave an address for its keys', () => {
  it('signs in with what is published there', async () => {
    const [one, two] = [newKey('k1'), newKey('k2')];
    published = [one.public];
    await register('hr-remote', { jwks: undefined, jwksUri });
    expect((await ask(await assertion('hr-remote', {}, { key: one.private }))).status).toBe(200);
    expect((await ask(await assertion('hr-remote', {}, { key: two.private }))).status).toBe(401);
    published = [{ ...one.public, d: 'A'.repeat(43) }];
    await register('hr-careless', { jwks: undefined, jwksUri: `${jwksUri}?careless` });
    expect((await ask(await assertion('hr-careless', {}, { key: one.private }))).status).toBe(401);
    const log = await identity.composed.clientLog({ clientId: 'hr-careless' });
    expect(log?.[0]).toMatchObject({ error: 'invalid_client', fault: 'keys_unavailable' });
  });
});

describe('what a client is registered for', () => {
  it('is in its tokens: the purposes it may name', async () => {
    await register('hr-purposes', { purposes: ['PRE_EMPLOYMENT', 'ROTATION'] });
    const { body } = await ask(await assertion('hr-purposes'));
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      ods: 'RZ1',
      purposes: ['PRE_EMPLOYMENT', 'ROTATION'],
    });
  });

  it('is in its tokens: what every organisation may name, when it is registered for nothing else', async () => {
    await register('hr-any');
    const { body } = await ask(await assertion('hr-any'));
    const { purposes } = decodeJwt(String(body['access_token']));
    expect(purposes).toEqual([...ORGANISATION_PURPOSES]);
    const all: readonly string[] = purposeOfUse.options;
    expect(PERSON_PURPOSES.filter((code) => !all.includes(code))).toEqual([]);
    // Those are for our own services, and for people themselves.
    expect(purposes).not.toContain('SIGN_IN');
    expect(purposes).not.toContain('SELF_ACCESS');
  });

  it('holds: only bound tokens when it said so', async () => {
    await register('hr-bound', { dpopBound: true });
    const { status, body } = await ask(await assertion('hr-bound'));
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
  });

  it('holds: no more tokens in a minute than it may ask for, and nobody else can use them up', async () => {
    await register('hr-quota', { tokensPerMinute: 4 });
    const seen = await assertion('hr-quota');
    expect((await ask(seen)).status).toBe(200);
    const stranger = newKey('hr-1').private;
    for (let guess = 0; guess < 5; guess += 1) {
      await ask(await assertion('hr-quota', {}, { key: stranger }));
      // Nor does one that was seen on its way.
      await ask(seen);
    }
    const answers = [];
    for (let request = 0; request < 8; request += 1)
      answers.push(await ask(await assertion('hr-quota')));
    const refused = answers.filter(({ status }) => status !== 200);
    // Four more are one too many; eight are, too, when a minute has just begun.
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.slice(0, 3).map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { status, body, retryAfter } of refused) {
      expect([status, body['error']]).toEqual([429, 'too_many_requests']);
      expect(Number(retryAfter)).toBeGreaterThan(0);
    }
  });
});

describe('why a client was refused', () => {
  const good = 'hr-log';
  beforeAll(() => register(good));
  const lastFault = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return (await identity.composed.clientLog({ clientId: good }))?.[0]?.fault;
  };

  it.each<[string, () => Promise<string>]>([
    ['lives_too_long', () => assertion(good, { exp: seconds() + 301 })],
    ['expired', () => assertion(good, { iat: seconds() - 120, exp: seconds() - 60 })],
    ['expiry_missing', () => assertion(good, { exp: undefined })],
    ['issued_at', () => assertion(good, { iat: undefined })],
    ['audience', () => assertion(good, { aud: `${identity.issuer}/oauth/token` })],
    ['audience', () => assertion(good, { aud: [identity.issuer] })],
    ['issuer_subject', () => assertion(good, { iss: 'hr-rz1' })],
    ['token_id', () => assertion(good, { jti: undefined })],
    ['key_unknown', () => assertion(good, {}, { kid: 'hr-2' })],
    ['typ', () => assertion(good, {}, { typ: 'at+jwt' })],
    ['signature', () => assertion(good, {}, { key: newKey('hr-1').private })],
    [
      'replayed',
      async () => {
        const once = await assertion(good);
        expect((await ask(once)).status).toBe(200);
        return once;
      },
    ],
    [
      'algorithm',
      async () => {
        const { privateKey } = await generateKeyPair('PS256', { extractable: true });
        return assertion(good, {}, { alg: 'PS256', key: await exportJWK(privateKey) });
      },
    ],
    ['malformed', async () => `${await assertion(good)}=`],
  ])('is in its log alone: %s', async (fault, make) => {
    const { status, body } = await ask(await make());
    expect({ status, body }).toEqual({
      status: 401,
      body: { error: 'invalid_client', error_description: 'client authentication failed' },
    });
    expect(await lastFault()).toBe(fault);
  });

  it('is kept a few times, however often a stranger guesses the id', async () => {
    await register('hr-guessed');
    const stranger = newKey('hr-1').private;
    for (let guess = 0; guess < 30; guess += 1) {
      await ask(await assertion('hr-guessed', {}, { key: stranger }));
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    const log = await identity.composed.clientLog({ clientId: 'hr-guessed' });
    expect(log?.length).toBeLessThanOrEqual(20);
    expect(JSON.stringify(log)).not.toMatch(/eyJ/);
    expect(await identity.composed.clientLog({ clientId: 'hr-nobody' })).toBeUndefined();
  });
});

describe('taking access back', () => {
  it('tells the gateway of a token that its client gave back, and of no other', async () => {
    const { body } = await ask(await assertion('hr-rz1'));
    const token = String(body['access_token']);
    await register('hr-other');
    const byAnother = await post('/oauth/revoke', {
      token,
      ...signed(await assertion('hr-other')),
    });
    expect([byAnother.status, await revocations()]).toEqual([200, []]);
    const byNobody = await post('/oauth/revoke', { token, ...signed('x.y.z') });
    expect([byNobody.status, await revocations()]).toEqual([400, []]);
    const answer = await post('/oauth/revoke', { token, ...signed(await assertion('hr-rz1')) });
    expect([answer.status, answer.body]).toEqual([200, {}]);
    expect(await revocations()).toEqual([
      { kind: 'token', value: decodeJwt(token).jti, notBefore: expect.any(Number) },
    ]);
  });

  it('tells of a client that was stopped, which gets no token any more', async () => {
    await register('hr-stopped');
    await identity.composed.stopClient({ clientId: 'hr-stopped', by: 'Ada' });
    expect((await ask(await assertion('hr-stopped'))).status).toBe(401);
    expect(await revocations()).toContainEqual({
      kind: 'client',
      value: 'hr-stopped',
      notBefore: expect.any(Number),
    });
    await expect(register('hr-stopped')).rejects.toMatchObject({ fields: ['clientId'] });
  });
});
