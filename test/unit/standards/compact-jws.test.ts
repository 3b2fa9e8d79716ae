import { generateKeyPairSync, sign } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { encodeBase64url } from '../../../standards/base64url.ts';
import {
  keyObjectSigner,
  parseCompactJws,
  signCompactJws,
  verifyEs256,
} from '../../../standards/compact-jws.ts';
import { testKey } from './keys.ts';

const key = testKey();
const b64 = (value: unknown): string => encodeBase64url(JSON.stringify(value));
const token = (header: unknown, payload: unknown = {}): string =>
  `${b64(header)}.${b64(payload)}.${'A'.repeat(86)}`;

describe('compact JWS', () => {
  it('reads back and verifies what it signed', async () => {
    const compact = await signCompactJws({ header: { typ: 'x' }, payload: { a: 1 } }, key.signer);
    const jws = parseCompactJws(compact);
    expect(jws.header).toEqual({ kid: 'key-1', typ: 'x', alg: 'ES256' });
    expect(jws.payload).toEqual({ a: 1 });
    expect(verifyEs256(jws.signingInput, jws.signature, key.publicKey)).toBe(true);
    expect(verifyEs256(jws.signingInput, jws.signature, testKey().publicKey)).toBe(false);
    expect(verifyEs256(`${jws.signingInput}x`, jws.signature, key.publicKey)).toBe(false);
  });

  it('lets a caller leave kid out but never choose another alg', async () => {
    const header = { typ: 'x', kid: undefined, alg: 'none' };
    const compact = await signCompactJws({ header, payload: {} }, key.signer);
    expect(parseCompactJws(compact).header).toEqual({ typ: 'x', alg: 'ES256' });
  });

  it.each([
    ['no parts', 'abc', 'jws_malformed'],
    ['two parts', 'e30.e30', 'jws_malformed'],
    ['four parts', 'e30.e30..', 'jws_malformed'],
    ['five parts', 'e30.e30.e30.e30.e30', 'jws_malformed'],
    ['an empty header', '.e30.', 'jws_malformed'],
    ['an array as header', token([]), 'jws_malformed'],
    ['text as payload', token({ alg: 'ES256' }, 'x'), 'jws_malformed'],
    ['no alg', token({}), 'jws_alg_missing'],
    ['alg that is a number', token({ alg: 1 }), 'jws_alg_missing'],
    ['crit', token({ alg: 'ES256', crit: ['exp'] }), 'jws_crit_unsupported'],
    ['empty crit', token({ alg: 'ES256', crit: [] }), 'jws_crit_unsupported'],
    ['b64', token({ alg: 'ES256', b64: true }), 'jws_header_forbidden'],
    ['zip', token({ alg: 'ES256', zip: 'DEF' }), 'jws_header_forbidden'],
    ['jku', token({ alg: 'ES256', jku: 'https://x' }), 'jws_header_forbidden'],
    ['x5u', token({ alg: 'ES256', x5u: 'https://x' }), 'jws_header_forbidden'],
    ['jwk', token({ alg: 'ES256', jwk: {} }), 'jws_header_forbidden'],
    ['padding', `${token({ alg: 'ES256' })}==`, 'base64url_not_canonical'],
    ['a space', ` ${token({ alg: 'ES256' })}`, 'base64url_not_canonical'],
    [
      'a repeated alg',
      `${encodeBase64url('{"alg":"none","alg":"ES256"}')}.e30.`,
      'json_duplicate_member',
    ],
    ['70,000 characters', token({ alg: 'ES256' }, { a: 'x'.repeat(60_000) }), 'jws_too_long'],
  ])('refuses a token with %s', (_name, compact, expected) => {
    expect(() => parseCompactJws(compact)).toThrow(expect.objectContaining({ code: expected }));
  });

  it('checks a header that it has read before as it did the first time', () => {
    const withKey = token({ alg: 'ES256', jwk: key.jwk, list: [{ a: 1 }] });
    expect(parseCompactJws(withKey, { allowJwk: true }).header['jwk']).toEqual(key.jwk);
    expect(() => parseCompactJws(withKey)).toThrow(
      expect.objectContaining({ code: 'jws_header_forbidden' }),
    );
    const { header } = parseCompactJws(withKey, { allowJwk: true });
    expect(() => Object.assign(header, { alg: 'none' })).toThrow(TypeError);
    expect(() => Object.assign((header['list'] as object[])[0] ?? {}, { a: 2 })).toThrow(TypeError);
  });

  it('takes jwk where it is asked for', () => {
    const compact = token({ alg: 'ES256', jwk: key.jwk });
    expect(parseCompactJws(compact, { allowJwk: true }).header['jwk']).toEqual(key.jwk);
  });

  it('refuses DER, empty, zero and truncated signatures', () => {
    const data = 'a.b';
    const der = sign('sha256', Buffer.from(data), key.privateKey);
    const raw = sign('sha256', Buffer.from(data), {
      key: key.privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    expect(verifyEs256(data, raw, key.publicKey)).toBe(true);
    for (const bad of [
      der,
      Buffer.alloc(0),
      Buffer.alloc(64),
      raw.subarray(0, 63),
      Buffer.alloc(64, 255),
    ]) {
      expect(verifyEs256(data, bad, key.publicKey)).toBe(false);
    }
  });

  it('refuses keys of another kind', () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const ed = generateKeyPairSync('ed25519');
    for (const pair of [p384, ed]) {
      expect(() => keyObjectSigner({ key: pair.privateKey, kid: 'x' })).toThrow(
        expect.objectContaining({ code: 'key_unsuitable' }),
      );
      expect(verifyEs256('a.b', new Uint8Array(64), pair.publicKey)).toBe(false);
    }
    expect(() => keyObjectSigner({ key: key.publicKey, kid: 'x' })).toThrow(
      expect.objectContaining({ code: 'key_unsuitable' }),
    );
  });

  it('refuses a signer that answers DER', async () => {
    const der = { ...key.signer, sign: (data: Uint8Array) => sign('sha256', data, key.privateKey) };
    await expect(signCompactJws({ header: {}, payload: {} }, der)).rejects.toThrow(
      expect.objectContaining({ code: 'signature_malformed' }),
    );
  });
});
