/** The wallet of the browser, against the verifier's and the issuer's side of the same standards. */
import { beforeAll, describe, expect, it } from '@jest/globals';

import { certifyAnchor, certifyLeaf } from '../../../../subgraphs/passport/keys/certificates.ts';
import { decryptionKeyOf } from '../../../../standards/openid4vci/encrypted-message.ts';
import { x509HashClientId } from '../../../../standards/openid4vp/client-id.ts';
import { parseDcqlQuery } from '../../../../standards/openid4vp/dcql.ts';
import { readAuthorizationResponse } from '../../../../standards/openid4vp/read-response.ts';
import { readRequestUriPost } from '../../../../standards/openid4vp/read-request-uri-post.ts';
import {
  requestObjectClaims,
  signRequestObject,
} from '../../../../standards/openid4vp/request-object.ts';
import { verifyDpopProof } from '../../../../standards/dpop.ts';
import { issueSdJwtVc } from '../../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import { verifyPresentation } from '../../../../standards/sd-jwt-vc/verify-presentation.ts';
import { newDeviceKey } from '../../../../web/browser/wallet/device-key.ts';
import { choicesFor, openCredentials } from '../../../../web/browser/wallet/open-credentials.ts';
import { openRequest } from '../../../../web/browser/wallet/open-request.ts';
import { sendRefusal } from '../../../../web/browser/wallet/post-answer.ts';
import { sendAnswer } from '../../../../web/browser/wallet/send-answer.ts';
import {
  beginCollecting,
  collectOffer,
  type CollectingParts,
  finishCollecting,
} from '../../../../web/browser/wallet/collect.ts';
import { holderKeyOf } from '../../../../web/browser/wallet/holder-keys.ts';
import type { HeldCredential } from '../../../../web/browser/wallet/wallet-store.ts';
import { testKey } from '../../standards/keys.ts';

const URL_OF = 'https://passport.example';
const now = () => new Date('2026-11-26T12:00:00Z');
const vct = `${URL_OF}/credential-types/identity`;
const [anchor, leaf, issuer] = [testKey(), testKey('request-1'), testKey('issuer-1')];
const decryptionKey = decryptionKeyOf(Buffer.alloc(32, 7));
const query = parseDcqlQuery({
  credentials: [
    {
      id: 'identity',
      format: 'dc+sd-jwt',
      meta: { vct_values: [vct] },
      claims: [
        { id: 'a', path: ['given_name'] },
        { id: 'b', path: ['checks'] },
        { id: 'c', path: ['middle_name'] },
      ],
      claim_sets: [
        ['a', 'b', 'c'],
        ['a', 'b'],
      ],
    },
    { id: 'health', format: 'dc+sd-jwt', meta: { vct_values: [`${vct}-other`] } },
  ],
  credential_sets: [{ options: [['identity']] }, { options: [['health']], required: false }],
});

let root: string;
let certificate: string;
let held: HeldCredential;

beforeAll(async () => {
  const signing = { publicKey: anchor.publicKey, sign: anchor.signer.sign.bind(anchor.signer) };
  root = await certifyAnchor(signing, now());
  certificate = await certifyLeaf(
    {
      publicKey: leaf.publicKey,
      use: 'request',
      issuerUrl: `${URL_OF}/verifiers/RR8`,
      name: 'RR8 request',
      now: now(),
    },
    signing,
  );
  const key = await newDeviceKey();
  const { publicJwk } = await holderKeyOf(key);
  const sdJwt = await issueSdJwtVc(
    {
      claims: {
        iss: `${URL_OF}/trusts/RR8`,
        vct,
        jti: 'crd_1',
        given_name: 'Amina',
        family_name: 'Khan',
        checks: [{ kind: 'passport' }, { kind: 'letter' }],
        cnf: { jwk: publicJwk },
      },
      disclose: { _sd: ['given_name', 'family_name', 'checks'], checks: { _sd: [0, 1] } },
    },
    issuer.signer,
  );
  held = { id: 'crd_1', staffId: 'stf_1', configurationId: 'identity', sdJwt, key, addedAt: 0 };
});

/** A verifier on the other side of `fetch`: it hands out a request, and keeps what it is sent. */
function desk(change: object = {}) {
  const clientId = x509HashClientId(certificate);
  const answers: string[] = [];
  const fetching = async (url: string, init?: RequestInit): Promise<Response> => {
    const body = await new Response(init?.body ?? '').text();
    if (url.endsWith('/responses/1')) {
      answers.push(body);
      return Response.json({ redirect_uri: `${URL_OF}/present/1/return` });
    }
    const claims = requestObjectClaims({
      clientId,
      destination: { mode: 'direct_post.jwt', responseUri: `${URL_OF}/responses/1`, state: 's' },
      nonce: 'nonce-of-this-desk',
      query,
      verifier: { name: 'RR8', encryptionKey: decryptionKey.publicJwk },
      walletNonce: readRequestUriPost(body).walletNonce,
      now: now(),
      expiresAt: new Date(now().getTime() + 60_000),
    });
    const signer = { ...leaf.signer, x5c: [certificate] };
    return new Response(await signRequestObject({ ...claims, ...change }, signer));
  };
  const rules = { mode: 'direct_post.jwt', state: 's', decryptionKey } as const;
  return {
    reference: { clientId, requestUri: `${URL_OF}/requests/1`, method: 'post' } as const,
    parts: { fetch: fetching, now },
    read: () =>
      readAuthorizationResponse(answers.at(-1) ?? '', {
        ...rules,
        queryIds: new Set(['identity', 'health']),
      }),
  };
}

