import { randomBytes, X509Certificate } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { passportAddresses } from '../../../../subgraphs/passport/domain/addresses.ts';
import type {
  IssuerKeyStore,
  StoredKey,
} from '../../../../subgraphs/passport/domain/ports/keys.ts';
import { createAnchor, createLeaf } from '../../../../subgraphs/passport/keys/certificates.ts';
import { issuerKeys } from '../../../../subgraphs/passport/keys/issuer-keys.ts';
import { aesSealer } from '../../../../subgraphs/passport/keys/sealer.ts';

const now = new Date('2026-11-22T10:00:00Z');

describe('aesSealer', () => {
  const sealer = aesSealer(randomBytes(32));

  it('opens what it sealed, under the same context', () => {
    expect(sealer.open(sealer.seal('secret', 'a'), 'a')).toBe('secret');
  });

  it('never seals the same text to the same bytes', () => {
    expect(sealer.seal('secret', 'a')).not.toBe(sealer.seal('secret', 'a'));
  });

  it.each([
    ['under another context', (sealed: string) => sealer.open(sealed, 'b')],
    ['with another key', (sealed: string) => aesSealer(randomBytes(32)).open(sealed, 'a')],
    [
      'after a change of one bit',
      (sealed: string) => {
        const bytes = Buffer.from(sealed, 'base64url');
        bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
        return sealer.open(bytes.toString('base64url'), 'a');
      },
    ],
    ['when it was cut short', (sealed: string) => sealer.open(sealed.slice(0, 30), 'a')],
    ['when there is nothing', () => sealer.open('', 'a')],
  ])('does not open %s', (_when, open) => {
    expect(() => open(sealer.seal('secret', 'a'))).toThrow();
  });
});

describe('certificates', () => {
  const read = (certificate: string) => new X509Certificate(Buffer.from(certificate, 'base64'));
  const issuerUrl = 'https://passport.example/trusts/RZ1';

  it('chain a leaf with the issuer URL to the anchor', async () => {
    const anchor = await createAnchor(now);
    const made = await createLeaf({ issuerUrl, name: 'RZ1 credential', now }, anchor);
    const leaf = read(made.certificate);
    const root = read(anchor.certificate);
    expect(leaf.verify(root.publicKey)).toBe(true);
    expect(leaf.checkIssued(root)).toBe(true);
    expect(leaf.subjectAltName).toBe(`URI:${issuerUrl}`);
    expect({ root: root.ca, leaf: leaf.ca }).toEqual({ root: true, leaf: false });
    expect(leaf.validToDate > new Date('2036-11-01')).toBe(true);
  });

  it('of two anchors do not verify each other', async () => {
    const [one, other] = await Promise.all([createAnchor(now), createAnchor(now)]);
    const leaf = read((await createLeaf({ issuerUrl, name: 'RZ1', now }, one)).certificate);
    expect(leaf.verify(read(other.certificate).publicKey)).toBe(false);
  });
});

describe('issuerKeys', () => {
  function memoryStore(): Pick<IssuerKeyStore, 'add' | 'find'> & {
    readonly keys: Map<string, StoredKey>;
  } {
    const keys = new Map<string, StoredKey>();
    const name = (odsCode: string, use: string) => `${odsCode} ${use}`;
    return {
      keys,
      add: (key) => {
        const at = name(key.odsCode, key.use);
        const stored = keys.get(at) ?? key;
        keys.set(at, stored);
        return Promise.resolve(stored);
      },
      find: (odsCode, use) => Promise.resolve(keys.get(name(odsCode, use))),
    };
  }
  const sealer = aesSealer(randomBytes(32));
  const addresses = passportAddresses('https://passport.example');
  const open = (store: ReturnType<typeof memoryStore>) =>
    issuerKeys({ store, sealer, addresses, now: () => now });

  it('makes no key for a trust that is only asked about', async () => {
    const store = memoryStore();
    expect(await open(store).published('RZ1', 'credential')).toEqual([]);
    expect(await open(store).find('RZ1', 'credential', 'x')).toBeUndefined();
    expect(store.keys.size).toBe(0);
  });

  it('gives two processes that start at once the same key', async () => {
    const store = memoryStore();
    const [one, two] = await Promise.all([
      open(store).signer('RZ1', 'credential'),
      open(store).signer('RZ1', 'credential'),
    ]);
    expect(one.kid).toBe(two.kid);
    expect(one.x5c).toEqual(two.x5c);
  });

  it('keeps credentials and status lists on separate keys', async () => {
    const keys = open(memoryStore());
    const credential = await keys.signer('RZ1', 'credential');
    const list = await keys.signer('RZ1', 'status-list');
    expect(credential.kid).not.toBe(list.kid);
    expect(await keys.find('RZ1', 'status-list', credential.kid)).toBeUndefined();
    expect(await keys.find('RZ1', 'credential', list.kid)).toBeUndefined();
    expect(await keys.find('RZ2', 'credential', credential.kid)).toBeUndefined();
  });

  it('stores no private key in the clear', async () => {
    const store = memoryStore();
    await open(store).signer('RZ1', 'credential');
    const stored = [...store.keys.values()];
    expect(stored.map(({ use }) => use).sort()).toEqual(['anchor', 'credential']);
    // The start of every PKCS #8 P-256 key.
    for (const { sealedPrivateKey } of stored) expect(sealedPrivateKey).not.toContain('MIGHAgEA');
  });

  it('does not open a key that was moved to another trust', async () => {
    const store = memoryStore();
    await open(store).signer('RZ1', 'credential');
    const own = store.keys.get('RZ1 credential');
    if (own !== undefined) store.keys.set('RZ2 credential', { ...own, odsCode: 'RZ2' });
    await expect(open(store).signer('RZ2', 'credential')).rejects.toThrow();
  });
});
