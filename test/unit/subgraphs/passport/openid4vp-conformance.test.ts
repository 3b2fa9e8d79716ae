/**
 * The verifier modules of the OpenID Foundation's conformance suite for OpenID4VP 1.0, one by one. The suite itself is not run
 * here: each test does what its module is about, with a wallet of other people's making.
 */
import { generateKeyPairSync } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { openEmbedded } from '../../../../runtime/database.ts';
import type { EmbeddedEngine } from '../../../../runtime/embedded-database.ts';
import { keyObjectSigner, splitCompactJws } from '../../../../standards/compact-jws.ts';
import { startTestEngine } from '../../../servers/embedded.ts';
import type { HeldCredential, Tampering } from '../../standards/openid4vp/presenting-wallet.ts';
import { type Bench, newSettings, nurse, PUBLIC_URL, startPassport } from './passport-bench.ts';
import { type Presenting, presentingTo } from './presenting.ts';

let engine: EmbeddedEngine;
let bench: Bench;
let desk: Presenting;
let wallet: Awaited<ReturnType<Presenting['walletOf']>>;
const people = new Map([['stf_1', nurse('stf_1')]]);

beforeAll(async () => {
  engine = await startTestEngine();
  const database = openEmbedded(engine);
  bench = await startPassport({ database, settings: newSettings(), people });
  desk = await presentingTo(bench, database);
  wallet = await desk.walletOf('stf_1', ['IDENTITY', 'EMPLOYMENT_ASSIGNMENT']);
});
afterAll(async () => {
  await bench.stop();
  await engine.close();
});

const shown = async (id: string) => {
  const { state, result } = (await desk.look(id)) ?? {};
  return {
    state,
    outcome: result?.outcome,
    holder: result?.holder?.id,
    disclosed: result?.credentials.map(({ disclosed }) => disclosed),
    given: result?.credentials.map(({ claims }) => claims?.['given_name']),
  };
};
const SHOWN = {
  state: 'ANSWERED',
  outcome: 'VALID',
  holder: 'stf_1',
  disclosed: [['given_name']],
  given: ['Amara'],
};

describe('oid4vp-1final-verifier-happy-flow', () => {
  it.each([
    ['X509_HASH', true, ['A256GCM']],
    ['X509_HASH', true, ['A128GCM']],
    ['X509_HASH', false, []],
    ['X509_SAN_DNS', true, ['A128GCM']],
    ['X509_SAN_DNS', false, []],
    ['DECENTRALIZED_IDENTIFIER', true, ['A256GCM']],
    ['DECENTRALIZED_IDENTIFIER', false, []],
  ])('%s, encrypted %s %j', async (clientIdPrefix, encrypted, encs) => {
    const request = await desk.ask({ clientIdPrefix, encrypted });
    expect(request.state).toBe('WAITING');
    const response = await desk.walletWith(wallet.held, encs).present(request.walletUri ?? '');
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(await shown(request.id)).toEqual(SHOWN);
  });

  it.each(['X509_HASH', 'X509_SAN_DNS', 'DECENTRALIZED_IDENTIFIER'])(
    'through the Digital Credentials API: %s',
    async (clientIdPrefix) => {
      const origin = 'https://hr.example';
      const request = await desk.ask({ clientIdPrefix, origins: [origin] });
      if (request.digitalCredentialRequest === null) throw new Error('no request for a page');
      const credential = await wallet.wallet.presentDigital(
        request.digitalCredentialRequest as Parameters<typeof wallet.wallet.presentDigital>[0],
        origin,
      );
      expect(await desk.handIn(request.id, origin, credential)).toBe('VALID');
      expect(await shown(request.id)).toEqual(SHOWN);
    },
  );

  it('several credentials of one person in one answer', async () => {
    const request = await desk.ask({
      credentials: [
        { type: 'IDENTITY', claims: ['given_name'] },
        { type: 'EMPLOYMENT_ASSIGNMENT', claims: ['position_title'] },
      ],
    });
    await wallet.wallet.present(request.walletUri ?? '');
    expect(await shown(request.id)).toMatchObject({ outcome: 'VALID', holder: 'stf_1' });
  });
});

/** One presentation with a part exchanged. */
const changed =
  (part: 'credential' | 'binding', change: (jws: string) => string) =>
  (presentation: string): string => {
    const parts = presentation.split('~');
    const at = part === 'credential' ? 0 : parts.length - 1;
    return parts.with(at, change(parts[at] ?? '')).join('~');
  };
/** Another signature of the right length. */
const otherSignature = (jws: string): string =>
  `${jws.slice(0, jws.lastIndexOf('.'))}.${Buffer.alloc(64, 7).toString('base64url')}`;
/** What was not asked for is dropped after it was bound. */
const withoutOneDisclosure = (presentation: string): string => {
  const parts = presentation.split('~');
  const at = parts.findIndex((part, index) => {
    const text = Buffer.from(part, 'base64url').toString();
    return index > 0 && index < parts.length - 1 && !text.includes('given_name');
  });
  return parts.toSpliced(at, 1).join('~');
};
const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

