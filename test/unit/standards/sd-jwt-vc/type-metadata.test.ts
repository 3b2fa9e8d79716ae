import { describe, expect, it } from '@jest/globals';

import {
  type ProcessedCredential,
  typeMetadataFaults,
} from '../../../../standards/sd-jwt-vc/check-type-metadata.ts';
import {
  extendTypeMetadata,
  resolveTypeMetadata,
} from '../../../../standards/sd-jwt-vc/extend-type-metadata.ts';
import {
  integrityOf,
  isIntegrity,
  matchesIntegrity,
} from '../../../../standards/sd-jwt-vc/integrity.ts';
import {
  type ClaimMetadata,
  readTypeMetadata,
  type TypeMetadata,
  writeTypeMetadata,
} from '../../../../standards/sd-jwt-vc/type-metadata.ts';

const VCT = 'https://betelgeuse.example.com/education_credential';
const bytes = (document: unknown): Uint8Array => Buffer.from(JSON.stringify(document));
const degree: TypeMetadata = {
  vct: VCT,
  name: 'Education credential',
  display: [{ locale: 'en', name: 'Degree', rendering: { simple: { text_color: '#fff' } } }],
  claims: [
    { path: ['name'], display: [{ locale: 'en', label: 'Name' }], sd: 'always', svg_id: 'name' },
    { path: ['address', 'street_address'], sd: 'allowed' },
    { path: ['degrees', null, 'type'], sd: 'never', mandatory: true },
    { path: ['degrees', 0] },
  ],
};

