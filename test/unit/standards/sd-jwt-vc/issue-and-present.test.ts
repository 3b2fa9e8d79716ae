import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { parseCompactJws } from '../../../../standards/compact-jws.ts';
import { presentSdJwt } from '../../../../standards/sd-jwt/present-sd-jwt.ts';
import { type DisclosureFrame } from '../../../../standards/sd-jwt/issue-sd-jwt.ts';
import { parseSdJwt } from '../../../../standards/sd-jwt/serialisation.ts';
import { isIntegrity, matchesIntegrity } from '../../../../standards/sd-jwt-vc/integrity.ts';
import { issueSdJwtVc } from '../../../../standards/sd-jwt-vc/issue-sd-jwt-vc.ts';
import { createKeyBoundPresentation } from '../../../../standards/sd-jwt-vc/key-binding.ts';
import { verifyPresentation } from '../../../../standards/sd-jwt-vc/verify-presentation.ts';
import { keyObjectSigner } from '../../../../standards/compact-jws.ts';
import { testKey } from '../keys.ts';
import { certificateFor } from './certificate.ts';
import { claims as base, holder, issuer, now, rules } from './forge.ts';

const claims = {
  ...base,
  given_name: 'Ada',
  role: { code: 'R1', band: 6 },
  checks: ['dbs', 'rtw'],
};
const disclose: DisclosureFrame = {
  _sd: ['given_name', 'role'],
  role: { _sd: ['band'] },
  checks: { _sd: [0, 1] },
};
const binding = { audience: 'verifier', nonce: 'nonce-1', now };

describe('a credential from issue to check', () => {
  it('shows what the holder chose, and verifies', async () => {
    const issued = await issueSdJwtVc({ claims, disclose, decoys: 2 }, issuer.signer);
    expect(parseCompactJws(parseSdJwt(issued).jwt).header).toEqual({
      alg: 'ES256',
      typ: 'dc+sd-jwt',
      kid: 'issuer-1',
    });
    const presentation = presentSdJwt(issued, (path) =>
      ['role', 'checks.1'].includes(path.join('.')),
    );
    const text = await createKeyBoundPresentation({ presentation, ...binding }, holder.signer);
    const verdict = await verifyPresentation(text, rules);
    expect(verdict.outcome).toBe('valid');
    expect(verdict.claims).toEqual({ ...base, role: { code: 'R1' }, checks: ['rtw'] });
    expect(verdict.disclosedNames.toSorted()).toEqual(['checks.0', 'role']);
  });

  it('carries its certificate, which must be for the key that was found', async () => {
    const right = certificateFor(issuer);
    const wrong = certificateFor(testKey());
    for (const [x5c, outcome, code] of [
      [right, 'valid', undefined],
      [wrong, 'invalid', 'certificate_key_mismatch'],
    ] as const) {
      const signer = keyObjectSigner({ key: issuer.privateKey, kid: 'issuer-1', x5c: [x5c] });
      const issued = await issueSdJwtVc({ claims, disclose }, signer);
      expect(parseCompactJws(parseSdJwt(issued).jwt).header['x5c']).toEqual([x5c]);
      const verdict = await verifyPresentation(issued, { ...rules, keyBinding: 'not-required' });
      expect(verdict.outcome).toBe(outcome);
      expect(verdict.checks.find(({ name }) => name === 'issuer_certificate')?.code).toBe(code);
    }
  });

  it('is not bound twice', async () => {
    const presentation = await issueSdJwtVc({ claims, disclose }, issuer.signer);
    const bound = await createKeyBoundPresentation({ presentation, ...binding }, holder.signer);
    await expect(
      createKeyBoundPresentation({ presentation: bound, ...binding }, holder.signer),
    ).rejects.toThrow(expect.objectContaining({ code: 'key_binding_unexpected' }));
  });

  it.each<[string, DisclosureFrame]>([
    ...['iss', 'nbf', 'exp', 'cnf', 'vct', 'status', 'aka_vcts', 'vct#integrity'].map(
      (name): [string, DisclosureFrame] => [name, { _sd: [name] }],
    ),
    ['the key in cnf', { cnf: { _sd: ['jwk'] } }],
    ['the index in status', { status: { status_list: { _sd: ['idx'] } } }],
  ])('never lets %s be kept back', async (_name, frame) => {
    await expect(issueSdJwtVc({ claims, disclose: frame }, issuer.signer)).rejects.toThrow(
      expect.objectContaining({ code: 'protected_claim_disclosed' }),
    );
  });

  it('names its type', async () => {
    const untyped = { ...claims, vct: undefined };
    await expect(issueSdJwtVc({ claims: untyped, disclose: {} }, issuer.signer)).rejects.toThrow(
      expect.objectContaining({ code: 'vct_missing' }),
    );
  });
});

describe('vct#integrity', () => {
  const document = Buffer.from('{"vct":"https://types.example/staff"}');
  const sri = (alg: string, bytes: Uint8Array = document): string =>
    `${alg}-${createHash(alg).update(bytes).digest('base64')}`;

  it.each(['sha256', 'sha384', 'sha512'])('accepts a correct %s in base64', (alg) => {
    expect(matchesIntegrity(sri(alg), document)).toBe(true);
    expect(matchesIntegrity(sri(alg), Buffer.from('{}'))).toBe(false);
  });

  it('counts the strongest of several', () => {
    const other = Buffer.from('x');
    expect(matchesIntegrity(`${sri('sha256', other)} ${sri('sha512')}`, document)).toBe(true);
    expect(matchesIntegrity(`${sri('sha256')} ${sri('sha512', other)}`, document)).toBe(false);
  });

  it.each(['', 'sha256', 'md5-AAAA', 'sha256-AAAA', sri('sha256').slice(7), 7])(
    'refuses %p',
    (text) => {
      expect(isIntegrity(text)).toBe(false);
    },
  );

  it.each([
    [document, 'valid', undefined],
    [Buffer.from('{}'), 'invalid', 'vct_integrity_wrong'],
    [undefined, 'cannot-check', 'type_metadata_unavailable'],
  ])('is checked against the type metadata', async (published, outcome, code) => {
    const pinned = { ...claims, 'vct#integrity': sri('sha256') };
    const verdict = await verifyPresentation(
      await issueSdJwtVc({ claims: pinned, disclose }, issuer.signer),
      { ...rules, keyBinding: 'not-required', readTypeMetadata: () => Promise.resolve(published) },
    );
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.checks.find(({ name }) => name === 'vct_integrity')?.code).toBe(code);
  });
});
