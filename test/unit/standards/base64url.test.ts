import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  decodeBase64url,
  decodeBase64urlText,
  encodeBase64url,
} from '../../../standards/base64url.ts';

const refused: unknown = expect.objectContaining({ code: 'base64url_not_canonical' });

describe('base64url', () => {
  it.each([
    'QQ==',
    'QQ=',
    ' QQ',
    'Q Q',
    'QQ\n',
    'QR',
    'Q',
    '+/+/',
    'Q.Q',
    'QQ\u0000',
    'é',
    'QUJ\u0663',
  ])('refuses %j', (text) => {
    expect(() => decodeBase64url(text)).toThrow(refused);
  });

  it('reads back every byte string and no other spelling of it', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, text) => {
        expect(new Uint8Array(decodeBase64url(encodeBase64url(bytes)))).toEqual(bytes);
        let decoded: Buffer | undefined;
        try {
          decoded = decodeBase64url(text);
        } catch {
          return;
        }
        expect(encodeBase64url(decoded)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it('accepts one of the 64 last characters of a signature', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const signature = encodeBase64url(new Uint8Array(64).fill(7));
    const original = decodeBase64url(signature).toString('hex');
    const accepted = Array.from(alphabet).filter((last) => {
      try {
        return decodeBase64url(signature.slice(0, -1) + last).toString('hex') === original;
      } catch {
        return false;
      }
    });
    expect(accepted).toEqual([signature.at(-1)]);
  });

  it('refuses text that is not UTF-8 and keeps a real replacement character', () => {
    expect(() => decodeBase64urlText(encodeBase64url(new Uint8Array([0xff])))).toThrow(refused);
    expect(() => decodeBase64urlText(encodeBase64url(new Uint8Array([0xc0, 0x80])))).toThrow(
      refused,
    );
    expect(decodeBase64urlText(encodeBase64url('\uFFFD'))).toBe('\uFFFD');
  });
});