describe('answering', () => {
  it('tells who asks and what for, and shows that and no more', async () => {
    const { parts, read, reference } = desk();
    const request = await openRequest(reference, [root], parts);
    expect(request.vouchedFor).toEqual([`${URL_OF}/verifiers/RR8`]);
    const choices = choicesFor(request, await openCredentials([held]));
    expect(choices).toMatchObject([
      { queryId: 'identity', needed: true, paths: [['given_name'], ['checks']] },
      { queryId: 'health', needed: false, held: undefined },
    ]);
    expect(await sendAnswer(request, choices, parts)).toBe(`${URL_OF}/present/1/return`);

    const answer = await read();
    if (answer.kind !== 'presentations') throw new Error('nothing was presented');
    const verdict = await verifyPresentation(answer.vpToken.get('identity')?.[0] ?? '', {
      now: now(),
      findIssuerKey: () => Promise.resolve({ key: issuer.publicKey, trusted: true }),
      keyBinding: { audience: request.clientId, nonce: request.nonce },
    });
    expect(verdict).toMatchObject({
      outcome: 'valid',
      claims: { given_name: 'Amina', checks: [{ kind: 'passport' }, { kind: 'letter' }] },
    });
    expect(verdict.claims).not.toHaveProperty('family_name');
  });

  it('says no', async () => {
    const { parts, read, reference } = desk();
    await sendRefusal(await openRequest(reference, [root], parts), parts);
    expect(await read()).toEqual({ kind: 'error', error: 'access_denied' });
  });

  it('says that nobody vouches for a verifier whose anchor is not trusted', async () => {
    const { parts, reference } = desk();
    expect(await openRequest(reference, [], parts)).toMatchObject({ vouchedFor: undefined });
  });

  it.each<[string, object]>([
    ['that has ended', { exp: 1 }],
    ['with the nonce of another wallet', { wallet_nonce: 'another' }],
    ['of another verifier', { client_id: 'x509_hash:another' }],
    ['that wants the answer in clear', { response_mode: 'direct_post' }],
    ['with a transaction', { transaction_data: ['e30'] }],
    ['without a nonce worth the name', { nonce: 'short' }],
  ])('does not believe a request %s', async (_name, change) => {
    const { parts, reference } = desk(change);
    await expect(openRequest(reference, [root], parts)).rejects.toMatchObject({
      code: 'request_object_invalid',
    });
  });

  it('does not believe a request that another key has signed', async () => {
    const { parts, reference } = desk();
    const changed = async (url: string, init?: RequestInit): Promise<Response> => {
      const jwt = await (await parts.fetch(url, init)).text();
      return new Response(jwt.slice(0, -8) + 'AAAAAAAA');
    };
    await expect(
      openRequest(reference, [root], { ...parts, fetch: changed }),
    ).rejects.toMatchObject({ code: 'request_object_invalid' });
  });
});

/** An issuer on the other side of `fetch`, with two kinds of credential; one of them is refused. */
function issuing(staleNonces = 0) {
  const kept: HeldCredential[] = [];
  const notes = new Map<string, unknown>();
  const calls: { path: string; body: string; dpop: string | null }[] = [];
  let stale = staleNonces;
  const answers: Record<string, () => Response> = {
    '/.well-known/openid-credential-issuer': () =>
      Response.json({
        credential_issuer: URL_OF,
        credential_endpoint: `${URL_OF}/credential`,
        nonce_endpoint: `${URL_OF}/nonce`,
        notification_endpoint: `${URL_OF}/notification`,
        credential_configurations_supported: {
          identity: { format: 'dc+sd-jwt', scope: 'identity' },
          health: { format: 'dc+sd-jwt', scope: 'health' },
        },
      }),
    '/.well-known/oauth-authorization-server': () =>
      Response.json({
        issuer: URL_OF,
        token_endpoint: `${URL_OF}/token`,
        authorization_endpoint: `${URL_OF}/authorize`,
        pushed_authorization_request_endpoint: `${URL_OF}/par`,
      }),
    '/par': () => Response.json({ request_uri: 'urn:pushed' }, { status: 201 }),
    '/token': () => Response.json({ access_token: 'token-1', token_type: 'DPoP' }),
    '/nonce': () => Response.json({ c_nonce: 'nonce' }),
    '/notification': () => new Response(null, { status: 204 }),
  };
  const fetching = async (url: string, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(url);
    const body = await new Response(init?.body ?? '').text();
    calls.push({ path: pathname, body, dpop: new Headers(init?.headers).get('dpop') });
    if (pathname === '/credential' && stale > 0) {
      stale -= 1;
      return Response.json({ error: 'invalid_nonce' }, { status: 400 });
    }
    if (pathname !== '/credential')
      return answers[pathname]?.() ?? new Response('', { status: 404 });
    return body.includes('health')
      ? Response.json({ error: 'credential_request_denied' }, { status: 400 })
      : Response.json({ credentials: [{ credential: held.sdJwt }], notification_id: 'n' });
  };
  const parts: CollectingParts = {
    fetch: fetching,
    now,
    store: {
      keep: (credentials) => Promise.resolve(void kept.push(...credentials)),
      note: (name, value) => Promise.resolve(void notes.set(name, value)),
      take: (name) => {
        const value = notes.get(name);
        notes.delete(name);
        return Promise.resolve(value);
      },
    },
  };
  return { parts, kept, calls };
}

