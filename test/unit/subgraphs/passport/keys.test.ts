import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { jwkThumbprint, publicJwkOf } from '../../../../standards/jwk-thumbprint.ts';
import { passportAddresses } from '../../../../subgraphs/passport/domain/addresses.ts';
import { CREDENTIAL_TYPES } from '../../../../subgraphs/passport/domain/credential-types/catalogue.generated.ts';
import { OAUTH_STATUS_SIGNING } from '../../../../standards/status-list/key-purpose.ts';
import { METADATA_SECONDS } from '../../../../subgraphs/passport/domain/key-state.ts';
import { KeyUnusable } from '../../../../subgraphs/passport/domain/ports/key-keeper.ts';
import type { KeyUse } from '../../../../subgraphs/passport/domain/ports/keys.ts';
import {
  compromiseKey,
  retireKey,
  rotateAgeingKeys,
  rotateKey,
  type RotationParts,
} from '../../../../subgraphs/passport/domain/rotate-keys.ts';
import {
  type Anchor,
  certifyAnchor,
  certifyLeaf,
} from '../../../../subgraphs/passport/keys/certificates.ts';
import { issuerKeys } from '../../../../subgraphs/passport/keys/issuer-keys.ts';
import { sealedKeys } from '../../../../subgraphs/passport/keys/sealed-keys.ts';
import { aesSealer } from '../../../../subgraphs/passport/keys/sealer.ts';
import { memoryIssuerKeys } from './memory-issuer-keys.ts';

const start = new Date('2026-11-22T10:00:00Z');

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
  const now = start;

  function newAnchor(): Anchor {
    const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signBytes = (data: Uint8Array) =>
      sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' });
    return { publicKey, sign: signBytes };
  }
  const newLeaf = (anchor: Anchor, use: KeyUse = 'credential') => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return certifyLeaf({ publicKey, issuerUrl, use, name: `RZ1 ${use}`, now }, anchor);
  };

  it('chain a leaf with the issuer URL to the anchor', async () => {
    const anchor = newAnchor();
    const leaf = read(await newLeaf(anchor));
    const root = read(await certifyAnchor(anchor, now));
    expect(root.verify(anchor.publicKey)).toBe(true);
    expect(leaf.verify(root.publicKey)).toBe(true);
    expect(leaf.checkIssued(root)).toBe(true);
    expect(leaf.subjectAltName).toBe(`URI:${issuerUrl}`);
    expect({ root: root.ca, leaf: leaf.ca }).toEqual({ root: true, leaf: false });
  });

  it('of leaves outlive a year of signing and the longest credential', async () => {
    const { validFromDate, validToDate } = read(await newLeaf(newAnchor()));
    const longest = Math.max(
      ...Object.values(CREDENTIAL_TYPES).map(({ lifetimeDays }) => lifetimeDays),
    );
    const days = (validToDate.getTime() - now.getTime()) / 86_400_000;
    expect(validFromDate < now).toBe(true);
    expect(days).toBeGreaterThan(365 + longest + 30);
  });

  it('say what a key of status lists is for, and nothing of the kind for a key of credentials', async () => {
    const anchor = newAnchor();
    expect(read(await newLeaf(anchor, 'status-list')).keyUsage).toEqual([OAUTH_STATUS_SIGNING]);
    expect(read(await newLeaf(anchor, 'credential')).keyUsage).toBeUndefined();
  });

  it('of two anchors do not verify each other', async () => {
    const other = newAnchor();
    expect(read(await newLeaf(newAnchor())).verify(other.publicKey)).toBe(false);
  });
});

/** Processes that share a store and a clock; each has its own memory. */
function world(options: { readonly sealer?: ReturnType<typeof aesSealer> } = {}) {
  let now = start;
  const store = memoryIssuerKeys();
  const sealer = options.sealer ?? aesSealer(randomBytes(32));
  const addresses = passportAddresses('https://passport.example');
  const published: string[] = [];
  const open = () => issuerKeys({ store, keeper: sealedKeys(sealer), addresses, now: () => now });
  const rotation = (): RotationParts => ({
    issuerKeyStore: store,
    keys: open(),
    publisher: {
      publish: (listId) => {
        published.push(listId);
        return Promise.resolve();
      },
      round: () => {
        published.push('round');
        return Promise.resolve();
      },
    },
    now: () => now,
    report: (error) => {
      throw error;
    },
  });
  return {
    store,
    open,
    rotation,
    published,
    wait: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000);
      return now;
    },
  };
}

const RZ1 = { odsCode: 'RZ1', use: 'credential' } as const;
const kids = async (keys: ReturnType<typeof issuerKeys>) =>
  (await keys.published('RZ1', 'credential')).map(({ kid }) => kid);

