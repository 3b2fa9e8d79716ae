/** What a wallet of other people's making does with our requests, and what we read of its answers. */
import 'reflect-metadata';

import { webcrypto } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  AuthorityKeyIdentifierExtension,
  cryptoProvider,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import { didDocument, didWebOf } from '../../../../standards/did-web.ts';
import { decryptionKeyOf } from '../../../../standards/openid4vci/encrypted-message.ts';
import { authorizationRequestLink } from '../../../../standards/openid4vp/authorization-request-link.ts';
import {
  decentralizedIdentifierClientId,
  originAudience,
  x509HashClientId,
  x509SanDnsClientId,
} from '../../../../standards/openid4vp/client-id.ts';
import { parseDcqlQuery } from '../../../../standards/openid4vp/dcql.ts';
import {
  digitalCredentialRequest,
  readDigitalCredential,
} from '../../../../standards/openid4vp/digital-credentials.ts';
import { matchDcql } from '../../../../standards/openid4vp/match-dcql.ts';
import {
  type AuthorizationResponse,
  readAuthorizationResponse,
  type ResponseRules,
} from '../../../../standards/openid4vp/read-response.ts';
import { readRequestUriPost } from '../../../../standards/openid4vp/read-request-uri-post.ts';
import {
  requestObjectClaims,
  type ResponseMode,
  signRequestObject,
} from '../../../../standards/openid4vp/request-object.ts';
import { issueSdJwtVc } from '../../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import { parseSdJwt } from '../../../../standards/sd-jwt/serialisation.ts';
import { verifyPresentation } from '../../../../standards/sd-jwt-vc/verify-presentation.ts';
import { authorityKeyIds } from '../../../../standards/x509/authority-key-ids.ts';
import { type TestKey, testKey } from '../keys.ts';
import { createPresentingWallet, type Fetching } from './presenting-wallet.ts';

cryptoProvider.set(webcrypto);

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const [anchor, leaf, holder] = [testKey(), testKey('request-1'), testKey('holder-1')];
const web = (key: TestKey['privateKey']) =>
  key.toCryptoKey(ECDSA, true, [key.type === 'private' ? 'sign' : 'verify']);
async function certify(subject: TestKey, names: { type: 'dns' | 'url'; value: string }[] = []) {
  const made = await X509CertificateGenerator.create({
    issuer: 'CN=Anchor',
    subject: subject === anchor ? 'CN=Anchor' : 'CN=Leeds',
    signingAlgorithm: ECDSA,
    publicKey: web(subject.publicKey),
    signingKey: web(anchor.privateKey),
    extensions: [
      await AuthorityKeyIdentifierExtension.create(web(anchor.publicKey)),
      new SubjectAlternativeNameExtension(names),
    ],
  });
  return made.toString('base64');
}
const root = await certify(anchor);
const certificate = await certify(leaf, [{ type: 'dns', value: 'passport.example' }]);
const { signer } = testKey('request-1', [certificate]);
// The certificate is for the key that signs.
const verifier = { ...signer, sign: leaf.signer.sign.bind(leaf.signer) };

const vct = 'https://passport.example/credentials/identity/1';
const [aki = ''] = authorityKeyIds([certificate]);
const query = parseDcqlQuery({
  credentials: [
    {
      id: 'identity',
      format: 'dc+sd-jwt',
      meta: { vct_values: [vct] },
      trusted_authorities: [{ type: 'aki', values: [aki] }],
      claims: [
        { id: 'a', path: ['date_of_birth'] },
        { id: 'b', path: ['given_name'], values: ['Ada'] },
        { id: 'c', path: ['checks', null, 'kind'] },
      ],
      claim_sets: [['a'], ['b', 'c']],
    },
  ],
});
const decryptionKey = decryptionKeyOf(Buffer.alloc(32, 7));
const did = didWebOf('https://passport.example/trusts/RR8');
const clientIds = {
  x509_hash: x509HashClientId(certificate),
  x509_san_dns: x509SanDnsClientId('passport.example'),
  decentralized_identifier: decentralizedIdentifierClientId(did),
};

/** A verifier on the other side of `fetch`: it hands out one request and keeps the answer. */
function desk(clientId: string, mode: ResponseMode, change: object = {}) {
  const rules: ResponseRules = {
    mode,
    state: mode.startsWith('dc_api') ? undefined : 'state-1',
    queryIds: new Set(['identity']),
    decryptionKey: mode.endsWith('.jwt') ? decryptionKey : undefined,
  };
  const now = new Date();
  const sign = (walletNonce?: string): Promise<string> => {
    const claims = requestObjectClaims({
      clientId,
      destination:
        mode === 'dc_api' || mode === 'dc_api.jwt'
          ? { mode, expectedOrigins: ['https://hr.example'] }
          : { mode, responseUri: 'https://passport.example/responses/1', state: 'state-1' },
      nonce: 'nonce-1',
      query,
      verifier: mode.endsWith('.jwt') ? { encryptionKey: decryptionKey.publicJwk } : {},
      walletNonce,
      now,
      expiresAt: new Date(now.getTime() + 60_000),
    });
    return signRequestObject({ ...claims, ...change }, verifier);
  };
  const answers: AuthorizationResponse[] = [];
  const answered = async (url: string, body: string): Promise<string> => {
    switch (url) {
      case 'https://passport.example/requests/1':
        return sign(readRequestUriPost(body).walletNonce);
      case 'https://passport.example/trusts/RR8/did.json':
        return JSON.stringify(didDocument(did, [{ kid: 'request-1', jwk: leaf.jwk }]));
      case 'https://passport.example/responses/1':
        answers.push(await readAuthorizationResponse(body, rules));
        return '{}';
      default:
        throw new Error(`nothing at ${url}`);
    }
  };
  const fetching: Fetching = async (url, init) =>
    new Response(await answered(url, await new Response(init?.body ?? '').text()));
  return { sign, answers, rules, fetch: fetching };
}

