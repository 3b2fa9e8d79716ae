/** Wallets by other makers, in both flows (OpenID4VCI 1.0, HAIP 1.0). */
import { createHash, randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { machineAccessToken } from '../../../runtime/machine-client.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import { systemClock } from '../../../runtime/clock.ts';
import { Browser } from './browser.ts';
import { type Identity, PASSWORD, startIdentity } from './harness.ts';
import { type Found, otherWallet } from './other-wallet.ts';
import { passSecondFactor } from './second-factor.ts';

const AMARA = 'amara.okafor-lindqvist@nhs.example';
const BEN = 'ben.other@nhs.example';
const CALLBACK = 'org.example.wallet:/callback';
const WALLET = 'other-wallet';
let identity: Identity;
let accessToken: () => Promise<string>;
let offersMade = 0;

beforeAll(async () => {
  identity = await startIdentity();
  const { people } = identity.world;
  const active = 'USER:ACTIVE';
  people.set(AMARA, { employeeType: active, name: 'Amara Okafor-Lindqvist', staffId: 'stf_amara' });
  people.set(BEN, { employeeType: active, name: 'Ben Other', staffId: 'stf_ben' });
  await identity.composed.registerWallet({
    clientId: WALLET,
    name: 'Other wallet',
    redirectUris: [CALLBACK],
  });
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
  identity.world.issued.length = 0;
});

async function makeOffer(change: object = {}) {
  const response = await fetch(`${identity.issuer}/openid4vci/offers`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await accessToken()}`,
    },
    body: JSON.stringify({
      offerId: `wallet-offer-${String((offersMade += 1))}`,
      staffId: 'stf_amara',
      configurationIds: ['identity', 'employment-assignment'],
      issuerOds: 'RZ1',
      expiresAt: new Date(Date.now() + 300_000).toISOString(),
      ...change,
    }),
  });
  return (await response.json()) as {
    uri: string;
    uriByValue: string;
    transactionCode: string;
  };
}

type Wallet = ReturnType<typeof otherWallet>;

async function find({ client }: Wallet, link: string): Promise<Found> {
  const credentialOffer = await client.resolveCredentialOffer(link);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  return { credentialOffer, issuerMetadata };
}

/** A person who signs in and answers the wallet's question. */
async function answer(url: string, mail = AMARA, choice = 'allow') {
  const browser = new Browser();
  const page = await browser.submit(await browser.open(url), { mail, password: PASSWORD });
  const asked = await passSecondFactor(identity, browser, page, mail);
  const answered = asked.html.includes('name="answer"')
    ? await browser.submit(asked, { answer: choice })
    : asked;
  return { asked, answered, result: new URL(answered.url).searchParams };
}

/** The authorization code flow up to the person's answer. */
async function authorize(
  wallet: Wallet,
  found: Found,
  {
    scope = 'identity employment-assignment',
    mail = AMARA,
    choice = 'allow',
    issuerState = true,
  } = {},
) {
  const { client } = wallet;
  const dpop = wallet.dpop();
  const offer = found.credentialOffer;
  const begun = await client.createAuthorizationRequestUrlFromOffer({
    ...found,
    credentialOffer: issuerState ? offer : { ...offer, grants: { authorization_code: {} } },
    clientId: WALLET,
    redirectUri: CALLBACK,
    scope,
    dpop,
  });
  const answered = await answer(begun.authorizationRequestUrl, mail, choice);
  return { ...begun, ...answered, dpop };
}

/** The whole authorization code flow. */
async function tokenByCode(wallet: Wallet, found: Found) {
  const { result, pkce, dpop } = await authorize(wallet, found);
  const { accessTokenResponse } = await wallet.client.retrieveAuthorizationCodeAccessTokenFromOffer(
    {
      ...found,
      authorizationCode: result.get('code') ?? '',
      pkceCodeVerifier: pkce?.codeVerifier ?? '',
      redirectUri: CALLBACK,
      dpop,
    },
  );
  return { response: accessTokenResponse, dpop };
}

function server(found: Found) {
  const [metadata] = found.issuerMetadata.authorizationServers;
  if (metadata === undefined) throw new Error('no authorization server');
  return metadata;
}

const form = (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${identity.issuer}${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(body),
  });

/** A proof of possession as the library makes it. */
async function dpopProof(
  wallet: Wallet,
  dpop: { readonly signer: object },
  claims: Record<string, unknown>,
): Promise<string> {
  const { jwt } = await wallet.callbacks.signJwt(dpop.signer as never, {
    header: {
      typ: 'dpop+jwt',
      alg: 'ES256',
      jwk: (dpop.signer as { publicJwk: object }).publicJwk,
    },
    payload: { iat: Math.floor(Date.now() / 1000), jti: randomUUID(), ...claims },
  });
  return jwt;
}

/** Exchanges a code without the help of the library. */
async function exchange(
  wallet: Wallet,
  { result, pkce, dpop }: Awaited<ReturnType<typeof authorize>>,
  change: Record<string, string> = {},
  withProof = true,
) {
  const htu = `${identity.issuer}/oauth/token`;
  const headers = withProof ? { dpop: await dpopProof(wallet, dpop, { htm: 'POST', htu }) } : {};
  const response = await form(
    '/oauth/token',
    {
      grant_type: 'authorization_code',
      client_id: WALLET,
      code: result.get('code') ?? '',
      code_verifier: pkce?.codeVerifier ?? '',
      redirect_uri: CALLBACK,
      ...change,
    },
    headers,
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('a wallet by other authors', () => {
  it.each(['uri', 'uriByValue'] as const)(
    'redeems a pre-authorized code of an offer by its %s, and collects a batch',
    async (form) => {
      const wallet = otherWallet(WALLET);
      const offer = await makeOffer();
      const found = await find(wallet, offer[form]);
      const { accessTokenResponse: response } =
        await wallet.client.retrievePreAuthorizedCodeAccessTokenFromOffer({
          ...found,
          txCode: offer.transactionCode,
        });
      expect(response).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
      // Nothing holds anybody back who gets hold of it, so there is none.
      expect(response.refresh_token).toBeUndefined();
      const token = { accessToken: response.access_token };
      expect(await wallet.collect(found.issuerMetadata, token, 'identity', 3)).toHaveLength(3);
      expect(
        await wallet.collect(found.issuerMetadata, token, 'employment-assignment'),
      ).toHaveLength(1);
    },
  );

  it('gets a code with a pushed request, binds its token to a key, and refreshes it', async () => {
    const wallet = otherWallet(WALLET);
    const found = await find(wallet, (await makeOffer()).uri);
    const { response, dpop } = await tokenByCode(wallet, found);
    expect(response).toMatchObject({
      token_type: 'DPoP',
      expires_in: 300,
      scope: 'identity employment-assignment',
    });
    const collect = (accessToken: string) =>
      wallet.collect(found.issuerMetadata, { accessToken, dpop }, 'identity', 2);
    expect(await collect(response.access_token)).toHaveLength(2);

    const authorizationServerMetadata = server(found);
    const refresh = async (refreshToken = '') =>
      (
        await wallet.oauth.retrieveRefreshTokenAccessToken({
          authorizationServerMetadata,
          refreshToken,
          dpop,
        })
      ).accessTokenResponse;
    const first = await refresh(response.refresh_token);
    expect(first.token_type).toBe('DPoP');
    expect(first.refresh_token).not.toBe(response.refresh_token);
    expect(await collect(first.access_token)).toHaveLength(2);
    expect(identity.world.issued.map(({ renewal }) => renewal)).toEqual([false, true]);

    // The first refresh token comes back: whoever has it, the grant ends (RFC 9700, section 4.14.2).
    await expect(refresh(response.refresh_token)).rejects.toThrow();
    await expect(refresh(first.refresh_token)).rejects.toThrow();
    await expect(collect(first.access_token)).rejects.toThrow();
  });
});

describe('signing in to collect', () => {
  const start = async (options: Parameters<typeof authorize>[2] = {}, change: object = {}) => {
    const wallet = otherWallet(WALLET);
    const offer = await makeOffer(change);
    const found = await find(wallet, offer.uri);
    return { wallet, offer, found, flow: await authorize(wallet, found, options) };
  };

  it('asks by name, and leads back to the app', async () => {
    const { flow } = await start();
    expect(flow.asked.html).toContain('Other wallet asks for these credentials of yours');
    expect(flow.asked.headers.get('content-security-policy')).toContain(
      "form-action 'self' org.example.wallet:;",
    );
    expect(flow.answered.url).toMatch(/^org\.example\.wallet:\/callback\?/);
    expect(flow.result.get('iss')).toBe(identity.issuer);
  });

  it('needs a pushed request with a challenge (RFC 9126, RFC 7636)', async () => {
    const request = {
      client_id: WALLET,
      response_type: 'code',
      redirect_uri: CALLBACK,
      scope: 'identity',
    };
    const challenge = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
    const query = new URLSearchParams({ ...request, ...challenge }).toString();
    const plain = await fetch(`${identity.issuer}/oauth/authorize?${query}`, {
      redirect: 'manual',
    });
    expect(plain.headers.get('location') ?? (await plain.text())).not.toContain('/sign-in/');
    for (const change of [
      {},
      { ...challenge, code_challenge_method: 'plain' },
      { ...challenge, redirect_uri: 'org.example.wallet:/callback/../x' },
      { ...challenge, redirect_uri: 'https://wallet.example/' },
      { ...challenge, scope: 'identity hr:read' },
      {
        ...challenge,
        authorization_details: JSON.stringify([
          { type: 'openid_credential', credential_configuration_id: 'identity' },
        ]),
      },
      { ...challenge, resource: 'http://127.0.0.1:4000/graphql' },
    ]) {
      expect((await form('/oauth/par', { ...request, ...change })).status).toBe(400);
    }
    expect((await form('/oauth/par', { ...request, ...challenge })).status).toBe(201);
  });

  it('gives no token without a proof of possession, nor with that of another key', async () => {
    const { wallet, flow } = await start();
    expect((await exchange(wallet, flow, {}, false)).body['error']).toBe('invalid_dpop_proof');
    const other = { ...flow, dpop: wallet.dpop() };
    expect((await exchange(wallet, other)).body['error']).toBe('invalid_grant');
  });

  it('gives one token to twenty exchanges at once', async () => {
    const { wallet, flow } = await start();
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(wallet, flow)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('does not show an offer to anybody else', async () => {
    const { flow } = await start({ mail: BEN, choice: 'deny' });
    expect(flow.asked.html).toContain('Nothing to collect');
    expect(flow.asked.html).not.toContain('value="allow"');
    expect(flow.result.get('error')).toBe('access_denied');
  });

  it('gives nothing to somebody else who says yes all the same', async () => {
    const { flow } = await start({ mail: BEN, choice: 'allow' });
    expect(flow.result.get('error')).toBe('access_denied');
  });

  it('takes no for an answer', async () => {
    const { flow } = await start({ choice: 'deny' });
    expect(flow.result.get('error')).toBe('access_denied');
  });

  it('finds what waits for the person when the wallet comes by itself', async () => {
    const { wallet, flow } = await start(
      { issuerState: false, mail: BEN, scope: 'vaccination' },
      { staffId: 'stf_ben', configurationIds: ['vaccination', 'identity'], deferred: true },
    );
    expect(await exchange(wallet, flow)).toMatchObject({
      status: 200,
      body: { scope: 'vaccination', token_type: 'DPoP' },
    });
  });

  it('offers nothing that was not offered', async () => {
    const { flow } = await start({ scope: 'identity vaccination' });
    expect(flow.asked.html).toContain('Nothing to collect');
  });

  it('redeems an offer once, whichever way', async () => {
    const { wallet, offer, found, flow } = await start();
    const again = await authorize(wallet, found);
    expect((await exchange(wallet, flow)).status).toBe(200);
    // Approved before the offer was redeemed, exchanged afterwards.
    expect((await exchange(wallet, again)).body['error']).toBe('invalid_grant');
    await expect(
      wallet.client.retrievePreAuthorizedCodeAccessTokenFromOffer({
        ...found,
        txCode: offer.transactionCode,
      }),
    ).rejects.toThrow();

    const other = await makeOffer();
    const redeemed = await find(wallet, other.uri);
    await wallet.client.retrievePreAuthorizedCodeAccessTokenFromOffer({
      ...redeemed,
      txCode: other.transactionCode,
    });
    const late = await authorize(wallet, redeemed);
    expect(late.asked.html).toContain('Nothing to collect');
  });

  it('gives one of twenty refreshes at once a token', async () => {
    const { wallet, flow } = await start();
    const { body } = await exchange(wallet, flow);
    const refreshes = await Promise.all(
      Array.from({ length: 20 }, () =>
        exchange(wallet, flow, {
          grant_type: 'refresh_token',
          refresh_token: String(body['refresh_token']),
        }),
      ),
    );
    expect(refreshes.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('refuses a refresh token with the proof of another key, or none', async () => {
    const { wallet, flow } = await start();
    const { body } = await exchange(wallet, flow);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) };
    const other = { ...flow, dpop: wallet.dpop() };
    expect((await exchange(wallet, other, refresh)).body['error']).toBe('invalid_grant');
    expect((await exchange(wallet, flow, refresh, false)).body['error']).toBe('invalid_grant');
  });
});

describe('a token that is bound to a key', () => {
  it('is of no use without a fresh proof for exactly this request (RFC 9449, section 7)', async () => {
    const wallet = otherWallet(WALLET);
    const found = await find(wallet, (await makeOffer()).uri);
    const { response, dpop } = await tokenByCode(wallet, found);
    const token = response.access_token;
    const ath = createHash('sha256').update(token).digest('base64url');
    const right = { htm: 'POST', htu: `${identity.issuer}/openid4vci/credential`, ath };
    const send = async (proof: string | undefined, scheme = 'DPoP') => {
      const answered = await fetch(`${identity.issuer}/openid4vci/credential`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `${scheme} ${token}`,
          ...(proof === undefined ? {} : { dpop: proof }),
        },
        body: '{}',
      });
      return answered.status;
    };
    const seconds = Math.floor(Date.now() / 1000);
    const proof = (claims: object = {}, by: { readonly signer: object } = dpop) =>
      dpopProof(wallet, by, { ...right, ...claims });
    expect(await send(await proof(), 'Bearer')).toBe(401);
    expect(await send(undefined)).toBe(401);
    expect(await send(await proof({}, wallet.dpop()))).toBe(401);
    expect(await send(await proof({ htm: 'GET' }))).toBe(401);
    expect(await send(await proof({ htu: `${identity.issuer}/openid4vci/nonce` }))).toBe(401);
    expect(await send(await proof({ ath: undefined }))).toBe(401);
    expect(await send(await proof({ ath: 'x'.repeat(43) }))).toBe(401);
    expect(await send(await proof({ iat: seconds - 120 }))).toBe(401);
    expect(await send(await proof({ iat: seconds + 120 }))).toBe(401);
    // The request itself is malformed: the token was taken.
    const once = await proof();
    const tries = await Promise.all(Array.from({ length: 20 }, () => send(once)));
    expect(tries.filter((status) => status !== 401)).toEqual([400]);
  });
});
