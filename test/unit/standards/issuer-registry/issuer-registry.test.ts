import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { keyObjectSigner, signCompactJws } from '../../../../standards/compact-jws.ts';
import { findAccreditedKey } from '../../../../standards/issuer-registry/find-accredited-key.ts';
import { readIssuerRegistry } from '../../../../standards/issuer-registry/read-issuer-registry.ts';
import { publicJwkOf } from '../../../../standards/jwk-thumbprint.ts';
import { certifyAnchor, certifyLeaf } from '../../../../subgraphs/passport/keys/certificates.ts';

const ADDRESS = 'https://passport.example/issuer-registry';
const ISSUER = 'https://passport.example/trusts/RZ1';
const VCT = 'https://passport.example/credential-types/identity';
const NOW = new Date('2026-11-25T12:00:00Z');
const seconds = (date: string): number => Date.parse(date) / 1000;
const iat = NOW.getTime() / 1000 - 60;

interface Certified {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly x5c: readonly [string];
}
interface Authority {
  readonly certificate: string;
  readonly sha256: string;
  readonly certify: (url: string) => Promise<Certified>;
}

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

async function authority(): Promise<Authority> {
  const { privateKey, publicKey } = pair();
  const signer = keyObjectSigner({ key: privateKey, kid: 'anchor' });
  const anchor = { publicKey, sign: (data: Uint8Array) => signer.sign(data) };
  const certificate = await certifyAnchor(anchor, NOW);
  return {
    certificate,
    sha256: createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('base64url'),
    certify: async (issuerUrl) => {
      const keys = pair();
      const leaf = { publicKey: keys.publicKey, issuerUrl, use: 'registry', name: 'x', now: NOW };
      return { ...keys, x5c: [await certifyLeaf({ ...leaf, use: 'registry' }, anchor)] };
    },
  };
}

let ours: Authority;
let theirs: Authority;
let registrar: Certified;
let trust: Certified;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([authority(), authority()]);
  [registrar, trust] = await Promise.all([ours.certify(ADDRESS), ours.certify(ISSUER)]);
});

const claims = (change: Record<string, unknown> = {}) => ({
  iss: ADDRESS,
  iat,
  exp: iat + 86_400,
  version: 7,
  anchors: [{ certificate: ours.certificate, sha256: ours.sha256 }],
  issuers: [issuerEntry()],
  ...change,
});
const issuerEntry = (change: Record<string, unknown> = {}) => ({
  issuer: ISSUER,
  ods: 'RZ1',
  jwks_uri: `${ISSUER}/jwks`,
  jwks: { keys: [{ ...publicJwkOf(trust.publicKey), kid: 'trust-1', x5c: trust.x5c }] },
  accreditations: [
    {
      vct: VCT,
      from: seconds('2026-01-01'),
      until: seconds('2026-07-01'),
      anchor: ours.sha256,
    },
  ],
  ...change,
});

const sign = (
  payload: object = claims(),
  header: Record<string, unknown> = {},
  by: Certified = registrar,
): Promise<string> =>
  signCompactJws(
    { header: { typ: 'issuer-registry+jwt', x5c: by.x5c, ...header }, payload },
    keyObjectSigner({ key: by.privateKey, kid: 'registry-1' }),
  );
const read = (jwt: string, change: Partial<Parameters<typeof readIssuerRegistry>[1]> = {}) =>
  readIssuerRegistry(jwt, { address: ADDRESS, anchor: ours.certificate, now: NOW, ...change });

