/** Private keys encrypted with the key-encryption key of the settings; the ciphertext is the handle. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

import { keyObjectSigner } from '../../../standards/compact-jws.ts';
import { jwkThumbprint, publicJwkOf } from '../../../standards/jwk-thumbprint.ts';
import { type KeyKeeper, type KeyOwner, KeyUnusable } from '../domain/ports/key-keeper.ts';
import type { Sealer } from '../domain/ports/keys.ts';

/** A keeper whose keys rest wherever their handles are stored. */
export function sealedKeys(sealer: Sealer): KeyKeeper {
  return {
    name: 'sealed',
    create(owner) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
      const handle = sealer.seal(pkcs8, context(owner, publicKey));
      return Promise.resolve({ handle, publicKey });
    },
    open: async (handle, owner, publicKey) => {
      const key = unseal(sealer, handle, context(owner, publicKey));
      if (!createPublicKey(key).equals(publicKey)) {
        throw new KeyUnusable('the sealed key is another one');
      }
      const signer = keyObjectSigner({ key, kid: '' });
      return Promise.resolve((data: Uint8Array) => signer.sign(data));
    },
    discard: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function unseal(sealer: Sealer, handle: string, sealedFor: string): KeyObject {
  try {
    const key = Buffer.from(sealer.open(handle, sealedFor), 'base64');
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } catch {
    // The cause could carry what was decrypted.
    throw new KeyUnusable('the sealed key does not open');
  }
}

const context = ({ odsCode, use }: KeyOwner, publicKey: KeyObject): string =>
  `issuer-key ${odsCode} ${use} ${jwkThumbprint(publicJwkOf(publicKey))}`;
