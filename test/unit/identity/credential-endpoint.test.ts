import { generateKeyPairSync } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  compactDecrypt,
  CompactEncrypt,
  compactVerify,
  createRemoteJWKSet,
  decodeProtectedHeader,
  importJWK,
} from 'jose';

import { signerOf } from '../../../runtime/jwk-settings.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { type Identity, newKey, startIdentity } from './harness.ts';
import { type Answer, type Change, jwkOf, walletAt, type WalletKey } from './wallet.ts';

let identity: Identity;
let wallet: ReturnType<typeof walletAt>;
const attester = newKey('attester-1');
const key = newKey('holder');

beforeAll(async () => {
  identity = await startIdentity({
    settings: {
      IDENTITY_KEY_ATTESTERS: { anchors: [], keys: [attester.public] },
      IDENTITY_KEY_ATTESTATIONS_REQUIRED: {
        'right-to-work': { key_storage: ['iso_18045_moderate', 'iso_18045_high'] },
      },
    },
  });
  wallet = walletAt(identity);
});
afterAll(() => identity.stop());
beforeEach(() => {
  identity.world.graphDown = false;
  identity.world.denial = undefined;
  identity.world.issued.length = 0;
  identity.world.noted.length = 0;
});

const metadataOf = async () =>
  (await (await fetch(`${identity.issuer}/.well-known/openid-credential-issuer`)).json()) as Record<
    string,
    never
  >;

describe('the issuer metadata', () => {
  it('is complete', async () => {
    const { credential_configurations_supported: kinds, ...metadata } = await metadataOf();
    const { issuer } = identity;
    expect(metadata).toEqual({
      credential_issuer: issuer,
      credential_endpoint: `${issuer}/openid4vci/credential`,
      nonce_endpoint: `${issuer}/openid4vci/nonce`,
      deferred_credential_endpoint: `${issuer}/openid4vci/deferred-credential`,
      notification_endpoint: `${issuer}/openid4vci/notification`,
      credential_request_encryption: {
        jwks: {
          keys: [
            {
              kty: 'EC',
              crv: 'P-256',
              alg: 'ECDH-ES',
              use: 'enc',
              kid: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
              x: expect.any(String),
              y: expect.any(String),
            },
          ],
        },
        enc_values_supported: ['A128GCM', 'A256GCM'],
        encryption_required: false,
      },
      credential_response_encryption: {
        alg_values_supported: ['ECDH-ES'],
        enc_values_supported: ['A128GCM', 'A256GCM'],
        encryption_required: false,
      },
      batch_credential_issuance: { batch_size: 20 },
      display: [{ name: 'NHS staff passport', locale: 'en-GB' }],
    });
    expect(kinds?.['right-to-work']).toMatchObject({
      proof_types_supported: {
        jwt: {
          proof_signing_alg_values_supported: ['ES256'],
          key_attestations_required: { key_storage: ['iso_18045_moderate', 'iso_18045_high'] },
        },
        attestation: { proof_signing_alg_values_supported: ['ES256'] },
      },
    });
    expect(kinds?.['core-skills-training-vc-jwt']).toMatchObject({
      format: 'jwt_vc_json',
      scope: 'core-skills-training',
      credential_definition: {
        type: ['VerifiableCredential', 'CoreSkillsTrainingCredential'],
      },
    });
  });

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['application/json, application/jwt', 'application/json'],
    ['application/jwt;q=0', 'application/json'],
    ['application/jwt;q=0.5, application/json', 'application/json'],
    ['application/jwt', 'application/jwt'],
    ['application/jwt, */*;q=0.1', 'application/jwt'],
    ['application/json;q=0.5, application/jwt', 'application/jwt'],
  ])('to a client that accepts %p is %s', async (accept, type) => {
    const response = await fetch(`${identity.issuer}/.well-known/openid-credential-issuer`, {
      headers: accept === undefined ? {} : { accept },
    });
    expect(response.headers.get('content-type')).toMatch(new RegExp(`^${type}`));
    expect(response.headers.get('vary')).toContain('accept');
  });

  it('is signed with the key that the authorization server publishes', async () => {
    const response = await fetch(`${identity.issuer}/.well-known/openid-credential-issuer`, {
      headers: { accept: 'application/jwt' },
    });
    const { payload, protectedHeader } = await compactVerify(
      await response.text(),
      createRemoteJWKSet(new URL(`${identity.issuer}/oauth/jwks`)),
    );
    expect(protectedHeader).toEqual({
      alg: 'ES256',
      typ: 'openidvci-issuer-metadata+jwt',
      kid: 'as-1',
    });
    const iat = expect.any(Number) as unknown;
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({
      iss: identity.issuer,
      sub: identity.issuer,
      iat,
      exp: iat,
      ...(await metadataOf()),
    });
  });
});

