import { describe, expect, it } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';

import {
  jwkThumbprint,
  publicEcJwk,
  publicJwkOf,
  publicKeyFromJwk,
} from '../../../standards/jwk-thumbprint.ts';
import { testKey } from './keys.ts';

const { jwk, publicKey, privateKey } = testKey();
const other = testKey().jwk;

describe('JWK thumbprint', () => {
  it('agrees with jose and ignores other members', async () => {
    expect(jwkThumbprint({ ...jwk, kid: 'x' } as typeof jwk)).toBe(
      await calculateJwkThumbprint({ ...jwk }),
    );
  });

  it('refuses keys that are not EC', () => {
    expect(() => jwkThumbprint({ kty: 'RSA', x: 'a', y: 'b', crv: 'c' })).toThrow(
      expect.objectContaining({ code: 'jwk_unsuitable' }),
    );
  });
});

describe('public P-256 JWK', () => {
  it('keeps the four members of RFC 7518 and leads to the same key', () => {
    expect(publicEcJwk.parse({ ...jwk, kid: 'x', alg: 'ES256', use: 'sig' })).toEqual(jwk);
    expect(publicKeyFromJwk(jwk).equals(publicKey)).toBe(true);
    expect(publicKeyFromJwk(jwk)).toBe(publicKeyFromJwk({ ...jwk }));
    expect(publicJwkOf(privateKey)).toEqual(jwk);
  });

  it.each([
    ['a private member', { ...jwk, d: jwk.x }],
    ['an empty private member', { ...jwk, d: undefined }],
    ['a symmetric member', { ...jwk, k: 'AAAA' }],
    ['another curve', { ...jwk, crv: 'P-384' }],
    ['another type', { ...jwk, kty: 'OKP' }],
    ['another algorithm', { ...jwk, alg: 'ES384' }],
    ['use for encryption', { ...jwk, use: 'enc' }],
    ['a padded coordinate', { ...jwk, x: `${jwk.x}=` }],
    ['stray bits', { ...jwk, x: `${jwk.x.slice(0, -1)}B` }],
    ['no y', { ...jwk, y: undefined }],
    ['a point off the curve', { ...jwk, y: other.y }],
    ['text', 'x'],
    ['null', null],
  ])('refuses %s', (_name, bad) => {
    expect(() => publicKeyFromJwk(bad)).toThrow(
      expect.objectContaining({ code: 'jwk_unsuitable' }),
    );
  });
});