describe('issuerKeys', () => {
  it('makes no key for a trust that is only asked about', async () => {
    const { open, store } = world();
    expect(await open().published('RZ1', 'credential')).toEqual([]);
    expect(await open().find('RZ1', 'credential', 'x')).toBeUndefined();
    expect(store.keys.size).toBe(0);
  });

  it('has a trust’s very first key sign at once', async () => {
    const { open } = world();
    const keys = open();
    const { kid } = await keys.signer('RZ1', 'credential');
    expect(await kids(keys)).toEqual([kid]);
  });

  it('gives two processes that start at once the same key', async () => {
    const { open } = world();
    const [one, two] = await Promise.all([
      open().signer('RZ1', 'credential'),
      open().signer('RZ1', 'credential'),
    ]);
    expect(one.kid).toBe(two.kid);
    expect(one.x5c).toEqual(two.x5c);
  });

  it('makes one key for many calls at once', async () => {
    const { open, store } = world();
    const keys = open();
    const signers = await Promise.all(
      Array.from({ length: 20 }, () => keys.signer('RZ1', 'credential')),
    );
    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1);
    expect(store.keys.size).toBe(2);
  });

  it('names a key by its thumbprint', async () => {
    const { open } = world();
    const keys = open();
    const { kid } = await keys.signer('RZ1', 'credential');
    const key = await keys.find('RZ1', 'credential', kid);
    expect(key && jwkThumbprint(publicJwkOf(key))).toBe(kid);
  });

  it('keeps credentials and status lists on separate keys', async () => {
    const keys = world().open();
    const credential = await keys.signer('RZ1', 'credential');
    const list = await keys.signer('RZ1', 'status-list');
    expect(credential.kid).not.toBe(list.kid);
    expect(await keys.find('RZ1', 'status-list', credential.kid)).toBeUndefined();
    expect(await keys.find('RZ1', 'credential', list.kid)).toBeUndefined();
    expect(await keys.find('RZ2', 'credential', credential.kid)).toBeUndefined();
  });

  it('stores no private key in the clear', async () => {
    const { open, store } = world();
    await open().signer('RZ1', 'credential');
    const stored = [...store.keys.values()];
    expect(stored.map(({ use }) => use).sort()).toEqual(['anchor', 'credential']);
    // The start of every PKCS #8 P-256 key.
    for (const key of stored) expect(JSON.stringify(key)).not.toContain('MIGHAgEA');
  });

  it('does not open a key that was moved to another trust', async () => {
    const { open, store } = world();
    await open().signer('RZ1', 'credential');
    const own = [...store.keys.values()].find(({ use }) => use === 'credential');
    if (own !== undefined) store.keys.set(own.kid, { ...own, odsCode: 'RZ2' });
    await expect(open().signer('RZ2', 'credential')).rejects.toThrow(KeyUnusable);
  });

  it('does not sign with a key whose certificate is for another', async () => {
    const { open, store } = world();
    await open().signer('RZ1', 'credential');
    await open().signer('RZ2', 'credential');
    const [one, two] = [...store.keys.values()].filter(({ use }) => use === 'credential');
    if (one === undefined || two === undefined) throw new Error('no keys');
    store.keys.set(one.kid, { ...one, certificate: two.certificate });
    await expect(open().signer(one.odsCode, 'credential')).rejects.toThrow(KeyUnusable);
  });

  it('says so when a key is with a keeper that the settings do not provide', async () => {
    const { open, store } = world();
    await open().signer('RZ1', 'credential');
    for (const key of store.keys.values()) store.keys.set(key.kid, { ...key, keeper: 'pkcs11' });
    await expect(open().signer('RZ1', 'credential')).rejects.toMatchObject({
      code: 'key_keeper_refused',
    });
  });

  it('goes on publishing what it knows while the store is down, as long as clients may cache', async () => {
    const { open, store, wait } = world();
    const keys = open();
    const { kid } = await keys.signer('RZ1', 'credential');
    expect(await kids(keys)).toEqual([kid]);
    store.down = true;
    wait(METADATA_SECONDS - 10);
    expect(await kids(keys)).toEqual([kid]);
    await expect(keys.signer('RZ1', 'credential')).rejects.toMatchObject({ code: 'unavailable' });
    wait(20);
    await expect(kids(keys)).rejects.toMatchObject({ code: 'unavailable' });
    store.down = false;
    expect(await kids(keys)).toEqual([kid]);
  });
});