/** A key attestation by the attester that is trusted. */
async function attest(
  keys: readonly (WalletKey | object)[],
  { header, payload }: Change = {},
  by = attester,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return signCompactJws(
    {
      header: { typ: 'key-attestation+jwt', ...header },
      payload: {
        iat: now,
        exp: now + 600,
        attested_keys: keys.map((one) => ('public' in one ? jwkOf(one) : one)),
        key_storage: ['iso_18045_high'],
        user_authentication: ['iso_18045_basic'],
        nonce: await wallet.nonce(),
        ...payload,
      },
    },
    signerOf(by.private),
  );
}

describe('key attestations', () => {
  it('give a credential for each attested key, without a proof by any', async () => {
    const keys = [newKey('a'), newKey('b'), newKey('c')];
    const proofs = { attestation: [await attest(keys)] };
    const { status, body } = await wallet.collect(await wallet.token(), { proofs });
    expect(status).toBe(200);
    expect(body['credentials']).toHaveLength(3);
    expect(identity.world.issued[0]?.holderKeys).toEqual(keys.map(jwkOf));
  });

  it('stand in the header of a proof by one of their keys, named in full or by its place', async () => {
    const keys = [key, newKey('b')];
    const nonce = await wallet.nonce();
    const other = await wallet.nonce();
    const inFull = await wallet.proof(key, {
      header: { key_attestation: await attest(keys, { payload: { nonce } }) },
      payload: { nonce },
    });
    const byPlace = await wallet.proof(key, {
      header: {
        jwk: undefined,
        kid: '0',
        key_attestation: await attest(keys, { payload: { nonce: other } }),
      },
      payload: { nonce: other },
    });
    const token = await wallet.token();
    for (const proof of [inFull, byPlace]) {
      const { status, body } = await wallet.collect(token, { proofs: { jwt: [proof] } });
      expect(status).toBe(200);
      expect(body['credentials']).toHaveLength(2);
    }
  });

  it('spend their nonce', async () => {
    const proofs = { attestation: [await attest([key])] };
    const token = await wallet.token();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => wallet.collect(token, { proofs })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await wallet.collect(token, { proofs })).body['error']).toBe('invalid_nonce');
  });

  it.each<[string, () => Promise<string>]>([
    ['by somebody unknown', () => attest([key], {}, newKey('stranger'))],
    ['by somebody who uses a known name', () => attest([key], {}, newKey('attester-1'))],
    ['of another type', () => attest([key], { header: { typ: 'JWT' } })],
    ['with a key of its own', () => attest([key], { header: { jwk: jwkOf(attester) } })],
    ['without a name of the signer', () => attest([key], { header: { kid: undefined } })],
    ['with a trust chain', () => attest([key], { header: { trust_chain: ['x'] } })],
    ['that has ended', () => attest([key], { payload: { exp: 1_700_000_000 } })],
    ['from the future', () => attest([key], { payload: { iat: 4_000_000_000 } })],
    ['without iat', () => attest([key], { payload: { iat: undefined } })],
    ['without a nonce', () => attest([key], { payload: { nonce: undefined } })],
    ['of no key', () => attest([])],
    ['of one key twice', () => attest([key, key])],
    ['of a private key', () => attest([{ ...key.private }])],
    ['of too many keys', () => attest(Array.from({ length: 21 }, () => newKey('x')))],
  ])('are refused %s', async (_what, made) => {
    const proofs = { attestation: [await made()] };
    const { status, body } = await wallet.collect(await wallet.token(), { proofs });
    expect({ status, error: body['error'] }).toEqual({ status: 400, error: 'invalid_proof' });
    expect(identity.world.issued).toEqual([]);
  });

  it.each<[string, (nonce: string) => Promise<Change>]>([
    [
      'of other keys',
      async (nonce) => ({
        header: { key_attestation: await attest([newKey('b')], { payload: { nonce } }) },
      }),
    ],
    ['with another nonce', async () => ({ header: { key_attestation: await attest([key]) } })],
    [
      'without an end',
      async (nonce) => ({
        header: { key_attestation: await attest([key], { payload: { nonce, exp: undefined } }) },
      }),
    ],
    ['that is no text', () => Promise.resolve({ header: { key_attestation: {} } })],
    [
      'by a place that does not exist',
      async (nonce) => ({
        header: {
          jwk: undefined,
          kid: '1',
          key_attestation: await attest([key], { payload: { nonce } }),
        },
      }),
    ],
  ])('are refused beside a proof %s', async (_what, change) => {
    const nonce = await wallet.nonce();
    const jwt = [await wallet.proof(key, { payload: { nonce }, ...(await change(nonce)) })];
    const { body } = await wallet.collect(await wallet.token(), { proofs: { jwt } });
    expect(body['error']).toBe('invalid_proof');
  });

  it('are demanded, at a level, where the settings say so', async () => {
    const ask = async (proofs: object): Promise<Answer> =>
      wallet.collect(await wallet.token(['right-to-work']), {
        credential_configuration_id: 'right-to-work',
        proofs,
      });
    const low = { payload: { key_storage: ['iso_18045_basic'] } };
    const none = { payload: { key_storage: undefined } };
    const answers = [
      await ask({ jwt: [await wallet.proof(key)] }),
      await ask({ attestation: [await attest([key], low)] }),
      await ask({ attestation: [await attest([key], none)] }),
      await ask({ attestation: [await attest([key])] }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 200]);
  });
});

