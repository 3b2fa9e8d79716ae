/**
 * What a forger can do with digests and disclosures, at every place where they may stand (RFC 9901, section 7.1; SD-JWT VC,
 * section 2.2.2.3). Each credential here is signed by its issuer and bound by its holder: only its structure is wrong.
 */
import { describe, expect, it } from '@jest/globals';

import { encodeBase64url } from '../../standards/base64url.ts';
import { sdHash } from '../../standards/sd-jwt/disclosure.ts';
import { PROTECTED_CLAIMS } from '../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import { verifyPresentation } from '../../standards/sd-jwt-vc/verify-presentation.ts';
import {
  claims,
  digest,
  disclosure,
  family,
  forge,
  type Forgery,
  given,
  holder,
  rules,
} from '../unit/standards/sd-jwt-vc/forge.ts';

async function expectRefused(forgery: Forgery, check: string, code: string): Promise<void> {
  const { outcome, checks, claims: told } = await verifyPresentation(await forge(forgery), rules);
  const failed = checks.filter((one) => one.outcome === 'failed');
  expect({ outcome, failed: failed.map((one) => [one.name, one.code]) }).toEqual({
    outcome: 'invalid',
    failed: [[check, code]],
  });
  expect(told === undefined || check === 'audience').toBe(true);
}

/** Part of a payload and the disclosures that belong to it. */
interface Fragment<Part> {
  readonly part: Part;
  readonly disclosures: readonly string[];
}
type Members = Readonly<Record<string, unknown>>;

/** Puts a fragment somewhere. */
type Place<Part> = readonly [name: string, put: (fragment: Fragment<Part>) => Forgery];

const withPayload = (payload: Members, disclosures: readonly string[]): Forgery => ({
  payload: { _sd: undefined, ...payload },
  digests: [],
  disclosures,
});
const hidden = (name: string, part: unknown, disclosures: readonly string[]): Forgery => {
  const outer = disclosure(name, part);
  return withPayload({ _sd: [digest(outer)] }, [...disclosures, outer]);
};
const hiddenElement = (part: unknown, disclosures: readonly string[]): Forgery => {
  const outer = disclosure(part);
  return withPayload({ list: ['x', { '...': digest(outer) }] }, [outer, ...disclosures]);
};

const objectPlaces: readonly Place<Members>[] = [
  ['at the top', ({ part, disclosures }) => withPayload(part, disclosures)],
  ['in a member', ({ part, disclosures }) => withPayload({ nest: part }, disclosures)],
  ['in a list', ({ part, disclosures }) => withPayload({ list: [1, part] }, disclosures)],
  [
    'deep inside',
    ({ part, disclosures }) => withPayload({ a: { b: [[{ c: part }]] } }, disclosures),
  ],
  ['in a disclosed member', ({ part, disclosures }) => hidden('nest', part, disclosures)],
  ['in a disclosed list', ({ part, disclosures }) => hidden('nest', [[part]], disclosures)],
  ['in a disclosed element', ({ part, disclosures }) => hiddenElement(part, disclosures)],
  [
    'in a disclosure inside a disclosure',
    ({ part, disclosures }) => {
      const inner = disclosure('inner', part);
      return hidden('nest', { _sd: [digest(inner)] }, [inner, ...disclosures]);
    },
  ],
];

const arrayPlaces: readonly Place<readonly unknown[]>[] = [
  ['in a member', ({ part, disclosures }) => withPayload({ list: part }, disclosures)],
  ['in a list', ({ part, disclosures }) => withPayload({ list: [part] }, disclosures)],
  ['deep inside', ({ part, disclosures }) => withPayload({ a: [{ b: part }] }, disclosures)],
  ['in a disclosed member', ({ part, disclosures }) => hidden('list', part, disclosures)],
  ['in a disclosed element', ({ part, disclosures }) => hiddenElement(part, disclosures)],
];

type Attack<Part> = readonly [name: string, fragment: Fragment<Part>, check: string, code: string];

const member = (name: string, value: unknown = 1): Fragment<Members> => {
  const one = disclosure(name, value);
  return { part: { _sd: [digest(one)] }, disclosures: [one] };
};
const raw = (text: string): Fragment<Members> => {
  const one = encodeBase64url(text);
  return { part: { _sd: [digest(one)] }, disclosures: [one] };
};
const two = disclosure('only a value');
const eve = encodeBase64url('["other salt", "given_name", "Eve"]');

