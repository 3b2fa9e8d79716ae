/**
 * The modules of the OpenID Foundation's conformance suite for the FAPI 2.0 Security Profile, one by one, by an application
 * that holds a key, pushes its requests and binds its tokens. The suite itself is not run here: each test does what its
 * module is about. `docs/conformance.md` says where the others are.
 */
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
} from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose';

import { CLIENT_ASSERTION_TYPE } from '../../../standards/client-assertion.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { jwkThumbprint } from '../../../standards/jwk-thumbprint.ts';
import { testKey } from '../standards/keys.ts';
import { Browser, type Page } from './browser.ts';
import { GRAPH, type Identity, newKey, PASSWORD, startIdentity } from './harness.ts';
import { passSecondFactor } from './second-factor.ts';

const CALLBACK = 'http://127.0.0.1:4999/callback';
const MAIL = 'ada@nhs.example';
const CLIENT = 'app-fapi';
const OTHER_CLIENT = 'app-fapi-other';

type Members = Readonly<Record<string, unknown>>;
type Form = Readonly<Record<string, string>>;

let identity: Identity;
/** A browser in which the person has signed in and let both applications in. */
const browser = new Browser();
const clientKey = newKey('fapi-1');
const tokenKey = testKey('token-key');
const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const seconds = () => Math.floor(Date.now() / 1000);

/** Without the members that are undefined. */
const given = (members: Members): Record<string, string> =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );

const signed = (claims: Members, header: Members = {}, algorithm = 'ES256') =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: algorithm, kid: clientKey.private.kid, ...header })
    .sign(createPrivateKey({ key: clientKey.private, format: 'jwk' }));

const assertion = async (change: Members = {}, clientId = CLIENT): Promise<Form> => ({
  client_assertion_type: CLIENT_ASSERTION_TYPE,
  client_assertion: await signed({
    iss: clientId,
    sub: clientId,
    aud: identity.issuer,
    jti: randomUUID(),
    iat: seconds(),
    exp: seconds() + 60,
    ...change,
  }),
});

const prove = (path: string, change: Members = {}, key = tokenKey): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'dpop+jwt', kid: undefined, jwk: key.jwk },
      payload: {
        jti: randomUUID(),
        htm: 'POST',
        htu: identity.issuer + path,
        iat: seconds(),
        ...change,
      },
    },
    key.signer,
  );

const asked = (change: Members = {}): Members => ({
  client_id: CLIENT,
  response_type: 'code',
  redirect_uri: CALLBACK,
  scope: 'openid self:read',
  resource: GRAPH,
  state: 'st-1',
  nonce: 'n-1',
  code_challenge: challenge,
  code_challenge_method: 'S256',
  ...change,
});