describe('the older single proof', () => {
  it('counts for nothing beside proofs', async () => {
    const other = newKey('other');
    const { status } = await wallet.collect(await wallet.token(), {
      proofs: { jwt: [await wallet.proof(key)] },
      proof: { proof_type: 'jwt', jwt: await wallet.proof(other) },
    });
    expect(status).toBe(200);
    expect(identity.world.issued[0]?.holderKeys).toEqual([jwkOf(key)]);
  });
});

/** A wallet's pair for encrypted answers. */
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const responseKey = {
  ...pair.publicKey.export({ format: 'jwk' }),
  alg: 'ECDH-ES',
  use: 'enc',
  kid: 'answer-1',
};

async function encrypt(
  message: object,
  header: { readonly enc?: string; readonly kid?: string | undefined } = {},
): Promise<string> {
  const metadata = (await metadataOf()) as unknown as {
    credential_request_encryption: { jwks: { keys: [{ kid: string }] } };
  };
  const [jwk] = metadata.credential_request_encryption.jwks.keys;
  return new CompactEncrypt(Buffer.from(JSON.stringify(message)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: jwk.kid, ...header } as {
      alg: string;
      enc: string;
    })
    .encrypt(await importJWK(jwk, 'ECDH-ES'));
}

/** Sends what is encrypted. */
const sendEncrypted = async (
  token: string,
  jwe: string,
  path = '/openid4vci/credential',
): Promise<Response> => wallet.send(path, jwe, token, 'application/jwt');