const objectAttacks: readonly Attack<Members>[] = [
  [
    'a disclosure of two parts',
    { part: { _sd: [digest(two)] }, disclosures: [two] },
    'object_disclosures',
    'disclosure_object_length',
  ],
  ...['_sd', '...', '__proto__', 'constructor', 'prototype'].map((name): Attack<Members> => [
    `a disclosed ${name}`,
    member(name, { a: 1 }),
    'disclosure_names',
    'disclosure_name_reserved',
  ]),
  [
    'a disclosed name that is there',
    { part: { given_name: 'Eve', _sd: [digest(given)] }, disclosures: [given] },
    'disclosure_names_free',
    'disclosure_name_exists',
  ],
  [
    'a disclosed name that is there and null',
    { part: { given_name: null, _sd: [digest(given)] }, disclosures: [given] },
    'disclosure_names_free',
    'disclosure_name_exists',
  ],
  [
    'one name disclosed twice',
    { part: { _sd: [digest(given), digest(eve)] }, disclosures: [given, eve] },
    'disclosure_names_free',
    'disclosure_name_exists',
  ],
  [
    'one digest twice',
    { part: { _sd: [digest(given), digest(given)] }, disclosures: [given] },
    'digests_unique',
    'digest_repeated',
  ],
  [
    'one digest twice that nobody opens',
    { part: { _sd: [digest('x'), digest('x')] }, disclosures: [] },
    'digests_unique',
    'digest_repeated',
  ],
  [
    'one digest in two objects',
    { part: { _sd: [digest(given)], more: { _sd: [digest(given)] } }, disclosures: [given] },
    'digests_unique',
    'digest_repeated',
  ],
  [
    'one digest in an object and a list',
    { part: { _sd: [digest('x')], more: [{ '...': digest('x') }] }, disclosures: [] },
    'digests_unique',
    'digest_repeated',
  ],
  ...[null, 'x', 1, true, {}, { 0: digest(given), length: 1 }].map((list): Attack<Members> => [
    `_sd that is ${JSON.stringify(list)}`,
    { part: { _sd: list }, disclosures: [] },
    'digests_form',
    'digests_malformed',
  ]),
  ...[null, 1, true, {}, [digest(given)]].map((one): Attack<Members> => [
    `a digest that is ${JSON.stringify(one)}`,
    { part: { _sd: [one] }, disclosures: [] },
    'digests_form',
    'digests_malformed',
  ]),
  [
    'the name ... beside others',
    { part: { '...': digest(given), x: 1 }, disclosures: [] },
    'digests_form',
    'digests_malformed',
  ],
  ...(
    [
      ['empty', '[]'],
      ['of one part', '["salt"]'],
      ['of four parts', '["salt","a",1,2]'],
      ['with a number for a salt', '[1,"a",2]'],
      ['with no salt', '[null,"a",2]'],
      ['with a number for a name', '["salt",1,2]'],
      ['with a list for a name', '["salt",["a"],2]'],
      ['that is an object', '{"0":"salt","1":"a","2":1,"length":3}'],
      ['that is text', '"salt"'],
      ['that is null', 'null'],
      ['that is no JSON', "['salt','a',1]"],
      ['with something after it', '["salt","a",1] x'],
      ['with a repeated name in its value', '["salt","a",{"b":1,"b":2}]'],
      ['with __proto__ in its value', '["salt","a",{"__proto__":{"b":2}}]'],
      ['with a number past every other', '["salt","a",1e999]'],
      ['deeper than any reader goes', `["salt","a",${'['.repeat(40)}${']'.repeat(40)}]`],
    ] as const
  ).map(([name, text]): Attack<Members> => [
    `a disclosure ${name}`,
    raw(text),
    'disclosure_form',
    'disclosure_malformed',
  ]),
  [
    'the same disclosure twice',
    { part: { _sd: [digest(given)] }, disclosures: [given, given] },
    'disclosures_unique',
    'disclosure_repeated',
  ],
  [
    'a disclosure nobody refers to',
    { part: { _sd: [digest(given)] }, disclosures: [given, family] },
    'disclosures_referenced',
    'disclosure_unreferenced',
  ],
  [
    'a disclosure under another salt',
    { part: { _sd: [digest(given)] }, disclosures: [eve] },
    'disclosures_referenced',
    'disclosure_unreferenced',
  ],
  [
    'a digest by another hash',
    { part: { _sd: [sdHash(given, 'sha-512')] }, disclosures: [given] },
    'disclosures_referenced',
    'disclosure_unreferenced',
  ],
  [
    'a digest with padding',
    { part: { _sd: [`${digest(given)}=`] }, disclosures: [given] },
    'disclosures_referenced',
    'disclosure_unreferenced',
  ],
  [
    'the disclosure in place of its digest',
    { part: { _sd: [given] }, disclosures: [given] },
    'disclosures_referenced',
    'disclosure_unreferenced',
  ],
  [
    'a nested disclosure without the one around it',
    { part: { _sd: [digest(disclosure('nest', { _sd: [digest(given)] }))] }, disclosures: [given] },
    'disclosures_referenced',
    'disclosure_unreferenced',
  ],
];

