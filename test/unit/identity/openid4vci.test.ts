import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UnsecuredJWT } from 'jose';
import { sql } from 'kysely';

import { machineAccessToken } from '../../../runtime/machine-client.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import { systemClock } from '../../../runtime/clock.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import {
  type CredentialOffer,
  parseCredentialOffer,
  parseOfferLink,
  PRE_AUTHORIZED_CODE_GRANT,
} from '../../../standards/openid4vci/credential-offer.ts';
import { createKeyProof } from '../../../standards/openid4vci/key-proof.ts';
import { GRAPH, type Identity, newKey, startIdentity } from './harness.ts';

let identity: Identity;
let accessToken: () => Promise<string>;
let offersMade = 0;

beforeAll(async () => {
  identity = await startIdentity();
  accessToken = machineAccessToken({
    clientId: 'lanyard-passport',
    signer: signerOf(identity.keys.passport.private),
    issuer: identity.issuer,
    tokenUrl: `${identity.issuer}/oauth/token`,
    resource: `${identity.issuer}/openid4vci/offers`,
    scope: 'offer:create',
    now: systemClock,
  });
});
afterAll(() => identity.stop());
beforeEach(() => {
  identity.world.graphDown = false;
  identity.world.denial = undefined;
  identity.world.issued.length = 0;
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

const offerBody = (change: Record<string, unknown> = {}) => ({
  offerId: `offer-${String((offersMade += 1)).padStart(6, '0')}`,
  staffId: 'stf_amara',
  configurationIds: ['identity', 'employment-assignment'],
  issuerOds: 'RZ1',
  expiresAt: new Date(Date.now() + 300_000).toISOString(),
  ...change,
});

async function post(path: string, body: unknown, token?: string): Promise<Answer> {
  const response = await fetch(`${identity.issuer}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const makeOffer = async (body: unknown = offerBody()): Promise<Answer> =>
  post('/openid4vci/offers', body, await accessToken());

async function readOffer(uri: unknown): Promise<{ offer: CredentialOffer; code: string }> {
  const link = parseOfferLink(String(uri));
  if (link.kind !== 'by-reference') throw new Error('by value');
  const offer = parseCredentialOffer(await (await fetch(link.uri)).text());
  return { offer, code: offer.grants?.[PRE_AUTHORIZED_CODE_GRANT]?.['pre-authorized_code'] ?? '' };
}

async function redeem(code: string, change: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${identity.issuer}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: PRE_AUTHORIZED_CODE_GRANT,
      client_id: 'lanyard-wallet',
      'pre-authorized_code': code,
      ...change,
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** A wallet that has redeemed an offer. */
async function walletToken(change: Record<string, unknown> = {}): Promise<string> {
  const { body } = await makeOffer(offerBody(change));
  const { code } = await readOffer(body['uri']);
  const answer = await redeem(code, { tx_code: String(body['transactionCode']) });
  return String(answer.body['access_token']);
}

/** An offer that waits to be redeemed. */
async function offered() {
  const request = offerBody();
  const { body } = await makeOffer(request);
  const { code } = await readOffer(body['uri']);
  const right = String(body['transactionCode']);
  const grantRows = async () => {
    const { rows } = await sql`
      select wrong_codes, dead_at is not null as dead from identity.credential_offer
      where offer_id = ${request.offerId}`.execute(identity.database.schema('identity'));
    return rows;
  };
  return {
    code,
    right,
    wrong: right === '000000' ? '000001' : '000000',
    uri: String(body['uri']),
    offerId: request.offerId,
    grantRows,
  };
}

const nonce = async (): Promise<string> =>
  String((await post('/openid4vci/nonce', {})).body['c_nonce']);

const key = newKey('holder');
const holder = (jwk = key) => ({
  signer: signerOf(jwk.private),
  publicJwk: { kty: jwk.public.kty, crv: jwk.public.crv, x: jwk.public.x, y: jwk.public.y },
});

async function proofWith(
  change: { header?: Record<string, unknown>; payload?: Record<string, unknown> } = {},
  by = key,
): Promise<string> {
  const { signer, publicJwk } = holder(by);
  return signCompactJws(
    {
      header: { kid: undefined, typ: 'openid4vci-proof+jwt', jwk: publicJwk, ...change.header },
      payload: {
        aud: identity.issuer,
        iat: Math.floor(Date.now() / 1000),
        nonce: await nonce(),
        ...change.payload,
      },
    },
    signer,
  );
}

const collect = (token: string, body: Record<string, unknown>): Promise<Answer> =>
  post('/openid4vci/credential', { credential_configuration_id: 'identity', ...body }, token);

describe('the issuer metadata', () => {
  it('names the endpoints and every kind of credential', async () => {
    const response = await fetch(`${identity.issuer}/.well-known/openid-credential-issuer`);
    const metadata = (await response.json()) as Record<string, Record<string, unknown>>;
    expect(metadata).toMatchObject({
      credential_issuer: identity.issuer,
      credential_endpoint: `${identity.issuer}/openid4vci/credential`,
      nonce_endpoint: `${identity.issuer}/openid4vci/nonce`,
      batch_credential_issuance: { batch_size: 20 },
    });
    const kinds = metadata['credential_configurations_supported'] ?? {};
    const published = JSON.parse(
      await readFile(new URL('../../../schema/credential-types.json', import.meta.url), 'utf8'),
    ) as object;
    expect(Object.keys(published)).toHaveLength(16);
    expect(Object.keys(kinds)).toEqual(
      Object.keys(published).flatMap((id) => [id, `${id}-vc-jwt`]),
    );
    expect(kinds['identity']).toMatchObject({
      format: 'dc+sd-jwt',
      vct: 'http://127.0.0.1:4004/credential-types/identity',
      scope: 'identity',
      proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
    });
  });

  it('leads to what is inside the elements of a list (OpenID4VCI 1.0, appendix C)', async () => {
    const response = await fetch(`${identity.issuer}/.well-known/openid-credential-issuer`);
    const metadata = (await response.json()) as {
      credential_configurations_supported: Record<
        string,
        { credential_metadata: { claims: readonly object[] } }
      >;
    };
    const training = metadata.credential_configurations_supported['core-skills-training'];
    expect(training?.credential_metadata.claims).toEqual(
      expect.arrayContaining([
        {
          path: ['competences', null, 'subject'],
          mandatory: true,
          display: [{ name: 'Subject', locale: 'en-GB' }],
        },
      ]),
    );
  });
});

describe('making an offer', () => {
  it('gives the same link and code for the same call', async () => {
    const body = offerBody();
    const first = await makeOffer(body);
    expect(first).toEqual({
      status: 200,
      body: {
        uri: expect.stringMatching(/^openid-credential-offer:\/\/\?credential_offer_uri=/),
        uriByValue: expect.stringMatching(/^openid-credential-offer:\/\/\?credential_offer=%7B/),
        transactionCode: expect.stringMatching(/^\d{6}$/),
        expiresAt: body.expiresAt,
      },
    });
    expect(await makeOffer(body)).toEqual(first);
  });

  it('refuses an offer id with other contents', async () => {
    const body = offerBody();
    await makeOffer(body);
    expect(await makeOffer({ ...body, staffId: 'stf_else' })).toEqual({
      status: 409,
      body: { error: 'offer_id_in_use' },
    });
  });

  it('does not bring a used code back', async () => {
    const body = offerBody();
    const { body: made } = await makeOffer(body);
    const { code } = await readOffer(made['uri']);
    const tx = { tx_code: String(made['transactionCode']) };
    expect((await redeem(code, tx)).status).toBe(200);
    await makeOffer(body);
    expect((await redeem(code, tx)).body['error']).toBe('invalid_grant');
  });

  it.each([
    ['an unknown kind', { configurationIds: ['admiral'] }, ['configurationIds']],
    ['no kind', { configurationIds: [] }, ['configurationIds']],
    ['a kind twice', { configurationIds: ['identity', 'identity'] }, ['configurationIds']],
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, ['expiresAt']],
    ['no end', { expiresAt: undefined }, ['expiresAt']],
    ['an id with a line break', { offerId: 'offer\n000000' }, ['offerId']],
    ['a member that nobody knows', { extra: true }, ['']],
  ])('refuses %s', async (_what, change, fields) => {
    expect(await makeOffer(offerBody(change))).toEqual({
      status: 400,
      body: { error: 'invalid_request', fields },
    });
  });

  it('is for the passport process alone', async () => {
    const graphToken = machineAccessToken({
      clientId: 'lanyard-passport',
      signer: signerOf(identity.keys.passport.private),
      issuer: identity.issuer,
      tokenUrl: `${identity.issuer}/oauth/token`,
      resource: GRAPH,
      scope: 'record:read',
      now: systemClock,
    });
    const statuses = await Promise.all([
      post('/openid4vci/offers', offerBody()),
      post('/openid4vci/offers', offerBody(), 'nonsense'),
      post('/openid4vci/offers', offerBody(), await graphToken()),
      post('/openid4vci/offers', offerBody(), await walletToken()),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  it.each(['%00', 'x', 'x'.repeat(150)])(
    'is not found by a made-up reference: %s',
    async (reference) => {
      const response = await fetch(`${identity.issuer}/openid4vci/offers/${reference}`);
      expect(response.status).toBe(404);
    },
  );

  it('answers 404 for an offer that does not exist', async () => {
    const response = await fetch(`${identity.issuer}/openid4vci/offers/offer-000001`);
    expect(response.status).toBe(404);
  });

  it('keeps the offer out of caches', async () => {
    const { body } = await makeOffer();
    const link = parseOfferLink(String(body['uri']));
    const response = await fetch(link.kind === 'by-reference' ? link.uri : '');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  });
});

describe('redeeming a pre-authorized code', () => {
  it('gives a five-minute opaque token for what was offered', async () => {
    const { body } = await makeOffer();
    const { code } = await readOffer(body['uri']);
    const answer = await redeem(code, { tx_code: String(body['transactionCode']) });
    expect(answer).toEqual({
      status: 200,
      body: {
        access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
        token_type: 'Bearer',
        expires_in: 300,
        scope: 'identity employment-assignment',
      },
    });
  });

  it('lets one of 20 requests at the same time through', async () => {
    const { body } = await makeOffer();
    const { code } = await readOffer(body['uri']);
    const tx = { tx_code: String(body['transactionCode']) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(code, tx)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 200);
    expect(new Set(others.map(({ body: { error } }) => error))).toEqual(new Set(['invalid_grant']));
  });

  it('still works after four wrong transaction codes', async () => {
    const { code, right, wrong } = await offered();
    for (let at = 0; at < 4; at += 1) {
      expect((await redeem(code, { tx_code: wrong })).body['error']).toBe('invalid_grant');
    }
    expect((await redeem(code, { tx_code: right })).status).toBe(200);
  });

  it('ends with the fifth wrong transaction code, and whoever made the offer is told when it can be', async () => {
    identity.world.graphDown = true;
    const { code, right, wrong, uri, offerId } = await offered();
    for (let at = 0; at < 5; at += 1) await redeem(code, { tx_code: wrong });
    expect((await redeem(code, { tx_code: right })).body['error']).toBe('invalid_grant');
    const link = parseOfferLink(uri);
    expect((await fetch(link.kind === 'by-reference' ? link.uri : '')).status).toBe(404);
    expect(identity.world.ended).not.toContain(offerId);
    identity.world.graphDown = false;
    for (let waited = 0; waited < 1_200 && !identity.world.ended.includes(offerId); waited += 1) {
      await delay(100);
    }
    expect(identity.world.ended).toContain(offerId);
  });

  it('answers five of 20 wrong transaction codes at the same time, and no right one afterwards', async () => {
    const { code, right, grantRows } = await offered();
    const guesses = Array.from({ length: 20 }, (_, at) => String(at).padStart(6, '0'));
    await Promise.all(
      guesses.filter((guess) => guess !== right).map((guess) => redeem(code, { tx_code: guess })),
    );
    expect(await grantRows()).toEqual([{ wrong_codes: 5, dead: true }]);
    expect((await redeem(code, { tx_code: right })).body['error']).toBe('invalid_grant');
  });

  it('does not count against an offer that was redeemed', async () => {
    const { code, right, wrong, grantRows } = await offered();
    expect((await redeem(code, { tx_code: right })).status).toBe(200);
    for (let at = 0; at < 6; at += 1) await redeem(code, { tx_code: wrong });
    expect(await grantRows()).toEqual([{ wrong_codes: 0, dead: false }]);
  });

  it.each([
    ['no transaction code', {}, 'invalid_request'],
    ['another client', { client_id: 'lanyard-explorer', tx_code: '000000' }, 'invalid_request'],
    ['another resource', { resource: GRAPH, tx_code: 'RIGHT' }, 'invalid_target'],
  ])('refuses %s', async (_what, change, error) => {
    const { body } = await makeOffer();
    const { code } = await readOffer(body['uri']);
    const form = Object.fromEntries(
      Object.entries(change).map(([name, value]) => [
        name,
        value.replace('RIGHT', String(body['transactionCode'])),
      ]),
    );
    expect((await redeem(code, form)).body['error']).toBe(error);
  });
});

describe('collecting a credential', () => {
  it('binds it to the key that was proved', async () => {
    const token = await walletToken();
    const proof = await createKeyProof(
      {
        audience: identity.issuer,
        nonce: await nonce(),
        now: new Date(),
        clientId: 'lanyard-wallet',
      },
      holder(),
    );
    const answer = await collect(token, { proofs: { jwt: [proof] } });
    expect(answer).toEqual({
      status: 200,
      body: {
        credentials: [{ credential: expect.stringMatching(/^sd-jwt-of-.*~$/) }],
        notification_id: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      },
    });
    expect(identity.world.issued).toEqual([
      {
        idempotencyKey: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
        offerId: expect.stringMatching(/^offer-/),
        type: 'IDENTITY',
        format: 'DC_SD_JWT',
        holderKeys: [holder().publicJwk],
        renewal: false,
        requestId: expect.any(String),
      },
    ]);
  });

  it('gives the same credential when the wallet asks again', async () => {
    const token = await walletToken();
    const first = await collect(token, { proofs: { jwt: [await proofWith()] } });
    const again = await collect(token, { proofs: { jwt: [await proofWith()] } });
    expect(first.status).toBe(200);
    expect(again).toMatchObject({ status: 200, body: { credentials: first.body['credentials'] } });
  });

  it('gives a batch of twenty, one credential for each key, in their order', async () => {
    const keys = Array.from({ length: 20 }, (_, at) => newKey(`holder-${String(at)}`));
    const token = await walletToken();
    const collectAll = async (by: readonly (typeof key)[]) => {
      const shared = { payload: { nonce: await nonce() } };
      const jwt = await Promise.all(by.map((one) => proofWith(shared, one)));
      return collect(token, { proofs: { jwt } });
    };
    const first = await collectAll(keys);
    const credentials = first.body['credentials'] as { credential: string }[];
    expect(first.status).toBe(200);
    expect(credentials).toHaveLength(20);
    keys.forEach(({ public: { x } }, at) => {
      expect(credentials[at]?.credential).toContain(`-${x}~`);
    });
    // The same keys in another order are the same request.
    const again = await collectAll(keys.toReversed());
    expect(again.body['credentials']).toEqual(credentials.toReversed());
  });

  it('refuses a batch that repeats a key, or mixes nonces, and spends no nonce on it', async () => {
    const token = await walletToken();
    const [one, other] = [newKey('one'), newKey('other')];
    const shared = { payload: { nonce: await nonce() } };
    const batches = [
      [await proofWith(shared, one), await proofWith(shared, one)],
      [await proofWith(shared, one), await proofWith({}, other)],
      [await proofWith(shared, one), await proofWith({ header: { typ: 'JWT' } }, other)],
    ];
    for (const jwt of batches) {
      const { status, body } = await collect(token, { proofs: { jwt } });
      expect({ status, error: body['error'] }).toEqual({ status: 400, error: 'invalid_proof' });
    }
    expect(identity.world.issued).toEqual([]);
    const jwt = [await proofWith(shared, one), await proofWith(shared, other)];
    expect((await collect(token, { proofs: { jwt } })).status).toBe(200);
  });

  it('accepts the older single proof', async () => {
    const proof = { proof_type: 'jwt', jwt: await proofWith() };
    expect((await collect(await walletToken(), { proof })).status).toBe(200);
  });

  it('uses a nonce once, even with 20 requests at the same time', async () => {
    const token = await walletToken();
    const body = { proofs: { jwt: [await proofWith()] } };
    const answers = await Promise.all(Array.from({ length: 20 }, () => collect(token, body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await collect(token, body)).body['error']).toBe('invalid_nonce');
  });

  it.each([
    ['typ JWT', { header: { typ: 'JWT' } }],
    ['no typ', { header: { typ: undefined } }],
    ['a private key in the header', { header: { jwk: { ...holder().publicJwk, d: 'AA' } } }],
    ['a key that did not sign', { header: { jwk: newKey('other').public } }],
    ['jwk and kid', { header: { kid: 'x' } }],
    ['no key', { header: { jwk: undefined } }],
    ['an unknown critical member', { header: { crit: ['exp'] } }],
    ['another audience', { payload: { aud: 'https://elsewhere.example' } }],
    ['several audiences', { payload: { aud: ['https://elsewhere.example', 'x'] } }],
    ['another issuer', { payload: { iss: 'someone' } }],
    ['an old iat', { payload: { iat: Math.floor(Date.now() / 1000) - 400 } }],
    ['an iat to come', { payload: { iat: Math.floor(Date.now() / 1000) + 400 } }],
    ['no iat', { payload: { iat: undefined } }],
    ['no nonce', { payload: { nonce: undefined } }],
  ])('refuses a proof with %s', async (_what, change) => {
    const proof = await proofWith(change);
    const { status, body } = await collect(await walletToken(), { proofs: { jwt: [proof] } });
    expect({ status, error: body['error'] }).toEqual({ status: 400, error: 'invalid_proof' });
    expect(identity.world.issued).toEqual([]);
  });

  it.each([
    ['that is made up', 'x.1.y'],
    ['of another shape', 'nonsense'],
    ['that never ends', `${'A'.repeat(22)}.99999999999.${'A'.repeat(22)}`],
  ])('refuses a nonce %s', async (_what, made) => {
    const proof = await proofWith({ payload: { nonce: made } });
    const { body } = await collect(await walletToken(), { proofs: { jwt: [proof] } });
    expect(body['error']).toBe('invalid_nonce');
  });

  it('refuses an unsigned proof', async () => {
    const proof = new UnsecuredJWT({ aud: identity.issuer, nonce: await nonce() }).encode();
    const { body } = await collect(await walletToken(), { proofs: { jwt: [proof] } });
    expect(body['error']).toBe('invalid_proof');
  });

  it.each([
    ['no proof', {}, 'invalid_proof'],
    ['an empty list of proofs', { proofs: { jwt: [] } }, 'invalid_proof'],
    [
      'twenty-one proofs',
      { proofs: { jwt: Array.from({ length: 21 }, () => 'a') } },
      'invalid_proof',
    ],
    ['another kind of proof', { proofs: { attestation: ['a'] } }, 'invalid_proof'],
    ['proofs of two kinds', { proofs: { jwt: ['a'], attestation: ['b'] } }, 'invalid_proof'],
    [
      'an unknown kind of credential',
      { credential_configuration_id: 'admiral' },
      'unknown_credential_configuration',
    ],
    [
      'a name of the language',
      { credential_configuration_id: 'constructor' },
      'unknown_credential_configuration',
    ],
    [
      'a kind that was not offered',
      { credential_configuration_id: 'core-skills-training' },
      'credential_request_denied',
    ],
    ['two names', { credential_identifier: 'x' }, 'invalid_credential_request'],
    ['no name', { credential_configuration_id: undefined }, 'invalid_credential_request'],
    [
      'an identifier',
      { credential_configuration_id: undefined, credential_identifier: 'x' },
      'unknown_credential_identifier',
    ],
    [
      'an encrypted response',
      { credential_response_encryption: { enc: 'A256GCM' } },
      'invalid_encryption_parameters',
    ],
  ])('refuses %s', async (_what, body, error) => {
    const answer = await collect(await walletToken(), body);
    expect({ status: answer.status, error: answer.body['error'] }).toEqual({ status: 400, error });
  });

  it('passes on that the issuer says no', async () => {
    identity.world.denial = 'NOT_ELIGIBLE';
    const answer = await collect(await walletToken(), { proofs: { jwt: [await proofWith()] } });
    expect([answer.status, answer.body['error']]).toEqual([400, 'credential_request_denied']);
  });

  it('asks to try again when a source is down', async () => {
    identity.world.graphDown = true;
    const answer = await collect(await walletToken(), { proofs: { jwt: [await proofWith()] } });
    expect([answer.status, answer.body['error']]).toEqual([503, 'temporarily_unavailable']);
  });

  it('refuses tokens that are not a wallet’s', async () => {
    const body = { proofs: { jwt: [await proofWith()] } };
    const statuses = await Promise.all([
      collect('nonsense', body),
      collect(await accessToken(), body),
      post('/openid4vci/credential', body),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 401]);
  });
});