describe('rotation', () => {
  it('publishes a key at once and has it sign only after twice the cache time', async () => {
    const { open, rotation, wait } = world();
    const keys = open();
    const before = await keys.signer('RZ1', 'credential');
    const made = await rotateKey(RZ1, rotation());
    wait(5);
    expect(await kids(keys)).toEqual([before.kid, made.kid]);
    // Five seconds for other processes to notice it, then twice the cache time.
    wait(2 * METADATA_SECONDS - 1);
    expect((await keys.signer('RZ1', 'credential')).kid).toBe(before.kid);
    wait(1);
    expect((await keys.signer('RZ1', 'credential')).kid).toBe(made.kid);
    expect(made.activatesAt.getTime() - start.getTime()).toBeGreaterThanOrEqual(
      2 * METADATA_SECONDS * 1000,
    );
  });

  it('answers the waiting key when asked twice, and when two processes ask at once', async () => {
    const { open, rotation, store } = world();
    await open().signer('RZ1', 'credential');
    const [one, two] = await Promise.all([rotateKey(RZ1, rotation()), rotateKey(RZ1, rotation())]);
    expect(one.kid).toBe(two.kid);
    expect([one.made, two.made].sort()).toEqual([false, true]);
    expect(await rotateKey(RZ1, rotation())).toEqual({ ...one, made: false });
    expect([...store.keys.values()].filter(({ use }) => use === 'credential')).toHaveLength(2);
  });

  it('is noticed by every process within five seconds, and so is what follows', async () => {
    const { open, rotation, wait } = world();
    const keys = open();
    const before = await keys.signer('RZ1', 'credential');
    await kids(keys);
    const made = await rotateKey(RZ1, rotation());
    wait(5);
    expect(await keys.find('RZ1', 'credential', made.kid)).toBeDefined();
    await compromiseKey({ kid: before.kid, since: start }, rotation());
    wait(5);
    expect(await keys.find('RZ1', 'credential', before.kid)).toBeUndefined();
    expect(await kids(keys)).not.toContain(before.kid);
  });

  it('trusts a key that was taken over from until the last credential it signed has expired', async () => {
    const { open, rotation, store, wait } = world();
    const keys = open();
    const before = await keys.signer('RZ1', 'credential');
    const made = await rotateKey(RZ1, rotation());
    const takenOver = wait(1_000);
    store.lastExpiry.set(before.kid, new Date(takenOver.getTime() + 86_400_000));
    wait(86_390);
    expect(await kids(keys)).toEqual([before.kid, made.kid]);
    expect(await keys.find('RZ1', 'credential', before.kid)).toBeDefined();
    wait(100);
    expect(await kids(keys)).toEqual([made.kid]);
    expect(await keys.find('RZ1', 'credential', before.kid)).toBeUndefined();
  });

  it('trusts a key of status lists until the last token it signed has expired', async () => {
    const { open, rotation, wait } = world();
    const keys = open();
    const before = await keys.signer('RZ1', 'status-list');
    await rotateKey({ odsCode: 'RZ1', use: 'status-list' }, rotation());
    // It signs for the waiting time, and the last token lives an hour.
    wait(2 * METADATA_SECONDS + 5 + 3_600);
    expect(await keys.find('RZ1', 'status-list', before.kid)).toBeDefined();
    wait(3_700);
    expect(await keys.find('RZ1', 'status-list', before.kid)).toBeUndefined();
  });
});

describe('after a year', () => {
  it('another key takes over by itself, once', async () => {
    const { open, rotation, wait } = world();
    const keys = open();
    const before = await keys.signer('RZ1', 'credential');
    wait(364 * 86_400);
    expect(await rotateAgeingKeys(rotation())).toEqual([]);
    wait(2 * 86_400);
    const [made, ...more] = await rotateAgeingKeys(rotation());
    expect(made).toMatchObject({ ...RZ1, made: true });
    expect(more).toEqual([]);
    expect(await rotateAgeingKeys(rotation())).toEqual([]);
    wait(2 * METADATA_SECONDS + 5);
    expect((await keys.signer('RZ1', 'credential')).kid).toBe(made?.kid);
    expect(before.kid).not.toBe(made?.kid);
  });

  it('of one trust takes over though that of another cannot be made', async () => {
    const { open, rotation, wait } = world();
    const keys = open();
    await keys.signer('RZ1', 'credential');
    await keys.signer('RZ2', 'credential');
    wait(366 * 86_400);
    const parts = rotation();
    const down = new Error('keeper is down');
    const reported: unknown[] = [];
    const make: typeof parts.keys.make = (owner, activatesAt) =>
      owner.odsCode === 'RZ1' ? Promise.reject(down) : parts.keys.make(owner, activatesAt);
    const rotations = await rotateAgeingKeys({
      ...parts,
      keys: { ...parts.keys, make },
      report: (error) => reported.push(error),
    });
    expect(rotations).toMatchObject([{ odsCode: 'RZ2', made: true }]);
    expect(reported).toEqual([down]);
  });
});