describe('a type metadata document (section 5)', () => {
  it('reads as it was written', () => {
    expect(readTypeMetadata(Buffer.from(writeTypeMetadata(degree)))).toEqual(degree);
  });

  it('is read without members that the specification does not define', () => {
    expect(readTypeMetadata(bytes({ vct: VCT, schema_uri: 'x', claims: [] }))).toEqual({
      vct: VCT,
      claims: [],
    });
  });

  const claim = (change: object) => ({ vct: VCT, claims: [{ path: ['name'], ...change }] });
  it.each<[string, unknown]>([
    ['is not an object', []],
    ['names no type', { name: 'x' }],
    ['extends itself', { vct: VCT, extends: VCT }],
    ['pins what it does not extend', { vct: VCT, 'extends#integrity': 'sha256-x' }],
    ['has a malformed digest', { vct: VCT, extends: 'urn:x', 'extends#integrity': 'sha256-x' }],
    ['shows itself in no language', { vct: VCT, display: [] }],
    ['shows itself without a name', { vct: VCT, display: [{ locale: 'en' }] }],
    [
      'shows itself twice in a language',
      {
        vct: VCT,
        display: [
          { locale: 'en', name: 'a' },
          { locale: 'EN', name: 'b' },
        ],
      },
    ],
    ['has a language that is none', { vct: VCT, display: [{ locale: 'en_GB', name: 'a' }] }],
    ['has a claim without a path', { vct: VCT, claims: [{}] }],
    ['has an empty path', claim({ path: [] })],
    ['has a path of a negative index', claim({ path: ['a', -1] })],
    ['has a path of half an index', claim({ path: ['a', 0.5] })],
    ['has a path of a boolean', claim({ path: ['a', true] })],
    ['has a path as text', claim({ path: 'a' })],
    ['discloses sometimes', claim({ sd: 'sometimes' })],
    ['demands by text', claim({ mandatory: 'true' })],
    ['labels a claim with nothing', claim({ display: [{ locale: 'en' }] })],
    ['has an SVG id that starts with a digit', claim({ svg_id: '1a' })],
    ['has an SVG id with a hyphen', claim({ svg_id: 'a-b' })],
    ['describes a path twice', { vct: VCT, claims: [{ path: ['a'] }, { path: ['a'] }] }],
    [
      'uses an SVG id twice',
      {
        vct: VCT,
        claims: [
          { path: ['a'], svg_id: 'x' },
          { path: ['b'], svg_id: 'x' },
        ],
      },
    ],
    [
      'has two templates that nothing tells apart',
      {
        vct: VCT,
        display: [
          { locale: 'en', name: 'x', rendering: { svg_templates: [{ uri: 'a' }, { uri: 'b' }] } },
        ],
      },
    ],
    [
      'has empty template properties',
      {
        vct: VCT,
        display: [
          { locale: 'en', name: 'x', rendering: { svg_templates: [{ uri: 'a', properties: {} }] } },
        ],
      },
    ],
  ])('is refused when it %s', (_what, document) => {
    expect(() => readTypeMetadata(bytes(document))).toThrow(
      expect.objectContaining({ code: 'type_metadata_malformed' }),
    );
  });

  it.each([
    ['is not JSON', Buffer.from('{')],
    ['has a member twice', Buffer.from(`{"vct":"a","vct":"b"}`)],
    ['is not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['is too long', Buffer.alloc(2 ** 18 + 1, 0x20)],
  ])('is refused when it %s', (_what, document) => {
    expect(() => readTypeMetadata(document)).toThrow(
      expect.objectContaining({ code: 'type_metadata_malformed' }),
    );
  });
});

describe('an integrity value (section 6)', () => {
  it('is that of the document’s bytes, and of no others', () => {
    const document = bytes(degree);
    const value = integrityOf(document);
    expect(value).toMatch(/^sha256-[A-Za-z0-9+/]{43}=$/);
    expect(isIntegrity(value)).toBe(true);
    expect(matchesIntegrity(value, document)).toBe(true);
    expect(matchesIntegrity(value, Buffer.from(JSON.stringify(degree, null, 1)))).toBe(false);
  });
});

describe('a type that extends another (section 5)', () => {
  const base: TypeMetadata = {
    vct: 'https://example.com/base-type-metadata',
    claims: [
      { path: ['name'], display: [{ label: 'Full Name', locale: 'en' }] },
      { path: ['address', 'city'], display: [{ label: 'City', locale: 'en' }] },
    ],
  };
  const child: TypeMetadata = {
    vct: 'https://example.com/custom-type-metadata',
    extends: base.vct,
    claims: [
      { path: ['address', 'city'], display: [{ label: 'Town', locale: 'en' }] },
      { path: ['nationalities'], display: [{ label: 'Nationalities', locale: 'en' }] },
    ],
  };
  const library = (...types: readonly TypeMetadata[]) => {
    const documents = new Map(types.map((type) => [type.vct, bytes(type)]));
    return (vct: string) => Promise.resolve(documents.get(vct));
  };

  it('inherits claims and may word them otherwise, as in the specification’s example', async () => {
    const { claims } = await resolveTypeMetadata(child.vct, undefined, library(base, child));
    expect(claims?.map(({ path, display }) => [path.join('.'), display?.[0]?.label])).toEqual([
      ['name', 'Full Name'],
      ['address.city', 'Town'],
      ['nationalities', 'Nationalities'],
    ]);
  });

  it.each<[string, ClaimMetadata, ClaimMetadata]>([
    ['opens what was always hidden', { path: ['a'], sd: 'always' }, { path: ['a'], sd: 'never' }],
    ['leaves open what was never hidden', { path: ['a'], sd: 'never' }, { path: ['a'] }],
    ['makes a mandatory claim optional', { path: ['a'], mandatory: true }, { path: ['a'] }],
  ])('is refused when it %s', (_what, before, after) => {
    const extend = () =>
      extendTypeMetadata({ vct: 'a', claims: [before] }, { vct: 'b', claims: [after] });
    expect(extend).toThrow(expect.objectContaining({ code: 'type_metadata_extension_invalid' }));
  });

  it('may hide and demand what was left open', () => {
    const narrowed: ClaimMetadata = { path: ['a'], sd: 'always', mandatory: true };
    expect(
      extendTypeMetadata({ vct: 'a', claims: [{ path: ['a'] }] }, { vct: 'b', claims: [narrowed] }),
    ).toEqual({ vct: 'b', claims: [narrowed] });
  });

  it.each<[string, string, () => Promise<unknown>]>([
    [
      'circle',
      'type_metadata_circular',
      () =>
        resolveTypeMetadata(
          'a',
          undefined,
          library({ vct: 'a', extends: 'b' }, { vct: 'b', extends: 'a' }),
        ),
    ],
    [
      'chain without end',
      'type_metadata_circular',
      () =>
        resolveTypeMetadata('0', undefined, (vct) =>
          Promise.resolve(bytes({ vct, extends: String(Number(vct) + 1) })),
        ),
    ],
    [
      'missing base',
      'type_metadata_missing',
      () => resolveTypeMetadata('a', undefined, library({ vct: 'a', extends: 'b' })),
    ],
    [
      'document of another type',
      'type_metadata_malformed',
      () => resolveTypeMetadata('a', undefined, () => Promise.resolve(bytes({ vct: 'b' }))),
    ],
    [
      'changed document',
      'type_metadata_integrity_wrong',
      () =>
        resolveTypeMetadata(
          'a',
          integrityOf(bytes({ vct: 'a' })),
          library({ vct: 'a', name: 'x' }),
        ),
    ],
    [
      'changed base',
      'type_metadata_integrity_wrong',
      () =>
        resolveTypeMetadata(
          'a',
          undefined,
          library(
            { vct: 'a', extends: 'b', 'extends#integrity': integrityOf(bytes({ vct: 'b' })) },
            { vct: 'b', name: 'x' },
          ),
        ),
    ],
  ])('is refused for a %s', async (_what, code, resolve) => {
    await expect(resolve()).rejects.toMatchObject({ code });
  });
});

describe('a credential against its type (section 5)', () => {
  const credential: ProcessedCredential = {
    claims: {
      vct: VCT,
      name: 'Arthur Dent',
      address: { street_address: '42 Market Street' },
      degrees: [{ type: 'Bachelor of Science' }, { type: 'Master of Science' }],
    },
    disclosed: [['name']],
    complete: true,
  };
  const faults = (change: Partial<ProcessedCredential>, metadata: TypeMetadata = degree) => [
    ...typeMetadataFaults(metadata, { ...credential, ...change }),
  ];
  const only = (claim: ClaimMetadata): TypeMetadata => ({ vct: VCT, claims: [claim] });

  it('keeps to it', () => {
    expect(faults({})).toEqual([]);
  });

  it.each<[string, string, Partial<ProcessedCredential>, TypeMetadata]>([
    ['is of another type', 'vct_mismatch', { claims: { ...credential.claims, vct: 'x' } }, degree],
    [
      'shows in the open what is always hidden',
      'claim_not_selectively_disclosable',
      { disclosed: [] },
      degree,
    ],
    [
      'hides what is never hidden',
      'claim_selectively_disclosable',
      { disclosed: [['name'], ['degrees', 1, 'type']] },
      degree,
    ],
    [
      'leaves one element in the open',
      'claim_not_selectively_disclosable',
      { disclosed: [['degrees', 0]] },
      only({ path: ['degrees', null], sd: 'always' }),
    ],
    [
      'hides one index',
      'claim_selectively_disclosable',
      { disclosed: [['degrees', 0]] },
      only({ path: ['degrees', 0], sd: 'never' }),
    ],
    [
      'lacks a mandatory claim',
      'mandatory_claim_missing',
      {},
      only({ path: ['email'], mandatory: true }),
    ],
    [
      'lacks one in one element',
      'mandatory_claim_missing',
      {},
      only({ path: ['degrees', null, 'university'], mandatory: true }),
    ],
    [
      'has an empty list',
      'mandatory_claim_missing',
      { claims: { vct: VCT, degrees: [] } },
      only({ path: ['degrees', null], mandatory: true }),
    ],
    ['has text where an object is', 'claim_path_mismatch', {}, only({ path: ['name', 'first'] })],
    ['has an object where a list is', 'claim_path_mismatch', {}, only({ path: ['address', null] })],
    ['has text where a list is', 'claim_path_mismatch', {}, only({ path: ['name', 0] })],
  ])('fails it when it %s', (_when, code, change, metadata) => {
    expect(faults(change, metadata)).toEqual([code]);
  });

  it('may keep a mandatory claim back in a presentation, when it can be kept back', () => {
    const presented = { claims: { vct: VCT }, disclosed: [], complete: false };
    expect(faults(presented, only({ path: ['name'], mandatory: true, sd: 'always' }))).toEqual([]);
    expect(faults(presented, only({ path: ['name'], mandatory: true, sd: 'never' }))).toEqual([
      'mandatory_claim_missing',
    ]);
  });

  it('says nothing about what is inside a part that was kept back', () => {
    const presented = { claims: { vct: VCT }, disclosed: [], complete: false };
    const inside: ClaimMetadata = { path: ['degrees', null, 'type'], mandatory: true, sd: 'never' };
    expect(faults(presented, only(inside))).toEqual([]);
  });

  it('does not find names that every object has', () => {
    expect(faults({}, only({ path: ['constructor'], mandatory: true }))).toEqual([
      'mandatory_claim_missing',
    ]);
  });
});
