import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { parseCompactJws, verifyEs256 } from '../../../../standards/compact-jws.ts';
import { decryptionKeyOf } from '../../../../standards/openid4vci/encrypted-message.ts';
import { authorizationRequestLink } from '../../../../standards/openid4vp/authorization-request-link.ts';
import {
  decentralizedIdentifierClientId,
  x509HashClientId,
  x509SanDnsClientId,
} from '../../../../standards/openid4vp/client-id.ts';
import { parseDcqlQuery } from '../../../../standards/openid4vp/dcql.ts';
import {
  type PresentationQuestion,
  requestObjectClaims,
  signRequestObject,
} from '../../../../standards/openid4vp/request-object.ts';
import { testKey } from '../keys.ts';
import { certificateFor } from '../sd-jwt-vc/certificate.ts';

const certificate = certificateFor(testKey());
const key = testKey('request-1', [certificate]);
const encryption = decryptionKeyOf(Buffer.alloc(32, 7)).publicJwk;
const question: PresentationQuestion = {
  clientId: x509HashClientId(certificate),
  destination: {
    mode: 'direct_post.jwt',
    responseUri: 'https://passport.example/openid4vp/responses/1',
    state: 'state-1',
  },
  nonce: 'nonce-1',
  query: parseDcqlQuery({
    credentials: [{ id: 'x', format: 'dc+sd-jwt', meta: { vct_values: ['https://a.example/1'] } }],
  }),
  verifier: { name: 'Leeds', encryptionKey: encryption },
  now: new Date('2026-11-26T01:00:00Z'),
  expiresAt: new Date('2026-11-26T01:05:00Z'),
};

it('names a verifier by the hash of its certificate', () => {
  const sha256 = createHash('sha256').update(Buffer.from(certificate, 'base64'));
  expect(x509HashClientId(certificate)).toBe(`x509_hash:${sha256.digest('base64url')}`);
});

describe('requestObjectClaims', () => {
  it('says everything that a wallet needs, once', () => {
    expect(requestObjectClaims({ ...question, walletNonce: 'w' })).toEqual({
      aud: 'https://self-issued.me/v2',
      iat: 1_795_654_800,
      exp: 1_795_655_100,
      client_id: question.clientId,
      response_type: 'vp_token',
      response_mode: 'direct_post.jwt',
      response_uri: 'https://passport.example/openid4vp/responses/1',
      state: 'state-1',
      nonce: 'nonce-1',
      dcql_query: question.query,
      client_metadata: {
        client_name: 'Leeds',
        jwks: { keys: [encryption] },
        encrypted_response_enc_values_supported: ['A128GCM', 'A256GCM'],
        vp_formats_supported: {
          'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
        },
      },
      wallet_nonce: 'w',
    });
  });

  it('names the pages that may ask, through the Digital Credentials API', () => {
    const claims = requestObjectClaims({
      ...question,
      destination: { mode: 'dc_api.jwt', expectedOrigins: ['https://hr.example'] },
    });
    expect(claims).toMatchObject({
      response_mode: 'dc_api.jwt',
      expected_origins: ['https://hr.example'],
    });
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['response_uri']));
    expect(Object.keys(claims)).not.toEqual(expect.arrayContaining(['state']));
  });

  it.each([
    ['an encrypted answer without a key', { ...question, verifier: {} }],
    [
      'a key for an answer that is not encrypted',
      { ...question, destination: { ...question.destination, mode: 'direct_post' } },
    ],
  ])('refuses %s', (_name, wrong) => {
    expect(() => requestObjectClaims(wrong as PresentationQuestion)).toThrow(
      expect.objectContaining({ code: 'request_object_invalid' }),
    );
  });
});

describe('signRequestObject', () => {
  const did = 'did:web:passport.example:trusts:RR8';
  it.each([
    [question.clientId, { x5c: [certificate] }],
    [x509SanDnsClientId('passport.example'), { x5c: [certificate] }],
    [decentralizedIdentifierClientId(did), { kid: `${did}#request-1` }],
  ])('names the key of %s', async (clientId, named) => {
    const claims = requestObjectClaims({ ...question, clientId });
    const { header, payload, signingInput, signature } = parseCompactJws(
      await signRequestObject(claims, key.signer),
    );
    expect(header).toEqual({ typ: 'oauth-authz-req+jwt', alg: 'ES256', ...named });
    expect(payload).toEqual(claims);
    expect(verifyEs256(signingInput, signature, key.publicKey)).toBe(true);
  });

  it.each([
    ['another certificate', x509HashClientId(certificateFor(testKey())), key],
    ['no certificate', question.clientId, testKey()],
    ['a prefix not used here', 'redirect_uri:https://passport.example/r', key],
  ])('refuses %s', (_name, clientId, { signer }) => {
    const claims = requestObjectClaims({ ...question, clientId });
    expect(() => signRequestObject(claims, signer)).toThrow(
      expect.objectContaining({ code: 'request_object_invalid' }),
    );
  });
});

it('writes links that wallets open', () => {
  expect(
    authorizationRequestLink(
      { clientId: 'x509_hash:a', requestUri: 'https://p.example/r/1', method: 'post' },
      'haip-vp',
    ),
  ).toBe(
    'haip-vp://?client_id=x509_hash%3Aa&request_uri=https%3A%2F%2Fp.example%2Fr%2F1&request_uri_method=post',
  );
});
