/** The keys of the issuing trusts: made on first need, stored sealed, used in memory. */
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';

import { keyObjectSigner, type Signer } from '../../../standards/compact-jws.ts';
import { jwkThumbprint, publicJwkOf } from '../../../standards/jwk-thumbprint.ts';
import type { Addresses } from '../domain/addresses.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type {
  IssuerKeys,
  IssuerKeyStore,
  KeyUse,
  Sealer,
  StoredKey,
} from '../domain/ports/keys.ts';
import { type CertifiedKey, createAnchor, createLeaf } from './certificates.ts';

/** What the keys need. */
export interface IssuerKeysParts {
  readonly store: Pick<IssuerKeyStore, 'add' | 'find'>;
  readonly sealer: Sealer;
  readonly addresses: Pick<Addresses, 'issuer'>;
  readonly now: Clock;
}

interface OpenKey {
  readonly signer: Signer;
  readonly publicKey: KeyObject;
  readonly x5c: readonly string[];
}

/** The anchor belongs to no trust. */
const ANCHOR = '*';
/** Most trusts that ever issue, times two uses; past it the memory starts over. */
const KEPT = 2_000;

/** Creates the keeper of the keys. */
export function issuerKeys({ store, sealer, addresses, now }: IssuerKeysParts): IssuerKeys {
  const kept = new Map<string, Promise<OpenKey | undefined>>();

  /** Two processes may make a key at the same time: the one that was stored first counts. */
  const add = async (
    made: CertifiedKey,
    odsCode: string,
    use: StoredKey['use'],
  ): Promise<StoredKey> => {
    const kid = jwkThumbprint(publicJwkOf(made.privateKey));
    const pkcs8 = made.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
    return store.add({
      kid,
      odsCode,
      use,
      certificate: made.certificate,
      sealedPrivateKey: sealer.seal(pkcs8, context(odsCode, use, kid)),
      createdAt: now(),
    });
  };

  const privateKeyOf = ({ sealedPrivateKey, odsCode, use, kid }: StoredKey): KeyObject =>
    createPrivateKey({
      key: Buffer.from(sealer.open(sealedPrivateKey, context(odsCode, use, kid)), 'base64'),
      format: 'der',
      type: 'pkcs8',
    });

  const anchor = async (): Promise<CertifiedKey> => {
    const stored =
      (await store.find(ANCHOR, 'anchor')) ??
      (await add(await createAnchor(now()), ANCHOR, 'anchor'));
    return { privateKey: privateKeyOf(stored), certificate: stored.certificate };
  };

  const make = async (odsCode: string, use: KeyUse): Promise<StoredKey> => {
    const leaf = await createLeaf(
      { issuerUrl: addresses.issuer(odsCode), name: `${odsCode} ${use}`, now: now() },
      await anchor(),
    );
    return add(leaf, odsCode, use);
  };

  const open = (stored: StoredKey): OpenKey => {
    const key = privateKeyOf(stored);
    const publicKey = createPublicKey(key);
    const x5c = [stored.certificate];
    const certified = new X509Certificate(Buffer.from(stored.certificate, 'base64'));
    if (!certified.publicKey.equals(publicKey)) {
      throw new Error('the certificate is for another key');
    }
    return { signer: keyObjectSigner({ key, kid: stored.kid, x5c }), publicKey, x5c };
  };

  /** Keys that were found stay in memory; what was not found is looked for again. */
  const load = (odsCode: string, use: KeyUse, needed: boolean): Promise<OpenKey | undefined> => {
    const name = `${use} ${odsCode}`;
    const known = kept.get(name);
    if (known !== undefined) return known;
    const loading = (async () => {
      const stored =
        (await store.find(odsCode, use)) ?? (needed ? await make(odsCode, use) : undefined);
      return stored && open(stored);
    })();
    if (!needed) {
      return loading.then((key) => {
        if (key !== undefined) keep(name, Promise.resolve(key));
        return key;
      });
    }
    keep(name, loading);
    loading.catch(() => kept.delete(name));
    return loading;
  };

  const keep = (name: string, key: Promise<OpenKey | undefined>): void => {
    if (kept.size >= KEPT) kept.clear();
    kept.set(name, key);
  };

  return {
    async signer(odsCode, use) {
      const key = await load(odsCode, use, true);
      if (key === undefined) throw new Error('no issuer key');
      return key.signer;
    },
    async find(odsCode, use, kid) {
      const key = await load(odsCode, use, false);
      return key?.signer.kid === kid ? key.publicKey : undefined;
    },
    async published(odsCode, use) {
      const key = await load(odsCode, use, false);
      return key === undefined ? [] : [{ kid: key.signer.kid, key: key.publicKey, x5c: key.x5c }];
    },
  };
}

const context = (odsCode: string, use: string, kid: string): string =>
  `issuer-key ${odsCode} ${use} ${kid}`;