const outcome = {
  added: ['identity'],
  later: [],
  refused: [{ configurationId: 'health', code: 'credential_request_denied' }],
};

describe('collecting', () => {
  const asked = {
    issuer: URL_OF,
    configurationIds: ['identity', 'health'],
    staffId: 'stf_1',
    redirectUri: 'https://web.example/back',
  };

  it('collects all that its holder signs in for, and keeps what came though something did not', async () => {
    const { calls, kept, parts } = issuing();
    const address = await beginCollecting(asked, parts);
    expect(address).toBe(`${URL_OF}/authorize?client_id=lanyard-wallet&request_uri=urn%3Apushed`);
    const pushed = new URLSearchParams(calls.find(({ path }) => path === '/par')?.body);
    const back = new URLSearchParams({ code: 'c', state: pushed.get('state') ?? '', iss: URL_OF });
    expect(await finishCollecting(back, 'stf_1', parts)).toEqual(outcome);
    expect(kept).toMatchObject([{ id: 'crd_1', staffId: 'stf_1', configurationId: 'identity' }]);
    expect(kept[0]?.key.privateKey.extractable).toBe(false);
    const proof = calls.find(({ path }) => path === '/credential')?.dpop ?? '';
    const request = { method: 'POST', url: `${URL_OF}/credential`, accessToken: 'token-1' };
    expect(verifyDpopProof(proof, request).issuedAt).toEqual(now());
    // Once: whoever comes back again has nothing under way.
    expect(await finishCollecting(back, 'stf_1', parts)).toBeUndefined();
  });

  it.each<[string, Record<string, string>, string]>([
    ['the state of another', { code: 'c', state: 'x', iss: URL_OF }, 'stf_1'],
    ['another server', { code: 'c', iss: 'https://other.example' }, 'stf_1'],
    ['a holder who said no', { error: 'access_denied', iss: URL_OF }, 'stf_1'],
  ])('collects nothing with %s', async (_name, answer, staffId) => {
    const { calls, kept, parts } = issuing();
    await beginCollecting(asked, parts);
    const pushed = new URLSearchParams(calls.find(({ path }) => path === '/par')?.body);
    const back = new URLSearchParams({ state: pushed.get('state') ?? '', ...answer });
    await expect(finishCollecting(back, staffId, parts)).rejects.toHaveProperty('code');
    expect(kept).toEqual([]);
  });

  it.each([
    [1, outcome],
    [
      4,
      {
        added: [],
        later: [],
        refused: ['identity', 'health'].map((configurationId) => ({
          configurationId,
          code: 'invalid_nonce',
        })),
      },
    ],
  ])('tries once more when a nonce runs out on the way (%i times)', async (times, expected) => {
    const { calls, parts } = issuing(times);
    await beginCollecting(asked, parts);
    const pushed = new URLSearchParams(calls.find(({ path }) => path === '/par')?.body);
    const back = new URLSearchParams({ code: 'c', state: pushed.get('state') ?? '', iss: URL_OF });
    expect(await finishCollecting(back, 'stf_1', parts)).toEqual(expected);
  });

  it('collects nothing for somebody else than who began', async () => {
    const { parts } = issuing();
    await beginCollecting(asked, parts);
    expect(await finishCollecting(new URLSearchParams(), 'stf_2', parts)).toBeUndefined();
  });

  it('collects an offer with the code that its holder typed', async () => {
    const { calls, parts } = issuing();
    const offer = {
      credential_issuer: URL_OF,
      credential_configuration_ids: ['identity', 'health'],
      grants: {
        'urn:ietf:params:oauth:grant-type:pre-authorized_code': {
          'pre-authorized_code': 'p',
          tx_code: { length: 6 },
        },
      },
    };
    expect(
      await collectOffer({ offer, transactionCode: '123456', staffId: 'stf_1' }, parts),
    ).toEqual(outcome);
    expect(calls.find(({ path }) => path === '/token')?.body).toContain('tx_code=123456');
  });
});