const request = async (change: object = {}): Promise<object> => ({
  credential_configuration_id: 'identity',
  proofs: { jwt: [await wallet.proof(key)] },
  ...change,
});

describe('encryption', () => {
  it.each(['A128GCM', 'A256GCM'])('of request and response with %s', async (enc) => {
    const jwe = await encrypt(
      await request({ credential_response_encryption: { jwk: responseKey, enc } }),
      { enc },
    );
    const response = await sendEncrypted(await wallet.token(), jwe);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/jwt/);
    const answer = await response.text();
    expect(decodeProtectedHeader(answer)).toMatchObject({ alg: 'ECDH-ES', enc, kid: 'answer-1' });
    const { plaintext } = await compactDecrypt(answer, pair.privateKey);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual({
      credentials: [{ credential: expect.stringMatching(/^sd-jwt-of-/) }],
      notification_id: expect.any(String),
    });
  });

  it('of the request alone', async () => {
    const response = await sendEncrypted(await wallet.token(), await encrypt(await request()));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('leaves refusals in clear', async () => {
    const jwe = await encrypt(
      await request({
        proofs: { jwt: ['nonsense'] },
        credential_response_encryption: { jwk: responseKey, enc: 'A128GCM' },
      }),
    );
    const response = await sendEncrypted(await wallet.token(), jwe);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_proof' });
  });

  it.each<[string, object]>([
    ['another content encryption', { enc: 'A128CBC-HS256' }],
    ['no content encryption', { enc: undefined }],
    ['compression', { zip: 'DEF' }],
    ['a key without an algorithm', { jwk: { ...responseKey, alg: undefined } }],
    ['another key agreement', { jwk: { ...responseKey, alg: 'ECDH-ES+A256KW' } }],
    ['a key for signatures', { jwk: { ...responseKey, use: 'sig' } }],
    ['an RSA key', { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB', alg: 'RSA-OAEP-256' } }],
    ['a point that is not on the curve', { jwk: { ...responseKey, y: responseKey.x } }],
    ['a private key', { jwk: { ...pair.privateKey.export({ format: 'jwk' }), alg: 'ECDH-ES' } }],
    ['no key', { jwk: undefined }],
  ])('of the response with %s is refused', async (_what, change) => {
    const jwe = await encrypt(
      await request({
        credential_response_encryption: { jwk: responseKey, enc: 'A256GCM', ...change },
      }),
    );
    const response = await sendEncrypted(await wallet.token(), jwe);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_encryption_parameters' });
    expect(identity.world.issued).toEqual([]);
  });

  it('of the response is refused to a request in clear, in which the key could be anybody’s', async () => {
    const body = await request({
      credential_response_encryption: { jwk: responseKey, enc: 'A256GCM' },
    });
    const answer = await wallet.collect(await wallet.token(), { ...body });
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_encryption_parameters']);
  });

  it.each<[string, () => Promise<string>]>([
    ['is no JWE', () => Promise.resolve('nonsense')],
    ['is for another key', async () => encrypt(await request(), { kid: 'another' })],
    ['names no key', async () => encrypt(await request(), { kid: undefined })],
    ['has another content encryption', async () => encrypt(await request(), { enc: 'A192GCM' })],
    ['was changed', async () => `${(await encrypt(await request())).slice(0, -4)}AAAA`],
  ])('of a request that %s is refused', async (_what, made) => {
    const response = await sendEncrypted(await wallet.token(), await made());
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_encryption_parameters' });
  });

  it('with a compressed request is refused before anything is unpacked', async () => {
    const [, ...rest] = (await encrypt(await request())).split('.');
    const header = { alg: 'ECDH-ES', enc: 'A256GCM', zip: 'DEF' };
    const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
    const response = await sendEncrypted(await wallet.token(), [encoded, ...rest].join('.'));
    expect(await response.json()).toMatchObject({ error: 'invalid_encryption_parameters' });
  });

  it('of what is no JSON, or says a thing twice, is a malformed request', async () => {
    const token = await wallet.token();
    const twice = '{"credential_configuration_id":"identity","credential_configuration_id":"x"}';
    for (const body of ['{', '[]', '""', twice]) {
      const response = await wallet.send('/openid4vci/credential', body, token);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: 'invalid_credential_request' });
    }
  });
});

/** A wallet whose request was put off. */
async function putOff(keys: readonly WalletKey[] = [key]) {
  const token = await wallet.token();
  const nonce = await wallet.nonce();
  identity.world.denial = 'ISSUING_STOPPED';
  const jwt = await Promise.all(keys.map((one) => wallet.proof(one, { payload: { nonce } })));
  const answer = await wallet.collect(token, { proofs: { jwt } });
  return { token, answer, transactionId: String(answer.body['transaction_id']) };
}

const comeBack = (token: string, transactionId: string): Promise<Answer> =>
  wallet.post('/openid4vci/deferred-credential', { transaction_id: transactionId }, token);

describe('deferred issuance', () => {
  it('gives the credentials once issuing goes on, to the keys that were proved, once', async () => {
    const keys = [newKey('a'), newKey('b')];
    const { token, answer, transactionId } = await putOff(keys);
    expect(answer).toEqual({
      status: 202,
      body: { transaction_id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), interval: 60 },
    });
    expect(await comeBack(token, transactionId)).toEqual(answer);
    identity.world.denial = undefined;
    identity.world.issued.length = 0;
    const collected = await comeBack(token, transactionId);
    expect(collected.status).toBe(200);
    expect(collected.body['credentials']).toHaveLength(2);
    expect(collected.body['notification_id']).toEqual(expect.any(String));
    expect(identity.world.issued[0]?.holderKeys).toEqual(keys.map(jwkOf));
    expect(await comeBack(token, transactionId)).toMatchObject({
      status: 400,
      body: { error: 'invalid_transaction_id' },
    });
  });

  it('lets one of 20 requests at the same time collect', async () => {
    const { token, transactionId } = await putOff();
    identity.world.denial = undefined;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => comeBack(token, transactionId)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 200);
    expect(new Set(others.map(({ body }) => body['error']))).toEqual(
      new Set(['invalid_transaction_id']),
    );
  });

  it('goes on under one transaction for a request that is repeated', async () => {
    const first = await putOff();
    const again = await wallet.collect(first.token, { proofs: { jwt: [await wallet.proof(key)] } });
    expect(again.status).toBe(202);
    expect(again.body['transaction_id']).not.toBe(first.transactionId);
    expect((await comeBack(first.token, first.transactionId)).body['error']).toBe(
      'invalid_transaction_id',
    );
    expect((await comeBack(first.token, String(again.body['transaction_id']))).status).toBe(202);
  });

  it('is nobody else’s', async () => {
    const { transactionId } = await putOff();
    identity.world.denial = undefined;
    const stranger = await wallet.token();
    expect((await comeBack(stranger, transactionId)).body['error']).toBe('invalid_transaction_id');
    expect((await comeBack('nonsense', transactionId)).status).toBe(401);
  });

  it('ends with the issuer’s no', async () => {
    const { token, transactionId } = await putOff();
    identity.world.denial = 'NOT_ELIGIBLE';
    expect((await comeBack(token, transactionId)).body['error']).toBe('credential_request_denied');
  });

  it('waits on while a source is down', async () => {
    const { token, transactionId } = await putOff();
    identity.world.denial = undefined;
    identity.world.graphDown = true;
    expect((await comeBack(token, transactionId)).status).toBe(503);
    identity.world.graphDown = false;
    expect((await comeBack(token, transactionId)).status).toBe(200);
  });

  it('ends after 14 days', async () => {
    const { token, transactionId } = await putOff();
    await identity.database
      .schema<Record<string, { expires_at: Date }>>('identity')
      .updateTable('deferred_credential')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute();
    expect((await comeBack(token, transactionId)).body['error']).toBe('invalid_transaction_id');
  });

  it('is encrypted to the key of the later request', async () => {
    const { token, transactionId } = await putOff();
    identity.world.denial = undefined;
    const jwe = await encrypt({
      transaction_id: transactionId,
      credential_response_encryption: { jwk: responseKey, enc: 'A128GCM' },
    });
    const response = await sendEncrypted(token, jwe, '/openid4vci/deferred-credential');
    const { plaintext } = await compactDecrypt(await response.text(), pair.privateKey);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toMatchObject({
      credentials: [expect.anything()],
    });
  });

  it.each([{}, { transaction_id: 1 }, { transaction_id: '' }, []])('refuses %j', async (body) => {
    const answer = await wallet.post('/openid4vci/deferred-credential', body, await wallet.token());
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_credential_request']);
  });
});

