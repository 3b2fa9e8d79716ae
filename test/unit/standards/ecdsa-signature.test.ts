import { generateKeyPairSync, sign, verify } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { derSignature, rawSignature } from '../../../standards/ecdsa-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const data = Buffer.from('signed');
const dsaEncoding = 'ieee-p1363';

const half = (hex: string): Buffer => Buffer.from(hex.padStart(64, '0'), 'hex');
const integer = (hex: string): Buffer =>
  Buffer.concat([Buffer.from([0x02, hex.length / 2]), Buffer.from(hex, 'hex')]);
const sequence = (r: string, s: string): Buffer => {
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
};

describe('an ECDSA signature', () => {
  it.each([
    ['01', '02', '01', '02'],
    ['7f', '80', '7f', '0080'],
    ['ff'.repeat(32), '80'.repeat(32), `00${'ff'.repeat(32)}`, `00${'80'.repeat(32)}`],
    ['7f'.repeat(32), '7f'.repeat(31), '7f'.repeat(32), '7f'.repeat(31)],
    ['00', '00', '00', '00'],
    ['ff'.repeat(31), `80${'00'.repeat(30)}`, `00${'ff'.repeat(31)}`, `0080${'00'.repeat(30)}`],
  ])('with r %s and s %s is written in the shortest form', (r, s, derR, derS) => {
    const raw = Buffer.concat([half(r), half(s)]);
    expect(derSignature(raw)).toEqual(sequence(derR, derS));
    expect(rawSignature(sequence(derR, derS))).toEqual(raw);
  });

  it('comes back as it was, whatever r and s are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.nat(32), (bytes, zeros) => {
        bytes.fill(0, 0, zeros);
        expect(rawSignature(derSignature(bytes))).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('is the one that node:crypto reads and writes', () => {
    for (let run = 0; run < 300; run += 1) {
      const raw = sign('sha256', data, { key: privateKey, dsaEncoding });
      expect(verify('sha256', data, publicKey, derSignature(raw))).toBe(true);
      const converted = rawSignature(sign('sha256', data, privateKey)) ?? Buffer.alloc(0);
      expect(verify('sha256', data, { key: publicKey, dsaEncoding }, converted)).toBe(true);
    }
  });

  it.each([
    ['nothing', ''],
    ['another tag', '3106020101020102'],
    ['another length', '3007020101020102'],
    ['r of another type', '3006030101020102'],
    ['s of another type', '3006020101030102'],
    ['s past the end', '3006020101020202'],
    ['bytes after s', '300702010102010200'],
    ['an r of 33 bytes', sequence('01'.repeat(33), '01').toString('hex')],
    ['an s of 33 bytes', sequence('01', '01'.repeat(33)).toString('hex')],
  ])('is not %s', (_name, hex) => {
    expect(rawSignature(Buffer.from(hex, 'hex'))).toBeUndefined();
  });
});
