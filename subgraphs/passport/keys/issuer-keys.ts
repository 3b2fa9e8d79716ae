/** The keys of the issuing trusts: made on first need, kept by their keeper, known in memory for a moment. */
import { type KeyObject, X509Certificate } from 'node:crypto';

import { isUnavailable } from '../../../runtime/unavailable.ts';
import type { Signer } from '../../../standards/compact-jws.ts';
import { jwkThumbprint, publicJwkOf } from '../../../standards/jwk-thumbprint.ts';
import type { Addresses } from '../domain/addresses.ts';
import { isPublished, keyState, METADATA_SECONDS, signingKey } from '../domain/key-state.ts';
import type { Clock } from '../domain/ports/clock.ts';
import {
  KeeperRefused,
  type KeyKeeper,
  type KeyOwner,
  KeyUnusable,
} from '../domain/ports/key-keeper.ts';
import type {
  IssuerKeys,
  IssuerKeyStore,
  KeyMaker,
  KeyUse,
  NewKey,
  StoredKey,
} from '../domain/ports/keys.ts';
import { type Anchor, certifyAnchor, certifyLeaf } from './certificates.ts';

/** What the keys need. */
export interface IssuerKeysParts {
  readonly store: Pick<IssuerKeyStore, 'add' | 'find' | 'generation'>;
  /** Holds new keys. */
  readonly keeper: KeyKeeper;
  /** Hold keys made earlier, when that was another keeper. */
  readonly otherKeepers?: readonly KeyKeeper[];
  readonly addresses: Pick<
    Addresses,
    'issuer' | 'issuerRegistry' | 'verifier' | 'host' | 'transmitter'
  >;
  readonly now: Clock;
}

interface KnownKeys {
  readonly keys: readonly StoredKey[];
  /** In milliseconds since 1970. */
  readonly readAt: number;
}

/** The anchor belongs to no trust. */
const ANCHOR: KeyOwner = { odsCode: '*', use: 'anchor' };
/** Most trusts that ever issue, times two uses; past it the memory starts over. */
const KEPT = 2_000;
/** How often the store is asked whether any key changed, in milliseconds. */
const ASK_EVERY_MS = 2_000;
/** How long keys are known at most, in milliseconds: what they signed last is read again then. */
const KNOWN_MS = 60_000;