const arrayAttacks: readonly Attack<readonly unknown[]>[] = [
  [
    'a disclosure of three parts',
    { part: [{ '...': digest(given) }], disclosures: [given] },
    'array_disclosures',
    'disclosure_array_length',
  ],
  [
    'a digest with a name beside it',
    { part: [{ '...': digest(two), x: 1 }], disclosures: [two] },
    'digests_form',
    'digests_malformed',
  ],
  [
    'a digest with _sd beside it',
    { part: [{ '...': digest(two), _sd: [] }], disclosures: [two] },
    'digests_form',
    'digests_malformed',
  ],
  ...[null, 1, true, {}, [digest(two)]].map((one): Attack<readonly unknown[]> => [
    `a digest that is ${JSON.stringify(one)}`,
    { part: [{ '...': one }], disclosures: [] },
    'digests_form',
    'digests_malformed',
  ]),
  [
    'one digest twice',
    { part: [{ '...': digest(two) }, { '...': digest(two) }], disclosures: [two] },
    'digests_unique',
    'digest_repeated',
  ],
  [
    'one digest in two lists',
    { part: [[{ '...': digest(two) }], [{ '...': digest(two) }]], disclosures: [two] },
    'digests_unique',
    'digest_repeated',
  ],
  [
    'an element nobody refers to',
    { part: ['x'], disclosures: [two] },
    'disclosures_referenced',
    'disclosure_unreferenced',
  ],
  [
    'the digest as the element itself',
    { part: [digest(two)], disclosures: [two] },
    'disclosures_referenced',
    'disclosure_unreferenced',
  ],
  [
    'a digest in _sd where a list has its elements',
    { part: [{ _sd: [digest(two)] }], disclosures: [two] },
    'object_disclosures',
    'disclosure_object_length',
  ],
];

describe.each(objectPlaces)('%s', (_place, put) => {
  it.each(objectAttacks)('%s is refused', async (_name, fragment, check, code) => {
    await expectRefused(put(fragment), check, code);
  });

  it('what is in order is taken', async () => {
    const fragment = { part: { _sd: [digest(given), digest('decoy')] }, disclosures: [given] };
    expect((await verifyPresentation(await forge(put(fragment)), rules)).outcome).toBe('valid');
  });
});

describe.each(arrayPlaces)('an element %s', (_place, put) => {
  it.each(arrayAttacks)('with %s is refused', async (_name, fragment, check, code) => {
    await expectRefused(put(fragment), check, code);
  });

  it('that is in order is taken', async () => {
    const fragment = { part: ['x', { '...': digest(two) }], disclosures: [two] };
    expect((await verifyPresentation(await forge(put(fragment)), rules)).outcome).toBe('valid');
  });
});

/** A claim in a disclosure of its own, in place of the open one. */
const kept = (name: string, value: unknown): Forgery => {
  const one = disclosure(name, value);
  return { digests: [digest(one)], disclosures: [one], payload: { [name]: undefined } };
};
const inside = (name: string, value: unknown, ...disclosures: string[]): Forgery => ({
  digests: [],
  disclosures,
  payload: { [name]: value },
});
const jwk = disclosure('jwk', holder.jwk);
const x = disclosure('x', holder.jwk.x);
const list = disclosure('status_list', claims.status.status_list);
const idx = disclosure('idx', 7);
const uri = disclosure('uri', 'https://status.example/1');
const type = disclosure('https://types.example/other');
const { kty, crv, y } = holder.jwk;

