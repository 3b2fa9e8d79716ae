import 'reflect-metadata';

import { webcrypto } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

import { signCompactJws } from '../../../../standards/compact-jws.ts';
import { verifyKeyAttestation } from '../../../../standards/openid4vci/key-attestation.ts';
import { type TestKey, testKey } from '../keys.ts';

cryptoProvider.set(webcrypto);

const now = new Date('2026-11-22T12:00:00Z');
const seconds = now.getTime() / 1000;
const ec = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate for a key, base64 DER. */
async function certificate(subject: string, key: TestKey, issuer: string, by: TestKey, ca = false) {
  const usage = ca ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature;
  const made = await X509CertificateGenerator.create({
    subject: `CN=${subject}`,
    issuer: `CN=${issuer}`,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2028-01-01T00:00:00Z'),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    publicKey: key.publicKey.toCryptoKey(ec, true, ['verify']),
    signingKey: by.privateKey.toCryptoKey(ec, false, ['sign']),
    extensions: [
      new BasicConstraintsExtension(ca, undefined, true),
      new KeyUsagesExtension(usage, true),
    ],
  });
  return Buffer.from(made.rawData).toString('base64');
}

const root = testKey('root');
const maker = testKey('maker');
const holder = testKey('holder');
let anchor: string;
let leaf: string;
let selfSigned: string;
beforeAll(async () => {
  anchor = await certificate('anchor', root, 'anchor', root, true);
  leaf = await certificate('maker', maker, 'anchor', root);
  selfSigned = await certificate('maker', maker, 'maker', maker);
});

const attest = (header: object, payload: object = {}): Promise<string> =>
  signCompactJws(
    {
      header: { typ: 'key-attestation+jwt', kid: undefined, ...header },
      payload: { iat: seconds, attested_keys: [{ ...holder.jwk, kid: 'first' }], ...payload },
    },
    maker.signer,
  );

const verify = (attestation: string, withProof = false) =>
  verifyKeyAttestation(attestation, {
    attesters: { anchors: [anchor], keys: {} },
    maxKeys: 20,
    withProof,
    now,
  });

describe('a key attestation with certificates (HAIP 1.0, section 4.5.1)', () => {
  it('is believed when they lead to an anchor', async () => {
    expect(verify(await attest({ x5c: [leaf] }, { nonce: 'n' }))).toEqual({
      keys: [{ jwk: holder.jwk, thumbprint: expect.any(String), kid: 'first' }],
      nonce: 'n',
    });
  });

  it.each<[string, () => unknown]>([
    ['one that signed itself', () => [selfSigned]],
    ['the anchor among them', () => [leaf, anchor]],
    ['none', () => []],
    ['text', () => leaf],
    ['nonsense', () => ['AAAA']],
  ])('is not believed with %s', async (_what, x5c) => {
    const attestation = await attest({ x5c: x5c() });
    expect(() => verify(attestation)).toThrow(
      expect.objectContaining({ code: 'key_attestation_untrusted' }),
    );
  });

  it('is not believed for a key that is not the certificate’s', async () => {
    const attestation = await signCompactJws(
      {
        header: { typ: 'key-attestation+jwt', kid: undefined, x5c: [leaf] },
        payload: { iat: seconds, attested_keys: [holder.jwk] },
      },
      holder.signer,
    );
    expect(() => verify(attestation)).toThrow(
      expect.objectContaining({ code: 'key_attestation_invalid' }),
    );
  });

  it('ends: after a day when it does not say, and beside a proof it has to say', async () => {
    const open = await attest({ x5c: [leaf] });
    expect(() => verify(open, true)).toThrow(
      expect.objectContaining({ code: 'key_attestation_invalid' }),
    );
    const old = await attest({ x5c: [leaf] }, { iat: seconds - 86_400 });
    expect(() => verify(old)).toThrow(expect.objectContaining({ code: 'key_attestation_expired' }));
  });
});
