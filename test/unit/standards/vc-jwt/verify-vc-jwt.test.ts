import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { encodeBase64url } from '../../../../standards/base64url.ts';
import { keyObjectSigner, signEncoded } from '../../../../standards/compact-jws.ts';
import { publicJwkOf } from '../../../../standards/jwk-thumbprint.ts';
import { VC_JWT_CHECKS } from '../../../../standards/vc-jwt/checks.ts';
import { vcJwtHeader } from '../../../../standards/vc-jwt/issue-vc-jwt.ts';
import { verifyVcJwt, type VcJwtRules } from '../../../../standards/vc-jwt/verify-vc-jwt.ts';

const NOW = new Date('2026-11-25T12:00:00Z');
const seconds = NOW.getTime() / 1000;
const DID = 'did:web:passport.example:trusts:RZ1';
const issuer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = keyObjectSigner({ key: issuer.privateKey, kid: 'key-1' });
const holder = publicJwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);

/** The university degree of the data model's examples (VCDM 2.0, section 4.9), as this profile writes it. */
const degree = {
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    'https://www.w3.org/ns/credentials/examples/v2',
  ],
  id: 'http://university.example/credentials/3732',
  type: ['VerifiableCredential', 'ExampleDegreeCredential'],
  issuer: DID,
  validFrom: '2026-01-01T19:23:24Z',
  validUntil: '2027-01-01T19:23:24Z',
  credentialSubject: {
    id: 'did:example:ebfeb1f712ebc6f1c276e12ec21',
    degree: { type: 'ExampleBachelorDegree', name: 'Bachelor of Science and Arts' },
  },
};
const credential: Readonly<Record<string, unknown>> = {
  ...degree,
  iss: DID,
  sub: degree.credentialSubject.id,
  jti: degree.id,
  iat: seconds - 60,
  exp: seconds + 60,
  cnf: { jwk: holder },
  status: { status_list: { idx: 4, uri: 'https://passport.example/status-lists/one' } },
};

const rules: VcJwtRules = {
  now: NOW,
  acceptedTypes: new Set(['ExampleDegreeCredential']),
  findIssuerKey: ({ issuer: named, kid }) =>
    Promise.resolve(
      named === DID && kid === `${DID}#key-1`
        ? { key: issuer.publicKey, trusted: true }
        : undefined,
    ),
  readStatus: () => Promise.resolve({ kind: 'status', status: 0, asOf: NOW }),
};

const signed = (change: object = {}, header: Record<string, unknown> = {}): Promise<string> =>
  signEncoded(
    encodeBase64url(
      JSON.stringify({ alg: 'ES256', typ: 'vc+jwt', cty: 'vc', kid: `${DID}#key-1`, ...header }),
    ),
    JSON.stringify({ ...credential, ...change }),
    signer,
  );
const failed = async (jwt: string, change: Partial<VcJwtRules> = {}) => {
  const { outcome, checks } = await verifyVcJwt(jwt, { ...rules, ...change });
  const one = checks.find((check) => check.outcome === 'failed');
  return [outcome, one?.name, one?.code];
};

