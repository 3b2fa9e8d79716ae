/** Attestations of wallets by their makers. Titles name the modules of the OpenID conformance suite where there is one. */
import { generateKeyPairSync, hash, randomUUID, sign } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';

import { machineAccessToken } from '../../../runtime/machine-client.ts';
import { signerOf } from '../../../runtime/jwk-settings.ts';
import { systemClock } from '../../../runtime/clock.ts';
import { signCompactJws } from '../../../standards/compact-jws.ts';
import { publicKeyFromJwk } from '../../../standards/jwk-thumbprint.ts';
import { rawSignature } from '../../../standards/ecdsa-signature.ts';
import {
  parseCredentialOffer,
  parseOfferLink,
  PRE_AUTHORIZED_CODE_GRANT,
} from '../../../standards/openid4vci/credential-offer.ts';
import { certifyAnchor, certifyLeaf } from '../../../subgraphs/passport/keys/certificates.ts';
import { type Identity, newKey, startIdentity } from './harness.ts';

/** A maker of wallets with a certificate by an authority of its own. */
async function newMaker() {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = newKey('maker');
  const anchor = {
    publicKey: authority.publicKey,
    sign: (data: Uint8Array) =>
      Promise.resolve(rawSignature(sign('sha256', data, authority.privateKey))),
  };
  const now = new Date(Date.now() - 86_400_000);
  const leaf = await certifyLeaf(
    {
      publicKey: publicKeyFromJwk(key.public),
      issuerUrl: 'https://wallet.example',
      use: 'credential',
      name: 'Wallet maker',
      now,
    },
    anchor as never,
  );
  return { key, anchor: await certifyAnchor(anchor as never, now), leaf };
}

let identity: Identity;
let maker: Awaited<ReturnType<typeof newMaker>>;
let stranger: Awaited<ReturnType<typeof newMaker>>;
let accessToken: () => Promise<string>;
let offersMade = 0;

