import { describe, expect, it } from '@jest/globals';

import { parseSdJwt, serialiseSdJwt } from '../../../../standards/sd-jwt/serialisation.ts';
import { encodeBase64url } from '../../../../standards/base64url.ts';

const header = encodeBase64url('{"alg":"ES256"}');
const flat = { payload: 'e30', protected: header, signature: 'AAAA' };
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('SD-JWT as text', () => {
  it('comes apart in compact form', () => {
    expect(parseSdJwt('a.b.c~')).toEqual({ jwt: 'a.b.c', disclosures: [], bound: 'a.b.c~' });
    expect(parseSdJwt('a.b.c~d~e~k.b.j')).toEqual({
      jwt: 'a.b.c',
      disclosures: ['d', 'e'],
      keyBindingJwt: 'k.b.j',
      bound: 'a.b.c~d~e~',
    });
    expect(serialiseSdJwt('a.b.c', ['d'], 'k')).toBe('a.b.c~d~k');
    expect(serialiseSdJwt('a.b.c', [])).toBe('a.b.c~');
  });

  it('comes apart in JWS JSON form, flattened and general', () => {
    const unprotected = { disclosures: ['d'], kb_jwt: 'k.b.j', kid: 'x' };
    const expected = {
      jwt: `${header}.e30.AAAA`,
      disclosures: ['d'],
      keyBindingJwt: 'k.b.j',
      bound: `${header}.e30.AAAA~d~`,
    };
    expect(parseSdJwt(JSON.stringify({ ...flat, header: unprotected }))).toEqual(expected);
    const signature = { protected: header, signature: 'AAAA', header: unprotected };
    const second = { protected: header, signature: 'BBBB' };
    const general = { payload: 'e30', signatures: [signature, second] };
    expect(parseSdJwt(JSON.stringify(general))).toEqual(expected);
  });

  it.each([
    ['nothing', '', 'sd_jwt_malformed'],
    ['no tilde', 'a.b.c', 'sd_jwt_malformed'],
    ['no JWS', '~d~', 'sd_jwt_malformed'],
    ['an empty disclosure', 'a.b.c~~d~', 'sd_jwt_malformed'],
    ['101 disclosures', `a.b.c~${'d~'.repeat(101)}`, 'sd_jwt_too_many_disclosures'],
    ['10,000 disclosures', `a.b.c~${'d~'.repeat(10_000)}`, 'sd_jwt_too_many_disclosures'],
    ['64 kB', `a.b.c~${'d'.repeat(2 ** 16)}~`, 'sd_jwt_too_long'],
    ['broken JSON', '{', 'sd_jwt_malformed'],
    ['a repeated JSON member', '{"payload":"e30","payload":"e30"}', 'sd_jwt_malformed'],
    ['no payload', JSON.stringify({ ...flat, payload: undefined }), 'sd_jwt_malformed'],
    [
      'a tilde in a disclosure',
      JSON.stringify({ ...flat, header: { disclosures: ['a~b'] } }),
      'sd_jwt_malformed',
    ],
    [
      'a disclosure that is no text',
      JSON.stringify({ ...flat, header: { disclosures: [1] } }),
      'sd_jwt_malformed',
    ],
    ['an empty kb_jwt', JSON.stringify({ ...flat, header: { kb_jwt: '' } }), 'sd_jwt_malformed'],
    [
      'an unprotected alg',
      JSON.stringify({ ...flat, header: { alg: 'ES256' } }),
      'sd_jwt_malformed',
    ],
    ['an unprotected crit', JSON.stringify({ ...flat, header: { crit: [] } }), 'sd_jwt_malformed'],
    [
      'signature and signatures',
      JSON.stringify({ ...flat, signatures: [flat] }),
      'sd_jwt_malformed',
    ],
    ['no signatures', JSON.stringify({ payload: 'e30', signatures: [] }), 'sd_jwt_malformed'],
    [
      'disclosures with the second signature',
      JSON.stringify({
        payload: 'e30',
        signatures: [flat, { ...flat, header: { disclosures: ['d'] } }],
      }),
      'sd_jwt_malformed',
    ],
    [
      'too many disclosures in JSON',
      JSON.stringify({ ...flat, header: { disclosures: Array(101).fill('d') } }),
      'sd_jwt_too_many_disclosures',
    ],
  ])('is refused with %s', (_name, text, expected) => {
    expect(() => parseSdJwt(text)).toThrow(code(expected));
  });

  it('takes 100 disclosures', () => {
    expect(parseSdJwt(`a.b.c~${'d~'.repeat(100)}k`).disclosures).toHaveLength(100);
  });
});