/** A wallet with a credential. */
async function withCredential() {
  const token = await wallet.token();
  const holder = newKey('holder');
  const { body } = await wallet.collect(token, { proofs: { jwt: [await wallet.proof(holder)] } });
  return {
    token,
    credentialIds: [`jti-${holder.public.x}`],
    notificationId: String(body['notification_id']),
  };
}

const say = (token: string, body: object): Promise<Answer> =>
  wallet.post('/openid4vci/notification', body, token);

describe('the notification endpoint', () => {
  it('passes on what became of a credential, and takes the same news again', async () => {
    const { token, credentialIds, notificationId } = await withCredential();
    const accepted = { notification_id: notificationId, event: 'credential_accepted' };
    expect(await say(token, accepted)).toEqual({ status: 204, body: {} });
    expect(await say(token, accepted)).toEqual({ status: 204, body: {} });
    await expect(told(1)).resolves.toEqual([
      { credentialIds, event: 'credential_accepted', at: expect.anything() },
    ]);
    const deleted = {
      notification_id: notificationId,
      event: 'credential_deleted',
      event_description: 'The holder did not want it.',
    };
    expect((await say(token, deleted)).status).toBe(204);
    await expect(told(2)).resolves.toMatchObject([
      { event: 'credential_accepted' },
      { event: 'credential_deleted' },
    ]);
  });

  it('keeps news for an issuer that does not answer', async () => {
    const { token, notificationId } = await withCredential();
    identity.world.graphDown = true;
    const failed = { notification_id: notificationId, event: 'credential_failure' };
    expect((await say(token, failed)).status).toBe(204);
    expect(identity.world.noted).toEqual([]);
    identity.world.graphDown = false;
    expect((await say(token, failed)).status).toBe(204);
    await expect(told(1)).resolves.toMatchObject([{ event: 'credential_failure' }]);
  });

  it.each<[string, object, string]>([
    ['an id that is not known', { notification_id: 'x' }, 'invalid_notification_id'],
    ['no id', { notification_id: undefined }, 'invalid_notification_request'],
    ['another event', { event: 'CREDENTIAL_ACCEPTED' }, 'invalid_notification_request'],
    ['no event', { event: undefined }, 'invalid_notification_request'],
    ['a description that is not ASCII', { event_description: 'é' }, 'invalid_notification_request'],
  ])('refuses %s', async (_what, change, error) => {
    const { token, notificationId } = await withCredential();
    const body = { notification_id: notificationId, event: 'credential_accepted', ...change };
    expect(await say(token, body)).toEqual({ status: 400, body: { error } });
  });

  it('is for the wallet that was given the credential', async () => {
    const { notificationId } = await withCredential();
    const body = { notification_id: notificationId, event: 'credential_deleted' };
    expect((await say('nonsense', body)).status).toBe(401);
    expect((await say(await wallet.token(), body)).body['error']).toBe('invalid_notification_id');
    expect(identity.world.noted).toEqual([]);
  });
});

/** What the issuer was told, once it is so much. */
async function told(count: number) {
  const end = Date.now() + 120_000;
  while (identity.world.noted.length < count && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return [...identity.world.noted];
}
