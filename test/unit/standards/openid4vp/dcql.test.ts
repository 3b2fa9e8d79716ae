import { readFile } from 'node:fs/promises';

import { describe, expect, it } from '@jest/globals';

import { type DcqlQuery, parseDcqlQuery } from '../../../../standards/openid4vp/dcql.ts';
import type { PresentedClaims } from '../../../../standards/openid4vp/fit-dcql.ts';
import { matchDcql } from '../../../../standards/openid4vp/match-dcql.ts';

const identity = 'https://passport.example/credentials/identity/1';
const training = 'https://passport.example/credentials/training/1';

/** Shaped as in OpenID4VP 1.0, appendix D: claim sets, alternatives, values. */
const query: DcqlQuery = parseDcqlQuery({
  credentials: [
    {
      id: 'identity',
      format: 'dc+sd-jwt',
      meta: { vct_values: [identity] },
      trusted_authorities: [{ type: 'aki', values: ['s9tIpPmhxdiuNkHMEWNpYim8S8Y'] }],
      claims: [
        { id: 'a', path: ['last_name'] },
        { id: 'b', path: ['postal_code'] },
        { id: 'c', path: ['address', 'locality'] },
      ],
      claim_sets: [
        ['a', 'b'],
        ['a', 'c'],
      ],
    },
    {
      id: 'training',
      format: 'dc+sd-jwt',
      meta: { vct_values: [training] },
      multiple: true,
      claims: [
        { path: ['subjects', null, 'level'], values: [2, 3] },
        { path: ['outcome'], values: ['PASSED'] },
      ],
    },
    { id: 'extra', format: 'dc+sd-jwt', meta: { vct_values: [training] } },
  ],
  credential_sets: [
    { options: [['identity', 'training'], ['identity']] },
    { options: [['extra']], required: false },
  ],
});

const person: PresentedClaims = {
  format: 'dc+sd-jwt',
  vct: identity,
  claims: { last_name: 'Okafor', postal_code: 'LS1' },
  authorityKeyIds: ['s9tIpPmhxdiuNkHMEWNpYim8S8Y'],
};
const course: PresentedClaims = {
  format: 'dc+sd-jwt',
  vct: training,
  claims: { outcome: 'PASSED', subjects: [{ level: 1 }, { level: 3 }] },
  authorityKeyIds: [],
};

interface Examples {
  readonly files: Readonly<Record<string, unknown>>;
}
const vectors = new URL('../../../vectors/openid4vp-1.0-examples.json', import.meta.url);
const { files } = JSON.parse(await readFile(vectors, 'utf8')) as Examples;

describe('the examples of OpenID4VP 1.0, appendix D', () => {
  it.each(['claims_alternatives', 'credentials_alternatives', 'simple', 'value_matching_simple'])(
    'are read: %s',
    (name) => {
      const example = files[`query_lang/${name}.json`];
      expect(parseDcqlQuery(example)).toEqual(example);
    },
  );

  // Mobile documents and W3C credentials are not checked here.
  it.each([
    'query_lang/complex_mdoc',
    'query_lang/multi_credentials',
    'query_lang/simple_mdoc',
    'request/dcql_jwt_vc',
    'request/dcql_ldp_vc',
  ])('are refused for their format: %s', (name) => {
    expect(() => parseDcqlQuery(files[`${name}.json`])).toThrow(
      expect.objectContaining({ code: 'dcql_query_invalid' }),
    );
  });
});

describe('parseDcqlQuery', () => {
  it('leaves out what it does not know', () => {
    const [asked] = parseDcqlQuery({
      credentials: [
        { id: 'x', format: 'dc+sd-jwt', meta: { vct_values: [identity], other: 1 }, purpose: 'x' },
      ],
      extension: {},
    }).credentials;
    expect(asked).toEqual({ id: 'x', format: 'dc+sd-jwt', meta: { vct_values: [identity] } });
  });

  const one = (change: object): object => ({
    credentials: [{ id: 'x', format: 'dc+sd-jwt', meta: { vct_values: [identity] }, ...change }],
  });
  const claim = (change: object): object => one({ claims: [{ path: ['a'], ...change }] });
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text', '{}'],
    ['no credentials', { credentials: [] }],
    [
      'too many credentials',
      {
        credentials: Array.from({ length: 21 }, (_, id) => ({
          id: String(id),
          format: 'dc+sd-jwt',
          meta: { vct_values: [identity] },
        })),
      },
    ],
    [
      'a name twice',
      { credentials: [1, 2].flatMap(() => (one({}) as { credentials: object[] }).credentials) },
    ],
    ['a name with a space', one({ id: 'a b' })],
    ['another format', one({ format: 'mso_mdoc', meta: { doctype_value: 'x' } })],
    ['no type', one({ meta: {} })],
    ['no proof of the holder', one({ require_cryptographic_holder_binding: false })],
    ['no claims in the list', one({ claims: [] })],
    [
      'too many claims',
      one({ claims: Array.from({ length: 51 }, (_, at) => ({ path: [`c${String(at)}`] })) }),
    ],
    ['a path twice', one({ claims: [{ path: ['a'] }, { path: ['a'] }] })],
    ['an empty path', claim({ path: [] })],
    ['a path that starts with a number', claim({ path: [0] })],
    ['a path below zero', claim({ path: ['a', -1] })],
    ['a deep path', claim({ path: Array.from({ length: 9 }, () => 'a') })],
    ['a name that every object has', claim({ path: ['toString'] })],
    ['a prototype', claim({ path: ['__proto__'] })],
    ['a value that is an object', claim({ values: [{}] })],
    ['no values in the list', claim({ values: [] })],
    ['sets without claims', one({ claim_sets: [['a']] })],
    [
      'a set of claims that are not there',
      one({ claims: [{ id: 'a', path: ['a'] }], claim_sets: [['b']] }),
    ],
    [
      'a set of credentials that are not there',
      { ...one({}), credential_sets: [{ options: [['y']] }] },
    ],
    [
      'another kind of authority',
      one({ trusted_authorities: [{ type: 'openid_federation', values: ['https://x.example'] }] }),
    ],
    [
      'a long query',
      one({ meta: { vct_values: Array.from({ length: 50 }, (_, at) => String(at).repeat(500)) } }),
    ],
  ])('refuses %s', (_name, value) => {
    expect(() => parseDcqlQuery(value)).toThrow(
      expect.objectContaining({ code: 'dcql_query_invalid' }),
    );
  });
});

