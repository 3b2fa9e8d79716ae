import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';

import { signCompactJws } from '../../../standards/compact-jws.ts';
import {
  PRESENTATION_RECEIPT_TYPE,
  type PresentationReceiptClaims,
  signPresentationReceipt,
  verifyPresentationReceipt,
} from '../../../standards/presentation-receipt.ts';
import { testKey } from './keys.ts';

const key = testKey('receipt-key');
const now = new Date('2026-11-22T12:00:00Z');
const seconds = now.getTime() / 1000;
const issuer = 'https://passport.example/verifiers/RZ2';

const claims: PresentationReceiptClaims = {
  iss: issuer,
  iat: seconds,
  jti: 'receipt-1',
  request: 'request-1',
  requested_at: seconds - 60,
  checked_at: seconds,
  checked_by: 'HR of RZ2',
  purpose: 'ROTATION',
  outcome: 'VALID',
  credentials: [
    {
      query: 'identity',
      outcome: 'VALID',
      vct: 'https://passport.example/credential-types/identity/1',
      issuer: 'https://passport.example/trusts/RZ1',
      credential: 'credential-1',
      status_at: seconds - 20,
      presentation_sha256: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
      disclosed: ['given_name', 'family_name'],
    },
    { query: 'right_to_work', outcome: 'INVALID', disclosed: [] },
  ],
};

const rules = {
  issuer,
  findKey: (kid: string) => (kid === 'receipt-key' ? key.publicKey : undefined),
  now,
};

describe('presentation receipt', () => {
  it('says what was checked, to this project and to any library', async () => {
    const receipt = await signPresentationReceipt(claims, key.signer);
    expect(await verifyPresentationReceipt(receipt, rules)).toEqual(claims);

    const keys = createLocalJWKSet({ keys: [{ ...key.jwk, kid: 'receipt-key', alg: 'ES256' }] });
    const { payload } = await jwtVerify(receipt, keys, {
      issuer,
      typ: PRESENTATION_RECEIPT_TYPE,
      algorithms: ['ES256'],
      currentDate: now,
    });
    expect(payload).toEqual(claims);
  });

  it('holds ten years later', async () => {
    const receipt = await signPresentationReceipt(claims, key.signer);
    const later = { ...rules, now: new Date('2036-11-22T12:00:00Z') };
    expect(await verifyPresentationReceipt(receipt, later)).toEqual(claims);
  });

  it('signs nothing but its own claims', async () => {
    const [first] = claims.credentials;
    const more = { ...claims, credentials: [{ ...first, claims: { given_name: 'Amara' } }] };
    const receipt = await signPresentationReceipt(more as PresentationReceiptClaims, key.signer);
    const read = await verifyPresentationReceipt(receipt, rules);
    expect(read).toEqual({ ...claims, credentials: [first] });
    const [, payload = ''] = receipt.split('.');
    expect(Buffer.from(payload, 'base64url').toString()).not.toContain('Amara');
  });

  it.each<[string, object, object?]>([
    ['of another organisation', { iss: 'https://passport.example/verifiers/RZ1' }],
    ['from the future', { iat: seconds + 61 }],
    ['with an outcome that is no text', { outcome: true }],
    ['without a purpose', { purpose: undefined }],
    [
      'with a hash of another form',
      { credentials: [{ ...claims.credentials[1], presentation_sha256: 'abc' }] },
    ],
    ['with too many credentials', { credentials: Array(101).fill(claims.credentials[1]) }],
    ['under a key that is not published', {}, { kid: 'other' }],
    ['without the name of a key', {}, { kid: undefined }],
    ['with the typ of another token', {}, { typ: 'oauth-authz-req+jwt' }],
  ])('refuses one %s', async (_why, changed, header = {}) => {
    const receipt = await signCompactJws(
      {
        header: { typ: PRESENTATION_RECEIPT_TYPE, ...header },
        payload: { ...claims, ...changed },
      },
      key.signer,
    );
    await expect(verifyPresentationReceipt(receipt, rules)).rejects.toMatchObject({
      code: 'presentation_receipt_invalid',
    });
  });

  it('does not take a key that could not be fetched for a wrong one', async () => {
    const receipt = await signPresentationReceipt(claims, key.signer);
    const findKey = () => Promise.reject(new Error('no answer'));
    await expect(verifyPresentationReceipt(receipt, { ...rules, findKey })).rejects.toThrow(
      'no answer',
    );
  });
});