const requestObject = (change: Members = {}, header: Members = {}) =>
  signed(
    {
      ...asked(),
      iss: CLIENT,
      aud: identity.issuer,
      iat: seconds(),
      nbf: seconds(),
      exp: seconds() + 60,
      jti: randomUUID(),
      ...change,
    },
    { typ: 'oauth-authz-req+jwt', ...header },
  );

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function post(path: string, form: Form, proof?: string): Promise<Answer> {
  const response = await fetch(identity.issuer + path, {
    method: 'POST',
    headers: proof === undefined ? {} : { dpop: proof },
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** Pushes a request of plain parameters. */
const push = async (
  change: Members = {},
  { proof, client }: { readonly proof?: string; readonly client?: Form } = {},
): Promise<Answer> =>
  post('/oauth/par', given({ ...asked(change), ...(client ?? (await assertion())) }), proof);

/** Pushes a signed request. */
const pushSigned = async (object: string, outside: Members = {}): Promise<Answer> =>
  post(
    '/oauth/par',
    given({ client_id: CLIENT, request: object, ...outside, ...(await assertion()) }),
  );

const authorizeUrl = (query: Members): string =>
  `${identity.issuer}/oauth/authorize?${new URLSearchParams(given(query)).toString()}`;
const open = (query: Members): Promise<Page> => browser.open(authorizeUrl(query));
const openPushed = ({ body }: Answer, clientId = CLIENT): Promise<Page> =>
  open({ client_id: clientId, request_uri: body['request_uri'] });

/** The answer that came back to the application; no parameters when the page stayed here. */
const backAt = (page: Page): URLSearchParams =>
  page.url.startsWith(CALLBACK) ? new URL(page.url).searchParams : new URLSearchParams();

const codeFor = async (change: Members = {}, proof?: string): Promise<string> => {
  const pushed = await push(change, proof === undefined ? {} : { proof });
  return backAt(await openPushed(pushed)).get('code') ?? '';
};

const redeem = async (
  code: string,
  {
    change = {},
    client,
    proof,
  }: { readonly change?: Members; readonly client?: Form; readonly proof?: string } = {},
): Promise<Answer> =>
  post(
    '/oauth/token',
    given({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      resource: GRAPH,
      code_verifier: verifier,
      ...(client ?? (await assertion())),
      ...change,
    }),
    proof,
  );

beforeAll(async () => {
  identity = await startIdentity();
  identity.world.people.set(MAIL, { employeeType: 'USER:ACTIVE', name: 'Ada', staffId: 'stf_ada' });
  const jwks = { keys: [clientKey.public] };
  for (const clientId of [CLIENT, OTHER_CLIENT]) {
    await identity.composed.registerApp({
      clientId,
      name: clientId,
      redirectUris: [CALLBACK],
      jwks,
    });
  }
  const page = await openPushed(await push());
  const second = await browser.submit(page, { mail: MAIL, password: PASSWORD });
  const back = await passSecondFactor(identity, browser, second, MAIL);
  expect(backAt(back).get('code')).toBeTruthy();
});
afterAll(() => identity.stop());

/** Everything but the date goes on as it is. */
const UNTOUCHED = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'nextTick',
  'queueMicrotask',
  'performance',
  'hrtime',
] as const;

/** Does something as if more than a minute had gone by: longer than codes and pushed requests live. */
async function afterAMinute<Result>(task: () => Promise<Result>): Promise<Result> {
  jest.useFakeTimers({ doNotFake: [...UNTOUCHED], now: Date.now() + 90_000 });
  try {
    return await task();
  } finally {
    jest.useRealTimers();
  }
}

const refusedAtPush = (answer: Answer, error: string | readonly string[]): void => {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect([error].flat()).toContain(answer.body['error']);
};

const modules: Readonly<Record<string, () => Promise<void>>> = {
  'discovery-end-point-verification': async () => {
    const url = `${identity.issuer}/.well-known/oauth-authorization-server`;
    const metadata = (await (await fetch(url)).json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      issuer: identity.issuer,
      authorization_response_iss_parameter_supported: true,
      code_challenge_methods_supported: ['S256'],
      dpop_signing_alg_values_supported: ['ES256'],
      pushed_authorization_request_endpoint: `${identity.issuer}/oauth/par`,
    });
    // `none` is for a sign-in that hands nothing out.
    expect(metadata['response_types_supported']).toEqual(['code', 'none']);
  },
  'happy-flow': async () => {
    const proof = () => prove('/oauth/token');
    const answer = await redeem(await codeFor(), { proof: await proof() });
    expect([answer.status, answer.body['token_type']]).toEqual([200, 'DPoP']);
    expect(decodeJwt(String(answer.body['access_token']))).toMatchObject({
      sub: 'stf_ada',
      cnf: { jkt: jwkThumbprint(tokenKey.jwk) },
    });
    expect(decodeJwt(String(answer.body['id_token']))['nonce']).toBe('n-1');
  },
  'attempt-reuse-authorization-code-after-one-second': async () => {
    const code = await codeFor();
    expect((await redeem(code)).status).toBe(200);
    const again = await redeem(code);
    expect([again.status, again.body['error']]).toEqual([400, 'invalid_grant']);
  },
  'ensure-authorization-code-is-bound-to-client': async () => {
    const answer = await redeem(await codeFor(), { client: await assertion({}, OTHER_CLIENT) });
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_grant']);
  },
  'ensure-authorization-request-with-64-char-nonce-success': async () => {
    const nonce = 'n'.repeat(64);
    const { body } = await redeem(await codeFor({ nonce }));
    expect(decodeJwt(String(body['id_token']))['nonce']).toBe(nonce);
  },
  'ensure-authorization-request-with-long-nonce': async () => {
    const nonce = 'n'.repeat(384);
    const { body } = await redeem(await codeFor({ nonce }));
    expect(decodeJwt(String(body['id_token']))['nonce']).toBe(nonce);
  },
  'ensure-authorization-request-with-long-state': async () => {
    const state = 's'.repeat(384);
    expect(backAt(await openPushed(await push({ state }))).get('state')).toBe(state);
  },
  'ensure-authorization-request-without-nonce-success': async () => {
    const { status, body } = await redeem(await codeFor({ nonce: undefined }));
    expect(status).toBe(200);
    expect(decodeJwt(String(body['id_token']))['nonce']).toBeUndefined();
  },
  'ensure-authorization-request-without-state-success': async () => {
    const back = backAt(await openPushed(await push({ state: undefined })));
    expect([back.has('code'), back.has('state')]).toEqual([true, false]);
  },
  'ensure-client-assertion-in-token-endpoint': async () => {
    const answer = await redeem(await codeFor(), { client: { client_id: CLIENT } });
    expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_client']);
  },
  'ensure-client-assertion-with-exp-is-5-minutes-in-past-fails': async () => {
    const client = await assertion({ iat: seconds() - 360, exp: seconds() - 300 });
    refusedAtPush(await push({}, { client }), 'invalid_client');
    refusedAtPush(await redeem(await codeFor(), { client }), 'invalid_client');
  },
  'ensure-client-assertion-with-no-sub-fails': async () => {
    const client = await assertion({ sub: undefined });
    refusedAtPush(await push({}, { client }), 'invalid_client');
  },
  'ensure-client-assertion-with-wrong-aud-fails': async () => {
    const client = await assertion({ aud: 'https://elsewhere.example' });
    refusedAtPush(await push({}, { client }), 'invalid_client');
  },
  'ensure-client-id-in-token-endpoint': async () => {
    const client = { ...(await assertion()), client_id: OTHER_CLIENT };
    refusedAtPush(await redeem(await codeFor(), { client }), ['invalid_client', 'invalid_request']);
  },
  'ensure-different-nonce-inside-and-outside-request-object': async () => {
    const pushed = await pushSigned(await requestObject({ nonce: 'inside' }), { nonce: 'outside' });
    if (pushed.status !== 201) {
      refusedAtPush(pushed, 'invalid_request');
      return;
    }
    const { body } = await redeem(backAt(await openPushed(pushed)).get('code') ?? '');
    expect(decodeJwt(String(body['id_token']))['nonce']).toBe('inside');
  },
  'ensure-different-state-inside-and-outside-request-object': async () => {
    const pushed = await pushSigned(await requestObject({ state: 'inside' }), { state: 'outside' });
    if (pushed.status !== 201) {
      refusedAtPush(pushed, 'invalid_request');
      return;
    }
    expect(backAt(await openPushed(pushed)).get('state')).toBe('inside');
  },
  'state-only-outside-request-object-not-used': async () => {
    const object = await requestObject({ state: undefined });
    const pushed = await pushSigned(object, { state: 'outside' });
    if (pushed.status !== 201) {
      refusedAtPush(pushed, 'invalid_request');
      return;
    }
    expect(backAt(await openPushed(pushed)).get('state')).not.toBe('outside');
  },
  'ensure-dpop-auth-code-binding-success': async () => {
    const code = await codeFor({ dpop_jkt: jwkThumbprint(tokenKey.jwk) });
    const { status } = await redeem(code, { proof: await prove('/oauth/token') });
    expect(status).toBe(200);
  },
  'ensure-dpopproof-at-par-endpoint-binding-success': async () => {
    const code = await codeFor({}, await prove('/oauth/par'));
    const { status } = await redeem(code, { proof: await prove('/oauth/token') });
    expect(status).toBe(200);
  },
  'ensure-mismatched-dpop-jkt-fails': async () => {
    const pushed = await push(
      { dpop_jkt: jwkThumbprint(testKey('other').jwk) },
      { proof: await prove('/oauth/par') },
    );
    refusedAtPush(pushed, ['invalid_request', 'invalid_dpop_proof']);
  },
  'ensure-token-endpoint-fails-with-mismatched-dpop-jkt': async () => {
    const code = await codeFor({ dpop_jkt: jwkThumbprint(testKey('other').jwk) });
    const answer = await redeem(code, { proof: await prove('/oauth/token') });
    refusedAtPush(answer, ['invalid_grant', 'invalid_dpop_proof']);
  },
  'ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt': async () => {
    const code = await codeFor({}, await prove('/oauth/par'));
    const answer = await redeem(code, { proof: await prove('/oauth/token', {}, testKey('other')) });
    refusedAtPush(answer, ['invalid_grant', 'invalid_dpop_proof']);
  },
  'ensure-dpopproof-with-iat-10seconds-before-succeeds': async () => {
    const proof = await prove('/oauth/token', { iat: seconds() - 10 });
    expect((await redeem(await codeFor(), { proof })).status).toBe(200);
  },
  'ensure-dpopproof-with-iat-10seconds-after-succeeds': async () => {
    const proof = await prove('/oauth/token', { iat: seconds() + 10 });
    expect((await redeem(await codeFor(), { proof })).status).toBe(200);
  },
  'ensure-other-scope-order-succeeds': async () => {
    const { status } = await redeem(await codeFor({ scope: 'self:read openid' }));
    expect(status).toBe(200);
  },
  'ensure-pkce-code-verifier-required': async () => {
    const answer = await redeem(await codeFor(), { change: { code_verifier: undefined } });
    refusedAtPush(answer, ['invalid_grant', 'invalid_request']);
  },
  'incorrect-pkce-code-verifier-rejected': async () => {
    const answer = await redeem(await codeFor(), { change: { code_verifier: 'x'.repeat(43) } });
    refusedAtPush(answer, 'invalid_grant');
  },
  'par-ensure-pkce-required': async () => {
    const none = { code_challenge: undefined, code_challenge_method: undefined };
    refusedAtPush(await push(none), 'invalid_request');
  },
  'par-plain-pkce-rejected': async () => {
    refusedAtPush(await push({ code_challenge_method: 'plain' }), 'invalid_request');
  },
  'ensure-redirect-uri-in-authorization-request': async () => {
    refusedAtPush(await push({ redirect_uri: undefined }), [
      'invalid_request',
      'invalid_redirect_uri',
    ]);
  },
  'ensure-registered-redirect-uri': async () => {
    refusedAtPush(await push({ redirect_uri: `${CALLBACK}/x` }), [
      'invalid_request',
      'invalid_redirect_uri',
    ]);
  },
  'ensure-request-object-without-redirect-uri-fails': async () => {
    refusedAtPush(await pushSigned(await requestObject({ redirect_uri: undefined })), [
      'invalid_request',
      'invalid_request_object',
    ]);
  },
  'ensure-request-object-signature-algorithm-is-not-none': async () => {
    const object = new UnsecuredJWT({ ...asked(), iss: CLIENT, aud: identity.issuer }).encode();
    refusedAtPush(await pushSigned(object), ['invalid_request_object', 'invalid_request']);
  },
  'ensure-signed-request-object-with-RS256-fails': async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const object = await new SignJWT({ ...asked(), iss: CLIENT, aud: identity.issuer })
      .setProtectedHeader({ alg: 'RS256', typ: 'oauth-authz-req+jwt' })
      .sign(privateKey);
    refusedAtPush(await pushSigned(object), ['invalid_request_object', 'invalid_request']);
  },
  'ensure-signed-client-assertion-with-RS256-fails': async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const claims = { iss: CLIENT, sub: CLIENT, aud: identity.issuer, jti: randomUUID() };
    const client = {
      client_assertion_type: CLIENT_ASSERTION_TYPE,
      client_assertion: await new SignJWT({ ...claims, iat: seconds(), exp: seconds() + 60 })
        .setProtectedHeader({ alg: 'RS256' })
        .sign(privateKey),
    };
    refusedAtPush(await push({}, { client }), 'invalid_client');
  },
  'ensure-request-object-with-bad-aud-fails': async () => {
    const object = await requestObject({ aud: 'https://elsewhere.example' });
    refusedAtPush(await pushSigned(object), 'invalid_request_object');
  },
  'ensure-request-object-with-exp-over-60-fails': async () => {
    const object = await requestObject({ exp: seconds() + 3_660 });
    refusedAtPush(await pushSigned(object), 'invalid_request_object');
  },
  'ensure-expired-request-object-fails': async () => {
    const object = await requestObject({ iat: seconds() - 400, exp: seconds() - 300 });
    refusedAtPush(await pushSigned(object), 'invalid_request_object');
  },
  'ensure-request-object-without-exp-fails': async () => {
    refusedAtPush(
      await pushSigned(await requestObject({ exp: undefined })),
      'invalid_request_object',
    );
  },
  'ensure-request-object-without-nbf-fails': async () => {
    refusedAtPush(
      await pushSigned(await requestObject({ nbf: undefined })),
      'invalid_request_object',
    );
  },
  'ensure-request-object-with-nbf-over-60-fails': async () => {
    const object = await requestObject({ nbf: seconds() - 3_660 });
    refusedAtPush(await pushSigned(object), 'invalid_request_object');
  },
  'ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted': async () => {
    expect((await pushSigned(await requestObject({ nbf: seconds() + 8 }))).status).toBe(201);
  },
  'ensure-request-object-with-invalid-signature-fails': async () => {
    const object = await requestObject();
    const at = object.lastIndexOf('.') + 1;
    const spoiled = object.slice(0, at) + (object[at] === 'A' ? 'B' : 'A') + object.slice(at + 1);
    refusedAtPush(await pushSigned(spoiled), 'invalid_request_object');
  },
  'ensure-matching-key-in-authorization-request': async () => {
    const stranger = createPrivateKey({ key: newKey('fapi-1').private, format: 'jwk' });
    const object = await new SignJWT({
      ...asked(),
      iss: CLIENT,
      aud: identity.issuer,
      nbf: seconds(),
      exp: seconds() + 60,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'fapi-1', typ: 'oauth-authz-req+jwt' })
      .sign(stranger);
    refusedAtPush(await pushSigned(object), 'invalid_request_object');
  },
  'ensure-response-type-code-idtoken-fails': async () => {
    refusedAtPush(await push({ response_type: 'code id_token' }), [
      'unsupported_response_type',
      'unauthorized_client',
      'invalid_request',
    ]);
  },
  'ensure-response-type-token-fails': async () => {
    refusedAtPush(await push({ response_type: 'token' }), [
      'unsupported_response_type',
      'unauthorized_client',
      'invalid_request',
    ]);
  },
  'par-attempt-invalid-http-method': async () => {
    const response = await fetch(`${identity.issuer}/oauth/par`);
    expect([404, 405]).toContain(response.status);
  },
  'par-attempt-reuse-request_uri': async () => {
    const pushed = await push();
    expect(backAt(await openPushed(pushed)).has('code')).toBe(true);
    expect(backAt(await openPushed(pushed)).has('code')).toBe(false);
  },
  'par-attempt-to-use-request_uri-for-different-client': async () => {
    expect(backAt(await openPushed(await push(), OTHER_CLIENT)).has('code')).toBe(false);
  },
  'par-authorization-request-containing-request_uri': async () => {
    const pushed = await push();
    const object = await requestObject({ request_uri: pushed.body['request_uri'] });
    refusedAtPush(await pushSigned(object), ['invalid_request', 'invalid_request_object']);
  },
  'par-authorization-request-containing-request_uri-form-param': async () => {
    const pushed = await push();
    refusedAtPush(await push({ request_uri: pushed.body['request_uri'] }), [
      'invalid_request',
      'request_uri_not_supported',
    ]);
  },
  'par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted': async () => {
    expect((await push({}, { client: await assertion({ nbf: seconds() + 8 }) })).status).toBe(201);
  },
  'par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails': async () => {
    refusedAtPush(
      await push({}, { client: await assertion({ nbf: seconds() + 90 }) }),
      'invalid_client',
    );
  },
  'par-test-array-as-audience-fails': async () => {
    refusedAtPush(
      await push({}, { client: await assertion({ aud: [identity.issuer] }) }),
      'invalid_client',
    );
  },
  'par-test-par-endpoint-url-as-audience-fails': async () => {
    const client = await assertion({ aud: `${identity.issuer}/oauth/par` });
    refusedAtPush(await push({}, { client }), 'invalid_client');
  },
  'par-test-token-endpoint-url-as-audience-fails': async () => {
    const client = await assertion({ aud: `${identity.issuer}/oauth/token` });
    refusedAtPush(await push({}, { client }), 'invalid_client');
  },
  'par-ensure-reused-request-uri-prior-to-auth-completion-succeeds': async () => {
    const pushed = await push();
    const stranger = new Browser();
    const url = authorizeUrl({ client_id: CLIENT, request_uri: pushed.body['request_uri'] });
    for (let visit = 0; visit < 2; visit += 1) {
      expect((await stranger.open(url)).html).toContain('name="password"');
    }
  },
  'ensure-token-endpoint-fails-with-expired-auth-code': async () => {
    const code = await codeFor();
    const answer = await afterAMinute(() => redeem(code));
    refusedAtPush(answer, 'invalid_grant');
  },
  'par-attempt-to-use-expired-request_uri': async () => {
    const pushed = await push();
    const back = await afterAMinute(() => openPushed(pushed));
    expect(backAt(back).has('code')).toBe(false);
  },
  'par-without-duplicate-parameters': async () => {
    const page = await openPushed(await push());
    expect(backAt(page).has('code')).toBe(true);
  },
  'check-dpop-proof-nbf-exp': async () => {
    const late = await prove('/oauth/token', { exp: seconds() - 120, iat: seconds() - 180 });
    refusedAtPush(await redeem(await codeFor(), { proof: late }), [
      'invalid_dpop_proof',
      'use_dpop_nonce',
    ]);
  },
  'dpop-negative-tests': async () => {
    for (const change of [{ htm: 'GET' }, { htu: identity.issuer }, { jti: undefined }]) {
      const proof = await prove('/oauth/token', change);
      refusedAtPush(await redeem(await codeFor(), { proof }), 'invalid_dpop_proof');
    }
  },
  'test-essential-acr-sca-claim': async () => {
    const acr = 'urn:lanyard:acr:two-factor';
    const code = await codeFor({
      claims: JSON.stringify({ id_token: { acr: { essential: true, value: acr } } }),
    });
    const { body } = await redeem(code);
    expect(decodeJwt(String(body['id_token']))['acr']).toBe(acr);
  },
};

describe('FAPI 2.0 Security Profile', () => {
  it.each(Object.entries(modules))('%s', async (_name, module) => {
    expect.hasAssertions();
    await module();
  });
});