describe('a credential as vc+jwt', () => {
  it('passes every check, and what it says is given', async () => {
    const jwt = await signEncoded(vcJwtHeader(DID, signer), JSON.stringify(credential), signer);
    const verdict = await verifyVcJwt(jwt, rules);
    expect(verdict.checks).toEqual(
      VC_JWT_CHECKS.map(([name, section]) => ({ name, section, outcome: 'passed' })),
    );
    expect(verdict).toMatchObject({
      outcome: 'valid',
      issuer: DID,
      credential,
      status: { index: 4, asOf: NOW },
    });
  });

  it('needs no more than the data model asks for', async () => {
    const { '@context': context, type, issuer: by, credentialSubject } = degree;
    const least = { '@context': context, type, issuer: { id: by, name: 'x' }, credentialSubject };
    const jwt = await signEncoded(vcJwtHeader(DID, signer), JSON.stringify(least), signer);
    expect((await verifyVcJwt(jwt, rules)).outcome).toBe('valid');
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['typ', 'typ_missing', { typ: undefined }],
    ['typ', 'typ_wrong', { typ: 'JWT' }],
    ['typ', 'typ_wrong', { typ: 'dc+sd-jwt' }],
    ['typ', 'typ_wrong', { typ: 'VC+JWT' }],
    ['cty', 'cty_missing', { cty: undefined }],
    ['cty', 'cty_wrong', { cty: 'vp' }],
    ['alg', 'alg_missing', { alg: undefined }],
    ['alg', 'alg_none', { alg: 'none' }],
    ['alg', 'alg_unsupported', { alg: 'HS256' }],
    ['crit', 'jws_crit_unsupported', { crit: ['b64'] }],
    ['header_members', 'jws_header_forbidden', { jku: 'https://evil.example' }],
    ['header_members', 'jws_header_forbidden', { jwk: holder }],
    ['header_members', 'x5c_malformed', { x5c: ['not base64!'] }],
    ['key_named', 'key_not_named', { kid: undefined }],
    ['key_named', 'kid_malformed', { kid: 'key-1' }],
    ['key_named', 'kid_malformed', { kid: DID }],
    ['key_named', 'kid_malformed', { kid: `${DID}#a#b` }],
    ['key_named', 'kid_malformed', { kid: 7 }],
    ['key_of_issuer', 'kid_not_of_issuer', { kid: 'did:web:passport.example:trusts:RZ2#key-1' }],
    ['key_of_issuer', 'kid_not_of_issuer', { kid: `${DID}:x#key-1` }],
    ['issuer_key', 'issuer_key_unknown', { kid: `${DID}#key-2` }],
    ['issuer_certificate', 'x5c_malformed', { x5c: ['AAAA'] }],
  ])('stops at %s with %s for the header %j', async (name, code, header) => {
    expect(await failed(await signed({}, header))).toEqual(['invalid', name, code]);
  });

  it.each<[string, string, object]>([
    ['no_wrapper', 'wrapper_present', { vc: {} }],
    ['no_wrapper', 'wrapper_present', { vp: {} }],
    ['context', 'context_missing', { '@context': undefined }],
    ['context', 'context_missing', { '@context': 'https://www.w3.org/ns/credentials/v2' }],
    ['context', 'context_missing', { '@context': [] }],
    ['context', 'context_wrong', { '@context': ['https://www.w3.org/2018/credentials/v1'] }],
    ['context', 'context_wrong', { '@context': degree['@context'].toReversed() }],
    ['context', 'context_malformed', { '@context': [degree['@context'][0], 7] }],
    ['type', 'type_malformed', { type: undefined }],
    ['type', 'type_malformed', { type: 'ExampleDegreeCredential' }],
    ['type', 'type_malformed', { type: ['VerifiableCredential', 7] }],
    ['type_accepted', 'type_not_accepted', { type: ['VerifiableCredential'] }],
    ['type_accepted', 'type_not_accepted', { type: ['VerifiableCredential', 'Other'] }],
    ['issuer', 'issuer_malformed', { issuer: undefined }],
    ['issuer', 'issuer_malformed', { issuer: 'RZ1' }],
    ['issuer', 'issuer_malformed', { issuer: { name: 'x' } }],
    ['key_of_issuer', 'kid_not_of_issuer', { issuer: 'did:web:passport.example:trusts:RZ2' }],
    ['identifier', 'id_malformed', { id: 'crd_1', jti: undefined }],
    ['subject', 'subject_missing', { credentialSubject: undefined }],
    ['subject', 'subject_missing', { credentialSubject: [] }],
    ['subject', 'subject_malformed', { credentialSubject: {} }],
    ['subject', 'subject_malformed', { credentialSubject: 'x' }],
    ['subject', 'subject_malformed', { credentialSubject: { id: 'x' } }],
    ['claims_agree', 'iss_differs', { iss: 'did:web:passport.example:trusts:RZ2' }],
    ['claims_agree', 'jti_differs', { jti: 'http://university.example/credentials/3733' }],
    ['claims_agree', 'sub_differs', { sub: 'did:example:other' }],
    ['audience', 'audience_wrong', { aud: 'https://other.example' }],
    ['audience', 'audience_wrong', { aud: ['https://verifier.example'] }],
    ['holder_key', 'holder_key_malformed', { cnf: {} }],
    ['holder_key', 'holder_key_malformed', { cnf: { jwk: { ...holder, d: 'AA' } } }],
    ['issued_at', 'iat_malformed', { iat: 'today' }],
    ['issued_at', 'iat_malformed', { iat: 1e300 }],
    ['issued_at', 'issued_in_future', { iat: seconds + 61 }],
    ['not_before', 'not_yet_valid', { nbf: seconds + 61 }],
    ['expiry', 'exp_malformed', { exp: '1' }],
    ['valid_from', 'valid_from_malformed', { validFrom: '2026-01-01' }],
    ['valid_from', 'valid_from_malformed', { validFrom: '2026-01-01T00:00:00' }],
    ['valid_from', 'not_yet_valid', { validFrom: '2026-11-25T12:01:01Z' }],
    ['valid_until', 'valid_until_malformed', { validUntil: 1 }],
    ['valid_until', 'validity_reversed', { validUntil: '2026-01-01T19:23:23Z' }],
    ['status_form', 'status_malformed', { status: 'x' }],
    ['status_form', 'status_malformed', { status: { status_list: { idx: -1, uri: 'https://x' } } }],
  ])('stops at %s with %s for %j', async (name, code, change) => {
    expect(await failed(await signed(change))).toEqual(['invalid', name, code]);
  });

  it.each<[string, string, string, object]>([
    ['expired', 'expiry', 'expired', { exp: seconds - 60 }],
    ['expired', 'valid_until', 'expired', { validUntil: '2026-11-25T11:59:00Z' }],
  ])('says %s at %s', async (outcome, name, code, change) => {
    expect(await failed(await signed(change))).toEqual([outcome, name, code]);
  });

  it.each<[string, string, string, VcJwtRules['readStatus']]>([
    [
      'revoked',
      'not_revoked',
      'status_revoked',
      () => Promise.resolve({ kind: 'status', status: 1, asOf: NOW }),
    ],
    [
      'suspended',
      'not_suspended',
      'status_suspended',
      () => Promise.resolve({ kind: 'status', status: 2, asOf: NOW }),
    ],
    [
      'invalid',
      'status_known',
      'status_value_unknown',
      () => Promise.resolve({ kind: 'status', status: 3, asOf: NOW }),
    ],
    [
      'cannot-check',
      'status_readable',
      'status_unreachable',
      () => Promise.reject(new Error('no answer')),
    ],
    [
      'cannot-check',
      'status_readable',
      'status_rolled_back',
      () => Promise.resolve({ kind: 'cannot-check', reason: 'rolled_back' }),
    ],
    [
      'cannot-check',
      'status_readable',
      'status_invalid',
      () => Promise.resolve({ kind: 'cannot-check', reason: 'invalid' }),
    ],
  ])('says %s at %s for its status', async (outcome, name, code, readStatus) => {
    expect(await failed(await signed(), { readStatus } as Partial<VcJwtRules>)).toEqual([
      outcome,
      name,
      code,
    ]);
  });

  it('made for one audience counts there and nowhere else', async () => {
    const jwt = await signed({ aud: 'https://verifier.example' });
    const audience = 'https://verifier.example';
    expect((await verifyVcJwt(jwt, { ...rules, audience })).outcome).toBe('valid');
    expect(await failed(jwt)).toEqual(['invalid', 'audience', 'audience_wrong']);
  });

  it('with a time that no date can hold has none when its key is looked for', async () => {
    const asked: (Date | undefined)[] = [];
    await verifyVcJwt(await signed({ iat: 1e300 }), {
      ...rules,
      findIssuerKey: ({ issuedAt }) => {
        asked.push(issuedAt);
        return Promise.resolve(undefined);
      },
    });
    expect(asked).toEqual([undefined]);
  });

  it('is not believed when another key signed it, or a bit of it changed', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const forger = keyObjectSigner({ key: other.privateKey, kid: 'key-1' });
    const forged = await signEncoded(vcJwtHeader(DID, forger), JSON.stringify(credential), forger);
    const right = await signed();
    const changed = right.replace(
      /\.(.)/,
      (_dot, first: string) => `.${first === 'e' ? 'f' : 'e'}`,
    );
    expect(await failed(forged)).toEqual(['invalid', 'issuer_signature', 'signature_invalid']);
    expect((await verifyVcJwt(changed, rules)).outcome).toBe('invalid');
    expect((await verifyVcJwt('', rules)).outcome).toBe('invalid');
  });

  it('is not believed from an issuer that is not trusted for it', async () => {
    const findIssuerKey = () => Promise.resolve({ key: issuer.publicKey, trusted: false });
    expect(await failed(await signed(), { findIssuerKey })).toEqual([
      'invalid',
      'issuer_trusted',
      'issuer_not_trusted',
    ]);
    const broken = () => Promise.reject(new Error('down'));
    expect(await failed(await signed(), { findIssuerKey: broken })).toEqual([
      'cannot-check',
      'issuer_key',
      'issuer_key_unavailable',
    ]);
  });
});