it.each<[string, Tampering, string]>([
  [
    'oid4vp-1final-verifier-invalid-credential-signature',
    { change: changed('credential', otherSignature) },
    'signature_invalid',
  ],
  [
    'oid4vp-1final-verifier-invalid-kb-jwt-signature',
    { change: changed('binding', otherSignature) },
    'kb_signature_invalid',
  ],
  [
    'oid4vp-1final-verifier-invalid-kb-jwt-aud',
    { audience: 'x509_hash:somebody-else' },
    'kb_audience_wrong',
  ],
  ['oid4vp-1final-verifier-invalid-kb-jwt-nonce', { nonce: 'another' }, 'kb_nonce_wrong'],
  [
    'oid4vp-1final-verifier-invalid-sd-hash',
    { all: true, change: withoutOneDisclosure },
    'kb_sd_hash_wrong',
  ],
  ['oid4vp-1final-verifier-kb-jwt-iat-in-past', { now: inSeconds(-86_400) }, 'kb_iat_too_old'],
  ['oid4vp-1final-verifier-kb-jwt-iat-in-future', { now: inSeconds(86_400) }, 'kb_iat_in_future'],
])('%s', async (_module, tampering, code) => {
  const request = await desk.ask();
  const response = await wallet.wallet.present(request.walletUri ?? '', tampering);
  // What was found is for the verifier. The wallet is told no more than of any answer that is not taken.
  expect([response.status, await response.json()]).toEqual([400, { error: 'invalid_request' }]);
  expect(await desk.outcome(request.id)).toBe(code);
  expect(await shown(request.id)).toMatchObject({ outcome: 'INVALID', given: [undefined] });
});

it('oid4vp-1final-verifier-minimal-cnf-jwk', async () => {
  const [held] = wallet.held;
  const { cnf } = splitCompactJws(held?.sdJwt.split('~')[0] ?? '').payload as {
    cnf?: { jwk: object };
  };
  // The key that credentials carry has nothing but what RFC 7518 asks for, and is taken as it is.
  expect(Object.keys(cnf?.jwk ?? {}).toSorted()).toEqual(['crv', 'kty', 'x', 'y']);
  const request = await desk.ask();
  await wallet.wallet.present(request.walletUri ?? '');
  expect(await desk.outcome(request.id)).toBe('VALID');
});

it('oid4vp-1final-verifier-request-uri-fetched-twice', async () => {
  const request = await desk.ask();
  const uri = new URL(request.walletUri ?? '').searchParams.get('request_uri') ?? '';
  const post = { method: 'POST', body: new URLSearchParams({ wallet_nonce: 'one' }) };
  expect((await desk.fetch(uri, post)).status).toBe(200);
  expect((await desk.look(request.id))?.state).toBe('FETCHED');
  // One wallet gets it: whoever comes second may be somebody who watched.
  for (const init of [post, {}]) expect((await desk.fetch(uri, init)).status).toBe(404);
});

it('oid4vp-1final-verifier-request-uri-method-post', async () => {
  const request = await desk.ask();
  const link = new URL(request.walletUri ?? '').searchParams;
  expect(link.get('request_uri_method')).toBe('post');
  const answer = await desk.fetch(link.get('request_uri') ?? '', {
    method: 'POST',
    body: new URLSearchParams({ wallet_nonce: 'wallet-nonce-1', wallet_metadata: '{}' }),
  });
  expect(answer.headers.get('content-type')).toBe('application/oauth-authz-req+jwt');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { header, payload } = splitCompactJws(await answer.text());
  expect(header['typ']).toBe('oauth-authz-req+jwt');
  expect(payload).toMatchObject({
    aud: 'https://self-issued.me/v2',
    client_id: link.get('client_id'),
    response_type: 'vp_token',
    response_mode: 'direct_post.jwt',
    response_uri: `${PUBLIC_URL}/openid4vp/responses/${request.id}`,
    wallet_nonce: 'wallet-nonce-1',
  });
});

it('by GET too, without a nonce of the wallet', async () => {
  const request = await desk.ask();
  const uri = new URL(request.walletUri ?? '').searchParams.get('request_uri') ?? '';
  const { payload } = splitCompactJws(await (await desk.fetch(uri)).text());
  expect(payload).not.toHaveProperty('wallet_nonce');
});

it('a holder says no', async () => {
  const request = await desk.ask();
  expect((await wallet.wallet.refuse(request.walletUri ?? '')).status).toBe(200);
  expect(await desk.look(request.id)).toMatchObject({
    state: 'REFUSED',
    refusedBecause: 'access_denied',
    result: null,
  });
});

it('somebody else’s key', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = keyObjectSigner({ key: privateKey, kid: 'thief' });
  const stolen: HeldCredential[] = wallet.held.map(({ sdJwt }) => ({ sdJwt, signer }));
  const request = await desk.ask();
  await desk.walletWith(stolen).present(request.walletUri ?? '');
  expect(await desk.outcome(request.id)).toBe('kb_signature_invalid');
});