describe('reading a register', () => {
  it('gives what was signed', async () => {
    expect(read(await sign())).toEqual({
      kind: 'registry',
      registry: {
        version: 7,
        issuedAt: new Date(iat * 1000),
        expiresAt: new Date((iat + 86_400) * 1000),
        anchors: claims().anchors,
        issuers: claims().issuers,
      },
    });
  });

  it.each<[string, string, () => Promise<string>]>([
    ['nothing', 'registry_malformed', () => Promise.resolve('')],
    ['a token of another kind', 'registry_type_wrong', () => sign(claims(), { typ: 'JWT' })],
    ['no type', 'registry_type_wrong', () => sign(claims(), { typ: undefined })],
    ['a critical member', 'registry_malformed', () => sign(claims(), { crit: ['x'] })],
    ['no certificate', 'registry_anchor_wrong', () => sign(claims(), { x5c: undefined })],
    [
      'another anchor',
      'registry_anchor_wrong',
      async () => sign(claims(), {}, await theirs.certify(ADDRESS)),
    ],
    [
      'an issuer that signs for the register',
      'registry_address_wrong',
      () => sign(claims(), {}, trust),
    ],
    ['another address', 'registry_address_wrong', () => sign(claims({ iss: `${ADDRESS}/` }))],
    [
      'a key that the certificate is not for',
      'registry_signature_invalid',
      () => sign(claims(), { x5c: registrar.x5c }, trust),
    ],
    [
      'a changed payload',
      'registry_signature_invalid',
      async () => {
        const [header = '', , signature = ''] = (await sign()).split('.');
        const payload = Buffer.from(JSON.stringify(claims({ version: 8 }))).toString('base64url');
        return `${header}.${payload}.${signature}`;
      },
    ],
    ['no issuers', 'registry_malformed', () => sign(claims({ issuers: undefined }))],
    ['no anchor', 'registry_malformed', () => sign(claims({ anchors: [] }))],
    ['version 0', 'registry_malformed', () => sign(claims({ version: 0 }))],
    ['one that begins later', 'registry_not_yet_valid', () => sign(claims({ iat: iat + 180 }))],
    ['one that has run out', 'registry_expired', () => sign(claims({ exp: iat - 1 }))],
  ])('refuses %s', async (_what, fault, make) => {
    expect(read(await make())).toEqual({ kind: 'refused', fault });
  });

  it('refuses an edition older than the one that is held, and takes that one again', async () => {
    const jwt = await sign();
    expect(read(jwt, { heldVersion: 8 })).toEqual({ kind: 'refused', fault: 'registry_older' });
    expect(read(jwt, { heldVersion: 7 }).kind).toBe('registry');
  });
});

describe('asking the register', () => {
  const ask = (
    change: Partial<Parameters<typeof findAccreditedKey>[1]> = {},
    entry: Record<string, unknown> = {},
  ) => {
    const { anchors } = claims();
    const registry = { anchors, issuers: [issuerEntry(entry)] } as never;
    const issuedAt = new Date('2026-06-30T23:59:59Z');
    const question = { issuer: ISSUER, vct: VCT, issuedAt, kid: 'trust-1', now: NOW };
    const answer = findAccreditedKey(registry, { ...question, ...change });
    return answer.kind === 'refused' ? answer.fault : answer.key.equals(trust.publicKey);
  };

  it('names the key of an issuer that was accredited at the time', () => {
    expect(ask()).toBe(true);
  });

  it.each([
    'https://passport.example/trusts/RZ2',
    'https://passport.example/trusts/RZ1/',
    'https://passport.example/trusts/rz1',
    'https://passport.example/trusts/RZ1?',
    'https://passport.example/trusts/RZ1#',
    'https://passport.example/trusts/RZ1%20',
    'https://passport.example:443/trusts/RZ1',
    'https://PASSPORT.example/trusts/RZ1',
    'http://passport.example/trusts/RZ1',
    'https://passport.example./trusts/RZ1',
    'https://passport.example/trusts/RZ\u0031\u200b',
    'https://passport.example/trusts//RZ1',
    'https://passport.example/trusts/../trusts/RZ1',
    'https://passp\u043ert.example/trusts/RZ1',
    'https://passport.example@evil.example/trusts/RZ1',
    'https://passport.example.evil.example/trusts/RZ1',
    '',
  ])('does not know %j', (issuer) => {
    expect(ask({ issuer })).toBe('issuer_unknown');
  });

  it.each<[string, string, Parameters<typeof ask>]>([
    ['another type', 'type_not_accredited', [{ vct: `${VCT}/` }]],
    [
      'the second before',
      'outside_accreditation',
      [{ issuedAt: new Date('2025-12-31T23:59:59Z') }],
    ],
    [
      'the moment it ends',
      'outside_accreditation',
      [{ issuedAt: new Date('2026-07-01T00:00:00Z') }],
    ],
    ['another key', 'key_unknown', [{ kid: 'trust-2' }]],
    ['a certificate that has run out', 'key_not_under_anchor', [{ now: new Date('2040-01-01') }]],
  ])('refuses %s', (_what, fault, question) => {
    expect(ask(...question)).toBe(fault);
  });

  it('refuses a key whose certificate is not the issuer’s, not the key’s, or not under the anchor', async () => {
    const foreign = await theirs.certify(ISSUER);
    const keyWith = (key: KeyObject, x5c: readonly string[]) => ({
      jwks: { keys: [{ ...publicJwkOf(key), kid: 'trust-1', x5c }] },
    });
    expect(ask({}, keyWith(registrar.publicKey, registrar.x5c))).toBe('key_not_under_anchor');
    expect(ask({}, keyWith(registrar.publicKey, trust.x5c))).toBe('key_not_under_anchor');
    expect(ask({}, keyWith(foreign.publicKey, foreign.x5c))).toBe('key_not_under_anchor');
    const other = issuerEntry().accreditations.map((one) => ({ ...one, anchor: theirs.sha256 }));
    expect(ask({}, { accreditations: other })).toBe('key_not_under_anchor');
  });
});