beforeAll(async () => {
  maker = await newMaker();
  stranger = await newMaker();
  identity = await startIdentity({ settings: { IDENTITY_WALLET_ATTESTERS: [maker.anchor] } });
  for (const [clientId, attested] of [
    ['free-wallet', false],
    ['attested-wallet', true],
  ] as const) {
    await identity.composed.registerWallet({
      clientId,
      name: 'Wallet',
      redirectUris: ['org.example.wallet:/callback'],
      attested,
    });
  }
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

const seconds = (): number => Math.floor(Date.now() / 1000);
const instance = newKey('instance');
const jwkOf = ({ public: { kty, crv, x, y } }: typeof instance) => ({ kty, crv, x, y });

async function challenge(): Promise<unknown> {
  const response = await fetch(`${identity.issuer}/oauth/challenge`, { method: 'POST' });
  return ((await response.json()) as Record<string, unknown>)['attestation_challenge'];
}

interface Change {
  readonly attestation?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly pop?: Record<string, unknown>;
  /** Who signs the attestation, and who the proof. */
  readonly by?: typeof instance;
  readonly popBy?: typeof instance;
  /** Changes the signed tokens. */
  readonly spoil?: (tokens: { attestation: string; pop: string }) => {
    attestation: string;
    pop: string;
  };
}

/** The headers of an installation whose maker vouches for it. */
async function attested(clientId: string, change: Change = {}): Promise<Record<string, string>> {
  const attestation = await signCompactJws(
    {
      header: {
        kid: undefined,
        typ: 'oauth-client-attestation+jwt',
        x5c: [maker.leaf],
        ...change.header,
      },
      payload: {
        sub: clientId,
        iat: seconds(),
        exp: seconds() + 300,
        cnf: { jwk: jwkOf(instance) },
        ...change.attestation,
      },
    },
    signerOf((change.by ?? maker.key).private),
  );
  const pop = await signCompactJws(
    {
      header: { kid: undefined, typ: 'oauth-client-attestation-pop+jwt' },
      payload: {
        iss: clientId,
        aud: identity.issuer,
        iat: seconds(),
        jti: randomUUID(),
        challenge: await challenge(),
        ...change.pop,
      },
    },
    signerOf((change.popBy ?? instance).private),
  );
  const tokens = change.spoil?.({ attestation, pop }) ?? { attestation, pop };
  return {
    'oauth-client-attestation': tokens.attestation,
    'oauth-client-attestation-pop': tokens.pop,
  };
}

/** A DPoP proof by the installation's key, for the token endpoint. */
const dpopProof = (claims: object = {}): Promise<string> =>
  signCompactJws(
    {
      header: { kid: undefined, typ: 'dpop+jwt', jwk: jwkOf(instance) },
      payload: {
        htm: 'POST',
        htu: `${identity.issuer}/oauth/token`,
        iat: seconds(),
        jti: randomUUID(),
        ...claims,
      },
    },
    signerOf(instance.private),
  );

/** Another last character, so that the signature does not hold. */
const spoiled = (jwt: string): string => {
  const at = jwt.lastIndexOf('.') + 10;
  return `${jwt.slice(0, at)}${jwt[at] === 'A' ? 'B' : 'A'}${jwt.slice(at + 1)}`;
};

/** Redeems a new offer, with these headers. */
async function redeem(clientId: string, headers: Record<string, string>) {
  const made = await fetch(`${identity.issuer}/openid4vci/offers`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await accessToken()}`,
    },
    body: JSON.stringify({
      offerId: `attested-offer-${String((offersMade += 1))}`,
      staffId: 'stf_amara',
      configurationIds: ['identity'],
      issuerOds: 'RZ1',
      expiresAt: new Date(Date.now() + 300_000).toISOString(),
    }),
  });
  const { uriByValue, transactionCode } = (await made.json()) as Record<string, string>;
  const link = parseOfferLink(uriByValue ?? '');
  if (link.kind !== 'by-value') throw new Error('by reference');
  const { grants } = parseCredentialOffer(JSON.stringify(link.offer));
  return token(
    {
      grant_type: PRE_AUTHORIZED_CODE_GRANT,
      client_id: clientId,
      'pre-authorized_code': grants?.[PRE_AUTHORIZED_CODE_GRANT]?.['pre-authorized_code'] ?? '',
      tx_code: transactionCode ?? '',
    },
    headers,
  );
}

async function token(body: Record<string, string>, headers: Record<string, string>) {
  const response = await fetch(`${identity.issuer}/oauth/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('a wallet whose maker vouches for it', () => {
  it('is found in the metadata', async () => {
    const response = await fetch(`${identity.issuer}/.well-known/oauth-authorization-server`);
    expect(await response.json()).toMatchObject({
      challenge_endpoint: `${identity.issuer}/oauth/challenge`,
      client_attestation_signing_alg_values_supported: ['ES256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'none', 'attest_jwt_client_auth'],
    });
  });

  it.each(['free-wallet', 'attested-wallet'])('gets its token: %s', async (clientId) => {
    expect((await redeem(clientId, await attested(clientId))).status).toBe(200);
  });

  it('may do without where that is not demanded', async () => {
    expect((await redeem('free-wallet', {})).status).toBe(200);
    expect((await redeem('attested-wallet', {})).body['error']).toBe('invalid_client');
  });

  it('is asked at the pushed request too', async () => {
    const push = async (headers: Record<string, string>) => {
      const response = await fetch(`${identity.issuer}/oauth/par`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({
          client_id: 'attested-wallet',
          response_type: 'code',
          redirect_uri: 'org.example.wallet:/callback',
          scope: 'identity',
          code_challenge: 'x'.repeat(43),
          code_challenge_method: 'S256',
        }),
      });
      return response.status;
    };
    expect(await push({})).toBe(401);
    expect(await push(await attested('attested-wallet'))).toBe(201);
  });

  it('refreshes as the same installation only', async () => {
    const first = await redeem('attested-wallet', await attested('attested-wallet'));
    const refresh = async (headers: Record<string, string>) =>
      token(
        {
          grant_type: 'refresh_token',
          client_id: 'attested-wallet',
          refresh_token: String(first.body['refresh_token']),
        },
        headers,
      );
    const other = newKey('another installation');
    const elsewhere = await attested('attested-wallet', {
      attestation: { cnf: { jwk: jwkOf(other) } },
      popBy: other,
    });
    expect((await refresh(elsewhere)).body['error']).toBe('invalid_grant');
    expect((await refresh(await attested('attested-wallet'))).status).toBe(200);
  });

  it('refreshes what it has by a code of a person with a DPoP proof only (HAIP)', async () => {
    const first = await redeem('attested-wallet', await attested('attested-wallet'));
    const refreshToken = String(first.body['refresh_token']);
    // As if it came from an authorization code, for which a proof is a must.
    const { numUpdatedRows } = await identity.database
      .schema<{ oidc_model: { model: string; id: string; payload: unknown } }>('identity')
      .updateTable('oidc_model')
      .set({ payload: sql`payload || '{"gty":"authorization_code"}'::jsonb` })
      .where('model', '=', 'RefreshToken')
      .where('id', '=', hash('sha256', refreshToken, 'base64url'))
      .executeTakeFirst();
    expect(numUpdatedRows).toBe(1n);
    const refresh = async (more: Record<string, string>) =>
      token(
        {
          grant_type: 'refresh_token',
          client_id: 'attested-wallet',
          refresh_token: refreshToken,
        },
        { ...(await attested('attested-wallet')), ...more },
      );
    expect((await refresh({})).body['error']).toBe('invalid_dpop_proof');
    const { body } = await refresh({ dpop: await dpopProof() });
    expect(body['token_type']).toBe('DPoP');
  });

  const foreign = (): Change => ({ header: { x5c: [stranger.leaf] }, by: stranger.key });
  it.each<[string, () => Change]>([
    ['fail-client-attestation-exp-in-past', () => ({ attestation: { exp: seconds() - 60 } })],
    ['fail-client-attestation-no-sub', () => ({ attestation: { sub: undefined } })],
    ['fail-client-attestation-pop-wrong-aud', () => ({ pop: { aud: 'https://other.example' } })],
    [
      'fail-invalid-client-attestation-pop-signature',
      () => ({ spoil: ({ attestation, pop }) => ({ attestation, pop: spoiled(pop) }) }),
    ],
    [
      'fail-invalid-client-attestation-signature',
      () => ({ spoil: ({ attestation, pop }) => ({ attestation: spoiled(attestation), pop }) }),
    ],
    ['fail-mismatched-client-attestation-pop-key', () => ({ popBy: newKey('other') })],
    ['an attestation for another wallet', () => ({ attestation: { sub: 'lanyard-wallet' } })],
    ['a maker that nobody trusts', foreign],
    ['a certificate of another key', () => ({ by: stranger.key })],
    ['the anchor in the chain (HAIP)', () => ({ header: { x5c: [maker.leaf, maker.anchor] } })],
    ['a leaf that signed itself (HAIP)', () => ({ header: { x5c: [maker.anchor] } })],
    ['no certificate (HAIP)', () => ({ header: { x5c: undefined } })],
    ['another typ', () => ({ header: { typ: 'JWT' } })],
    [
      'a private key in cnf',
      () => ({ attestation: { cnf: { jwk: { ...jwkOf(instance), d: 'AA' } } } }),
    ],
    ['no proof of possession', () => ({ spoil: ({ attestation }) => ({ attestation, pop: '' }) })],
    ['no challenge in the proof', () => ({ pop: { challenge: undefined } })],
    ['a made-up challenge', () => ({ pop: { challenge: 'x'.repeat(43) } })],
    [
      'another spelling of the same token',
      () => ({ spoil: ({ attestation, pop }) => ({ attestation: `${attestation}=`, pop }) }),
    ],
    [
      'another spelling of its proof',
      () => ({ spoil: ({ attestation, pop }) => ({ attestation, pop: `${pop}=` }) }),
    ],
  ])('is refused with %s', async (_what, change) => {
    for (const clientId of ['free-wallet', 'attested-wallet']) {
      const { status, body } = await redeem(clientId, await attested(clientId, change()));
      expect(body['access_token']).toBeUndefined();
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });

  it('has to prove its key by itself: a DPoP proof does not stand for both', async () => {
    const { 'oauth-client-attestation': attestation = '' } = await attested('free-wallet');
    const headers = { 'oauth-client-attestation': attestation };
    const ask = (dpop: string) =>
      fetch(`${identity.issuer}/oauth/token`, {
        method: 'POST',
        headers: { ...headers, dpop },
        body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'free-wallet' }),
      });
    const nonce = (await ask(await dpopProof())).headers.get('dpop-nonce');
    const refused = await ask(await dpopProof({ nonce }));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: 'invalid_client_attestation' });
    const metadata = await fetch(`${identity.issuer}/.well-known/oauth-authorization-server`);
    expect(await metadata.json()).toMatchObject({
      client_attestation_pop_methods_supported: ['attestation_pop_jwt', 'none'],
    });
  });

  it('uses a proof of possession once', async () => {
    const headers = await attested('attested-wallet');
    const tries = await Promise.all(
      Array.from({ length: 10 }, () => redeem('attested-wallet', headers)),
    );
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
