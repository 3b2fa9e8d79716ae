import { hash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { signCompactJws } from '../../../standards/compact-jws.ts';
import { isRecentProof, verifyDpopProof } from '../../../standards/dpop.ts';
import { jwkThumbprint } from '../../../standards/jwk-thumbprint.ts';
import { testKey } from './keys.ts';

const key = testKey();
const now = new Date('2026-11-25T12:00:00Z');
const seconds = now.getTime() / 1000;
const url = 'https://graph.example/graphql';
const accessToken = 'header.payload.signature';
const request = { method: 'POST', url };
const good = { jti: 'proof-1', htm: 'POST', htu: url, iat: seconds };

const sign = (claims: object = good, header: Record<string, unknown> = {}): Promise<string> =>
  signCompactJws(
    { header: { typ: 'dpop+jwt', kid: undefined, jwk: key.jwk, ...header }, payload: claims },
    key.signer,
  );
const refused = expect.objectContaining({ code: 'dpop_proof_invalid' });

describe('a DPoP proof', () => {
  it('names its key and itself', async () => {
    const ath = hash('sha256', accessToken, 'base64url');
    const proof = await sign({ ...good, ath, nonce: 'nonce-1' });
    expect(verifyDpopProof(proof, { ...request, accessToken })).toEqual({
      thumbprint: jwkThumbprint(key.jwk),
      proofId: 'proof-1',
      issuedAt: now,
      nonce: 'nonce-1',
    });
  });

  it('of RFC 9449, section 4.1, holds', () => {
    // The example of section 4.1, its line breaks taken out.
    const proof =
      'eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19' +
      '.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ' +
      '.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg';
    expect(
      verifyDpopProof(proof, { method: 'POST', url: 'https://server.example.com/token' }),
    ).toEqual({
      thumbprint: '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I',
      proofId: '-BwC3ESc6acc2lTc',
      issuedAt: new Date(1_562_262_616_000),
    });
  });

  it.each([
    'HTTPS://GRAPH.example/graphql',
    'https://graph.example:443/graphql',
    'https://graph.example/graphql?query=%7B%7D#part',
    'https://graph.example/x/../graphql',
    'https://graph.example/%67raphql',
  ])('may spell the address as %s', async (htu) => {
    expect(verifyDpopProof(await sign({ ...good, htu }), request).proofId).toBe('proof-1');
  });

  it.each([
    'http://graph.example/graphql',
    'https://graph.example:8443/graphql',
    'https://graph.example/graphql/',
    'https://graph.example/GraphQL',
    'https://graph.example/%2Fgraphql',
    'https://someone@graph.example/graphql',
    'https://graph.example.evil.example/graphql',
    '/graphql',
    '',
  ])('is not for the address %p', async (htu) => {
    const proof = await sign({ ...good, htu });
    expect(() => verifyDpopProof(proof, request)).toThrow(refused);
  });

  it.each<[string, object, Record<string, unknown>]>([
    ['typ JWT', good, { typ: 'JWT' }],
    ['no typ', good, { typ: undefined }],
    ['no key', good, { jwk: undefined }],
    ['a private key', good, { jwk: { ...key.jwk, d: 'a'.repeat(43) } }],
    ['a symmetric key', good, { jwk: { kty: 'oct', k: 'AA' } }],
    ['a key for encryption', good, { jwk: { ...key.jwk, use: 'enc' } }],
    ['another key', good, { jwk: testKey().jwk }],
    ['a key named as well', good, { kid: 'key-1' }],
    ['certificates', good, { x5c: ['AA'] }],
    ['crit', good, { crit: ['exp'], exp: 1 }],
    ['another method', { ...good, htm: 'GET' }, {}],
    ['the method in small letters', { ...good, htm: 'post' }, {}],
    ['no jti', { ...good, jti: undefined }, {}],
    ['a jti without end', { ...good, jti: 'x'.repeat(256) }, {}],
    ['a jti that is no text', { ...good, jti: 7 }, {}],
    ['no iat', { ...good, iat: undefined }, {}],
    ['an iat that is text', { ...good, iat: String(seconds) }, {}],
    ['no htu', { ...good, htu: undefined }, {}],
    ['an empty nonce', { ...good, nonce: '' }, {}],
  ])('is refused with %s', async (_what, claims, header) => {
    const proof = await sign(claims, header);
    expect(() => verifyDpopProof(proof, request)).toThrow(refused);
  });

  it.each([undefined, hash('sha256', 'another', 'base64url')])(
    'must name the token that it comes with, not %p',
    async (ath) => {
      const proof = await sign({ ...good, ath });
      expect(() => verifyDpopProof(proof, { ...request, accessToken })).toThrow(refused);
    },
  );

  it.each([
    [0, true],
    [60, true],
    [-60, true],
    [61, false],
    [-61, false],
  ])('made %i seconds from now is recent: %s', async (offset, recent) => {
    const proof = verifyDpopProof(await sign({ ...good, iat: seconds + offset }), request);
    expect(isRecentProof(proof, now)).toBe(recent);
  });
});
