import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { compactVerify, createRemoteJWKSet, decodeProtectedHeader } from 'jose';

import { machineAccessToken } from '../../../runtime/machine-client.ts';
import { systemClock } from '../../../runtime/clock.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { didKeyOf } from '../../../standards/did-key.ts';
import { jwkThumbprint } from '../../../standards/jwk-thumbprint.ts';
import {
  parseOfferLink,
  PRE_AUTHORIZED_CODE_GRANT,
} from '../../../standards/openid4vci/credential-offer.ts';
import { type Identity, newKey, startIdentity } from './harness.ts';
import { type Answer, type Change, jwkOf, walletAt } from './wallet.ts';

const oneLogin = newKey('one-login-1');
const TOKEN_SERVICE = 'https://token.account.gov.uk';
const SUBJECT = 'urn:fdc:wallet.account.gov.uk:2024:DtPT8x-dp_73tnlY3KNTiCitziN9GEherD16bqxNt9i';
let identity: Identity;
let wallet: ReturnType<typeof walletAt>;
let passportToken: () => Promise<string>;
let issuer: string;
let offersMade = 0;

beforeAll(async () => {
  identity = await startIdentity({
    settings: {
      IDENTITY_GOVUK: {
        clientId: 'NHS_PASSPORT',
        authorizationServer: TOKEN_SERVICE,
        jwks: { keys: [oneLogin.public] },
        walletUrl: 'https://mobile.account.gov.uk/wallet/add',
        refreshUrl: 'https://passport.example/renew',
      },
    },
  });
  issuer = `${identity.issuer}/govuk`;
  wallet = walletAt(identity, issuer);
  passportToken = machineAccessToken({
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
  identity.world.denial = undefined;
  identity.world.graphDown = false;
  identity.world.issued.length = 0;
  identity.world.noted.length = 0;
});

/** Makes an offer to a person, and then to a wallet. */
async function offer(walletSubject = SUBJECT, configurationIds: readonly string[] = ['identity']) {
  const offerId = `govuk-offer-${String((offersMade += 1))}`;
  await wallet.post(
    '/openid4vci/offers',
    {
      offerId,
      staffId: 'stf_amara',
      configurationIds,
      issuerOds: 'RZ1',
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
    },
    await passportToken(),
  );
  const answer = await toWallet(offerId, walletSubject);
  const links = answer.body['links'] as readonly { uri: string }[] | undefined;
  return { offerId, answer, uri: links?.[0]?.uri ?? '' };
}

const toWallet = async (offerId: string, walletSubject: string): Promise<Answer> =>
  wallet.post('/govuk/offers', { offerId, walletSubject }, await passportToken());

/** What GOV.UK One Login reads in the code of an offer. */
async function redeem(uri: string) {
  const link = parseOfferLink(uri);
  if (link.kind !== 'by-value') throw new Error('by reference');
  const code = link.offer.grants?.[PRE_AUTHORIZED_CODE_GRANT]?.['pre-authorized_code'] ?? '';
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  const { payload } = await compactVerify(code, keys);
  return {
    document: link.offer,
    header: decodeProtectedHeader(code),
    claims: JSON.parse(new TextDecoder().decode(payload)) as {
      iat: number;
      exp: number;
      credential_identifiers: [string];
    },
  };
}

const holder = newKey('holder');
const now = () => Math.floor(Date.now() / 1000);

const accessToken = (
  identifier: string,
  cNonce: string,
  { header, payload }: Change = {},
  by = oneLogin,
): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'at+jwt', ...header },
      payload: {
        iss: TOKEN_SERVICE,
        aud: issuer,
        sub: SUBJECT,
        jti: randomUUID(),
        exp: now() + 180,
        credential_identifiers: [identifier],
        c_nonce: cNonce,
        ...payload,
      },
    },
    signerOf(by.private),
  );

const proofOf = (nonce: string, { header, payload }: Change = {}, by = holder): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'jwt', kid: didKeyOf(jwkOf(by)), ...header },
      payload: { iss: 'urn:fdc:gov:uk:wallet', aud: issuer, iat: now(), nonce, ...payload },
    },
    signerOf(by.private),
  );

const collect = async (token: string, proof: string): Promise<Answer> =>
  wallet.post('/govuk/credential', { proof: { proof_type: 'jwt', jwt: proof } }, token);

/** A wallet of the GOV.UK kind with an offer. */
async function ready(tokenChange: Change = {}) {
  const { uri } = await offer();
  const { claims } = await redeem(uri);
  const [identifier] = claims.credential_identifiers;
  const nonce = randomUUID();
  return { identifier, nonce, token: await accessToken(identifier, nonce, tokenChange) };
}