/** Creates what makes and uses the keys. */
export function issuerKeys(parts: IssuerKeysParts): IssuerKeys & KeyMaker {
  const { store, keeper, otherKeepers = [], addresses, now } = parts;
  const known = new Map<string, Promise<KnownKeys>>();
  const signers = new Map<string, Promise<Signer>>();
  const making = new Map<string, Promise<StoredKey>>();
  let generation: number | undefined;
  let askedAt = 0;
  let asking: Promise<void> | undefined;

  const milliseconds = (): number => now().getTime();

  /** Forgets what is known when any key changed, here or in another process. */
  const followStore = (): Promise<void> => {
    if (generation !== undefined && Math.abs(milliseconds() - askedAt) < ASK_EVERY_MS) {
      return Promise.resolve();
    }
    asking ??= (async () => {
      try {
        const startedAt = milliseconds();
        const current = await store.generation();
        if (current !== generation) known.clear();
        generation = current;
        askedAt = startedAt;
      } finally {
        asking = undefined;
      }
    })();
    return asking;
  };

  const read = async (owner: KeyOwner): Promise<readonly StoredKey[]> => {
    await followStore();
    const name = nameOf(owner);
    const kept = await known.get(name);
    if (kept !== undefined && Math.abs(milliseconds() - kept.readAt) < KNOWN_MS) return kept.keys;
    const readAt = milliseconds();
    const reading = store.find(owner).then((keys): KnownKeys => ({ keys, readAt }));
    keep(known, name, reading);
    return (await reading).keys;
  };

  const keeperOf = (key: Pick<NewKey, 'keeper'>): KeyKeeper => {
    const found = [keeper, ...otherKeepers].find(({ name }) => name === key.keeper);
    if (found === undefined) {
      throw new KeeperRefused(`a key is kept as ${key.keeper}, which the settings do not provide`);
    }
    return found;
  };

  const openSigner = (key: StoredKey): Promise<Signer> => {
    let opened = signers.get(key.kid);
    if (opened === undefined) {
      opened = (async (): Promise<Signer> => {
        const publicKey = publicKeyOf(key);
        if (jwkThumbprint(publicJwkOf(publicKey)) !== key.kid) {
          throw new KeyUnusable('the certificate is for another key');
        }
        const sign = await keeperOf(key).open(key.handle, key, publicKey);
        return { alg: 'ES256', kid: key.kid, x5c: [key.certificate], sign };
      })();
      keep(signers, key.kid, opened);
    }
    return opened;
  };

  const anchor = async (): Promise<Anchor> => {
    const stored = (await read(ANCHOR))[0] ?? (await once(ANCHOR, makeAnchor));
    const signer = await openSigner(stored);
    return { publicKey: publicKeyOf(stored), sign: (data) => signer.sign(data) };
  };

  const makeAnchor = async (): Promise<NewKey> => {
    const { handle, publicKey } = await keeper.create(ANCHOR);
    const sign = await keeper.open(handle, ANCHOR, publicKey);
    const certificate = await certifyAnchor({ publicKey, sign }, now());
    return newKey(ANCHOR, { handle, publicKey, certificate, activatesAt: now() });
  };

  /** Whom a certificate names. */
  const named = ({ odsCode, use }: { readonly odsCode: string; readonly use: KeyUse }) => {
    if (use === 'registry') return { issuerUrl: addresses.issuerRegistry };
    if (use === 'signal') return { issuerUrl: addresses.transmitter };
    if (use === 'request') return { issuerUrl: addresses.verifier(odsCode), host: addresses.host };
    if (use === 'receipt') return { issuerUrl: addresses.verifier(odsCode) };
    return { issuerUrl: addresses.issuer(odsCode) };
  };

  const make: KeyMaker['make'] = async ({ odsCode, use }, activatesAt) => {
    const issuer = await anchor();
    const { handle, publicKey } = await keeper.create({ odsCode, use });
    const certificate = await certifyLeaf(
      {
        publicKey,
        use,
        ...named({ odsCode, use }),
        name: `${odsCode} ${use}`,
        now: now(),
      },
      issuer,
    );
    return newKey({ odsCode, use }, { handle, publicKey, certificate, activatesAt });
  };

  const newKey = (
    { odsCode, use }: KeyOwner,
    made: Pick<NewKey, 'handle' | 'certificate' | 'activatesAt'> & {
      readonly publicKey: KeyObject;
    },
  ): NewKey => ({
    odsCode,
    use,
    kid: jwkThumbprint(publicJwkOf(made.publicKey)),
    certificate: made.certificate,
    keeper: keeper.name,
    handle: made.handle,
    createdAt: now(),
    activatesAt: made.activatesAt,
  });

  const discard = (key: NewKey): Promise<void> => keeperOf(key).discard(key.handle);

  /** Makes an owner's first key. Two processes may do so at the same time: the one that was stored first counts. */
  const once = (owner: KeyOwner, makeKey: () => Promise<NewKey>): Promise<StoredKey> => {
    const name = nameOf(owner);
    let result = making.get(name);
    if (result === undefined) {
      result = (async () => {
        try {
          const made = await makeKey();
          const stored = await store.add(made, (keys) => signingKey(keys, now()));
          known.delete(name);
          if (stored.kid !== made.kid) await discard(made);
          return stored;
        } finally {
          making.delete(name);
        }
      })();
      making.set(name, result);
    }
    return result;
  };

  const findSigner: IssuerKeys['signer'] = async (odsCode, use) => {
    const owner = { odsCode, use };
    const key =
      signingKey(await read(owner), now()) ?? (await once(owner, () => make(owner, now())));
    return openSigner(key);
  };

  /** Every client may hold a document that is this old, so what memory holds may be as old when the store is down. */
  const readOrRecall = async (owner: KeyOwner): Promise<readonly StoredKey[]> => {
    try {
      return await read(owner);
    } catch (error) {
      const kept = await known.get(nameOf(owner));
      if (!isUnavailable(error) || kept === undefined) throw error;
      if (Math.abs(milliseconds() - kept.readAt) > METADATA_SECONDS * 1000) throw error;
      return kept.keys;
    }
  };

  const published = (keys: readonly StoredKey[]): readonly StoredKey[] =>
    keys.filter((key) => isPublished(keyState(key, keys, now())));

  return {
    signer: findSigner,
    make,
    discard,
    async find(odsCode, use, kid) {
      const key = published(await read({ odsCode, use })).find((each) => each.kid === kid);
      return key && publicKeyOf(key);
    },
    async published(odsCode, use) {
      return published(await readOrRecall({ odsCode, use })).map((key) => ({
        kid: key.kid,
        key: publicKeyOf(key),
        x5c: [key.certificate],
      }));
    },
    async findCompromised(odsCode, use, kid) {
      const key = (await read({ odsCode, use })).find((each) => each.kid === kid);
      if (key?.compromisedSince === undefined) return undefined;
      return { key: publicKeyOf(key), since: key.compromisedSince };
    },
    async anchors() {
      return (await read(ANCHOR)).map(({ certificate }) => certificate);
    },
    refresh() {
      generation = undefined;
    },
  };
}

const nameOf = ({ odsCode, use }: KeyOwner): string => `${use} ${odsCode}`;

/** Keeps a promise until it fails. */
function keep<Value>(kept: Map<string, Promise<Value>>, name: string, value: Promise<Value>): void {
  if (kept.size >= KEPT) kept.clear();
  kept.set(name, value);
  value.catch(() => {
    if (kept.get(name) === value) kept.delete(name);
  });
}

const publicKeys = new WeakMap<StoredKey, KeyObject>();

/** The key that a key's certificate is for; read once for each row. */
function publicKeyOf(key: StoredKey): KeyObject {
  let publicKey = publicKeys.get(key);
  if (publicKey === undefined) {
    publicKey = new X509Certificate(Buffer.from(key.certificate, 'base64')).publicKey;
    publicKeys.set(key, publicKey);
  }
  return publicKey;
}