describe('retiring', () => {
  it('is refused as long as no other key signs', async () => {
    const { open, rotation, wait } = world();
    const { kid } = await open().signer('RZ1', 'credential');
    expect(await retireKey(kid, rotation())).toBe('key_needed');
    await rotateKey(RZ1, rotation());
    expect(await retireKey(kid, rotation())).toBe('key_needed');
    wait(2 * METADATA_SECONDS + 5);
    expect(await retireKey(kid, rotation())).toBe('retired');
  });

  it('of a key that waits leaves the one that signs', async () => {
    const { open, rotation, wait } = world();
    const keys = open();
    const signs = await keys.signer('RZ1', 'credential');
    const { kid } = await rotateKey(RZ1, rotation());
    expect(await retireKey(kid, rotation())).toBe('retired');
    wait(10_000);
    expect((await keys.signer('RZ1', 'credential')).kid).toBe(signs.kid);
    expect(await kids(keys)).toEqual([signs.kid]);
  });

  it.each(['key_unknown', 'key_is_the_anchor'] as const)('says %s', async (code) => {
    const { open, rotation, store } = world();
    await open().signer('RZ1', 'credential');
    const anchor = [...store.keys.values()].find(({ use }) => use === 'anchor');
    const kid = code === 'key_unknown' ? 'x' : (anchor?.kid ?? '');
    expect(await retireKey(kid, rotation())).toBe(code);
    expect(await compromiseKey({ kid, since: start }, rotation())).toBe(code);
  });
});

describe('a compromise', () => {
  it('takes the key out of everything at once and has a new one sign at once', async () => {
    const { open, rotation } = world();
    const { kid } = await open().signer('RZ1', 'credential');
    const outcome = await compromiseKey({ kid, since: start }, rotation());
    const keys = open();
    const signer = await keys.signer('RZ1', 'credential');
    expect(outcome).toEqual({ kid, since: start, revoked: 0, successor: signer.kid });
    expect(signer.kid).not.toBe(kid);
    expect(await kids(keys)).toEqual([signer.kid]);
    expect(await keys.find('RZ1', 'credential', kid)).toBeUndefined();
    expect(await keys.findCompromised('RZ1', 'credential', kid)).toMatchObject({ since: start });
    expect(await retireKey(kid, rotation())).toBe('key_compromised');
  });

  it('of a key that signs no more leaves the one that does', async () => {
    const { open, rotation, store, wait } = world();
    const keys = open();
    const old = await keys.signer('RZ1', 'credential');
    const made = await rotateKey(RZ1, rotation());
    wait(1_000);
    const outcome = await compromiseKey({ kid: old.kid, since: start }, rotation());
    expect(outcome).toMatchObject({ successor: made.kid });
    expect([...store.keys.values()].filter(({ use }) => use === 'credential')).toHaveLength(2);
  });

  it('of a newer key does not bring an older one back', async () => {
    const { open, rotation, wait } = world();
    const keys = open();
    const old = await keys.signer('RZ1', 'credential');
    const made = await rotateKey(RZ1, rotation());
    wait(1_000);
    await compromiseKey({ kid: made.kid, since: start }, rotation());
    wait(5);
    const now = await keys.signer('RZ1', 'credential');
    expect([old.kid, made.kid]).not.toContain(now.kid);
  });

  it('moves its time only to an earlier one', async () => {
    const { open, rotation, wait } = world();
    const { kid } = await open().signer('RZ1', 'credential');
    const later = wait(60);
    await compromiseKey({ kid, since: start }, rotation());
    expect(await compromiseKey({ kid, since: later }, rotation())).toMatchObject({ since: start });
  });

  it('stops the key even when no new one can be made', async () => {
    const { open, rotation } = world();
    const { kid } = await open().signer('RZ1', 'credential');
    const reported: unknown[] = [];
    const parts = rotation();
    const outcome = await compromiseKey(
      { kid, since: start },
      {
        ...parts,
        keys: { ...parts.keys, make: () => Promise.reject(new Error('keeper is down')) },
        report: (error) => reported.push(error),
      },
    );
    expect(outcome).toEqual({ kid, since: start, revoked: 0 });
    expect(reported).toEqual([new Error('keeper is down')]);
    expect((await open().signer('RZ1', 'credential')).kid).not.toBe(kid);
  });

  it('of a key of status lists has the lists signed again', async () => {
    const { open, rotation, published } = world();
    const { kid } = await open().signer('RZ1', 'status-list');
    await compromiseKey({ kid, since: start }, rotation());
    expect(published).toEqual(['round']);
  });
});
