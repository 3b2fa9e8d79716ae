/** What a keeper of private keys promises: keys encrypted at rest, and keys inside a PKCS #11 token (SoftHSM2). */
import { generateKeyPairSync, type KeyObject, randomBytes, verify } from 'node:crypto';

import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  type CreatedKey,
  type KeyKeeper,
  type KeyOwner,
  KeyUnusable,
} from '../../subgraphs/passport/domain/ports/key-keeper.ts';
import { pkcs11Keys } from '../../subgraphs/passport/keys/pkcs11/pkcs11-keys.ts';
import {
  tokenClient,
  type TokenClient,
} from '../../subgraphs/passport/keys/pkcs11/token-client.ts';
import { sealedKeys } from '../../subgraphs/passport/keys/sealed-keys.ts';
import { aesSealer } from '../../subgraphs/passport/keys/sealer.ts';
import { impatient } from '../impatient.ts';
import { describeWithServers } from '../servers/available.ts';
import { eventually } from '../servers/child.ts';
import { makeSoftToken, type SoftToken } from '../servers/softhsm.ts';

const owner: KeyOwner = { odsCode: 'RZ1', use: 'credential' };

const verifies = (data: Uint8Array, publicKey: KeyObject, signature: Uint8Array): boolean =>
  verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);

interface Place {
  /** Another process's keeper of the same keys. */
  readonly open: () => Promise<KeyKeeper>;
  /** A keeper that was given the wrong secret. */
  readonly openWrongly: () => KeyKeeper;
  /** What must not show in an error. */
  readonly secret: () => string;
  readonly remove: () => Promise<void>;
}

function contract(makePlace: () => Promise<Place>): void {
  let place: Place;
  let keeper: KeyKeeper;
  let made: CreatedKey;
  beforeAll(async () => {
    place = await makePlace();
    keeper = await place.open();
    made = await keeper.create(owner);
  });
  afterAll(async () => {
    await keeper.close();
    await place.remove();
  });

  it('makes P-256 keys, each another', async () => {
    const other = await keeper.create(owner);
    expect(made.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(other.publicKey.equals(made.publicKey)).toBe(false);
    expect(other.handle).not.toBe(made.handle);
  });

  it('signs with ES256: r then s, 64 bytes, for data of any length', async () => {
    const sign = await keeper.open(made.handle, owner, made.publicKey);
    for (const length of [0, 1, 32, 100_000]) {
      const data = randomBytes(length);
      const signature = await sign(data);
      expect(signature).toHaveLength(64);
      expect(verifies(data, made.publicKey, signature)).toBe(true);
      expect(verifies(Buffer.concat([data, Buffer.of(0)]), made.publicKey, signature)).toBe(false);
    }
  });

  it('opens in another process what one process made', async () => {
    const later = await place.open();
    try {
      const sign = await later.open(made.handle, owner, made.publicKey);
      const data = randomBytes(100);
      expect(verifies(data, made.publicKey, await sign(data))).toBe(true);
    } finally {
      await later.close();
    }
  });

  it.each(['', 'x', '0'.repeat(32), 'f'.repeat(32), "' or 1=1", 'é'])(
    'has no key behind %p',
    async (handle) => {
      await expect(keeper.open(handle, owner, made.publicKey)).rejects.toThrow(KeyUnusable);
    },
  );

  it('does not open one key as another', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const other = await keeper.create(owner);
    for (const wrong of [publicKey, other.publicKey]) {
      await expect(keeper.open(made.handle, owner, wrong)).rejects.toThrow(KeyUnusable);
    }
  });

  it('opens nothing with the wrong secret, and does not say what it was', async () => {
    const wrong = place.openWrongly();
    try {
      const failure = await wrong.open(made.handle, owner, made.publicKey).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toMatchObject({
        code: expect.stringMatching(/^(key_unusable|key_keeper_refused)$/),
      });
      const { message, stack, cause } = failure as Error;
      expect(`${message} ${String(stack)} ${String(cause)}`).not.toContain(place.secret());
    } finally {
      await wrong.close();
    }
  });

  it('makes five hundred signatures at once, each of them good', async () => {
    const sign = await keeper.open(made.handle, owner, made.publicKey);
    const data = Array.from({ length: 500 }, () => randomBytes(48));
    const signatures = await Promise.all(data.map(async (each) => sign(each)));
    const good = signatures.filter((signature, index) =>
      verifies(data[index] ?? Buffer.of(), made.publicKey, signature),
    );
    expect(good).toHaveLength(500);
  });
}

describe('keys sealed at rest', () => {
  contract(() => {
    const key = randomBytes(32);
    let wrong: Buffer;
    return Promise.resolve({
      open: () => Promise.resolve(sealedKeys(aesSealer(key))),
      openWrongly: () => {
        wrong = randomBytes(32);
        return sealedKeys(aesSealer(wrong));
      },
      secret: () => wrong.toString('base64url'),
      remove: () => Promise.resolve(),
    });
  });

  it('does not open a key as another trust’s or for another use', async () => {
    const keeper = sealedKeys(aesSealer(randomBytes(32)));
    const { handle, publicKey } = await keeper.create(owner);
    for (const other of [
      { ...owner, odsCode: 'RZ2' },
      { ...owner, use: 'status-list' },
    ] as const) {
      await expect(keeper.open(handle, other, publicKey)).rejects.toThrow(KeyUnusable);
    }
  });

  it('shows no private key in its handle', async () => {
    const { handle } = await sealedKeys(aesSealer(randomBytes(32))).create(owner);
    // The start of every PKCS #8 P-256 key, as text and as bytes.
    expect(handle).not.toContain('MIGHAgEA');
    expect(Buffer.from(handle, 'base64url').toString('latin1')).not.toContain('MIGHAgEA');
  });
});