describe('the metadata for the GOV.UK Wallet', () => {
  it.each([
    '/.well-known/openid-credential-issuer/govuk',
    '/govuk/.well-known/openid-credential-issuer',
  ])('is at %s and names GOV.UK One Login', async (path) => {
    const response = await fetch(`${identity.issuer}${path}`);
    const metadata = (await response.json()) as Record<string, Record<string, unknown>>;
    const { credential_configurations_supported: kinds, ...rest } = metadata;
    expect(rest).toEqual({
      credential_issuer: issuer,
      authorization_servers: [TOKEN_SERVICE],
      credential_endpoint: `${issuer}/credential`,
      notification_endpoint: `${issuer}/notification`,
    });
    expect(Object.keys(kinds ?? {})).toHaveLength(16);
    expect(kinds?.['IdentityCredential']).toEqual({
      format: 'jwt_vc_json',
      credential_definition: { type: ['VerifiableCredential', 'IdentityCredential'] },
      cryptographic_binding_methods_supported: ['did'],
      credential_signing_alg_values_supported: ['ES256'],
      proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
      credential_refresh_web_journey_url: 'https://passport.example/renew',
      credential_validity_period_max_days: 365,
      credential_metadata: { display: [{ name: 'Identity', locale: 'en-GB' }] },
    });
  });
});

