import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { splitCompactJws } from '../../../../standards/compact-jws.ts';
import {
  type DisclosureFrame,
  hideClaims,
  issueSdJwt,
} from '../../../../standards/sd-jwt/issue-sd-jwt.ts';
import { presentSdJwt } from '../../../../standards/sd-jwt/present-sd-jwt.ts';
import { processSdJwtPayload } from '../../../../standards/sd-jwt/process-sd-jwt.ts';
import { parseSdJwt } from '../../../../standards/sd-jwt/serialisation.ts';
import { testKey } from '../keys.ts';

const { signer } = testKey();
const code = (expected: string): unknown => expect.objectContaining({ code: expected });
const claims = {
  iss: 'https://i.example',
  given_name: 'Ada',
  address: { locality: 'Leeds', country: 'GB', lines: ['1 High St', 'Flat 2'] },
  nationalities: ['GB', { code: 'FR' }, 'DE'],
};
const disclose: DisclosureFrame = {
  _sd: ['given_name', 'address'],
  address: { _sd: ['locality'], lines: { _sd: [0, 1] } },
  nationalities: { _sd: [1, 2], 1: { _sd: ['code'] } },
};

describe('issuing an SD-JWT', () => {
  it('hides what the frame names and nothing else', async () => {
    const issued = await issueSdJwt({ claims, disclose, header: { typ: 'x' } }, signer);
    const { jwt, disclosures } = parseSdJwt(issued);
    const { payload, header } = splitCompactJws(jwt);
    expect(header).toEqual({ typ: 'x', kid: 'key-1', alg: 'ES256' });
    expect(Object.keys(payload).sort()).toEqual(['_sd', '_sd_alg', 'iss', 'nationalities']);
    // Digests are random letters, so two of a country's code may well be among them.
    expect(JSON.stringify(payload)).not.toMatch(/Ada"|Leeds|"FR"|"DE"|High St/);
    expect(disclosures).toHaveLength(8);
    expect(processSdJwtPayload(payload, disclosures).payload).toEqual(claims);
  });

  it('adds decoys that look like any other digest', () => {
    const { payload, disclosures } = hideClaims({ claims, disclose, decoys: 3 });
    const digests = payload['_sd'] as string[];
    expect(digests).toHaveLength(5);
    expect(digests).toEqual(digests.toSorted());
    expect(digests.every((one) => /^[\w-]{43}$/.test(one))).toBe(true);
    expect(payload['nationalities']).toHaveLength(6);
    expect(processSdJwtPayload(payload, disclosures).payload).toEqual(claims);
  });

  it('never uses a salt twice', () => {
    const many = Array.from(
      { length: 300 },
      () => hideClaims({ claims, disclose }).disclosures,
    ).flat();
    const salts = many.map(
      (one) => (JSON.parse(Buffer.from(one, 'base64url').toString()) as string[])[0],
    );
    expect(new Set(salts).size).toBe(many.length);
    expect(salts.every((salt) => /^[\w-]{22}$/.test(salt ?? ''))).toBe(true);
  });

  it('leaves out members that are undefined', () => {
    const content = { claims: { a: undefined, b: 1 }, disclose: { _sd: ['a', 'b'] } };
    const { payload, disclosures } = hideClaims(content);
    expect(disclosures).toHaveLength(1);
    expect(processSdJwtPayload(payload, disclosures).payload).toEqual({ b: 1 });
  });

  it.each<[string, Record<string, unknown>, DisclosureFrame, string]>([
    ['a claim that is not there', { a: 1 }, { _sd: ['b'] }, 'disclosure_frame_invalid'],
    ['an inherited name', { a: 1 }, { _sd: ['toString'] }, 'disclosure_frame_invalid'],
    ['a frame for a claim that is not there', { a: 1 }, { b: {} }, 'disclosure_frame_invalid'],
    ['a frame inside a text', { a: 'x' }, { a: { _sd: ['b'] } }, 'disclosure_frame_invalid'],
    ['an index past the end', { a: [1] }, { a: { _sd: [1] } }, 'disclosure_frame_invalid'],
    ['a name in an array', { a: [1] }, { a: { _sd: ['length'] } }, 'disclosure_frame_invalid'],
    ['an index as text', { a: [1] }, { a: { _sd: ['0'] } }, 'disclosure_frame_invalid'],
    ['a claim called _sd', { _sd: [] }, {}, 'reserved_claim_name'],
    ['a claim called ...', { a: [{ '...': 1 }] }, {}, 'reserved_claim_name'],
    ['a claim called _sd_alg', { _sd_alg: 'x' }, {}, 'reserved_claim_name'],
  ])('refuses %s', (_name, bad, frame, expected) => {
    expect(() => hideClaims({ claims: bad, disclose: frame })).toThrow(code(expected));
  });

  it('gives back any claims, whatever is hidden', () => {
    const name = fc.stringMatching(/^[a-z]{1,6}$/);
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(
        fc.dictionary(name, value, { maxKeys: 8 }),
        fc.nat(3),
        fc.infiniteStream(fc.boolean()),
        (raw, decoys, coin) => {
          if (/"(_sd|\.\.\.|__proto__|constructor|prototype)":/.test(JSON.stringify(raw))) return;
          const wild = JSON.parse(JSON.stringify(raw)) as Record<string, unknown>;
          const frame = { _sd: Object.keys(wild).filter(() => coin.next().value) };
          const { payload, disclosures } = hideClaims({ claims: wild, disclose: frame, decoys });
          const wire = JSON.parse(JSON.stringify(payload)) as Record<string, unknown>;
          expect(processSdJwtPayload(wire, disclosures).payload).toEqual(wild);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('presenting an SD-JWT', () => {
  const read = (text: string): unknown => {
    const { jwt, disclosures } = parseSdJwt(text);
    return processSdJwtPayload(splitCompactJws(jwt).payload, disclosures).payload;
  };

  it('shows nothing, everything, or one claim with what leads to it', async () => {
    const issued = await issueSdJwt({ claims, disclose, header: {} }, signer);
    expect(read(presentSdJwt(issued, () => false))).toEqual({
      iss: 'https://i.example',
      nationalities: ['GB'],
    });
    expect(presentSdJwt(issued, () => true)).toBe(issued);
    expect(read(presentSdJwt(issued, (path) => path.join('.') === 'address.locality'))).toEqual({
      iss: 'https://i.example',
      nationalities: ['GB'],
      address: { country: 'GB', locality: 'Leeds', lines: [] },
    });
    expect(read(presentSdJwt(issued, (path) => path.join('.') === 'nationalities.1.code'))).toEqual(
      {
        iss: 'https://i.example',
        nationalities: ['GB', { code: 'FR' }],
      },
    );
  });

  it('refuses a presentation that is key-bound already', async () => {
    const issued = await issueSdJwt({ claims, disclose, header: {} }, signer);
    expect(() => presentSdJwt(`${issued}a.b.c`, () => true)).toThrow(
      code('key_binding_unexpected'),
    );
  });
});
