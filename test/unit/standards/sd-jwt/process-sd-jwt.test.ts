import { describe, expect, it } from '@jest/globals';

import { encodeBase64url } from '../../../../standards/base64url.ts';
import { sdHash } from '../../../../standards/sd-jwt/disclosure.ts';
import { processSdJwtPayload } from '../../../../standards/sd-jwt/process-sd-jwt.ts';

const disclosure = (...parts: unknown[]): string => encodeBase64url(JSON.stringify(parts));
const digest = (text: string): string => sdHash(text, 'sha-256');
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

const given = disclosure('s1', 'given_name', 'Ada');
const element = disclosure('s2', 'DE');
const inner = disclosure('s3', 'locality', 'Leeds');
const outer = disclosure('s4', 'address', { _sd: [digest(inner)] });

describe('processing disclosures', () => {
  it('puts members, elements and nested claims back and says where', () => {
    const payload = {
      iss: 'x',
      _sd: [digest(outer), digest(given), digest('decoy')],
      _sd_alg: 'sha-256',
      nationalities: [{ '...': digest('decoy 2') }, { '...': digest(element) }, 'FR'],
    };
    expect(processSdJwtPayload(payload, [given, element, inner, outer])).toEqual({
      payload: {
        iss: 'x',
        given_name: 'Ada',
        nationalities: ['DE', 'FR'],
        address: { locality: 'Leeds' },
      },
      disclosed: [
        { path: ['nationalities', 0], disclosure: element },
        { path: ['address'], disclosure: outer },
        { path: ['address', 'locality'], disclosure: inner },
        { path: ['given_name'], disclosure: given },
      ],
    });
  });

  it.each(['sha-384', 'sha-512'] as const)('understands %s', (alg) => {
    const payload = { _sd_alg: alg, _sd: [sdHash(given, alg)] };
    expect(processSdJwtPayload(payload, [given]).payload).toEqual({ given_name: 'Ada' });
  });

  const one = (text: string, extra: object = {}) => ({ _sd: [digest(text)], ...extra });
  const named = (name: string): string => disclosure('s', name, 1);
  const two = disclosure('s', 'only a value');
  const spaced = encodeBase64url('["s", "given_name", "Eve"]');
  it.each<[string, Record<string, unknown>, string[], string]>([
    ['an unknown _sd_alg', one(given, { _sd_alg: 'md5' }), [given], 'sd_alg_unsupported'],
    ['a null _sd_alg', one(given, { _sd_alg: null }), [given], 'sd_alg_unsupported'],
    [
      'an inherited name as _sd_alg',
      one(given, { _sd_alg: 'toString' }),
      [given],
      'sd_alg_unsupported',
    ],
    ['a disclosure that is no JSON', one('AAAA'), ['AAAA'], 'disclosure_malformed'],
    ['a disclosure with padding', one(`${given}=`), [`${given}=`], 'disclosure_malformed'],
    [
      'a disclosure of four parts',
      one(disclosure(1, 2, 3, 4)),
      [disclosure('1', '2', 3, 4)],
      'disclosure_malformed',
    ],
    ['a disclosure of one part', one(disclosure('1')), [disclosure('1')], 'disclosure_malformed'],
    ['an object as disclosure', {}, [encodeBase64url('{"0":"s"}')], 'disclosure_malformed'],
    ['a salt that is a number', {}, [disclosure(1, 'a', 2)], 'disclosure_malformed'],
    ['a name that is a number', {}, [disclosure('s', 1, 2)], 'disclosure_malformed'],
    [
      'a repeated member in a disclosure',
      {},
      [encodeBase64url('["s","a",{"b":1,"b":2}]')],
      'disclosure_malformed',
    ],
    ['the same disclosure twice', one(given), [given, given], 'disclosure_repeated'],
    ['_sd that is no list', { _sd: digest(given) }, [], 'digests_malformed'],
    ['a digest that is a number', { _sd: [1] }, [], 'digests_malformed'],
    [
      'a digest object with more members',
      { a: [{ '...': digest(element), b: 1 }] },
      [element],
      'digests_malformed',
    ],
    ['... outside an array', { '...': digest(given) }, [], 'digests_malformed'],
    ['two parts inside an object', one(two), [two], 'disclosure_object_length'],
    [
      'three parts inside an array',
      { a: [{ '...': digest(given) }] },
      [given],
      'disclosure_array_length',
    ],
    ['the name _sd', one(named('_sd')), [named('_sd')], 'disclosure_name_reserved'],
    ['the name ...', one(named('...')), [named('...')], 'disclosure_name_reserved'],
    ['the name _sd_alg', one(named('_sd_alg')), [named('_sd_alg')], 'disclosure_name_reserved'],
    [
      'the name __proto__',
      one(named('__proto__')),
      [named('__proto__')],
      'disclosure_name_reserved',
    ],
    ['a name that exists', one(given, { given_name: 'Eve' }), [given], 'disclosure_name_exists'],
    [
      'a name disclosed twice',
      { _sd: [digest(given), digest(spaced)] },
      [given, spaced],
      'disclosure_name_exists',
    ],
    [
      'a digest twice in one list',
      { _sd: [digest(given), digest(given)] },
      [given],
      'digest_repeated',
    ],
    [
      'a digest in two places',
      one(given, { a: { _sd: [digest(given)] } }),
      [given],
      'digest_repeated',
    ],
    ['a decoy digest twice', { _sd: ['x'], a: [{ '...': 'x' }] }, [], 'digest_repeated'],
    [
      'a digest again inside a disclosure',
      { _sd: [digest(outer), digest(inner)] },
      [inner, outer],
      'digest_repeated',
    ],
    ['a disclosure nobody refers to', one(given), [given, inner], 'disclosure_unreferenced'],
    ['a nested one without its parent', one(outer), [inner], 'disclosure_unreferenced'],
  ])('refuses %s', (_name, payload, disclosures, expected) => {
    expect(() => processSdJwtPayload(payload, disclosures)).toThrow(code(expected));
  });

  it('stops at a depth, however the levels are made', () => {
    const disclosures: string[] = [];
    let payload: Record<string, unknown> = { end: 1 };
    for (let level = 0; level < 90; level += 1) {
      const text = disclosure('s', `l${String(level)}`, payload);
      disclosures.push(text);
      payload = { _sd: [digest(text)] };
    }
    expect(() => processSdJwtPayload(payload, disclosures)).toThrow(code('sd_jwt_depth_exceeded'));
  });
});
