import 'reflect-metadata';

import { generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto';

import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import fc from 'fast-check';

import { verifyCertificateChain } from '../../../../standards/x509/verify-certificate-chain.ts';

cryptoProvider.set(webcrypto);

const now = new Date('2026-11-22T10:00:00Z');
const url = 'https://passport.example/trusts/RZ1';
const ec = (namedCurve: string) => ({ name: 'ECDSA', namedCurve, hash: 'SHA-256' });

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly curve: string;
}
const newPair = (curve = 'P-256'): Pair => ({
  ...generateKeyPairSync('ec', { namedCurve: curve }),
  curve,
});

const authority = (pathLength?: number) => [
  new BasicConstraintsExtension(true, pathLength, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
];
const leafExtensions = () => [
  new BasicConstraintsExtension(false, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
  new SubjectAlternativeNameExtension([{ type: 'url', value: url }]),
];

/** A certificate, base64 DER. */
async function certificate(contents: {
  readonly subject: string;
  readonly issuer: string;
  readonly key: Pair;
  readonly signedBy: Pair;
  readonly extensions: readonly Extension[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}): Promise<string> {
  const { key, signedBy } = contents;
  const made = await X509CertificateGenerator.create({
    subject: `CN=${contents.subject}`,
    issuer: `CN=${contents.issuer}`,
    notBefore: contents.notBefore ?? new Date('2026-01-01T00:00:00Z'),
    notAfter: contents.notAfter ?? new Date('2028-01-01T00:00:00Z'),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    publicKey: key.publicKey.toCryptoKey(ec(key.curve), true, ['verify']),
    signingKey: signedBy.privateKey.toCryptoKey(ec(signedBy.curve), false, ['sign']),
    extensions: [...contents.extensions],
  });
  return Buffer.from(made.rawData).toString('base64');
}

const root = newPair();
const middle = newPair();
const leaf = newPair();
let anchor: string;

const newAnchor = (changes: Partial<Parameters<typeof certificate>[0]> = {}) =>
  certificate({
    subject: 'anchor',
    issuer: 'anchor',
    key: root,
    signedBy: root,
    extensions: authority(),
    ...changes,
  });
const newMiddle = (changes: Partial<Parameters<typeof certificate>[0]> = {}) =>
  certificate({
    subject: 'middle',
    issuer: 'anchor',
    key: middle,
    signedBy: root,
    extensions: authority(0),
    ...changes,
  });
const newLeaf = (changes: Partial<Parameters<typeof certificate>[0]> = {}) =>
  certificate({
    subject: 'leaf',
    issuer: 'anchor',
    key: leaf,
    signedBy: root,
    extensions: leafExtensions(),
    ...changes,
  });
const underMiddle = { issuer: 'middle', signedBy: middle };

beforeAll(async () => {
  anchor = await newAnchor();
});

const verdict = (x5c: unknown, anchors: readonly string[] = [anchor]) =>
  verifyCertificateChain(x5c, { anchors, now });
const refused = (fault: string) => ({ kind: 'refused', fault });

describe('verifyCertificateChain', () => {
  it('trusts a leaf under an anchor', async () => {
    const result = verdict([await newLeaf()]);
    expect(result).toEqual({
      kind: 'trusted',
      leaf: { publicKey: expect.anything(), uris: [url] },
    });
    expect(result.kind === 'trusted' && result.leaf.publicKey.equals(leaf.publicKey)).toBe(true);
  });

  it('trusts a leaf under an authority under an anchor', async () => {
    expect(verdict([await newLeaf(underMiddle), await newMiddle()])).toMatchObject({
      kind: 'trusted',
    });
  });

  it('tells what the leaf is for', async () => {
    const purpose = '2.25.196176005194287014770762094977910733274';
    const extensions = [...leafExtensions(), new ExtendedKeyUsageExtension([purpose])];
    expect(verdict([await newLeaf({ extensions })])).toMatchObject({
      leaf: { purposes: [purpose] },
    });
  });

  it('picks the anchor that signed among anchors of one name', async () => {
    const other = newPair();
    const namesake = await newAnchor({ key: other, signedBy: other });
    const chain = [await newLeaf()];
    expect(verdict(chain, [namesake, anchor])).toMatchObject({ kind: 'trusted' });
    expect(verdict(chain, [namesake])).toEqual(refused('signature_invalid'));
  });

  it.each<readonly [string, () => Promise<readonly string[]>]>([
    ['expired', async () => [await newLeaf({ notAfter: new Date('2026-11-22T09:59:59Z') })]],
    ['not_yet_valid', async () => [await newLeaf({ notBefore: new Date('2026-11-22T10:00:01Z') })]],
    ['anchor_unknown', async () => [await newLeaf({ issuer: 'another' })]],
    ['signature_invalid', async () => [await newLeaf({ signedBy: newPair() })]],
    [
      'leaf_self_signed',
      async () => [await newLeaf({ subject: 'anchor', key: leaf, signedBy: leaf })],
    ],
    ['anchor_in_chain', async () => [await newLeaf(), anchor]],
    ['leaf_is_authority', async () => [await newLeaf({ extensions: authority() })]],
    ['leaf_key_unsuitable', async () => [await newLeaf({ key: newPair('P-384') })]],
    [
      'key_usage_forbids',
      async () => [
        await newLeaf({ extensions: [new KeyUsagesExtension(KeyUsageFlags.keyAgreement, true)] }),
      ],
    ],
    [
      'issuer_not_authority',
      async () => [await newLeaf(underMiddle), await newMiddle({ extensions: leafExtensions() })],
    ],
    [
      'issuer_not_authority',
      async () => [await newLeaf(underMiddle), await newMiddle({ extensions: [] })],
    ],
    [
      'key_usage_forbids',
      async () => [
        await newLeaf(underMiddle),
        await newMiddle({
          extensions: [
            new BasicConstraintsExtension(true, undefined, true),
            new KeyUsagesExtension(KeyUsageFlags.cRLSign, true),
          ],
        }),
      ],
    ],
    [
      'expired',
      async () => [
        await newLeaf(underMiddle),
        await newMiddle({ notAfter: new Date('2026-11-01T00:00:00Z') }),
      ],
    ],
    ['names_do_not_chain', async () => [await newLeaf(), await newMiddle()]],
    [
      'path_too_long',
      async () => [
        await newLeaf({ issuer: 'second', signedBy: middle }),
        await newMiddle({ subject: 'second', issuer: 'first', signedBy: middle }),
        await newMiddle({ subject: 'first' }),
      ],
    ],
    [
      'critical_extension_unknown',
      async () => [
        await newLeaf({
          extensions: [...leafExtensions(), new Extension('1.2.3.4', true, Buffer.of(5, 0))],
        }),
      ],
    ],
  ])('refuses with %s', async (fault, chain) => {
    expect(verdict(await chain())).toEqual(refused(fault));
  });

  it.each<readonly [string, Partial<Parameters<typeof certificate>[0]>]>([
    ['expired', { notAfter: new Date('2026-11-01T00:00:00Z') }],
    ['issuer_not_authority', { extensions: [] }],
  ])('holds an anchor to the same rules: %s', async (fault, changes) => {
    expect(verdict([await newLeaf()], [await newAnchor(changes)])).toEqual(refused(fault));
  });

  it('counts the authorities under an anchor', async () => {
    const short = await newAnchor({ extensions: authority(0) });
    const chain = [await newLeaf(underMiddle), await newMiddle()];
    expect(verdict(chain, [short])).toEqual(refused('path_too_long'));
    expect(verdict([await newLeaf()], [short])).toMatchObject({ kind: 'trusted' });
  });

  it('trusts nothing without anchors', async () => {
    expect(verdict([await newLeaf()], [])).toEqual(refused('anchor_unknown'));
  });

  it.each([
    [undefined],
    [null],
    [''],
    [[]],
    [['']],
    [['AAAA']],
    [['not base64!']],
    [[1]],
    [Array.from({ length: 9 }, () => 'AAAA')],
  ])('takes %p for no chain', (x5c) => {
    expect(verdict(x5c)).toEqual(refused('chain_malformed'));
  });

  it('takes base64url, padding that is missing and bytes after the end for no chain', async () => {
    const good = await newLeaf();
    const longer = Buffer.concat([Buffer.from(good, 'base64'), Buffer.of(0)]).toString('base64');
    for (const bad of [` ${good}`, `${good}\n`, longer]) {
      expect(verdict([bad])).toEqual(refused('chain_malformed'));
    }
  });

  it('trusts no certificate in which a byte was changed, and never throws', async () => {
    const bytes = Buffer.from(await newLeaf(), 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      for (const change of [0x01, 0x80]) {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(at) ^ change, at);
        expect(verdict([changed.toString('base64')]).kind).toBe('refused');
      }
    }
  });

  it('answers for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(verdict([Buffer.from(bytes).toString('base64')]).kind).toBe('refused');
      }),
      { numRuns: 500 },
    );
  });
});