describeWithServers('softhsm')('keys in a PKCS #11 token', () => {
  let token: SoftToken;
  const client = (changes: Partial<SoftToken> = {}): TokenClient =>
    tokenClient({ ...token, ...changes }, () => undefined);
  const started = async (): Promise<TokenClient> => {
    const made = client();
    await made.start();
    return made;
  };
  beforeAll(async () => {
    token = await makeSoftToken();
  });
  afterAll(() => token.remove());

  contract(() =>
    Promise.resolve({
      open: async () => pkcs11Keys(await started()),
      openWrongly: () => {
        const wrong = client({ pin: 'wrong-pin-1234' });
        void wrong.start().catch(() => undefined);
        return pkcs11Keys(wrong);
      },
      secret: () => 'wrong-pin-1234',
      remove: () => Promise.resolve(),
    }),
  );

  it('survives the death of the module’s process: unavailable, then the same key signs again', async () => {
    const asked = await started();
    try {
      const keeper = pkcs11Keys(asked);
      const { handle, publicKey } = await keeper.create(owner);
      const sign = await keeper.open(handle, owner, publicKey);
      const pid = asked.pid();
      const going = Array.from({ length: 300 }, async () => sign(randomBytes(32)));
      process.kill(pid ?? 0, 'SIGKILL');
      const outcomes = await Promise.allSettled(going);
      const failed = outcomes.flatMap((each): unknown[] =>
        each.status === 'rejected' ? [each.reason] : [],
      );
      expect(failed.length).toBeGreaterThan(0);
      for (const reason of failed) expect(reason).toMatchObject({ code: 'unavailable' });
      const data = randomBytes(32);
      const signature = await eventually(async () => sign(data));
      expect(verifies(data, publicKey, signature)).toBe(true);
      expect(asked.pid()).not.toBe(pid);
    } finally {
      await asked.close();
    }
  });

  it('lets other work go on while it signs', async () => {
    const asked = await started();
    try {
      const keeper = pkcs11Keys(asked);
      const { handle, publicKey } = await keeper.create(owner);
      const sign = await keeper.open(handle, owner, publicKey);
      let turns = 0;
      let signing = true;
      const turn = (): void => {
        turns += 1;
        if (signing) setImmediate(turn);
      };
      setImmediate(turn);
      await Promise.all(Array.from({ length: 500 }, async () => sign(randomBytes(32))));
      signing = false;
      expect(turns).toBeGreaterThan(20);
    } finally {
      await asked.close();
    }
  });

  it('gives up on a process that hangs, and works again with the next', async () => {
    const asked = await started();
    try {
      const keeper = pkcs11Keys(asked);
      const { handle, publicKey } = await keeper.create(owner);
      const sign = await keeper.open(handle, owner, publicKey);
      process.kill(asked.pid() ?? 0, 'SIGSTOP');
      const patient = impatient();
      await expect(sign(randomBytes(32))).rejects.toMatchObject({ code: 'unavailable' });
      patient();
      const data = randomBytes(32);
      const signature = await eventually(async () => sign(data));
      expect(verifies(data, publicKey, signature)).toBe(true);
    } finally {
      await asked.close();
    }
  });

  it('takes no more than a thousand requests at once', async () => {
    const asked = await started();
    try {
      const keeper = pkcs11Keys(asked);
      const { handle, publicKey } = await keeper.create(owner);
      const sign = await keeper.open(handle, owner, publicKey);
      const outcomes = await Promise.allSettled(
        Array.from({ length: 1_200 }, async () => sign(randomBytes(32))),
      );
      const refused = outcomes.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(200);
    } finally {
      await asked.close();
    }
  });

  it.each([
    ['a wrong PIN', { pin: '00000000' }, 'the PKCS #11 token refused the PIN'],
    ['an unknown token', { token: 'other' }, 'the PKCS #11 module has no token with that label'],
    ['a missing module', { module: '/nowhere/module.so' }, 'the PKCS #11 module cannot be loaded'],
  ])('refuses to start with %s, and does not try again', async (_what, changes, message) => {
    const asked = client(changes);
    try {
      const refused = { code: 'key_keeper_refused', message };
      await expect(asked.start()).rejects.toMatchObject(refused);
      await expect(pkcs11Keys(asked).create(owner)).rejects.toMatchObject(refused);
      await eventually(async () => {
        expect(asked.pid()).toBeUndefined();
        await Promise.resolve();
      });
    } finally {
      await asked.close();
    }
  });

  it('shows the PIN neither in the arguments nor in the environment of its process', async () => {
    const asked = await started();
    try {
      for (const what of ['cmdline', 'environ']) {
        const shown = await readFile(`/proc/${String(asked.pid())}/${what}`, 'utf8');
        expect(shown).not.toContain(token.pin);
      }
    } finally {
      await asked.close();
    }
  });

  it('leaves no process behind', async () => {
    const asked = await started();
    const pid = asked.pid() ?? 0;
    await asked.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(pkcs11Keys(asked).create(owner)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('removes a key that nobody stored', async () => {
    const asked = await started();
    try {
      const keeper = pkcs11Keys(asked);
      const { handle, publicKey } = await keeper.create(owner);
      await keeper.discard(handle);
      await expect(keeper.open(handle, owner, publicKey)).rejects.toThrow(KeyUnusable);
    } finally {
      await asked.close();
    }
  });
});