describe('a claim that must stay in the open', () => {
  it.each<[string, Forgery]>([
    ['nbf', kept('nbf', 1)],
    ['exp', kept('exp', claims.exp)],
    ['cnf', kept('cnf', claims.cnf)],
    ['status', kept('status', claims.status)],
    ['aka_vcts', kept('aka_vcts', ['https://types.example/other'])],
    ['vct#integrity', kept('vct#integrity', `sha256-${'A'.repeat(43)}=`)],
    ['the key in cnf', inside('cnf', { _sd: [digest(jwk)] }, jwk)],
    ['a coordinate of the key', inside('cnf', { jwk: { kty, crv, y, _sd: [digest(x)] } }, x)],
    ['the list in status', inside('status', { _sd: [digest(list)] }, list)],
    [
      'the index in status',
      inside(
        'status',
        { status_list: { uri: 'https://status.example/1', _sd: [digest(idx)] } },
        idx,
      ),
    ],
    [
      'the address in status',
      inside('status', { status_list: { idx: 7, _sd: [digest(uri)] } }, uri),
    ],
    ['one of aka_vcts', inside('aka_vcts', [{ '...': digest(type) }], type)],
    ['a digest in cnf that nobody opens', inside('cnf', { ...claims.cnf, _sd: [digest('x')] })],
    ['an empty _sd in status', inside('status', { ...claims.status, _sd: [] })],
    ['a digest in aka_vcts that nobody opens', inside('aka_vcts', ['x', { '...': digest('x') }])],
  ])('is refused in a disclosure: %s', async (_name, forgery) => {
    await expectRefused(forgery, 'protected_claims', 'protected_claim_disclosed');
  });

  it.each(['iss', 'vct'])('is missed in the open: %s', async (name) => {
    const check = name === 'iss' ? 'issuer_named' : 'vct';
    await expectRefused(kept(name, claims[name as 'iss']), check, `${name}_missing`);
  });

  it('is refused beside the open one, whichever it is', async () => {
    for (const name of PROTECTED_CLAIMS) {
      const one = disclosure(name, 'x');
      const open = Object.hasOwn(claims, name);
      await expectRefused(
        { digests: [digest(one)], disclosures: [one] },
        open ? 'disclosure_names_free' : 'protected_claims',
        open ? 'disclosure_name_exists' : 'protected_claim_disclosed',
      );
    }
  });

  it('may have its name deeper down, where it means nothing', async () => {
    const one = disclosure('exp', 1);
    const forgery = withPayload({ nest: { _sd: [digest(one)] } }, [one]);
    expect((await verifyPresentation(await forge(forgery), rules)).outcome).toBe('valid');
  });
});

describe('_sd_alg', () => {
  it.each([
    'md5',
    'sha-1',
    'SHA-256',
    'sha256',
    'sha-256 ',
    '',
    'toString',
    '__proto__',
    null,
    1,
    ['sha-256'],
    {},
  ])('is refused as %j', async (alg) => {
    await expectRefused({ payload: { _sd_alg: alg } }, 'sd_alg', 'sd_alg_unsupported');
  });

  it('cannot be disclosed', async () => {
    const one = disclosure('_sd_alg', 'sha-256');
    await expectRefused(
      { digests: [digest(one)], disclosures: [one], payload: { _sd_alg: undefined } },
      'disclosure_names',
      'disclosure_name_reserved',
    );
  });
});

describe('sizes', () => {
  const many = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, at) => disclosure(`claim_${String(at)}`, at));

  it('lets a hundred disclosures through, and no more', async () => {
    const hundred = await verifyPresentation(await forge({ disclosures: many(100) }), rules);
    expect(hundred.outcome).toBe('valid');
    await expectRefused(
      { disclosures: many(101) },
      'presentation_size',
      'sd_jwt_too_many_disclosures',
    );
  });

  it('lets 65,536 characters through, and no more', async () => {
    const base = (await forge({ disclosures: [disclosure('pad', '')] })).length;
    // Base64url writes three characters in four; the exact length is found by trying.
    const long = async (size: number) =>
      forge({ disclosures: [disclosure('pad', 'x'.repeat(size))] });
    let size = Math.floor(((65_536 - base) * 3) / 4) - 8;
    let text = await long(size);
    while (text.length < 65_534) text = await long((size += 1));
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect((await verifyPresentation(text, rules)).outcome).toBe('valid');
    const { checks } = await verifyPresentation(text.padEnd(65_537, 'A'), rules);
    expect(checks[0]).toMatchObject({ outcome: 'failed', code: 'sd_jwt_too_long' });
  });

  it.each([
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
  ])('lets no nest of %s through', async (_name, opening, closing) => {
    for (const depth of [17, 100, 5000]) {
      const nest = opening.repeat(depth) + '1' + closing.repeat(depth);
      const deep = encodeBase64url(`["salt","deep",${nest}]`);
      await expectRefused(
        { digests: [digest(deep)], disclosures: [deep] },
        'disclosure_form',
        'disclosure_malformed',
      );
    }
  });

  it('lets no nest of disclosures through', async () => {
    const disclosures: string[] = [];
    let part: Members = { end: 1 };
    for (let level = 0; level < 99; level += 1) {
      const one = disclosure('n', part);
      disclosures.push(one);
      part = { _sd: [digest(one)] };
    }
    await expectRefused(withPayload(part, disclosures), 'nesting', 'sd_jwt_depth_exceeded');
  });

  it('lets no nest of disclosed elements through', async () => {
    const disclosures: string[] = [];
    let part: readonly unknown[] = [1];
    for (let level = 0; level < 99; level += 1) {
      const one = disclosure(part);
      disclosures.push(one);
      part = [{ '...': digest(one) }];
    }
    await expectRefused(
      withPayload({ list: part }, disclosures),
      'nesting',
      'sd_jwt_depth_exceeded',
    );
  });
});
