import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { ldapFraming } from '../../../runtime/ldap-framing.ts';

const message = (length: number, form: 0 | 1 | 4): Buffer => {
  const header = Buffer.from([0x30, 0x80 | form, 0, 0, 0, 0].slice(0, 2 + form));
  if (form === 0) header.writeUInt8(length, 1);
  else header.writeUIntBE(length, 2, form);
  return Buffer.concat([header, Buffer.alloc(length, 0x30)]);
};

describe('messages in a stream', () => {
  it('come out as they went in, however the bytes arrive', () => {
    const messages = fc.array(
      fc.record({ length: fc.nat(127), form: fc.constantFrom(0 as const, 1 as const, 4 as const) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(messages, fc.array(fc.integer({ min: 1, max: 40 })), (all, cuts) => {
        const sent = all.map(({ length, form }) => message(length, form));
        const bytes = Buffer.concat(sent);
        const take = ldapFraming(1_000);
        const got: Buffer[] = [];
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          got.push(...take(bytes.subarray(at, at + cut)));
          at += cut;
        }
        expect(got.map((one) => one.toString('hex'))).toEqual(
          sent.map((one) => one.toString('hex')),
        );
      }),
      { numRuns: 100 },
    );
  });

  it.each(['00', '4142', '3080', '3085', '30850000000001', '308203e9'])('are not %s', (hex) => {
    expect(() => ldapFraming(1_000)(Buffer.from(hex, 'hex'))).toThrow();
  });
});