describe('an offer to the GOV.UK Wallet', () => {
  it('is by value, with a signed code that lives with the offer', async () => {
    const { uri } = await offer();
    expect(uri.startsWith('https://mobile.account.gov.uk/wallet/add?credential_offer=')).toBe(true);
    const { document, header, claims } = await redeem(uri);
    expect(document).toMatchObject({
      credential_issuer: issuer,
      credential_configuration_ids: ['IdentityCredential'],
    });
    expect(header).toEqual({ alg: 'ES256', typ: 'JWT', kid: 'as-1' });
    expect(claims).toEqual({
      iss: issuer,
      aud: TOKEN_SERVICE,
      clientId: 'NHS_PASSPORT',
      credential_identifiers: [
        expect.stringMatching(
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        ),
      ],
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(3600);
  });

  it('is one for each kind, and the same for the same call', async () => {
    const { offerId, answer } = await offer(SUBJECT, ['identity', 'right-to-work']);
    expect(answer.body['links']).toMatchObject([
      { configurationId: 'IdentityCredential' },
      { configurationId: 'RightToWorkCredential' },
    ]);
    const again = await toWallet(offerId, SUBJECT);
    const identifiers = async ({ body }: Answer) =>
      Promise.all(
        (body['links'] as { uri: string }[]).map(async (link) => {
          const { claims } = await redeem(link.uri);
          return claims.credential_identifiers[0];
        }),
      );
    expect(await identifiers(again)).toEqual(await identifiers(answer));
  });

  it('is for one wallet, made by the passport process of an offer there is', async () => {
    const { offerId } = await offer();
    const stranger = 'urn:fdc:wallet.account.gov.uk:2024:somebody-else';
    expect((await toWallet(offerId, stranger)).status).toBe(409);
    expect((await toWallet('offer-unknown', SUBJECT)).status).toBe(404);
    expect((await toWallet(offerId, 'somebody')).status).toBe(400);
    const unsigned = await wallet.post('/govuk/offers', { offerId, walletSubject: SUBJECT }, 'x');
    expect(unsigned.status).toBe(401);
    const ask = async (claims: object) => {
      const payload = {
        iss: identity.issuer,
        aud: `${identity.issuer}/openid4vci/offers`,
        sub: 'lanyard-passport',
        client_id: 'lanyard-passport',
        jti: 'token-1',
        iat: now(),
        exp: now() + 60,
        scope: 'offer:create',
        ...claims,
      };
      const bearer = await signCompactJws(
        { header: { typ: 'at+jwt' }, payload },
        signerOf(identity.keys.signing.private),
      );
      return wallet.post('/govuk/offers', { offerId, walletSubject: SUBJECT }, bearer);
    };
    expect((await ask({})).status).toBe(200);
    // A token that is bound to a key is no bearer token.
    expect((await ask({ cnf: { jkt: jwkThumbprint(jwkOf(holder)) } })).status).toBe(401);
  });
});

describe('collecting with the GOV.UK Wallet', () => {
  it('gives a W3C credential bound to the key of the did:key', async () => {
    const { nonce, token } = await ready();
    expect(await collect(token, await proofOf(nonce))).toEqual({
      status: 200,
      body: {
        credentials: [{ credential: expect.any(String) }],
        notification_id: expect.any(String),
      },
    });
    expect(identity.world.issued).toMatchObject([
      { type: 'IDENTITY', format: 'VC_JWT', holderKeys: [jwkOf(holder)] },
    ]);
  });

  it('takes the iat of the documentation’s example, in milliseconds, and a proof without a type', async () => {
    const { nonce, token } = await ready();
    const proof = await proofOf(nonce, {
      header: { typ: undefined },
      payload: { iat: Date.now() },
    });
    expect((await collect(token, proof)).status).toBe(200);
  });

  it('uses a token once, even with 20 requests at the same time', async () => {
    const { nonce, token } = await ready();
    const proof = await proofOf(nonce);
    const answers = await Promise.all(Array.from({ length: 20 }, () => collect(token, proof)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 401]));
  });

  it('binds an offer to one key', async () => {
    const { identifier, nonce, token } = await ready();
    expect((await collect(token, await proofOf(nonce))).status).toBe(200);
    const another = await accessToken(identifier, nonce);
    const otherKey = await proofOf(nonce, {}, newKey('other'));
    expect((await collect(another, otherKey)).status).toBe(401);
    const again = await accessToken(identifier, nonce);
    expect((await collect(again, await proofOf(nonce))).status).toBe(200);
  });

  it('can be tried again with the token when nothing was issued', async () => {
    const { nonce, token } = await ready();
    identity.world.graphDown = true;
    expect((await collect(token, await proofOf(nonce))).status).toBe(503);
    identity.world.graphDown = false;
    identity.world.denial = 'ISSUING_STOPPED';
    expect((await collect(token, await proofOf(nonce))).status).toBe(503);
    identity.world.denial = undefined;
    expect((await collect(token, await proofOf(nonce))).status).toBe(200);
  });

  it.each<[string, Change]>([
    ['another type', { header: { typ: 'JWT' } }],
    ['an unknown key', { header: { kid: 'one-login-2' } }],
    ['another issuer', { payload: { iss: 'https://token.integration.account.gov.uk' } }],
    ['another audience', { payload: { aud: 'https://elsewhere.example' } }],
    ['somebody else’s wallet', { payload: { sub: `${SUBJECT}x` } }],
    ['an end in the past', { payload: { exp: now() - 10 } }],
    ['no end', { payload: { exp: undefined } }],
    ['a life of a day', { payload: { exp: now() + 86_400 } }],
    ['no id', { payload: { jti: undefined } }],
    ['no nonce', { payload: { c_nonce: undefined } }],
    ['an unknown offer', { payload: { credential_identifiers: [randomUUID()] } }],
    ['two offers', { payload: { credential_identifiers: [randomUUID(), randomUUID()] } }],
  ])('is refused to a token with %s', async (_what, change) => {
    const { nonce, token } = await ready(change);
    expect((await collect(token, await proofOf(nonce))).status).toBe(401);
    expect(identity.world.issued).toEqual([]);
  });

  it('is refused to a token that somebody else signed', async () => {
    const { identifier, nonce } = await ready();
    const forged = await accessToken(identifier, nonce, {}, newKey('one-login-1'));
    expect((await collect(forged, await proofOf(nonce))).status).toBe(401);
  });

  it.each<[string, Change, string]>([
    ['another nonce', { payload: { nonce: 'another' } }, 'invalid_nonce'],
    ['no nonce', { payload: { nonce: undefined } }, 'invalid_proof'],
    ['another issuer', { payload: { iss: 'somebody' } }, 'invalid_proof'],
    ['another audience', { payload: { aud: 'https://elsewhere.example' } }, 'invalid_proof'],
    ['an old iat', { payload: { iat: now() - 400 } }, 'invalid_proof'],
    ['no iat', { payload: { iat: undefined } }, 'invalid_proof'],
    ['another type', { header: { typ: 'at+jwt' } }, 'invalid_proof'],
    ['another key', { header: { kid: didKeyOf(jwkOf(newKey('x'))) } }, 'invalid_proof'],
    ['a kid that is no did:key', { header: { kid: 'holder' } }, 'invalid_proof'],
    ['no kid', { header: { kid: undefined } }, 'invalid_proof'],
  ])('is refused to a proof with %s', async (_what, change, error) => {
    const { nonce, token } = await ready();
    const answer = await collect(token, await proofOf(nonce, change));
    expect([answer.status, answer.body['error']]).toEqual([400, error]);
    expect(identity.world.issued).toEqual([]);
  });

  it('is refused without a proof, and with what is no request', async () => {
    const { token } = await ready();
    const none = await wallet.post('/govuk/credential', {}, token);
    expect(none.body['error']).toBe('invalid_proof');
    const list = await wallet.post('/govuk/credential', [], token);
    expect(list.body['error']).toBe('invalid_credential_request');
  });

  it('ends with the wallet’s notification', async () => {
    const { nonce, token } = await ready();
    const { body } = await collect(token, await proofOf(nonce));
    const news = { notification_id: body['notification_id'], event: 'credential_accepted' };
    const { token: stranger } = await ready();
    const refused = await wallet.post('/govuk/notification', news, stranger);
    expect(refused.body['error']).toBe('invalid_notification_id');
    expect((await wallet.post('/govuk/notification', news, token)).status).toBe(204);
    expect((await wallet.post('/govuk/notification', news, 'x')).status).toBe(401);
  });
});