let sdJwt = '';
beforeAll(async () => {
  const claims = {
    vct,
    iss: 'https://passport.example/trusts/RR8',
    given_name: 'Ada',
    family_name: 'Okafor',
    checks: [{ kind: 'dbs', on: '2026-01-01' }],
    cnf: { jwk: holder.jwk },
  };
  const disclose = { _sd: ['given_name', 'family_name', 'checks'] };
  sdJwt = await issueSdJwtVc({ claims, disclose }, verifier);
});

const walletAt = (place: { readonly fetch: Fetching }, encs = ['A256GCM', 'A128GCM']) =>
  createPresentingWallet({
    fetch: place.fetch,
    held: [{ sdJwt, signer: holder.signer }],
    anchors: [root],
    encs,
  });

/** Everything section 8.6 asks of one presentation, and whether it is what was asked for. */
async function check(answer: AuthorizationResponse | undefined, audience: string) {
  if (answer?.kind !== 'presentations') throw new Error('nothing was presented');
  const [presentation = ''] = answer.vpToken.get('identity') ?? [];
  const verdict = await verifyPresentation(presentation, {
    now: new Date(),
    acceptedTypes: new Set([vct]),
    findIssuerKey: () => Promise.resolve({ key: leaf.publicKey, trusted: true }),
    keyBinding: { audience, nonce: 'nonce-1' },
  });
  const { header } = splitCompactJws(parseSdJwt(presentation).jwt);
  const match = matchDcql(
    query,
    new Map([
      [
        'identity',
        [
          {
            format: 'dc+sd-jwt',
            vct: verdict.type ?? '',
            claims: verdict.claims ?? {},
            authorityKeyIds: authorityKeyIds(header['x5c']),
          },
        ],
      ],
    ]),
  );
  return [verdict.outcome, verdict.disclosedNames.toSorted(), match.satisfied];
}
const shown = ['valid', ['checks', 'given_name'], true];

describe('by link', () => {
  it.each<[keyof typeof clientIds, ResponseMode, 'post' | undefined, string[]]>([
    ['x509_hash', 'direct_post.jwt', undefined, ['A256GCM', 'A128GCM']],
    ['x509_hash', 'direct_post.jwt', 'post', ['A128GCM']],
    ['x509_hash', 'direct_post', undefined, []],
    ['x509_san_dns', 'direct_post.jwt', 'post', ['A128GCM']],
    ['x509_san_dns', 'direct_post', undefined, []],
    ['decentralized_identifier', 'direct_post.jwt', undefined, ['A256GCM']],
    ['decentralized_identifier', 'direct_post', 'post', []],
  ])('a wallet presents to %s by %s', async (prefix, mode, method, encs) => {
    const clientId = clientIds[prefix];
    const place = desk(clientId, mode);
    const link = authorizationRequestLink({
      clientId,
      requestUri: 'https://passport.example/requests/1',
      ...(method === undefined ? {} : { method }),
    });
    const response = await walletAt(place, encs).present(link);
    expect(response.status).toBe(200);
    expect(place.answers).toHaveLength(1);
    expect(await check(place.answers[0], clientId)).toEqual(shown);
  });

  const link = (clientId: string): string =>
    authorizationRequestLink({ clientId, requestUri: 'https://passport.example/requests/1' });

  it('a holder says no', async () => {
    const place = desk(clientIds.x509_hash, 'direct_post.jwt');
    await walletAt(place).refuse(link(clientIds.x509_hash));
    expect(place.answers).toEqual([{ kind: 'error', error: 'access_denied' }]);
  });

  it.each<[string, keyof typeof clientIds, object, RegExp]>([
    [
      'of another host',
      'x509_san_dns',
      { response_uri: 'https://elsewhere.example/responses/1' },
      /domain name/,
    ],
    [
      'of another verifier',
      'x509_hash',
      { client_id: clientIds.x509_san_dns },
      /client_id does not match/,
    ],
    ['for another wallet', 'x509_hash', { aud: 'https://wallet.example' }, /verification of jwt/],
    ['that has ended', 'x509_hash', { exp: 1 }, /verification of jwt/],
    ['with the nonce of another wallet', 'x509_hash', { wallet_nonce: 'x' }, /wallet_nonce/],
  ])('a wallet refuses a request %s', async (_name, prefix, change, why) => {
    const place = desk(clientIds[prefix], 'direct_post.jwt', change);
    await expect(walletAt(place).present(link(clientIds[prefix]))).rejects.toThrow(why);
    expect(place.answers).toEqual([]);
  });
});

describe('through the Digital Credentials API', () => {
  it.each<[keyof typeof clientIds, ResponseMode]>([
    ['x509_hash', 'dc_api.jwt'],
    ['x509_san_dns', 'dc_api'],
    ['decentralized_identifier', 'dc_api.jwt'],
  ])('a wallet presents to %s by %s', async (prefix, mode) => {
    const place = desk(clientIds[prefix], mode);
    const origin = 'https://hr.example';
    const request = digitalCredentialRequest(await place.sign());
    const credential = await walletAt(place).presentDigital(request, origin);
    const answer = await readDigitalCredential(credential, place.rules);
    expect(await check(answer, originAudience(origin))).toEqual(shown);
  });

  it('a wallet refuses a page that the request does not name', async () => {
    const place = desk(clientIds.x509_hash, 'dc_api.jwt');
    const request = digitalCredentialRequest(await place.sign());
    await expect(walletAt(place).presentDigital(request, 'https://evil.example')).rejects.toThrow(
      /expected_origins/,
    );
  });
});