describe('matchDcql', () => {
  const match = (answer: Record<string, readonly PresentedClaims[]>, asked = query) =>
    matchDcql(asked, new Map(Object.entries(answer)));
  const having = (claims: PresentedClaims['claims']): PresentedClaims => ({ ...course, claims });

  it.each<[string, Record<string, readonly PresentedClaims[]>]>([
    ['what is required', { identity: [person] }],
    [
      'the other claim set',
      {
        identity: [{ ...person, claims: { last_name: 'Okafor', address: { locality: 'Leeds' } } }],
      },
    ],
    ['several, where that is asked for', { identity: [person], training: [course, course] }],
    ['what is optional', { identity: [person], extra: [course] }],
  ])('is satisfied by %s', (_name, answer) => {
    expect(match(answer)).toEqual({ satisfied: true, faults: [] });
  });

  it.each<[string, Record<string, readonly PresentedClaims[]>, object[]]>([
    ['nothing', {}, [{ code: 'credential_set_not_satisfied' }]],
    ['what is optional alone', { extra: [course] }, [{ code: 'credential_set_not_satisfied' }]],
    [
      'what was not asked for',
      { identity: [person], other: [course] },
      [{ queryId: 'other', code: 'credential_not_asked_for' }],
    ],
    [
      'an empty list',
      { identity: [] },
      [{ queryId: 'identity', code: 'credential_not_presented' }],
    ],
    [
      'two where one was asked for',
      { identity: [person, person] },
      [{ queryId: 'identity', code: 'credential_presented_twice' }],
    ],
    [
      'another type',
      { identity: [{ ...person, vct: training }] },
      [{ queryId: 'identity', code: 'credential_type_not_asked_for' }],
    ],
    [
      'another authority',
      { identity: [{ ...person, authorityKeyIds: ['AAAA'] }] },
      [{ queryId: 'identity', code: 'credential_authority_not_asked_for' }],
    ],
    [
      'no authority',
      { identity: [{ ...person, authorityKeyIds: [] }] },
      [{ queryId: 'identity', code: 'credential_authority_not_asked_for' }],
    ],
    [
      'half of each claim set',
      { identity: [{ ...person, claims: { last_name: 'Okafor' } }] },
      [{ queryId: 'identity', code: 'claims_not_disclosed' }],
    ],
    [
      'another value',
      { identity: [person], training: [having({ outcome: 'FAILED', subjects: [{ level: 2 }] })] },
      [{ queryId: 'training', code: 'claims_not_disclosed' }],
    ],
    [
      'a value of another kind',
      { identity: [person], training: [having({ outcome: 'PASSED', subjects: [{ level: '2' }] })] },
      [{ queryId: 'training', code: 'claims_not_disclosed' }],
    ],
    [
      'one good presentation and one bad',
      { identity: [person], training: [course, having({})] },
      [{ queryId: 'training', code: 'claims_not_disclosed' }],
    ],
  ])('is not satisfied by %s', (_name, answer, faults) => {
    expect(match(answer)).toEqual({ satisfied: false, faults });
  });

  const asking = (path: (string | number | null)[]): DcqlQuery =>
    parseDcqlQuery({
      credentials: [
        { id: 'x', format: 'dc+sd-jwt', meta: { vct_values: [training] }, claims: [{ path }] },
      ],
    });
  it.each<[(string | number | null)[], object, boolean]>([
    [['list', 1], { list: ['a'] }, true],
    [['list', 1], { list: [] }, false],
    [['list', 'length'], { list: ['a'] }, false],
    [['list', null], { list: { 0: 'a' } }, false],
    [['list'], { list: [] }, false],
    [['name'], { name: null }, false],
    [['name'], { name: '' }, true],
    [['name'], { name: false }, true],
    [['name', 'first'], { name: 'first' }, false],
  ])('reads the path %j in %j', (path, claims, found) => {
    expect(
      match({ x: [having(claims as PresentedClaims['claims'])] }, asking(path)).satisfied,
    ).toBe(found);
  });

  it('needs every credential when there are no sets', () => {
    expect(match({}, asking(['a'])).faults).toEqual([
      { queryId: 'x', code: 'credential_not_presented' },
    ]);
  });
});
